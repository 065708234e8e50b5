//! Why bytes aren't a table.

use core::fmt;

use crate::format::{Section, VERSION};

/// Why bytes aren't a table that this version can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableError(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    TooShort,
    NotATable,
    Version(u32),
    NotUtf8,
    Bounds(Section),
    Record(Section, usize),
}

impl From<Kind> for TableError {
    fn from(kind: Kind) -> Self {
        TableError(kind)
    }
}

impl TableError {
    /// What is wrong, without the place: for who can't format.
    pub const fn reason(self) -> &'static str {
        match self.0 {
            _ if !crate::CHECKED => "no table that this version reads",
            Kind::TooShort => "the table is cut off",
            Kind::NotATable => "this isn't a pullmedic table (its first bytes differ)",
            Kind::Version(_) => "the table has another layout than this version reads",
            Kind::NotUtf8 => "the table's text isn't valid UTF-8",
            Kind::Bounds(_) | Kind::Record(..) => "the table is damaged",
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Version(found) => {
                write!(f, "the table has layout {found}, this version reads layout {VERSION}")
            }
            Kind::Bounds(section) => write!(f, "the table's section {section:?} is out of bounds"),
            Kind::Record(section, index) => {
                write!(f, "record {index} of the table's section {section:?} is damaged")
            }
            _ => f.write_str(self.reason()),
        }
    }
}

impl core::error::Error for TableError {}
