//! [`Table`]: the two slices, their header, and the ways in.

use alloc::vec::Vec;

use crate::cursor::{Cursor, Views};
use crate::error::{Kind, TableError};
use crate::format::{HEADER_WORDS, MAGIC, Records, Section, VERSION, word_at};
use crate::names;
use crate::view::Problem;

/// A packed knowledge base, borrowed.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    words: &'a [[u8; 4]],
    strings: &'a str,
}

/// The words of a table from one byte string (a single token in generated code); bytes beyond the last whole word are
/// left out.
pub const fn words(bytes: &[u8]) -> &[[u8; 4]] {
    bytes.as_chunks().0
}

impl<'a> Table<'a> {
    /// A table from its parts. This is what generated code calls; parts that no packer made read as an empty table
    /// or as one with gaps, but never panic.
    pub const fn from_parts(words: &'a [[u8; 4]], strings: &'a str) -> Table<'a> {
        Table { words, strings }
    }

    /// A table from the bytes that [`Table::to_bytes`] gives. All of it is checked (with the feature `checked`), nothing is
    /// copied.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Table<'a>, TableError> {
        let (words, rest) = bytes.as_chunks::<4>();
        let count = match words.first() {
            Some(first) => u32::from_le_bytes(*first) as usize,
            None => return Err(Kind::TooShort.into()),
        };
        if words.get(1) != Some(&MAGIC) {
            return Err(Kind::NotATable.into());
        }
        let (words, tail) = words.split_at_checked(1 + count).ok_or(Kind::TooShort)?;
        let at = bytes.len() - rest.len() - 4 * tail.len();
        let strings = core::str::from_utf8(&bytes[at..]).map_err(|_| Kind::NotUtf8)?;
        let table = Table { words: &words[1..], strings };
        table.validate()?;
        Ok(table)
    }

    /// The table as bytes: the number of words, the words, the strings.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + 4 * self.words.len() + self.strings.len());
        bytes.extend_from_slice(&(self.words.len() as u32).to_le_bytes());
        bytes.extend_from_slice(self.words.as_flattened());
        bytes.extend_from_slice(self.strings.as_bytes());
        bytes
    }

    /// The parts, as [`Table::from_parts`] takes them.
    pub const fn parts(&self) -> (&'a [[u8; 4]], &'a str) {
        (self.words, self.strings)
    }

    /// All problems, sorted by id.
    pub fn problems(&self) -> Views<'a, Problem<'a>> {
        Views::new(*self, self.records(Section::Problems).len(), Problem::at)
    }

    /// The problem at this place of [`Table::problems`]; beyond the end, one without any text.
    pub fn problem_at(&self, index: usize) -> Problem<'a> {
        Problem::at(*self, index)
    }

    /// The problem with this id or former id; letters' case doesn't matter.
    pub fn problem(&self, id: &str) -> Option<Problem<'a>> {
        if let Some(mut named) = names::look_up(*self, names::Kind::Id, id) {
            return named.next();
        }
        self.problem_by_id(id).or_else(|| {
            self.problems().find(|p| p.aliases().any(|alias| alias.eq_ignore_ascii_case(id)))
        })
    }

    fn problem_by_id(&self, id: &str) -> Option<Problem<'a>> {
        let (mut low, mut high) = (0, self.records(Section::Problems).len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let problem = Problem::at(*self, middle);
            match compare_ignoring_case(problem.id(), id) {
                core::cmp::Ordering::Equal => return Some(problem),
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Whether the table holds the texts that readers are shown, or only what recognition needs.
    pub fn has_texts(&self) -> bool {
        !self.section(Section::ProblemTexts).is_empty()
    }

    pub(crate) fn records(&self, section: Section) -> Records<'a> {
        Records::new(self.section(section), self.strings)
    }

    pub(crate) fn record(&self, section: Section, index: usize) -> Cursor<'a> {
        self.records(section).get(index)
    }

    /// The bytes of a section; empty when the table lacks it.
    pub(crate) fn section(&self, section: Section) -> &'a [u8] {
        let bytes = self.words.as_flattened();
        let header = 2 + 2 * section as usize;
        let (at, len) = (word_at(bytes, header), word_at(bytes, header + 1));
        bytes.get(at..at.saturating_add(len)).unwrap_or_default()
    }

    fn validate(&self) -> Result<(), Kind> {
        let bytes = self.words.as_flattened();
        if self.words.len() < HEADER_WORDS {
            return Err(Kind::TooShort);
        }
        if word_at(bytes, 1) != VERSION as usize {
            return Err(Kind::Version(word_at(bytes, 1) as u32));
        }
        if !crate::CHECKED {
            return Ok(());
        }
        for section in Section::ALL {
            let header = 2 + 2 * section as usize;
            let (at, len) = (word_at(bytes, header), word_at(bytes, header + 1));
            if bytes.get(at..at.saturating_add(len)).is_none() {
                return Err(Kind::Bounds(section));
            }
            self.validate_section(section)?;
        }
        Ok(())
    }

    fn validate_section(&self, section: Section) -> Result<(), Kind> {
        if !section.has_records() || !section.is_read() {
            return Ok(());
        }
        let records = self.records(section);
        if !records.is_sound() {
            return Err(Kind::Bounds(section));
        }
        for index in 0..records.len() {
            let mut cursor = records.get(index);
            crate::view::walk(*self, section, &mut cursor);
            if !cursor.is_spent() {
                return Err(Kind::Record(section, index));
            }
        }
        Ok(())
    }
}

impl core::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (words, strings) = (self.words.len(), self.strings.len());
        f.debug_struct("Table").field("words", &words).field("strings", &strings).finish()
    }
}

fn compare_ignoring_case(a: &str, b: &str) -> core::cmp::Ordering {
    let lower = |s: &str| s.bytes().map(|b| b.to_ascii_lowercase()).collect::<Vec<u8>>();
    a.bytes().map(|b| b.to_ascii_lowercase()).cmp(lower(b))
}
