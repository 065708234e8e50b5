//! From the tree to typed raw values, reporting all faults on the way.

use crate::code::Code;
use crate::fault::{Faults, Span};
use crate::schema::{Section, Shape};
use crate::yaml::{Map, Node, Text, Value};

/// What stands for a text in a new entry until its author fills it in.
const BLANK: &str = "…";

/// A value that can be read from the tree.
pub(crate) trait Read: Sized {
    /// For the schema.
    const SHAPE: Shape;
    /// Reads it, or reports why not.
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self>;
}

/// The value of a key, which may be missing.
pub(crate) trait Field: Default {
    /// For the schema.
    const SHAPE: Shape;
    /// Reads it, or reports why not.
    fn read(node: &Node, faults: &mut Faults<'_>) -> Self;
}

impl<T: Read> Field for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    fn read(node: &Node, faults: &mut Faults<'_>) -> Self {
        T::read(node, faults)
    }
}

/// The values of a list; those that can't be read are left out.
#[derive(Debug, Clone)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Read> Field for List<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Self {
        <Self as Read>::read(node, faults).unwrap_or_default()
    }
}

impl<T: Read> Read for List<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            let fault = wrong(node, "a list", faults)?;
            fault.help("write each item on a line of its own after `- `, or all in `[…]`");
            return None;
        };
        if items.is_empty() {
            faults.add(Code::Empty, node.span, "an empty list").help("leave the key out");
        }
        Some(List(items.iter().filter_map(|item| T::read(item, faults)).collect()))
    }
}

/// A mapping whose keys the author chooses: `key: value`.
#[derive(Debug, Clone)]
pub(crate) struct Named<T> {
    pub(crate) span: Span,
    pub(crate) entries: Vec<(Text, T)>,
}

impl<T: Read> Read for Named<T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        let map = mapping(node, faults)?;
        let mut entries = Vec::new();
        for (key, value) in map {
            entries.extend(read_at(key, value, faults).map(|value| (key.clone(), value)));
        }
        Some(Named { span: node.span, entries })
    }
}

impl Read for Text {
    const SHAPE: Shape = Shape::Text;
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text.text.trim().is_empty() => {
                faults
                    .add(Code::Empty, node.span, "an empty text")
                    .help("fill it, or leave it out");
                None
            }
            Value::Text(text) if text.text.trim() == BLANK => {
                faults
                    .add(Code::Empty, node.span, "the blank `…` isn't filled in")
                    .help("write the text in its place, or leave the key out");
                None
            }
            Value::Text(text) => Some(text.clone()),
            Value::Map(_) => {
                let fault = wrong(node, "a text", faults)?;
                fault.help("if it is one text with `: ` in it, quote it or use a `|` block");
                None
            }
            Value::List(_) | Value::Null => {
                wrong(node, "a text", faults);
                None
            }
        }
    }
}

/// A text that may be empty.
#[derive(Debug, Clone)]
pub(crate) struct Cell(pub(crate) Text);

impl Read for Cell {
    const SHAPE: Shape = Shape::Text;
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(Cell(text.clone())),
            _ => Text::read(node, faults).map(Cell),
        }
    }
}

impl Read for bool {
    const SHAPE: Shape = Shape::Flag;
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text.plain && text.text == "true" => Some(true),
            Value::Text(text) if text.plain && text.text == "false" => Some(false),
            _ => {
                wrong(node, "`true` or `false`", faults);
                None
            }
        }
    }
}

/// Reads the value of a key; one that is nothing is reported at the key.
fn read_at<T: Read>(key: &Text, node: &Node, faults: &mut Faults<'_>) -> Option<T> {
    if matches!(node.value, Value::Null) {
        faults
            .add(Code::Empty, key.span, format!("`{}` has no value", key.text))
            .help("give it one, or leave the key out");
        return None;
    }
    T::read(node, faults)
}

/// Reports a value of another type; a missing one says so.
fn wrong<'f>(
    node: &Node,
    expected: &str,
    faults: &'f mut Faults<'_>,
) -> Option<&'f mut crate::fault::Fault> {
    if matches!(node.value, Value::Null) {
        faults.add(Code::Empty, node.span, format!("expected {expected}, found nothing"));
        return None;
    }
    let message = format!("expected {expected}, found {}", node.kind());
    Some(faults.add(Code::WrongType, node.span, message))
}

