//! The front: from a text alone, which shards of a table it may need.
//!
//! A symptom can only be found where its fixed text is. Of each symptom that can make a finding, one *gram* of that text
//! (or of the text of a sign that it is bound to) is a *key* of the shard that its problem is in: the first eight bytes,
//! or of short ones four or three, from the begin of a word on, white space and line ends left out, because either may be
//! anywhere in a pasted text. A text needs the shards of which a key is among its own grams. That a text has a key's
//! hash and not its gram is rare and costs a shard in vain; a symptom is never missed.
//!
//! Stored are the keys' hashes, in order as differences in Rice's code, each with its shard: a key costs about as many
//! bits as it must to be told from all others.

use alloc::vec::Vec;

use crate::Table;
use crate::bytes::partition;
use crate::clean::{Clean, clean, is_line_end};
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

/// The keys of all shards.
#[derive(Debug, Clone, Default)]
pub(crate) struct Front {
    bits: u32,
    /// Hash and shard, in order.
    keys: Vec<(u32, u32)>,
}

impl Front {
    /// From what [`encode_front`] made.
    pub(crate) fn read(words: &[u8]) -> Front {
        let word = |index| word_at(words, index) as u32;
        let (low, shard_bits) = (word(1).min(31), word(2).min(31));
        let mut stream = Bits { bytes: words.get(4 * HEAD..).unwrap_or_default(), at: 0 };
        let mut keys = Vec::new();
        let mut key = 0u32;
        while keys.len() < word_at(words, 3) && stream.at < 8 * stream.bytes.len() {
            key = key.wrapping_add(stream.rice(low));
            keys.push((key, stream.number(0, shard_bits)));
        }
        Front { bits: word(0).clamp(1, 32), keys }
    }

    /// Marks the shards that a text may need.
    pub(crate) fn mark(&self, text: &str, is_needed: &mut [bool]) {
        each_gram(&clean(text, 0), &mut |gram| {
            let key = hash(gram) >> (32 - self.bits);
            let first = partition(self.keys.len(), &|at| self.keys[at].0 < key);
            for (_, shard) in self.keys[first..].iter().take_while(|(other, _)| *other == key) {
                if let Some(mark) = is_needed.get_mut(*shard as usize) {
                    *mark = true;
                }
            }
        });
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

    /// A number: as many ones as its high part says, a zero, its low part.
    fn rice(&mut self, low: u32) -> u32 {
        let mut number = 0u32;
        while self.next() == 1 {
            number = number.wrapping_add(1);
        }
        self.number(number, low)
    }

    /// So many bits, below those of `high`.
    fn number(&mut self, high: u32, bits: u32) -> u32 {
        (0..bits).fold(high, |number, _| number << 1 | self.next())
    }
}

/// Words before the keys: the bits of a key, those of the low part of a difference, those of a shard; how many keys.
const HEAD: usize = 4;

/// The words of the front for the grams that are the keys of each shard.
pub fn encode_front(shards: &[Vec<u64>]) -> Vec<u32> {
    let count: usize = shards.iter().map(Vec::len).sum();
    let sure = if count < MANY { SURE } else { SURE_OF_MANY };
    let bits = (count.max(1).ilog2() + 1 + sure).min(32);
    let key = |gram: &u64| hash(*gram) >> (32 - bits);
    let of_shard = |(shard, grams): (usize, &Vec<u64>)| -> Vec<(u32, u32)> {
        grams.iter().map(|gram| (key(gram), shard as u32)).collect()
    };
    let mut keys: Vec<(u32, u32)> = shards.iter().enumerate().flat_map(of_shard).collect();
    keys.sort_unstable();
    keys.dedup();
    // The mean difference is about two to the power of this.
    let low = bits - count.max(1).ilog2();
    let shard_bits = shards.len().max(1).ilog2() + 1;
    let mut stream = Vec::new();
    let mut last = 0;
    let of = |number: u32, bits: u32| (0..bits).rev().map(move |bit| number >> bit & 1 == 1);
    for (key, shard) in &keys {
        let step = key - core::mem::replace(&mut last, *key);
        stream.extend((0..step >> low).map(|_| true));
        stream.push(false);
        stream.extend(of(step, low).chain(of(*shard, shard_bits)));
    }
    let word = |bits: &[bool]| {
        bits.iter().enumerate().fold(0, |word, (at, bit)| word | u32::from(*bit) << at)
    };
    let head = [bits, low, shard_bits, keys.len() as u32];
    head.into_iter().chain(stream.chunks(32).map(word)).collect()
}

fn hash(gram: u64) -> u32 {
    (gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
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
    each_gram(&clean(text, 0), &mut |gram| grams.push(gram));
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
                grams.extend(longest.map(|len| (len, gram_at(bytes, at, len).0)));
            }
        }
    }
    let longest = grams.iter().map(|(len, _)| *len).max();
    grams.into_iter().filter(|(len, _)| Some(*len) == longest).map(|(_, gram)| gram).collect()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Calls `found` with the grams at all places where a word begins, or may because something was left out there.
fn each_gram(clean: &Clean, found: &mut dyn FnMut(u64)) {
    let fold = &clean.fold;
    let mut look = |at: usize| {
        if !is_word(fold[at]) {
            return;
        }
        let (longest, len) = gram_at(fold, at, LENGTHS[0]);
        for wanted in LENGTHS.into_iter().filter(|wanted| len >= *wanted) {
            found(longest & u64::MAX >> (64 - 8 * wanted));
        }
    };
    for at in 0..fold.len() {
        if at == 0 || !is_word(fold[at - 1]) {
            look(at);
        }
    }
    clean.seams().filter(|at| *at < fold.len()).for_each(look);
}

/// The next bytes that aren't white space as a number, and how many there are.
fn gram_at(bytes: &[u8], at: usize, len: usize) -> (u64, usize) {
    let (mut gram, mut filled) = (0, 0);
    for byte in &bytes[at..] {
        if filled == len {
            break;
        }
        if *byte != b' ' && !is_line_end(*byte) {
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
