//! The keys of every kind of file, as data: for hints about unknown keys, for the JSON Schema that
//! editors complete by, and for documentation. The tables are generated together with the code
//! that reads the keys (the `section!` macro of `raw`), so they can't drift apart.

pub use crate::raw::FILES;

/// A kind of file.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FileKind {
    /// Where such files are, below the root: `*/problems/*.yaml`.
    pub path: &'static str,
    /// What one holds.
    pub shape: Shape,
}

/// A mapping with known keys.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Section {
    /// A noun: `problem`.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// In the order in which they are best written.
    pub keys: &'static [Key],
}

/// A key of a [`Section`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// Must it be there?
    pub required: bool,
    /// What it holds.
    pub doc: &'static str,
    /// Of which shape.
    pub shape: Shape,
    /// What its texts are.
    pub format: Format,
}

/// The shape of a value.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// A text; numbers are texts, too.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A list of values of one shape.
    List(&'static Shape),
    /// A mapping with known keys.
    Section(&'static Section),
    /// A mapping with keys of the author's choice.
    Map(&'static Shape),
    /// One of several.
    Either(&'static [Shape]),
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Anything (or: the value isn't a text).
    Free,
    /// One line of Markdown, at most 90 characters, without link or full stop.
    Title,
    /// Markdown without HTML.
    Markdown,
    /// A message with placeholders, as the engine matches it.
    Template,
    /// A command with placeholders.
    Command,
    /// An id in kebab-case, defined here.
    Id,
    /// An id that is defined elsewhere.
    Reference,
    /// A code without white space.
    Code,
    /// An `https` URL.
    Url,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A host pattern.
    Host,
    /// An id from a list of the vocabulary (`clients`).
    Word(&'static str),
    /// One of these.
    OneOf(&'static [&'static str]),
}
