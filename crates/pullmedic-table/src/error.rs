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

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::TooShort => f.write_str("the table is cut off"),
            Kind::NotATable => f.write_str("this isn't a pullmedic table (its first bytes differ)"),
            Kind::Version(found) => {
                write!(f, "the table has layout {found}, this version reads layout {VERSION}")
            }
            Kind::NotUtf8 => f.write_str("the table's text isn't valid UTF-8"),
            Kind::Bounds(section) => write!(f, "the table's section {section:?} is out of bounds"),
            Kind::Record(section, index) => {
                write!(f, "record {index} of the table's section {section:?} is damaged")
            }
        }
    }
}

impl core::error::Error for TableError {}
