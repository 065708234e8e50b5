//! The index: what is derived from the match layer so that nothing needs building when a text comes.
//!
//! It holds four things: the *programs* (compiled patterns), the *filter* (anchors, and which problems use a pattern; see
//! [`Filter`]), the *words* that problems are searched by, and the *names* that they are looked up by. A table carries it in
//! its index layer, or a [`Matcher`] derives the first three once.
//!
//! [`Matcher`]: crate::Matcher

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;
use core::ops::Range;

use crate::format::{Layer, Record, Records, Section, encode, word_at};
use crate::names;
use crate::pattern::{self, Program};
use crate::probe;
use crate::record::le_bytes;
use crate::reference::pattern_anchor;
use crate::search;
use crate::sieve::Sieve;
use crate::{INDEX, Table};

/// What [`derive_index`] makes, ready to be stored.
#[derive(Debug)]
#[non_exhaustive]
pub struct Derived {
    /// [`Section::Programs`].
    pub programs: Vec<Record>,
    /// [`Section::Filter`].
    pub filter: Vec<u32>,
    /// [`Section::Words`].
    pub words: Vec<Record>,
    /// [`Section::Sieve`].
    pub sieve: Vec<u32>,
    /// [`Section::Names`].
    pub names: Vec<u32>,
}

/// The index layer of a table that holds the match layer.
pub fn derive_index(table: Table<'_>) -> Derived {
    let programs = pattern::programs(table);
    let uses = uses(table, programs.len());
    let filter = build_filter(table, &programs, &uses);
    let sieve = probe::build(table, &programs, &uses);
    Derived { programs, filter, words: search::index(table), sieve, names: names::build(table) }
}

/// An index, as the table stores it, or as it is derived when it is needed. A derived one has no sieve: what is so long
/// that it needs one is read by programs that have the whole table.
#[derive(Debug, Clone)]
pub(crate) enum Index {
    /// In the table.
    Stored,
    /// Programs and filter, and the words once something was searched.
    Derived { programs: Encoded, filter: Vec<u8>, words: OnceCell<Encoded> },
}

/// A section of records, and their strings.
#[derive(Debug, Clone)]
pub(crate) struct Encoded {
    bytes: Vec<u8>,
    strings: String,
}

impl Encoded {
    pub(crate) fn new(records: &[Record]) -> Self {
        let mut strings = String::new();
        Encoded { bytes: encode(Layer::Index, records, &mut strings), strings }
    }

    pub(crate) fn records(&self) -> Records<'_> {
        Records::new(&self.bytes, &self.strings)
    }
}

impl Index {
    /// The table's own index, or one derived now.
    pub(crate) fn of(table: Table<'_>) -> Index {
        if INDEX && !table.section(Section::Filter).is_empty() {
            return Index::Stored;
        }
        let programs = pattern::programs(table);
        let filter = build_filter(table, &programs, &uses(table, programs.len()));
        Index::Derived {
            programs: Encoded::new(&programs),
            filter: le_bytes(&filter),
            words: OnceCell::new(),
        }
    }

    pub(crate) fn programs<'i>(&'i self, table: Table<'i>) -> Records<'i> {
        match self {
            Index::Stored => table.records(Section::Programs),
            Index::Derived { programs, .. } => programs.records(),
        }
    }

    pub(crate) fn words<'i>(&'i self, table: Table<'i>) -> Records<'i> {
        match self {
            Index::Stored => table.records(Section::Words),
            Index::Derived { words, .. } => {
                words.get_or_init(|| Encoded::new(&search::index(table))).records()
            }
        }
    }

    pub(crate) fn filter<'i>(&'i self, table: Table<'i>) -> Filter<'i> {
        match self {
            Index::Stored => Filter { bytes: table.section(Section::Filter) },
            Index::Derived { filter, .. } => Filter { bytes: filter },
        }
    }

