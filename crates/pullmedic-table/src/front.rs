//! The front: from a text alone, which shards of a table it may need.
//!
//! A symptom can only be found where its fixed text is. Of each symptom that can make a finding, one *gram* of that text
//! (or of the text of a sign that it is bound to) is a *key* of the shard that its problem is in: the first eight bytes,
//! or of short ones four or three, from the begin of a word on, white space, line ends and backslashes left out, because any
//! may be anywhere in a pasted text. All are ASCII, so that a script, whose texts aren't bytes, finds them too. A text needs
//! the shards of which a key is among its own grams. That a text has a key's hash and not its gram is rare and costs a shard
//! in vain; a symptom is never missed. Where every gram of a symptom is in many other messages, its key is two of them,
//! *halves*: the shard is needed where both are.
//!
//! Stored are the keys' hashes, in order as differences in Rice's code, each with its mark, then pairs of halves in the same
//! way: a key costs about as many bits as it must to be told from all others. A mark is the number of a half, or behind
//! those of all halves the number of a shard.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::bytes::{is_word, partition};
use crate::clean::{SOFT, clean, is_line_end};
use crate::format::word_at;
use crate::pattern::{Program, literals, programs};
use crate::view::{Problem, Sign, Symptom, SymptomKind};

/// Bytes of a gram: as many as the text has.
const LENGTHS: [usize; 3] = [8, 4, 3];
/// What the keys of a table differ in besides their number: a text's gram is taken for a key once in so many, as a power
/// of two. Large tables have to be more modest.
const SURE: u32 = 12;
const SURE_OF_MANY: u32 = 10;
const MANY: usize = 1 << 13;
/// A pair of halves is one number.
const MOST_HALVES: usize = 1 << 16;

/// The keys of all shards.
#[derive(Debug, Clone, Default)]
pub(crate) struct Front {
    bits: u32,
    /// How many grams are halves.
    halves: usize,
    /// Hash and mark, in order.
    keys: Vec<(u32, u32)>,
    /// Two halves as one number, and the mark of the shard.
    pairs: Vec<(u32, u32)>,
}

impl Front {
    /// From what [`encode_front`] made.
    pub(crate) fn read(words: &[u8]) -> Front {
        let word = |index| word_at(words, index);
        let mut stream = Bits { bytes: words.get(4 * HEAD..).unwrap_or_default(), at: 0 };
        let mark_bits = word(1).min(31) as u32;
        Front {
            bits: word(0).clamp(1, 32) as u32,
            halves: word(2),
            keys: stream.list(word(3), word(4), mark_bits),
            pairs: stream.list(word(5), word(6), mark_bits),
        }
    }

    /// Which of so many shards a text may need.
    pub(crate) fn needed(&self, text: &str, shards: usize) -> Vec<bool> {
        let mut is_there = alloc::vec![false; self.halves.min(MOST_HALVES) + shards];
        each_gram(&gram_text(text), &mut |gram| {
            let key = hash(gram) >> (32 - self.bits);
            let first = partition(self.keys.len(), &|at| self.keys[at].0 < key);
            for (_, mark) in self.keys[first..].iter().take_while(|(other, _)| *other == key) {
                set(&mut is_there, *mark);
            }
        });
        for (pair, mark) in &self.pairs {
            let halves = self.halves.max(1);
            let has = |half: usize| is_there.get(half) == Some(&true);
            if has(*pair as usize / halves) && has(*pair as usize % halves) {
                set(&mut is_there, *mark);
            }
        }
        is_there.split_off(is_there.len() - shards)
    }
}

fn set(marks: &mut [bool], mark: u32) {
    if let Some(mark) = marks.get_mut(mark as usize) {
        *mark = true;
    }
}

struct Bits<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Bits<'_> {
    fn next(&mut self) -> u32 {
        let byte = self.bytes.get(self.at / 8).copied().unwrap_or_default();
        let bit = byte >> (self.at % 8) & 1;
        self.at += 1;
        u32::from(bit)
    }

    /// So many numbers in order, each with a mark.
    fn list(&mut self, count: usize, low: usize, mark_bits: u32) -> Vec<(u32, u32)> {
        let mut list = Vec::new();
        let mut number = 0u32;
        while list.len() < count && self.at < 8 * self.bytes.len() {
            number = number.wrapping_add(self.rice(low.min(31) as u32));
            list.push((number, self.number(0, mark_bits)));
        }
        list
    }

    /// A number: as many ones as its high part says, a zero, its low part.
    fn rice(&mut self, low: u32) -> u32 {
        let mut number = 0u32;
        while self.next() == 1 {
            number = number.wrapping_add(1);
        }
        self.number(number, low)
    }

    /// So many bits, the lowest first, below those of `high`.
    fn number(&mut self, high: u32, bits: u32) -> u32 {
        (0..bits).fold(high << bits, |number, place| number | self.next() << place)
    }
}

