//! Probes: by which piece of its fixed text each pattern is looked for in a long text.
//!
//! It is as long as a piece can be, and one whose samples other pieces have too, because what nearly all of a text fails is the
//! smaller the fewer samples there are, but not the same bytes beside them; or else one that is met little in other patterns
//! and in logs at large. Of equally good ones it is the last, because messages begin alike and are cut at their ends.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::bytes::is_word;
use crate::pattern::Program;
use crate::reference::pattern_text;
use crate::sieve::{
    AT_EIGHTH, AT_FOURTH, LONG, LONGEST, OPENING, SHORT, SHORTEST, count_long, hashes, long_samples,
};

/// The sieve's words: for each probe its pattern, and where its piece begins there with the piece's length. Patterns that
/// are only signs of causes have none: they are read beside symptoms. Those on which a symptom depends do.
pub(crate) fn build(table: Table<'_>, programs: &[Program], uses: &[Vec<u32>]) -> Vec<u32> {
    let mut evidence: BTreeSet<usize> =
        table.providers().flat_map(|p| p.record().evidence).collect();
    let symptoms = table.problems().flat_map(|problem| problem.symptoms());
    for sign in symptoms.flat_map(|symptom| symptom.with().chain(symptom.without())) {
        match sign.term() {
            Some(term) => evidence.extend(term.signs()),
            None => evidence.extend(sign.pattern()),
        }
    }
    let is_wanted = |index: usize| !uses[index].is_empty() || evidence.contains(&index);
    let mut texts: Vec<Text> = programs
        .iter()
        .enumerate()
        .map(|(index, program)| Text::of(table, index, &program.text, is_wanted(index)))
        .collect();
    texts.extend(host_pieces(table).into_iter().map(|host| Text {
        is_wanted: true,
        source: host.clone(),
        folded: host,
    }));
    let chosen = choose(&texts).into_iter().enumerate();
    let words = chosen.filter_map(|(pattern, choice)| Some([pattern as u32, choice?.word()]));
    words.flatten().collect()
}

/// The pieces of the wanted texts.
fn choose(texts: &[Text]) -> Vec<Option<Choice>> {
    let (long, short) = (Commonness::<LONG>::of(texts), Commonness::<SHORT>::of(texts));
    let mut used = Used::new();
    let mut choices: Vec<Option<Choice>> = alloc::vec![None; texts.len()];
    for _ in 0..ROUNDS {
        for (text, choice) in texts.iter().zip(&mut choices).filter(|(text, _)| text.is_wanted) {
            if let Some(before) = choice.take() {
                used.count(text, before, |count| *count -= 1);
            }
            let of_long =
                |hash, is_late| if used.has(hash, is_late) { 0 } else { long.count(hash) };
            let of_short = |hash| short.count(hash);
            let cost = |piece: &[u8]| {
                let bytes = piece.iter().map(|byte| commonness(*byte)).sum::<usize>();
                8 * sampled(piece, &of_long, &of_short).0 + bytes + PAIR * used.with_pairs_of(piece)
            };
            let Some((offset, len)) = text.probe(&cost) else { continue };
            let (_, late) = sampled(&text.folded.as_bytes()[offset..][..len], &of_long, &of_short);
            let chosen = Choice { offset, len, late };
            used.count(text, chosen, |count| *count += 1);
            *choice = Some(chosen);
        }
    }
    choices
}

/// So often each pattern's piece is chosen, by what the others' are.
const ROUNDS: usize = 2;

/// A pattern's piece.
#[derive(Debug, Clone, Copy)]
struct Choice {
    offset: usize,
    len: usize,
    /// Which of its samples are the later ones of two at the same place.
    late: u8,
}

/// No piece begins further on in its pattern: a word of the table has so many bits for that.
const FARTHEST: usize = 1 << 16;

impl Choice {
    /// As it stands in the table.
    fn word(self) -> u32 {
        (self.offset << 16 | usize::from(self.late) << 8 | self.len) as u32
    }
}

/// What each piece costs that has the same sixteen bytes at one place: each is looked at when they are met.
const PAIR: usize = 40;

/// What the pieces have that are chosen, counted by hashes; some share a count.
struct Used {
    /// How many have a long sample, as an earlier one or as a later one.
    samples: Vec<u32>,
    /// How many have the same sixteen bytes, by which a sample is known.
    pairs: Vec<u32>,
}

impl Used {
    const BITS: u32 = 18;

    fn new() -> Self {
        Used { samples: alloc::vec![0; 1 << Self::BITS], pairs: alloc::vec![0; 1 << Self::BITS] }
    }

    fn index(hash: u64, is_late: bool) -> usize {
        (hash >> (64 - Self::BITS)) as usize ^ usize::from(is_late)
    }

