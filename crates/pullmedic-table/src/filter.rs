//! [`Matcher`]: finding the places where patterns match.
//!
//! A text is walked once with the index's bitmap; only where that says so are anchors looked up and patterns verified.

use alloc::string::String;
use alloc::vec::Vec;
#[cfg(feature = "index")]
use core::cell::OnceCell;
use core::ops::Range;

use crate::Table;
use crate::clean::{Clean, clean, is_line_end};
use crate::excerpt::{Aim, Role};
use crate::format::Section;
use crate::host::Registries;
use crate::index::{ANCHOR, Filter, Index, beside};
use crate::pattern::{Hit as Place, Verifier};
use crate::reference::PlaceholderKind;
use crate::search::{self, Hit};
use crate::sieve::Sieve;

/// At most so many places of one pattern are kept.
const PLACES: usize = 256;

/// A table made ready for many texts. [`Table::diagnose`] makes one for itself; over a table with an index layer that
/// costs next to nothing.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    pub(crate) table: Table<'a>,
    pub(crate) index: Index,
    pub(crate) registries: Registries<'a>,
    pub(crate) kinds: Vec<PlaceholderKind>,
    /// The sieves for long texts, made with the first one: that of all patterns, and that of registries alone.
    #[cfg(feature = "index")]
    sieves: OnceCell<Option<(Sieve, Sieve)>>,
}

impl<'a> Matcher<'a> {
    /// Takes the table's index, or derives one.
    pub fn new(table: Table<'a>) -> Self {
        let mut kinds = Vec::new();
        table.placeholders().for_each(|placeholder| kinds.push(placeholder.kind()));
        Matcher {
            table,
            index: Index::of(table),
            registries: Registries::new(table),
            kinds,
            #[cfg(feature = "index")]
            sieves: OnceCell::new(),
        }
    }

