//! The second reading: `serde_yaml` walks the same text along the tree, and every value must be
//! the same. Where two parsers disagree, people and tools would too.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::node::{Node, Text, Value};
use super::text::place;
use crate::code::Code;
use crate::fault::{Faults, Span};

/// Reads the text once more; `false` when the readings differ.
pub(super) fn check(tree: &Node, text: &str, faults: &mut Faults<'_>) -> bool {
    let reading = serde_yaml::Deserializer::from_str(text);
    let Err(error) = Expected(tree).deserialize(reading) else { return true };
    let span = error.location().map_or(tree.span, |at| at_index(text, at.index(), tree.span.file));
    let message = error.to_string();
    // The place is in the span already.
    let label = message.split(" at line ").next().unwrap_or_default();
    faults
        .add(Code::ReadingsDiffer, span, "two YAML parsers read this differently")
        .label(label)
        .help("write it more simply: quote the text, or use a `|` block");
    false
}

fn at_index(text: &str, index: usize, file: u32) -> Span {
    let start = (0..=index.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    place(text, start.unwrap_or(0), 0, file)
}

/// What the first reading found: the second one is asked for exactly that.
struct Expected<'a>(&'a Node);

impl<'de> DeserializeSeed<'de> for Expected<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reading: D) -> Result<(), D::Error> {
        match &self.0.value {
            Value::Null => reading.deserialize_unit(self),
            Value::Text(_) => reading.deserialize_str(self),
            Value::List(_) => reading.deserialize_seq(self),
            Value::Map(_) => reading.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Expected<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.kind())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        if matches!(self.0.value, Value::Null) { Ok(()) } else { Err(differs("nothing")) }
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        match &self.0.value {
            Value::Text(text) => same(text, found),
            _ => Err(differs(found)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Value::List(list) = &self.0.value else { return Err(differs("a list")) };
        for node in list {
            items.next_element_seed(Expected(node))?.ok_or_else(|| differs("a shorter list"))?;
        }
        match items.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(differs("a longer list")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Value::Map(map) = &self.0.value else { return Err(differs("a mapping")) };
        for (key, node) in map {
            entries.next_key_seed(ExpectedKey(key))?.ok_or_else(|| differs("fewer keys"))?;
            entries.next_value_seed(Expected(node))?;
        }
        match entries.next_key::<serde::de::IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(differs("more keys")),
        }
    }
}

/// A key is always asked for as a text.
struct ExpectedKey<'a>(&'a Text);

impl<'de> DeserializeSeed<'de> for ExpectedKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reading: D) -> Result<(), D::Error> {
        reading.deserialize_str(self)
    }
}

impl Visitor<'_> for ExpectedKey<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        same(self.0, found)
    }
}

fn same<E: Error>(text: &Text, found: &str) -> Result<(), E> {
    if text.text == found { Ok(()) } else { Err(differs(found)) }
}

fn differs<E: Error>(found: &str) -> E {
    E::custom(format_args!("the other parser finds {found:?}"))
}