    fn pairs_of(piece: &[u8]) -> impl Iterator<Item = usize> + '_ {
        let pairs = hashes::<LONG>(piece).zip(hashes::<LONG>(piece).skip(LONG));
        pairs.map(|(a, b)| Self::index((a ^ b.rotate_left(32)).wrapping_mul(b | 1), false))
    }

    fn has(&self, hash: u64, is_late: bool) -> bool {
        self.samples[Self::index(hash, is_late)] > 0
    }

    /// At how many places of a piece others have the same sixteen bytes, each of them counted.
    fn with_pairs_of(&self, piece: &[u8]) -> usize {
        Self::pairs_of(piece).map(|index| self.pairs[index] as usize).sum()
    }

    /// Calls `change` with each count of a pattern's piece.
    fn count(&mut self, text: &Text, choice: Choice, change: impl Fn(&mut u32)) {
        let piece = &text.folded.as_bytes()[choice.offset..][..choice.len];
        for (at, hash) in long_samples(piece, choice.late) {
            change(&mut self.samples[Self::index(hash, at >= LONG)]);
        }
        Self::pairs_of(piece).for_each(|index| change(&mut self.pairs[index]));
    }
}

/// How often the samples by which a piece is found are met, given how often long and short ones with a hash are; and which of
/// two long ones at the same place are the later ones, a bit for each: those that are met less.
fn sampled(
    piece: &[u8],
    long: &impl Fn(u64, bool) -> usize,
    short: &impl Fn(u64) -> usize,
) -> (usize, u8) {
    let of_short = hashes::<SHORT>(piece).take(LONG).skip(count_long(piece)).map(short);
    let mut cost = of_short.sum::<usize>();
    let mut late = 0;
    let mut behind = hashes::<LONG>(piece).skip(LONG);
    for (at, hash) in hashes::<LONG>(piece).take(LONG).enumerate() {
        let first = long(hash, false);
        let second = behind.next().map(|hash| long(hash, true)).filter(|second| *second < first);
        late |= u8::from(second.is_some()) << at;
        cost += second.unwrap_or(first);
    }
    (cost, late)
}

/// A pattern's text, to choose a probe from.
struct Text {
    /// Whether it is looked for.
    is_wanted: bool,
    /// As it is compared, in lower case.
    folded: String,
    /// As it is written, in lower case: what stands in it without a gap does so in raw text.
    source: String,
}

impl Text {
    fn of(table: Table<'_>, pattern: usize, program: &str, is_wanted: bool) -> Text {
        Text {
            is_wanted,
            folded: program.to_ascii_lowercase(),
            source: pattern_text(table, pattern).to_ascii_lowercase(),
        }
    }

    /// Where its best piece begins, and the piece's length.
    fn probe(&self, cost: &impl Fn(&[u8]) -> usize) -> Option<(usize, usize)> {
        let opens = |at: usize| at == 0 && self.is_word_at(0);
        [false, true]
            .into_iter()
            .find_map(|slash| {
                let of_len = |len: usize| best(self.pieces(len, slash), cost);
                let opening = || self.pieces(OPENING, slash).filter(|(at, _)| opens(*at));
                let mut lens = (AT_EIGHTH..=LONGEST).rev();
                lens.find_map(of_len).or_else(|| best(opening(), cost))
            })
            .or_else(|| {
                [false, true].into_iter().find_map(|slash| best(self.short_pieces(slash), cost))
            })
    }

    /// Pieces of seven bytes; or one fewer with a word's edge, or two fewer with two.
    fn short_pieces(&self, with_slash: bool) -> impl Iterator<Item = (usize, &[u8])> {
        let edges = |at: usize, end: usize| {
            let text = self.folded.as_bytes();
            usize::from(begins_word(text, at)) + usize::from(ends_word(text, end))
        };
        (SHORTEST..=AT_FOURTH).flat_map(move |len| {
            let pieces = self.pieces(len, with_slash);
            pieces.filter(move |(at, _)| len + edges(*at, at + len) >= AT_FOURTH)
        })
    }

    /// The pieces of a length that stand in raw text as they are, and where they begin. JSON may escape a slash: only before
    /// a piece that doesn't matter. A space at either end of the pattern may be a line's end.
    fn pieces(&self, len: usize, with_slash: bool) -> impl Iterator<Item = (usize, &[u8])> {
        let is_plain = |byte: &u8| {
            matches!(byte, b' '..0x7f) && !matches!(byte, b'\\' | b'%' | b'&' | b'<' | b'>')
        };
        let all = self.folded.trim_ascii_end().as_bytes().windows(len).enumerate().take(FARTHEST);
        all.filter(move |(at, piece)| {
            piece.iter().all(is_plain)
                && !(*at == 0 && piece.starts_with(b" "))
                && (with_slash || !piece[1..].contains(&b'/'))
                && core::str::from_utf8(piece).is_ok_and(|piece| self.source.contains(piece))
        })
    }

    fn is_word_at(&self, at: usize) -> bool {
        self.folded.as_bytes().get(at).is_some_and(|byte| is_word(*byte))
    }
}

