//! The layout of a table: what the packer writes and the views read.
//!
//! A table is `words` (numbers, as little-endian groups of four bytes) and `strings` (all text, one after the other).
//! The words begin with a header: [`MAGIC`], [`VERSION`], then offset and length in bytes of each [`Section`].
//! A section of records is: their count, for each record and once more for the end the pair (offset into the section's
//! data, offset into `strings`), then the data. A record is a run of variable-length numbers; a text in it is only its
//! length, because the texts stand in `strings` in the order in which the record names them.
//!
//! Sections come in layers ([`Section::layer`]): *match* is all that recognition, ranking and search need, *text* is what
//! a reader is shown, *index* is derived from the match layer and is rebuilt when it is absent.

use crate::cursor::Cursor;
pub use crate::record::{Record, encode};

/// The first word of every table.
pub const MAGIC: [u8; 4] = *b"pmed";
/// The second word: raised whenever a reader of the old layout would misread the new one.
pub const VERSION: u32 = 1;
/// Words in the header.
pub const HEADER_WORDS: usize = 2 + 2 * Section::ALL.len();

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Needed to recognise, rank and search.
    Match,
    /// Needed to show an answer.
    Text,
    /// Derived from the match layer; saves the time of rebuilding it.
    Index,
}

/// The sections, in the order of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Section {
    Providers,
    Registries,
    Placeholders,
    Terms,
    Synonyms,
    Patterns,
    Problems,
    ProblemTexts,
    Causes,
    Resolutions,
    Sources,
    References,
    ProviderTexts,
    Logins,
    PlaceholderTexts,
    Programs,
    Filter,
    Words,
    Probes,
    Sieve,
}

impl Section {
    /// All sections, in order.
    pub const ALL: [Section; 20] = [
        Section::Providers,
        Section::Registries,
        Section::Placeholders,
        Section::Terms,
        Section::Synonyms,
        Section::Patterns,
        Section::Problems,
        Section::ProblemTexts,
        Section::Causes,
        Section::Resolutions,
        Section::Sources,
        Section::References,
        Section::ProviderTexts,
        Section::Logins,
        Section::PlaceholderTexts,
        Section::Programs,
        Section::Filter,
        Section::Words,
        Section::Probes,
        Section::Sieve,
    ];

    /// The layer that this section belongs to.
    pub const fn layer(self) -> Layer {
        match self {
            Section::Providers
            | Section::Registries
            | Section::Placeholders
            | Section::Terms
            | Section::Synonyms
            | Section::Patterns
            | Section::Problems => Layer::Match,
            Section::Programs
            | Section::Filter
            | Section::Words
            | Section::Probes
            | Section::Sieve => Layer::Index,
            _ => Layer::Text,
        }
    }

    /// Whether this build reads the section.
    pub(crate) const fn is_read(self) -> bool {
        match self.layer() {
            Layer::Match => true,
            Layer::Text => crate::TEXTS,
            Layer::Index => crate::INDEX,
        }
    }

    /// Whether the section is a list of records (the others are plain words).
    pub const fn has_records(self) -> bool {
        !matches!(self, Section::Filter | Section::Sieve)
    }
}

/// Flag bits of a symptom in a problem's record.
pub mod symptom {
    /// The lowest two bits: a message, a code or an observation.
    pub const KIND: u32 = 3;
    /// Other registries print it too.
    pub const GENERIC: u32 = 4;
    /// Never identifies alone.
    pub const WEAK: u32 = 8;
    /// A code follows.
    pub const CODE: u32 = 16;
    /// Clients follow.
    pub const CLIENTS: u32 = 32;
    /// Conditions (`with`, then `without`) follow.
    pub const CONDITIONS: u32 = 64;
}

/// A section of records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Records<'a> {
    bytes: &'a [u8],
    strings: &'a str,
}

impl<'a> Records<'a> {
    pub(crate) fn new(bytes: &'a [u8], strings: &'a str) -> Self {
        Records { bytes, strings }
    }

    pub(crate) fn len(self) -> usize {
        self.word(0)
    }

    /// The record at `index`; an empty one when there is none.
    pub(crate) fn get(self, index: usize) -> Cursor<'a> {
        if index >= self.len() {
            return Cursor::default();
        }
        let data = self.bytes.get(4 * (1 + 2 * (self.len() + 1))..).unwrap_or_default();
        let (from, to) = (self.word(1 + 2 * index), self.word(3 + 2 * index));
        let (first, last) = (self.word(2 + 2 * index), self.word(4 + 2 * index));
        Cursor::new(
            data.get(from..to).unwrap_or_default(),
            self.strings.get(first..last).unwrap_or_default(),
        )
    }

    /// Whether counts and offsets are within bounds and in order.
    pub(crate) fn is_sound(self) -> bool {
        if self.bytes.is_empty() {
            return true;
        }
        let head =
            self.len().saturating_add(1).saturating_mul(2).saturating_add(1).saturating_mul(4);
        let Some(data) = self.bytes.get(head..) else { return false };
        let mut last = (0, 0);
        for i in 0..=self.len() {
            let next = (self.word(1 + 2 * i), self.word(2 + 2 * i));
            if next.0 < last.0 || next.1 < last.1 && i > 0 || !self.strings.is_char_boundary(next.1)
            {
                return false;
            }
            last = next;
        }
        last.0 <= data.len() && last.1 <= self.strings.len()
    }

    fn word(self, index: usize) -> usize {
        word_at(self.bytes, index)
    }
}

/// The `index`-th little-endian word of `bytes`; 0 beyond the end.
pub(crate) fn word_at(bytes: &[u8], index: usize) -> usize {
    match bytes.get(4 * index..4 * index + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
        _ => 0,
    }
}
