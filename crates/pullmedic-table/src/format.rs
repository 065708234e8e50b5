//! The layout of a table: what the packer writes and the views read.
//!
//! A table is `words` (numbers, as little-endian groups of four bytes) and `strings` (all text, one after the other).
//! The words begin with a header: [`MAGIC`], [`VERSION`], then offset and length in bytes of each [`Section`].
//! A section of records is: their count; how many records make a block, as a power of two; for each block the pair (offset
//! into the section's data, offset into `strings`); then the data. Each record is preceded by two lengths, that of its
//! data and that of its texts, so a record is found by stepping from the begin of its block. A record is a run of
//! variable-length numbers; a text in it is only its length, because the texts stand in `strings` in the order in which
//! the record names them. Numbers of patterns within a problem are differences to the one named before ([`Steps`]): most
//! problems name patterns that nobody named before, which are numbered in that order.
//!
//! Sections come in layers ([`Section::layer`]): *match* is all that recognition and ranking need, *search* is what else
//! problems are searched by, *text* is what a reader is shown, *index* is derived from the others and is rebuilt when it is
//! absent.

use alloc::vec::Vec;

use crate::cursor::Cursor;
use crate::record::{Raw, le_bytes};
pub use crate::record::{Record, Steps, encode};

/// The first word of every table.
pub const MAGIC: [u8; 4] = *b"pmed";
/// The second word: raised whenever a reader of the old layout would misread the new one.
pub const VERSION: u32 = 6;
/// Words in the header.
pub const HEADER_WORDS: usize = 2 + 2 * Section::ALL.len();

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Needed to recognise and rank.
    Match,
    /// Needed to search.
    Search,
    /// Needed to show an answer.
    Text,
    /// Derived from the match and search layers; saves the time of rebuilding it.
    Index,
    /// Of a part of a table: what it is a part of.
    Part,
}

/// The sections, in the order of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Section {
    Providers,
    Registries,
    Placeholders,
    Terms,
    Patterns,
    Problems,
    Synonyms,
    Observations,
    ProblemWords,
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
    Sieve,
    Members,
    Front,
    Names,
}

impl Section {
    /// All sections, in order.
    pub const ALL: [Section; 24] = [
        Section::Providers,
        Section::Registries,
        Section::Placeholders,
        Section::Terms,
        Section::Patterns,
        Section::Problems,
        Section::Synonyms,
        Section::Observations,
        Section::ProblemWords,
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
        Section::Sieve,
        Section::Members,
        Section::Front,
        Section::Names,
    ];

    /// The layer that this section belongs to.
    pub const fn layer(self) -> Layer {
        match self {
            Section::Providers
            | Section::Registries
            | Section::Placeholders
            | Section::Terms
            | Section::Patterns
            | Section::Problems => Layer::Match,
            Section::Synonyms | Section::Observations | Section::ProblemWords => Layer::Search,
            Section::Programs
            | Section::Filter
            | Section::Words
            | Section::Sieve
            | Section::Names => Layer::Index,
            Section::Members | Section::Front => Layer::Part,
            _ => Layer::Text,
        }
    }

    /// Whether this build reads the section.
    pub(crate) const fn is_read(self) -> bool {
        match self.layer() {
            Layer::Match | Layer::Search | Layer::Part => true,
            Layer::Text => crate::TEXTS,
            Layer::Index => crate::INDEX,
        }
    }

    /// Whether the section is a list of records (the others are plain words).
    pub const fn has_records(self) -> bool {
        !matches!(self, Section::Filter | Section::Sieve | Section::Front | Section::Names)
    }
}

/// The words of a table with these sections, as bytes; a section that isn't given is empty.
pub fn assemble(sections: &[(Section, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = alloc::vec![0; 4 * HEADER_WORDS];
    bytes[..4].copy_from_slice(&MAGIC);
    bytes[4..8].copy_from_slice(&VERSION.to_le_bytes());
    for (section, data) in sections {
        let header = 8 + 8 * *section as usize;
        let place = [bytes.len() as u32, data.len() as u32];
        bytes[header..header + 8].copy_from_slice(&le_bytes(&place));
        bytes.extend_from_slice(data);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
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
        let (mut walk, skip) = self.block_of(index);
        walk.nth(skip).unwrap_or_default()
    }

    /// All records as they were written.
    pub(crate) fn raw(self) -> Vec<Raw<'a>> {
        let mut records = Vec::new();
        (0..self.len()).for_each(|index| records.push(self.get(index).raw()));
        records
    }

    /// How many records make a block, as a power of two.
    fn shift(self) -> usize {
        self.word(1).min(16)
    }

    fn blocks(self) -> usize {
        self.len().div_ceil(1 << self.shift())
    }

    /// A walk from the begin of a record's block, and how many records come before it there.
    fn block_of(self, index: usize) -> (Walk<'a>, usize) {
        let data = self.bytes.get(self.head()..).unwrap_or_default();
        let block = 2 + 2 * (index >> self.shift());
        let (at, text) = (self.word(block), self.word(block + 1));
        let walk = Walk {
            data: data.get(at..).unwrap_or_default(),
            strings: self.strings.get(text..).unwrap_or_default(),
        };
        (walk, index & ((1 << self.shift()) - 1))
    }

    /// Bytes before the data.
    fn head(self) -> usize {
        self.blocks().saturating_mul(8).saturating_add(8)
    }

    /// Whether all blocks and lengths are within bounds and in order.
    pub(crate) fn is_sound(self) -> bool {
        if self.bytes.is_empty() {
            return true;
        }
        let Some(data) = self.bytes.get(self.head()..) else { return false };
        let first = self.strings.get(self.word(3)..).filter(|_| self.len() > 0);
        let mut walk = Walk { data, strings: first.unwrap_or_default() };
        for index in 0..self.len() {
            let (block, skip) = self.block_of(index);
            let is_there =
                block.data.len() == walk.data.len() && block.strings.len() == walk.strings.len();
            if skip == 0 && !is_there || walk.next().is_none() {
                return false;
            }
        }
        walk.data.is_empty()
    }

    fn word(self, index: usize) -> usize {
        word_at(self.bytes, index)
    }
}

/// The records from some place on.
struct Walk<'a> {
    data: &'a [u8],
    strings: &'a str,
}

impl<'a> Iterator for Walk<'a> {
    type Item = Cursor<'a>;

    fn next(&mut self) -> Option<Cursor<'a>> {
        let mut lengths = Cursor::new(self.data, "");
        let (len, text_len) = (lengths.num(), lengths.num());
        let (data, rest) = lengths.rest()?.split_at_checked(len)?;
        let (text, strings) = self.strings.split_at_checked(text_len)?;
        (self.data, self.strings) = (rest, strings);
        Some(Cursor::new(data, text))
    }
}

/// The `index`-th little-endian word of `bytes`; 0 beyond the end.
#[cfg_attr(not(feature = "index"), inline(never))]
pub(crate) fn word_at(bytes: &[u8], index: usize) -> usize {
    match bytes.get(4 * index..4 * index + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]) as usize,
        _ => 0,
    }
}
