//! The names that problems are looked up by, ids and codes, in a hash table.
//!
//! It is words: how many bits of a name's hash choose its bucket; where each bucket begins, and the last ends; the entries.
//! An entry is twice the name's length and 1 if it is a code, how many problems it names, its letters in small (four to a
//! word, then zeros), and the problems, in the order in which an answer names them.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::format::{Section, word_at};
use crate::view::Problem;
use crate::{INDEX, Table};

/// Words of an entry before its name.
const ENTRY: usize = 2;

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An id or a former id.
    Id,
    /// A code that a symptom names.
    Code,
}

/// The names of all problems of a table, for [`Section::Names`].
pub(crate) fn build(table: Table<'_>) -> Vec<u32> {
    // Of each name its problems, behind whether only what others print too has that code.
    let mut names: BTreeMap<(Kind, String), Vec<(bool, u32)>> = BTreeMap::new();
    for problem in table.problems() {
        let index = problem.index() as u32;
        for id in core::iter::once(problem.id()).chain(problem.aliases()) {
            names.entry((Kind::Id, id.to_ascii_lowercase())).or_default().push((false, index));
        }
        for symptom in problem.symptoms() {
            let Some(code) = symptom.code() else { continue };
            let problems = names.entry((Kind::Code, code.to_ascii_lowercase())).or_default();
            match problems.last_mut().filter(|(_, last)| *last == index) {
                Some((is_generic, _)) => *is_generic &= symptom.generic(),
                None => problems.push((symptom.generic(), index)),
            }
        }
    }
    let bits = names.len().max(1).next_power_of_two().ilog2();
    let mut buckets = alloc::vec![Vec::new(); 1 << bits];
    for ((kind, name), problems) in &mut names {
        problems.sort_unstable();
        let bucket: &mut Vec<u32> = &mut buckets[bucket(name, bits)];
        bucket.extend([measure(*kind, name) as u32, problems.len() as u32]);
        bucket.extend(letters(name));
        bucket.extend(problems.iter().map(|(_, problem)| *problem));
    }
    let mut words = alloc::vec![bits];
    let mut at = 2 + (1 << bits);
    for bucket in &buckets {
        words.push(at);
        at += bucket.len() as u32;
    }
    words.push(at);
    words.extend(buckets.concat());
    words
}

/// The problems with this name; `None` when the table has no names.
pub(crate) fn look_up<'a>(
    table: Table<'a>,
    kind: Kind,
    name: &str,
) -> Option<impl Iterator<Item = Problem<'a>> + use<'a>> {
    let section = table.section(Section::Names);
    if !INDEX || section.is_empty() {
        return None;
    }
    let word = move |at: usize| word_at(section, at);
    let start = 1 + bucket(name, word(0) as u32);
    let end = word(start + 1).min(section.len() / 4);
    let mut at = word(start);
    let mut found = 0..0;
    while at < end && found.is_empty() {
        let letters = at + ENTRY;
        let problems = letters + (word(at) / 2).div_ceil(4);
        let next = problems.saturating_add(word(at + 1)).min(end);
        let is_it = |letters: &[u8]| letters.eq_ignore_ascii_case(name.as_bytes());
        let place = 4 * letters..4 * letters + name.len();
        if word(at) == measure(kind, name) && section.get(place).is_some_and(is_it) {
            found = problems..next;
        }
        at = next;
    }
    Some(found.map(move |at| table.problem_at(word(at))))
}

/// The first word of a name's entry.
fn measure(kind: Kind, name: &str) -> usize {
    2 * name.len() + kind as usize
}

/// The letters of a name in small, four to a word.
fn letters(name: &str) -> Vec<u32> {
    let four = |chunk: &[u8]| {
        let letter = |at: usize| chunk.get(at).map_or(0, u8::to_ascii_lowercase);
        u32::from_le_bytes([letter(0), letter(1), letter(2), letter(3)])
    };
    name.as_bytes().chunks(4).map(four).collect()
}

/// Which bucket a name is in: Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4) of four bytes after the
/// other. The last four may overlap those before.
fn bucket(name: &str, bits: u32) -> usize {
    let mix = |hash: u32, four: [u8; 4]| {
        // In ASCII, letters differ from capitals in this bit.
        let four = u32::from_le_bytes(four) | 0x2020_2020;
        (hash.rotate_left(15) ^ four).wrapping_mul(0x9e37_79b1)
    };
    let bytes = name.as_bytes();
    let hash = match bytes.last_chunk() {
        Some(last) => mix(bytes.as_chunks().0.iter().fold(0, |hash, four| mix(hash, *four)), *last),
        None => bytes.iter().fold(0, |hash, byte| mix(hash, [*byte, 0, 0, 0])),
    };
    u64::from(hash).unbounded_shr(32u32.saturating_sub(bits)) as usize
}
