//! The tree.

use crate::fault::Span;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// The kinds of value. Numbers and truth values are texts here; the schema says what it wants.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Nothing, `~` or `null`.
    Null,
    Text(Text),
    List(Vec<Node>),
    Map(Map),
}

/// A text and where it stands.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "the text of a text")]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// Written without quotes and not as a block.
    pub(crate) plain: bool,
    /// A comment follows on the same line, which may have been meant as text.
    pub(crate) commented: bool,
}

/// Keys and values in the file's order.
pub(crate) type Map = Vec<(Text, Node)>;

impl Node {
    /// "a text", "a list" …: for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let Value::Map(map) = &self.value else { return None };
        map.iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }
}