fn mapping<'n>(node: &'n Node, faults: &mut Faults<'_>) -> Option<&'n Map> {
    match &node.value {
        Value::Map(map) if map.is_empty() => {
            faults.add(Code::Empty, node.span, "an empty mapping");
            None
        }
        Value::Map(map) => Some(map),
        _ => {
            wrong(node, "a mapping (`key: value`)", faults);
            None
        }
    }
}

/// A mapping with the keys of a [`Section`]; implemented by `section!`.
pub(crate) trait Entry: Sized {
    const SECTION: &'static Section;
    fn assemble(fields: &mut Fields<'_, '_, '_>) -> Self;
}

impl<T: Entry> Read for T {
    const SHAPE: Shape = Shape::Section(T::SECTION);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        let map = mapping(node, faults)?;
        let mut fields = Fields { map, span: node.span, faults };
        let entry = T::assemble(&mut fields);
        fields.unknown_keys(T::SECTION);
        fields.missing_keys(T::SECTION);
        Some(entry)
    }
}

/// The keys of one mapping while it is read.
pub(crate) struct Fields<'n, 'f, 's> {
    map: &'n Map,
    pub(super) span: Span,
    faults: &'f mut Faults<'s>,
}

impl Fields<'_, '_, '_> {
    pub(super) fn field<T: Field>(&mut self, name: &str) -> T {
        let Some((key, node)) = self.map.iter().find(|(key, _)| key.text == name) else {
            return T::default();
        };
        if matches!(node.value, Value::Null) {
            self.faults
                .add(Code::Empty, key.span, format!("`{name}` has no value"))
                .help("give it one, or leave the key out");
            return T::default();
        }
        T::read(node, self.faults)
    }

    fn unknown_keys(&mut self, section: &Section) {
        let names = || section.keys.iter().map(|key| key.name);
        let unknown = |key: &Text| names().all(|name| name != key.text);
        for (key, _) in self.map.iter().filter(|(key, _)| unknown(key)) {
            let message = format!("a {} has no key `{}`", section.name, key.text);
            let fault = self.faults.add(Code::UnknownKey, key.span, message);
            fault.suggest(&key.text, names());
            fault.help(format!("its keys are {}", listed(names())));
            if key.text.contains(' ') {
                fault.help("a text with `: `, or with a comma within `{…}`, must be quoted");
            }
        }
    }

    fn missing_keys(&mut self, section: &Section) {
        let missing: Vec<_> = section
            .keys
            .iter()
            .filter(|key| key.required && self.map.iter().all(|(name, _)| name.text != key.name))
            .collect();
        let Some(first) = missing.first() else { return };
        let names = listed(missing.iter().map(|key| key.name));
        let fault = self.faults.add(
            Code::MissingKey,
            self.span,
            format!("a {} needs {names}", section.name),
        );
        fault.help(format!("`{}`: {}", first.name, first.doc));
    }
}

/// `` `a`, `b` and `c` ``
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

macro_rules! section {
    (
        $(#[doc = $doc:literal])+
        $name:ident $noun:literal:
        $(
            $(#[doc = $key_doc:literal])+
            $need:ident $key:ident $($yaml:literal)?: $ty:ty, $format:expr;
        )+
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        #[allow(
            dead_code,
            clippy::struct_field_names,
            reason = "fields are named like their keys; not every section is pointed at as a whole"
        )]
        pub(crate) struct $name {
            pub(crate) span: $crate::fault::Span,
            $( $(#[doc = $key_doc])+ pub(crate) $key: $ty, )+
        }

        impl $crate::raw::read::Entry for $name {
            const SECTION: &'static $crate::schema::Section = &$crate::schema::Section {
                name: $noun,
                doc: concat!($($doc),+).trim_ascii(),
                keys: &[$( $crate::schema::Key {
                    name: section!(@name $key $($yaml)?),
                    required: section!(@need $need),
                    doc: concat!($($key_doc),+).trim_ascii(),
                    shape: <$ty as $crate::raw::read::Field>::SHAPE,
                    format: $format,
                }, )+],
            };

            fn assemble(fields: &mut $crate::raw::read::Fields<'_, '_, '_>) -> Self {
                $name {
                    span: fields.span,
                    $( $key: fields.field(section!(@name $key $($yaml)?)), )+
                }
            }
        }
    };
    (@name $key:ident) => { stringify!($key) };
    (@name $key:ident $yaml:literal) => { $yaml };
    (@need required) => { true };
    (@need optional) => { false };
}
pub(super) use section;