/// Words before the keys: the bits of a key and of a mark, how many halves; of the keys and of the pairs how many, and the
/// bits of the low part of a difference.
const HEAD: usize = 7;

/// What a symptom is looked up by: a gram, or twice the same where it tells enough alone.
pub type Key = [u64; 2];

/// The words of the front for the keys of each shard.
pub fn encode_front(shards: &[Vec<Key>]) -> Vec<u32> {
    let mut halves: Vec<u64> =
        shards.iter().flatten().filter(|[a, b]| a != b).flatten().copied().collect();
    halves.sort_unstable();
    halves.dedup();
    assert!(halves.len() <= MOST_HALVES, "{} halves of keys", halves.len());
    let half = |gram: u64| halves.partition_point(|other| *other < gram) as u32;
    let all = shards.iter().zip(halves.len() as u32..);
    let all = all.flat_map(|(keys, mark)| keys.iter().map(move |key| (*key, mark)));
    let (pairs, singles): (Vec<_>, Vec<_>) = all.partition(|([a, b], _)| a != b);

    let count = singles.len() + halves.len();
    let sure = if count < MANY { SURE } else { SURE_OF_MANY };
    let bits = (count.max(1).ilog2() + 1 + sure).min(32);
    let grams = singles.into_iter().map(|([gram, _], mark)| (gram, mark));
    let grams = grams.chain(halves.iter().map(|gram| (*gram, half(*gram))));
    let keys = grams.map(|(gram, mark)| (hash(gram) >> (32 - bits), mark)).collect();
    let number = |[a, b]: Key| half(a) * halves.len() as u32 + half(b);
    let pairs = pairs.into_iter().map(|(key, mark)| (number(key), mark)).collect();

    let mark_bits = (halves.len() + shards.len()).max(1).ilog2() + 1;
    let mut stream = Vec::new();
    let keys = encode_list(keys, mark_bits, &mut stream);
    let pairs = encode_list(pairs, mark_bits, &mut stream);
    let word = |bits: &[bool]| {
        bits.iter().enumerate().fold(0, |word, (at, bit)| word | u32::from(*bit) << at)
    };
    let head = [bits, mark_bits, halves.len() as u32].into_iter().chain(keys).chain(pairs);
    // One word more, so that a reader may take four bytes at once.
    head.chain(stream.chunks(32).map(word)).chain([0]).collect()
}

/// Adds the numbers with their marks to the bits; says how many there are, and the bits of the low part of a difference.
fn encode_list(mut list: Vec<(u32, u32)>, mark_bits: u32, stream: &mut Vec<bool>) -> [u32; 2] {
    list.sort_unstable();
    list.dedup();
    // The mean difference is about two to the power of this.
    let most = list.last().map_or(0, |(number, _)| *number);
    let low = (most / list.len().max(1) as u32).max(1).ilog2();
    let of = |number: u32, bits: u32| (0..bits).map(move |bit| number >> bit & 1 == 1);
    let mut last = 0;
    for (number, mark) in &list {
        let step = number - core::mem::replace(&mut last, *number);
        stream.extend((0..step >> low).map(|_| true));
        stream.push(false);
        stream.extend(of(step, low).chain(of(*mark, mark_bits)));
    }
    [list.len() as u32, low]
}

/// Byte by byte, so that one pass has the hashes of all its beginnings.
fn hash(gram: u64) -> u32 {
    let mut hash = 0u32;
    for byte in gram.to_le_bytes() {
        if byte != 0 {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x9e37_79b1);
        }
    }
    hash
}

/// For each problem and each of its symptoms that can make a finding alone, the grams of which any may be its key; all
/// of them must stand in a text for the symptom to be found there.
pub fn key_candidates(table: Table<'_>) -> Vec<Vec<Vec<u64>>> {
    let programs = programs(table);
    let of_pattern = |pattern: usize| programs.get(pattern).map(sure_grams).unwrap_or_default();
    let of_symptom = |symptom: Symptom<'_>| -> Vec<u64> {
        let signs = symptom.with().filter_map(Sign::pattern);
        core::iter::once(symptom.pattern).chain(signs).flat_map(of_pattern).collect()
    };
    let counts =
        |symptom: &Symptom<'_>| symptom.kind() != SymptomKind::Observation && !symptom.weak();
    let of_problem =
        |problem: Problem<'_>| problem.symptoms().filter(counts).map(of_symptom).collect();
    table.problems().map(of_problem).collect()
}

