//! The filter: which patterns may be where.
//!
//! Each pattern has an *anchor*: four bytes of one of its literals, within a word, that as few other patterns as possible
//! share. The filter is a bitmap of the anchors' hashes and a sorted list behind it; a text is walked once, and only where
//! the bitmap says so is anything looked up and verified.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::clean::{Clean, is_line_end};
use crate::cursor::Cursor;
use crate::format::{Section, word_at};
use crate::pattern::{self, Hit as Place, Verifier};
use crate::search::Hit;
use crate::reference::{PlaceholderKind, pattern_is_code};

/// Bytes of an anchor.
const ANCHOR: usize = 4;
/// Bits of the bitmap, as a power of two.
const BITS: u32 = 15;
/// At most so many places of one pattern are kept.
const PLACES: usize = 256;

/// A table made ready for many texts. [`Table::diagnose`] makes one for itself; over a table with an index layer that
/// costs nothing.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    pub(crate) table: Table<'a>,
    programs: Option<Vec<String>>,
    filter: Cow<'a, [u8]>,
    kinds: Vec<PlaceholderKind>,
}

impl<'a> Matcher<'a> {
    /// Reads the table's index layer, or derives it.
    pub fn new(table: Table<'a>) -> Self {
        let kinds = table.placeholders().map(|placeholder| placeholder.kind()).collect();
        let stored = table.section(Section::Filter);
        if !stored.is_empty() {
            return Matcher { table, programs: None, filter: Cow::Borrowed(stored), kinds };
        }
        let (programs, filter) = pattern::derive_index(table);
        let filter = filter.iter().flat_map(|word| word.to_le_bytes()).collect();
        Matcher { table, programs: Some(programs), filter: Cow::Owned(filter), kinds }
    }

    /// The problems that fit a query best, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'a>> {
        self.table.search(query, limit)
    }

    /// The table.
    pub fn table(&self) -> Table<'a> {
        self.table
    }

    fn program(&self, index: usize) -> &[u8] {
        match &self.programs {
            Some(programs) => programs.get(index).map_or(&[], |program| program.as_bytes()),
            None => {
                let mut cursor: Cursor<'a> = self.table.record(Section::Programs, index);
                cursor.num();
                cursor.text().as_bytes()
            }
        }
    }

    /// The compiled form of a pattern.
    pub(crate) fn program_text(&self, index: usize) -> String {
        String::from_utf8_lossy(self.program(index)).into_owned()
    }

    /// All places where a pattern matches, in order of pattern, then of position.
    pub(crate) fn hits(&self, clean: &Clean) -> Vec<Place> {
        let mut hits = Vec::new();
        let filter = Filter { bytes: &self.filter };
        for at in 0..clean.fold.len().saturating_sub(ANCHOR - 1) {
            self.probe(&filter, clean, &clean.fold[at..at + ANCHOR], &|offset| at + offset, &mut hits);
        }
        self.probe_joins(&filter, clean, &mut hits);
        hits.sort_by_key(|hit| (hit.pattern, hit.start));
        hits.dedup_by_key(|hit| (hit.pattern, hit.start));
        let mut seen = (usize::MAX, 0);
        hits.retain(|hit| {
            seen = if seen.0 == hit.pattern { (seen.0, seen.1 + 1) } else { (hit.pattern, 0) };
            seen.1 < PLACES
        });
        hits
    }

    /// Anchors that a line's end may have split.
    fn probe_joins(&self, filter: &Filter<'_>, clean: &Clean, hits: &mut Vec<Place>) {
        let fold = &clean.fold;
        let ends = fold.iter().enumerate().filter(|(_, byte)| is_line_end(**byte));
        for (end, _) in ends.filter(|(end, _)| *end >= ANCHOR) {
            let Some(after) = fold.get(end + 1..end + ANCHOR) else { continue };
            let mut bytes = [0; 2 * (ANCHOR - 1)];
            bytes[..ANCHOR - 1].copy_from_slice(&fold[end - (ANCHOR - 1)..end]);
            bytes[ANCHOR - 1..].copy_from_slice(after);
            for (skip, window) in bytes.windows(ANCHOR).enumerate() {
                let first = end - (ANCHOR - 1) + skip;
                self.probe(filter, clean, window, &|offset| first + offset, hits);
            }
        }
    }

    fn probe(
        &self,
        filter: &Filter<'_>,
        clean: &Clean,
        window: &[u8],
        place: &dyn Fn(usize) -> usize,
        hits: &mut Vec<Place>,
    ) {
        let gram = u32::from_le_bytes([window[0], window[1], window[2], window[3]]);
        if !filter.may_have(gram) {
            return;
        }
        for (pattern, offset) in filter.candidates(gram) {
            let verifier = Verifier { program: self.program(pattern), kinds: &self.kinds, clean };
            let at = place(0);
            let hit = if pattern_is_code(self.table, pattern) {
                verifier.code(pattern, offset, at)
            } else {
                verifier.template(pattern, offset, at)
            };
            hits.extend(hit);
        }
    }
}