/// What may stand beside a word, folded; the last is `_`.
pub(crate) const AROUND: [u8; 28] = *b" !\"#$%&'()*+,-./:;<=>?`{|}~\x7f";

/// Whether what stands before `at` in a text is the end of another word.
fn begins_word(text: &[u8], at: usize) -> bool {
    match at.checked_sub(1) {
        Some(before) => AROUND.contains(&text[before]),
        None => text.first().is_some_and(|byte| is_word(*byte)),
    }
}

/// Whether what stands at `at` in a text is the beginning of another word.
pub(crate) fn ends_word(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(byte) => AROUND.contains(byte),
        None => {
            at.checked_sub(1).is_some_and(|last| text.get(last).is_some_and(|byte| is_word(*byte)))
        }
    }
}

/// The fixed ends of host patterns, in the order in which the sieve numbers them.
pub(crate) fn host_pieces(table: Table<'_>) -> Vec<String> {
    let longest = |pattern: &str| {
        let fixed = pattern.split(['*', '>']).filter_map(|part| part.split('<').next());
        fixed.max_by_key(|part| part.len()).unwrap_or_default().to_ascii_lowercase()
    };
    let mut pieces = Vec::new();
    table.host_patterns(&mut |pattern| pieces.push(longest(pattern)));
    pieces
}

/// How often samples of one length are met: in patterns, and in logs at large.
struct Commonness<const N: usize> {
    /// Sorted.
    patterns: Vec<u64>,
    /// Sorted; of words that logs are full of.
    logs: Vec<u64>,
}

/// How often a sample of a log counts, beside one of the patterns.
const WEIGHT: usize = 1_000;

impl<const N: usize> Commonness<N> {
    fn of(texts: &[Text]) -> Self {
        let in_patterns = texts.iter().flat_map(|text| hashes::<N>(text.folded.as_bytes()));
        let (mut patterns, mut logs): (Vec<u64>, Vec<u64>) =
            (in_patterns.collect(), hashes::<N>(COMMON.as_bytes()).collect());
        patterns.sort_unstable();
        logs.sort_unstable();
        Commonness { patterns, logs }
    }

    fn count(&self, hash: u64) -> usize {
        let count = |sorted: &[u64]| {
            let first = sorted.partition_point(|other| *other < hash);
            sorted[first..].partition_point(|other| *other == hash)
        };
        count(&self.patterns) + WEIGHT * count(&self.logs)
    }
}

/// A piece is as good as the cheapest if it costs at most so many times as much.
const SLACK: usize = 4;

/// The last of the pieces that are as good as the cheapest.
fn best<'p>(
    pieces: impl Iterator<Item = (usize, &'p [u8])>,
    cost: impl Fn(&[u8]) -> usize,
) -> Option<(usize, usize)> {
    let price = |(at, piece): (usize, &[u8])| (cost(piece), at, piece.len());
    let priced: Vec<_> = pieces.map(price).collect();
    let least = priced.iter().map(|(cost, ..)| *cost).min()?;
    let fit = priced.into_iter().rev().find(|(cost, ..)| *cost <= SLACK * least);
    fit.map(|(_, at, len)| (at, len))
}

/// Words that logs are full of: a probe should not be sampled by a piece of these.
const COMMON: &str = " application service services server request response information info debug warning error failed \
    failure exception compiled compiling module modules handler handle container containers image images process \
    processing completed complete running started starting finished stopped status state version time timeout connection \
    connected connecting client clients message messages operation operations action function functions configuration \
    config default create created creating update updated updating delete deleted download downloading downloaded upload \
    install installing installed package packages file files directory path name value values type string number result \
    results test tests testing passed success successfully succeeded build building built resource resources deployment \
    deploy cluster node nodes pod pods kubernetes namespace kube-system https://github.com http://localhost json content \
    content-type text/html user users account password token session authentication registry repository pulling pushing \
    pushed layer layers digest sha256: manifest docker daemon from with that this have been will not the and for step \
    stage target source cache cached generated using loaded loading reading writing received sending sent attempt attempts \
    retrying retry next previous current data database query table index memory thread threads worker workers task tasks \
    queue event events metrics health check checking ready available unable cannot could not found missing invalid valid \
    required denied unauthorized forbidden exit code ms seconds minutes access \
    denied: error: unauthorized: https:// http/1.1 .azurecr.io .icr.io/ docker.io/ [info] level=info level=error msg= time= ";

/// How often a byte is met in logs, roughly: what is written with rare ones stands out.
fn commonness(byte: u8) -> usize {
    match byte | 0x20 {
        b'e' | b'r' | b't' | b's' | b'i' | b'o' | b'n' | b'a' | b' ' => 8,
        b'l' | b'c' | b'd' | b'm' | b'u' | b'p' | b'0' | b'1' | b'2' | b'/' | b'.' | b':'
        | b'-' => 5,
        b'g' | b'h' | b'f' | b'b' | b'v' | b'y' | b'w' | b'_' | b'=' | b'3'..=b'9' => 3,
        _ => 0,
    }
}