    /// The sieve of the wanted patterns, if the table has one; hosts are numbered behind the patterns.
    pub(crate) fn sieve(table: Table<'_>, is_wanted: impl Fn(usize) -> bool) -> Option<Sieve> {
        let words = table.section(Section::Sieve);
        let programs = table.records(Section::Programs);
        let hosts = probe::host_pieces(table);
        let text_of = |pattern: usize| match pattern.checked_sub(programs.len()) {
            Some(host) => hosts.get(host).map_or("", String::as_str),
            None => program_text(programs, pattern),
        };
        (INDEX && !words.is_empty()).then(|| Sieve::new(words, text_of, is_wanted))
    }
}

/// The text of a program in a section of them.
pub(crate) fn program_text(programs: Records<'_>, pattern: usize) -> &str {
    let mut cursor = programs.get(pattern);
    cursor.num();
    cursor.text()
}

/// Bytes of an anchor.
pub(crate) const ANCHOR: usize = 4;
/// How many bits of the bitmap share a bucket of anchors, as a power of two.
const SHARE: u32 = 5;

const HEADER: usize = 3;
/// Words of an anchor; in the page's module, which reads little, without what is beside it.
const ENTRY: usize = if INDEX { 4 } else { 2 };

/// The filter, in words: the number of patterns and of anchors, and the bitmap's bits; a bitmap of the anchors' hashes;
/// where each bucket of anchors begins; the anchors, each as its hash, its place (pattern and offset), and what is behind and
/// before it in its program; where each pattern's users begin; the users (problems).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filter<'f> {
    bytes: &'f [u8],
}

/// The bitmap's bits, as a power of two; only programs that have the whole table meet tables that want many.
fn bits(wanted: u32) -> u32 {
    if INDEX { wanted.clamp(16, 22) } else { 16 }
}

/// Where the buckets begin behind a bitmap of so many bits, and the anchors.
fn places(bits: u32) -> (usize, usize) {
    let buckets = HEADER + (1 << (bits - 5));
    (buckets, buckets + (1 << (bits - SHARE)) + 1)
}

impl<'f> Filter<'f> {
    fn word(self, index: usize) -> usize {
        word_at(self.bytes, index)
    }

    fn bits(self) -> u32 {
        bits(self.word(2) as u32)
    }

    /// The bitmap of hashes.
    pub(crate) fn bitmap(self) -> Bitmap<'f> {
        let bits = self.bits();
        let bytes = self.bytes.get(4 * HEADER..4 * HEADER + (1 << (bits - 3)));
        Bitmap { bytes: bytes.unwrap_or_default(), bits }
    }

    /// The anchors with these bytes that have the same beside them: pattern and offset.
    pub(crate) fn anchors(
        self,
        gram: u32,
        beside: Beside,
    ) -> impl Iterator<Item = (usize, usize)> + 'f {
        let (buckets, entries) = places(self.bits());
        let bucket = buckets + (hash(gram) >> (32 - self.bits() + SHARE)) as usize;
        let known = beside.map(filled);
        let fits = move |entry: usize| {
            let wanted = [2, 3].map(|word| self.word(entry + word) as u32);
            let differs = |side: usize| {
                (wanted[side] ^ beside[side]) & filled(wanted[side]) & known[side] != 0
            };
            !INDEX || !(differs(0) || differs(1))
        };
        (self.word(bucket)..self.word(bucket + 1))
            .map(move |entry| entries + ENTRY * entry)
            .filter(move |entry| self.word(*entry) == hash(gram) as usize)
            .filter(move |entry| fits(*entry))
            .map(move |entry| self.word(entry + 1))
            .map(|place| (place >> 10, place & 0x3ff))
    }

    /// The problems that use a pattern as a symptom.
    pub(crate) fn users(self, pattern: usize) -> impl Iterator<Item = usize> + 'f {
        let (patterns, anchors) = (self.word(0), self.word(1));
        let starts = places(self.bits()).1.saturating_add(ENTRY.saturating_mul(anchors));
        let first = starts + patterns + 1;
        let range = if pattern < patterns {
            self.word(starts + pattern)..self.word(starts + pattern + 1)
        } else {
            0..0
        };
        range.map(move |at| self.word(first + at))
    }
}