/// The stored form: the bitmap, then how many anchors, then for each, sorted: its bytes, the pattern, the offset.
struct Filter<'f> {
    bytes: &'f [u8],
}

const BITMAP_WORDS: usize = 1 << (BITS - 5);

impl Filter<'_> {
    #[inline]
    fn may_have(&self, gram: u32) -> bool {
        let bit = hash(gram);
        self.bytes.get(bit as usize / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    fn word(&self, index: usize) -> u32 {
        word_at(self.bytes, index) as u32
    }

    fn candidates(&self, gram: u32) -> impl Iterator<Item = (usize, usize)> + '_ {
        let count = self.word(BITMAP_WORDS) as usize;
        let first = BITMAP_WORDS + 1;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.word(first + 2 * middle) < gram {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..count).take_while(move |i| self.word(first + 2 * i) == gram).map(move |i| {
            let value = self.word(first + 2 * i + 1);
            ((value >> 10) as usize, (value & 0x3ff) as usize)
        })
    }
}

#[inline]
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(0x9e37_79b1) >> (32 - BITS)
}

/// The filter's words for these programs.
pub(crate) fn build(programs: &[String]) -> Vec<u32> {
    let mut entries = Vec::new();
    let mut counts: alloc::collections::BTreeMap<u32, u32> = alloc::collections::BTreeMap::new();
    let folded: Vec<String> = programs.iter().map(|program| program.to_ascii_lowercase()).collect();
    for program in &folded {
        for (gram, _) in grams(program.as_bytes()) {
            *counts.entry(gram).or_default() += 1;
        }
    }
    for (index, program) in folded.iter().enumerate() {
        let entry = |(gram, offset)| (gram, (index as u32) << 10 | offset as u32);
        let rarest = grams(program.as_bytes()).min_by_key(|(gram, offset)| (counts[gram], *offset));
        match rarest.or_else(|| loose_gram(program.as_bytes())) {
            Some(anchor) => entries.push(entry(anchor)),
            None => entries.extend(short_grams(program.as_bytes()).map(|gram| entry((gram, 0)))),
        }
    }
    entries.sort_unstable();
    let mut words = alloc::vec![0; BITMAP_WORDS];
    for (gram, _) in &entries {
        words[hash(*gram) as usize / 32] |= 1 << (hash(*gram) % 32);
    }
    words.push(entries.len() as u32);
    words.extend(entries.iter().flat_map(|(gram, value)| [*gram, *value]));
    words
}

/// The possible anchors of a program: bytes within one word, beside its holes.
fn grams(program: &[u8]) -> impl Iterator<Item = (u32, usize)> + '_ {
    program.windows(ANCHOR).enumerate().take(1 << 10).filter_map(|(offset, window)| {
        let is_clean = window.iter().all(|b| *b > b' ' && *b < 0x7f);
        let &[a, b, c, d] = window else { return None };
        is_clean.then_some((u32::from_le_bytes([a, b, c, d]), offset))
    })
}

/// The anchor of a pattern whose words are all short: it may hold spaces.
fn loose_gram(program: &[u8]) -> Option<(u32, usize)> {
    program.windows(ANCHOR).enumerate().take(1 << 10).find_map(|(offset, window)| {
        let &[a, b, c, d] = window else { return None };
        window.is_ascii().then_some((u32::from_le_bytes([a, b, c, d]), offset))
    })
}

/// The anchors of a pattern of three bytes: one for each byte that may follow.
fn short_grams(program: &[u8]) -> impl Iterator<Item = u32> + use<> {
    let first = match *program {
        [a, b, c] => Some([a, b, c]),
        _ => None,
    };
    let may_follow = |b: &u8| !b.is_ascii_uppercase() && (*b >= b' ' || (0x0a..=0x0c).contains(b));
    let follow = (0..0x7fu8).filter(may_follow);
    first.into_iter().flat_map(move |[a, b, c]| {
        follow.clone().map(move |d| u32::from_le_bytes([a, b, c, d]))
    })
}