    /// The table.
    pub fn table(&self) -> Table<'a> {
        self.table
    }

    /// The problems that fit a query best, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'a>> {
        search::search(self.table, self.index.words(self.table), query, limit)
    }

    /// Whether long texts can be read by a sieve.
    pub(crate) fn has_sieve(&self) -> bool {
        !self.table.section(Section::Sieve).is_empty()
    }

    /// The sieves for a long text, if the table has one: that of all patterns, and that of registries alone.
    pub(crate) fn sieves(&self) -> Option<(Sieve, Sieve)> {
        let make = || {
            let hosts = Index::sieve(self.table, |pattern| self.is_host(pattern))?;
            Some((Index::sieve(self.table, |_| true)?, hosts))
        };
        #[cfg(feature = "index")]
        return self.sieves.get_or_init(make).clone();
        #[cfg(not(feature = "index"))]
        make()
    }

    /// Whether a sieve's pattern is a registry's host.
    fn is_host(&self, pattern: usize) -> bool {
        pattern >= self.index.programs(self.table).len()
    }

    /// What a pattern is looked for in a long text, and how it is recognised there.
    pub(crate) fn aim(&self, pattern: usize) -> Aim<'_> {
        let mut program = self.index.programs(self.table).get(pattern);
        let role = if self.is_host(pattern) {
            Role::Host
        } else if self.users(pattern).next().is_some() {
            Role::Symptom
        } else {
            Role::Evidence
        };
        Aim { role, is_code: program.num() == 1, program: program.text().as_bytes() }
    }

    /// Whether any of these patterns matches in lines of a long text.
    pub(crate) fn has_any(&self, lines: &[u8], widest: usize, patterns: &[usize]) -> bool {
        let clean = clean(&String::from_utf8_lossy(lines), widest);
        self.hits(&clean).iter().any(|hit| patterns.contains(&hit.pattern))
    }

    /// The compiled form of a pattern.
    pub(crate) fn program_text(&self, pattern: usize) -> String {
        let mut cursor = self.index.programs(self.table).get(pattern);
        cursor.num();
        cursor.text().into()
    }

    /// The problems that use a pattern as a symptom.
    pub(crate) fn users(&self, pattern: usize) -> impl Iterator<Item = usize> + '_ {
        self.index.filter(self.table).users(pattern)
    }

    /// All places where a pattern matches, in order of pattern, then of position.
    pub(crate) fn hits(&self, clean: &Clean) -> Vec<Place> {
        let mut hits = Vec::new();
        let filter = self.index.filter(self.table);
        let bitmap = filter.bitmap();
        let mut gram = 0;
        for (end, byte) in clean.fold.iter().enumerate() {
            gram = gram >> 8 | u32::from(*byte) << 24;
            if bitmap.has(gram) && end + 1 >= ANCHOR {
                self.verify(filter, clean, gram, end + 1 - ANCHOR..end + 1, &mut hits);
            }
        }
        self.probe_line_ends(filter, clean, &mut hits);
        in_order(hits)
    }

    /// Anchors that a line's end may have split.
    fn probe_line_ends(&self, filter: Filter<'_>, clean: &Clean, hits: &mut Vec<Place>) {
        let fold = &clean.fold;
        let ends = fold.iter().enumerate().filter(|(_, byte)| is_line_end(**byte));
        for (end, _) in ends.filter(|(end, _)| *end >= ANCHOR) {
            let Some(after) = fold.get(end + 1..end + ANCHOR) else { continue };
            let mut bytes = [0; 2 * (ANCHOR - 1)];
            bytes[..ANCHOR - 1].copy_from_slice(&fold[end - (ANCHOR - 1)..end]);
            bytes[ANCHOR - 1..].copy_from_slice(after);
            for (skip, window) in bytes.windows(ANCHOR).enumerate() {
                let gram = window.iter().rev().fold(0, |gram, byte| gram << 8 | u32::from(*byte));
                if filter.bitmap().has(gram) {
                    let at = end - (ANCHOR - 1) + skip;
                    self.verify(filter, clean, gram, at..at + ANCHOR + 1, hits);
                }
            }
        }
    }

    fn verify(
        &self,
        filter: Filter<'_>,
        clean: &Clean,
        gram: u32,
        anchor: Range<usize>,
        hits: &mut Vec<Place>,
    ) {
        let programs = self.index.programs(self.table);
        let beside = beside(&clean.fold, anchor.clone(), is_line_end);
        let at = anchor.start;
        for (pattern, offset) in filter.anchors(gram, beside) {
            let mut program = programs.get(pattern);
            let is_code = program.num() == 1;
            let program = program.text().as_bytes();
            // In damaged bytes an anchor may lie behind its pattern's end.
            if offset >= program.len() {
                continue;
            }
            let verifier = Verifier { program, kinds: &self.kinds, clean };
            let hit = if is_code {
                verifier.code(pattern, offset, at)
            } else {
                verifier.template(pattern, offset, at)
            };
            if let Some(hit) = hit {
                hits.push(hit);
            }
        }
    }
}

/// Each place once, in order of pattern, then of position, and of no pattern too many.
fn in_order(mut hits: Vec<Place>) -> Vec<Place> {
    let mut order: Vec<u128> = Vec::new();
    for (index, hit) in hits.iter().enumerate() {
        let place = (hit.pattern as u128) << 32 | hit.start as u128;
        order.push(place << 64 | (hit.end as u128) << 32 | index as u128);
    }
    order.sort_unstable();
    let mut sorted: Vec<Place> = Vec::new();
    let mut count = 0;
    for key in order {
        let hit = core::mem::take(&mut hits[key as u32 as usize]);
        let last = sorted.last().filter(|last| last.pattern == hit.pattern);
        count = if last.is_some() { count } else { 0 };
        if count < PLACES && last.is_none_or(|last| last.start != hit.start) {
            count += 1;
            sorted.push(hit);
        }
    }
    sorted
}