/// The grams of a text, in order, each once.
pub fn text_grams(text: &str) -> Vec<u64> {
    let mut grams = Vec::new();
    each_gram(&gram_text(text), &mut |gram| grams.push(gram));
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The grams of a program's literals that any text has in which it is found. Those of a long text only.
fn sure_grams(program: &Program) -> Vec<u64> {
    let folded = program.text.to_ascii_lowercase();
    let mut grams: Vec<(usize, u64)> = Vec::new();
    for literal in literals(&folded) {
        let bytes = literal.as_bytes();
        // What stands before a literal behind a hole isn't known.
        let is_first = core::ptr::eq(literal.as_ptr(), folded.as_ptr());
        for at in 0..bytes.len() {
            let begins = if at == 0 { is_first } else { !is_word(bytes[at - 1]) };
            if is_word(bytes[at]) && begins {
                let len = gram_at(bytes, at, LENGTHS[0]).1;
                let longest = LENGTHS.into_iter().find(|wanted| len >= *wanted);
                let gram = longest.map(|len| (len, gram_at(bytes, at, len).0));
                grams.extend(gram.filter(|(_, gram)| gram.to_le_bytes().is_ascii()));
            }
        }
    }
    let longest = grams.iter().map(|(len, _)| *len).max();
    grams.into_iter().filter(|(len, _)| Some(*len) == longest).map(|(_, gram)| gram).collect()
}

/// A text as its grams are read from it: clean, letters in lower case, and a line ends within a word where something was
/// left out, because a symptom may begin there. The site's `guess.js` reads the grams of this, too.
pub fn gram_text(text: &str) -> String {
    let clean = clean(text, 0);
    let mut letters = Vec::new();
    let mut is_within = false;
    for (at, byte) in clean.fold.iter().enumerate() {
        if is_within && is_word(*byte) && clean.is_seam(at) {
            letters.push(SOFT);
        }
        letters.push(*byte);
        is_within = is_word(*byte);
    }
    String::from_utf8(letters).unwrap_or_default()
}

/// Calls `found` with the grams at all places where a word begins.
fn each_gram(text: &str, found: &mut dyn FnMut(u64)) {
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        if is_word(bytes[at]) && (at == 0 || !is_word(bytes[at - 1])) {
            let (longest, len) = gram_at(bytes, at, LENGTHS[0]);
            for wanted in LENGTHS.into_iter().filter(|wanted| len >= *wanted) {
                found(longest & u64::MAX >> (64 - 8 * wanted));
            }
        }
    }
}

/// The next bytes that are neither white space nor a backslash as a number, and how many there are.
fn gram_at(bytes: &[u8], at: usize, len: usize) -> (u64, usize) {
    let (mut gram, mut filled) = (0, 0);
    for byte in &bytes[at..] {
        if filled == len {
            break;
        }
        if !matches!(*byte, b' ' | b'\\') && !is_line_end(*byte) {
            gram |= u64::from(*byte) << (8 * filled);
            filled += 1;
        }
    }
    (gram, filled)
}

/// The patterns that a problem names itself, in order, each once.
pub fn patterns_of(problem: Problem<'_>) -> Vec<usize> {
    let mut patterns: Vec<usize> = Vec::new();
    let mut add = |sign: Sign<'_>| patterns.extend(sign.pattern());
    for symptom in problem.symptoms() {
        symptom.with().chain(symptom.without()).for_each(&mut add);
    }
    problem.record().causes.for_each(|cause| cause.all_signs().for_each(&mut add));
    patterns.extend(problem.symptoms().map(|symptom| symptom.pattern));
    patterns.retain(|pattern| *pattern != usize::MAX);
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

/// The patterns by which terms and providers are recognised, in order, each once.
pub fn shared_patterns(table: Table<'_>) -> Vec<usize> {
    let terms = table.all_terms().flat_map(crate::Term::signs);
    let providers = table.providers().flat_map(|provider| provider.record().evidence);
    let mut patterns: Vec<usize> = terms.chain(providers).collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}
