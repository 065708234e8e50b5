//! Probes: by which piece of its fixed text each pattern is looked for in a long text.
//!
//! It is one that is met little: in other patterns and in logs at large, when a table is packed; in the text that is being read,
//! once much of it was ([`suited`]). It is as long as a piece can be, and of equally rare ones it is the last, because messages
//! begin alike and are cut at their ends.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::bytes::is_word;
use crate::format::{Section, word_at};
use crate::index::program_text;
use crate::pattern::Program;
use crate::reference::pattern_text;
use crate::sieve::{
    AT_EIGHTH, AT_FOURTH, LONG, LONGEST, OPENING, SHORT, SHORTEST, count_long, hash, hashes,
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
    let (long, short) = (Commonness::<LONG>::of(&texts), Commonness::<SHORT>::of(&texts));
    let cost = |piece: &[u8]| {
        let bytes = piece.iter().map(|byte| commonness(*byte)).sum::<usize>();
        8 * sampled(piece, &|hash| long.count(hash), &|hash| short.count(hash)) + bytes
    };
    let wanted = texts.iter().enumerate().filter(|(_, text)| text.is_wanted);
    let probes = wanted.filter_map(|(pattern, text)| {
        let (offset, len) = text.probe(4, &cost)?;
        Some([pattern as u32, place_of(offset, len)])
    });
    probes.flatten().collect()
}

/// A sieve's words for what is to come of a text: a pattern whose piece is met often in `part` of it is looked for by another
/// one, if that is met less. Hosts, which are numbered behind the patterns, have one piece each.
pub(crate) fn suited(table: Table<'_>, part: &[u8]) -> Vec<u8> {
    let (long, short) = (Met::<LONG>::of(part), Met::<SHORT>::of(part));
    let cost = |piece: &[u8]| {
        let cost = sampled(piece, &|hash| long.count(hash), &|hash| short.count(hash));
        // Of rare ones the last is taken.
        if cost * RARE > part.len() / LONG { cost } else { 0 }
    };
    let programs = table.records(Section::Programs);
    let mut words = table.section(Section::Sieve).to_vec();
    for word in words.chunks_exact_mut(8) {
        let (pattern, place) = (word_at(word, 0), word_at(word, 1));
        if pattern >= programs.len() {
            continue;
        }
        let text = program_text(programs, pattern);
        let piece = text.as_bytes().get(place >> 8..(place >> 8) + (place & 0xff));
        if piece.is_some_and(|piece| cost(piece) > 0)
            && let Some((offset, len)) = Text::of(table, pattern, text, true).probe(2, &cost)
        {
            word[4..].copy_from_slice(&place_of(offset, len).to_le_bytes());
        }
    }
    words
}

/// A piece is rare if it is met at fewer than one of so many sampled places.
const RARE: usize = 8_192;

/// How often the samples by which a piece is found are met, given how often long and short ones with a hash are.
fn sampled(piece: &[u8], long: &impl Fn(u64) -> usize, short: &impl Fn(u64) -> usize) -> usize {
    let of_long = hashes::<LONG>(piece).take(LONG).map(long);
    let of_short = hashes::<SHORT>(piece).take(LONG).skip(count_long(piece)).map(short);
    of_long.sum::<usize>() + of_short.sum::<usize>()
}

/// Where a piece begins in its pattern, and its length, in a word.
fn place_of(offset: usize, len: usize) -> u32 {
    (offset << 8 | len) as u32
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

    /// Where its best piece begins, and the piece's length: the last of those that cost at most `slack` times as much as the
    /// cheapest.
    fn probe(&self, slack: usize, cost: &impl Fn(&[u8]) -> usize) -> Option<(usize, usize)> {
        let opens = |at: usize| at == 0 && self.is_word_at(0);
        [false, true]
            .into_iter()
            .find_map(|slash| {
                let of_len = |len: usize| best(self.pieces(len, slash), slack, cost);
                let opening = || self.pieces(OPENING, slash).filter(|(at, _)| opens(*at));
                let mut lens = (AT_EIGHTH..=LONGEST).rev();
                lens.find_map(of_len).or_else(|| best(opening(), slack, cost))
            })
            .or_else(|| {
                [false, true]
                    .into_iter()
                    .find_map(|slash| best(self.short_pieces(slash), slack, cost))
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
        let all = self.folded.trim_ascii_end().as_bytes().windows(len).enumerate();
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

/// The last of the pieces that cost at most `slack` times as much as the cheapest.
fn best<'p>(
    pieces: impl Iterator<Item = (usize, &'p [u8])>,
    slack: usize,
    cost: impl Fn(&[u8]) -> usize,
) -> Option<(usize, usize)> {
    let price = |(at, piece): (usize, &[u8])| (cost(piece), at, piece.len());
    let priced: Vec<_> = pieces.map(price).collect();
    let least = priced.iter().map(|(cost, ..)| *cost).min()?;
    let fit = priced.into_iter().rev().find(|(cost, ..)| *cost <= slack * least);
    fit.map(|(_, at, len)| (at, len))
}

/// How many bits of a sample's hash count in [`Met`].
const MET: u32 = 18;

/// How often samples of one length are met in a text, by their hashes.
struct Met<const N: usize> {
    counts: Vec<u8>,
}

impl<const N: usize> Met<N> {
    fn of(text: &[u8]) -> Self {
        let mut met = Met { counts: alloc::vec![0; 1 << MET] };
        let samples = text.as_chunks::<LONG>().0.iter().filter_map(|eight| eight.first_chunk());
        for sample in samples {
            let count = &mut met.counts[Self::index(hash::<N>(*sample))];
            *count = count.saturating_add(1);
        }
        met
    }

    /// At how many places a sample with a hash is met.
    fn count(&self, hash: u64) -> usize {
        usize::from(self.counts[Self::index(hash)])
    }

    fn index(hash: u64) -> usize {
        (hash >> (64 - MET)) as usize
    }
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