/// All bits of the bytes that aren't 0: of those at the beginning, of which one is 0 only if all behind it are.
#[inline]
fn filled(bytes: u32) -> u32 {
    u32::MAX.unbounded_shr(bytes.leading_zeros() & !7)
}

/// The hash of an anchor; bitmap and buckets take its highest bits.
#[inline]
pub(crate) fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(0x9e37_79b1)
}

/// The hashes of the anchors that there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bitmap<'f> {
    bytes: &'f [u8],
    bits: u32,
}

impl Bitmap<'_> {
    /// Whether there may be an anchor with these bytes.
    #[inline]
    pub(crate) fn has(self, gram: u32) -> bool {
        let bit = (hash(gram) >> (32 - self.bits)) as usize;
        self.bytes.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }
}

/// The problems that use each pattern as a symptom.
fn uses(table: Table<'_>, patterns: usize) -> Vec<Vec<u32>> {
    let mut uses = Vec::with_capacity(patterns);
    (0..patterns).for_each(|_| uses.push(Vec::new()));
    for problem in table.problems() {
        for symptom in problem.symptoms() {
            let Some(users) = uses.get_mut(symptom.pattern) else { continue };
            if users.last() != Some(&(problem.index() as u32)) {
                users.push(problem.index() as u32);
            }
        }
    }
    uses
}

fn build_filter(table: Table<'_>, programs: &[Program], uses: &[Vec<u32>]) -> Vec<u32> {
    let mut anchors = anchors(table, programs);
    anchors.sort_unstable();
    let bits = bits(anchors.len().next_power_of_two().ilog2() + SHARE);
    let (buckets, entries) = places(bits);
    let mut words = alloc::vec![0; entries];
    words[0] = programs.len() as u32;
    words[1] = anchors.len() as u32;
    words[2] = bits;
    for [hash, ..] in anchors.iter().map(unpack) {
        let bit = hash >> (32 - bits);
        words[HEADER + bit as usize / 32] |= 1 << (bit % 32);
        words[buckets + 1 + (bit >> SHARE) as usize] += 1;
    }
    for bucket in buckets..entries - 1 {
        words[bucket + 1] += words[bucket];
    }
    for entry in anchors.iter().map(unpack) {
        words.extend_from_slice(&entry[..ENTRY]);
    }
    let mut start = 0;
    for users in uses {
        words.push(start);
        start += users.len() as u32;
    }
    words.push(start);
    for users in uses {
        words.extend_from_slice(users);
    }
    words
}

/// For each pattern of a table, where its anchor begins in its program: of all possible places, that whose bytes the
/// fewest programs have, above all with what follows: the rest of a pattern is compared where both fit. None for a pattern
/// too short to have one.
///
/// A table holds what this chose when it was packed, so that a part of a table behaves as the whole does.
pub fn choose_anchors(table: Table<'_>) -> Vec<Option<usize>> {
    let folded = |program: Program| program.text.to_ascii_lowercase();
    let folded: Vec<String> = pattern::programs(table).into_iter().map(folded).collect();
    let mut all: Vec<u64> = folded
        .iter()
        .flat_map(|program| {
            grams(program.as_bytes()).map(|gram| with_next(program.as_bytes(), gram))
        })
        .collect();
    all.sort_unstable();
    let count = |first: u64, last: u64| {
        let before = all.partition_point(|other| *other < first);
        all[before..].partition_point(|other| *other <= last)
    };
    let cost = |program: &[u8], gram: (u32, usize)| {
        let both = with_next(program, gram);
        let next = u64::from(u32::MAX);
        8 * count(both, both) + count(both & !next, both | next)
    };
    let choose = |program: &String| {
        let program = program.as_bytes();
        let rarest = grams(program).min_by_key(|gram| (cost(program, *gram), gram.1));
        rarest.or_else(|| loose_gram(program)).map(|(_, offset)| offset)
    };
    folded.iter().map(choose).collect()
}

/// A possible anchor, and below it what follows.
fn with_next(program: &[u8], (gram, offset): (u32, usize)) -> u64 {
    let rest = program.get(offset + ANCHOR..).unwrap_or_default();
    u64::from(gram) << 32 | u64::from(known(rest.iter(), &is_hole))
}

/// An anchor: its hash, and below it pattern and offset, and what is beside it. As one number, because all that is sorted is:
/// there is one instance of the sort.
type Anchor = u128;

fn anchor(gram: u32, [behind, before]: Beside, place: u32) -> Anchor {
    let words = [hash(gram), place, behind, before];
    words.into_iter().fold(0, |anchor, word| anchor << 32 | u128::from(word))
}

fn unpack(anchor: &Anchor) -> [u32; 4] {
    // In the module, a shift by what isn't known at once would be a call that the linker can't match.
    [(anchor >> 96) as u32, (anchor >> 64) as u32, (anchor >> 32) as u32, *anchor as u32]
}

/// The anchors where the table has them.
fn anchors(table: Table<'_>, programs: &[Program]) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for (index, program) in programs.iter().enumerate() {
        let program = program.text.to_ascii_lowercase();
        let place = |offset: usize| (index as u32) << 10 | offset as u32;
        match pattern_anchor(table, index) {
            Some(offset) => {
                let gram = program.as_bytes().get(offset..).and_then(ascii_gram);
                let beside = beside(program.as_bytes(), offset..offset + ANCHOR, is_hole);
                anchors.extend(gram.map(|gram| anchor(gram, beside, place(offset))));
            }
            None => short_anchors(program.as_bytes(), place(0), &mut anchors),
        }
    }
    anchors
}

/// What is behind an anchor, and before it, the nearest byte first, up to where anything may stand; 0 for anything.
type Beside = [u32; 2];

pub(crate) fn beside(bytes: &[u8], anchor: Range<usize>, is_any: impl Fn(u8) -> bool) -> Beside {
    if !INDEX {
        return [0; 2];
    }
    let behind = bytes.get(anchor.end..).unwrap_or_default();
    let before = bytes.get(..anchor.start).unwrap_or_default();
    [known(behind.iter(), &is_any), known(before.iter().rev(), &is_any)]
}

/// Whether a byte of a program may be a hole's, from whichever side it is read: holes are characters beyond ASCII.
fn is_hole(byte: u8) -> bool {
    !byte.is_ascii()
}

fn known<'b>(bytes: impl Iterator<Item = &'b u8>, is_any: &impl Fn(u8) -> bool) -> u32 {
    let mut word = [0; ANCHOR];
    let known = bytes.take_while(|byte| !is_any(**byte));
    word.iter_mut().zip(known).for_each(|(place, byte)| *place = *byte);
    u32::from_le_bytes(word)
}

/// The anchor at the begin of some bytes.
fn ascii_gram(bytes: &[u8]) -> Option<u32> {
    let gram = bytes.first_chunk().filter(|gram| gram.is_ascii())?;
    Some(u32::from_le_bytes(*gram))
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
    let mut windows = program.windows(ANCHOR).enumerate().take(1 << 10);
    windows.find_map(|(offset, window)| Some((ascii_gram(window)?, offset)))
}

/// The anchors of a pattern of three bytes: one for each byte that may follow.
fn short_anchors(program: &[u8], place: u32, anchors: &mut Vec<Anchor>) {
    let &[a, b, c] = program else { return };
    for d in 0x0a..0x7fu8 {
        if !d.is_ascii_uppercase() && (d >= b' ' || d <= 0x0c) {
            anchors.push(anchor(u32::from_le_bytes([a, b, c, d]), [0; 2], place));
        }
    }
}
