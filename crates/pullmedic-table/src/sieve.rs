//! The sieve: where in a long text a pattern may stand.
//!
//! A *probe* is a piece of a pattern's fixed text, or of a known registry's host, as it stands in raw text: no quotes,
//! nothing that is ever escaped, words with one space between them. Long pieces have fifteen bytes: the text is sampled at
//! every eighth place, eight bytes at a time, letters' case folded, and every piece of fifteen bytes contains a sampled
//! place wherever it stands. What is too short for that has pieces of eleven bytes and samples of four; or, if need be,
//! pieces of seven, and then every fourth place is sampled too.
//!
//! A sample's hash is looked up in two bits of a small filter, which nearly everything fails; then in the list of
//! samples, and the whole piece is compared by its hash. Which piece of a pattern is its probe is chosen when the table is
//! packed: the one that is met least, in other patterns and in logs at large.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::format::word_at;
use crate::pattern::Program;
use crate::reference::pattern_text;

/// Bytes of a long sample, and of a short one.
const LONG: usize = 8;
const SHORT: usize = 4;
/// Pieces that contain a long sample wherever they stand; or a short one of those at every eighth place, or of all.
const PIECES: [usize; 3] = [2 * LONG - 1, LONG + SHORT - 1, 2 * SHORT - 1];
const LONGEST: usize = PIECES[0];
/// A piece that opens a pattern may be one shorter, because of the end of a word before it.
const OPENING: usize = PIECES[1] - 1;
/// How much is sampled before the places that the filter lets pass are looked at.
const BLOCK: usize = 8 << 10;
/// So many looks at probes that are no longer wanted are worth making the filter anew.
const WASTE: usize = 2_000;

/// A piece of a pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe {
    /// The pattern; host pieces are numbered behind them.
    pub(crate) pattern: usize,
    /// Where the piece begins in it, and its length.
    pub(crate) offset: usize,
    pub(crate) len: usize,
}

/// The sieve of a table, ready to use.
pub(crate) struct Sieve {
    probes: Vec<Probe>,
    is_done: Vec<bool>,
    filter: Filter,
    long: Samples<LONG>,
    short: Samples<SHORT>,
    /// Looks at probes that are done.
    waste: usize,
}

impl Sieve {
    /// From what [`build`] made; `text_of` gives a pattern's program, or a host's piece.
    pub(crate) fn new<'t>(words: &[u8], text_of: impl Fn(usize) -> &'t str) -> Self {
        let read = |index: usize| {
            let place = word_at(words, 2 * index + 1);
            Probe { pattern: word_at(words, 2 * index), offset: place >> 8, len: place & 0xff }
        };
        let probes: Vec<Probe> = (0..words.len() / 8).map(read).collect();
        let (mut long, mut short) = (Vec::new(), Vec::new());
        for (index, probe) in probes.iter().enumerate() {
            let text = text_of(probe.pattern).as_bytes();
            let piece = text.get(probe.offset..probe.offset + probe.len).unwrap_or_default();
            if piece.len() == LONGEST {
                long.extend(Sample::all::<LONG>(piece, index));
            } else {
                short.extend(Sample::all::<SHORT>(piece, index));
            }
        }
        let (long, short) = (Samples::new(long), Samples::new(short));
        let mut sieve = Sieve {
            is_done: alloc::vec![false; probes.len()],
            probes,
            filter: Filter::new(&long, &short, false),
            long,
            short,
            waste: 0,
        };
        sieve.fill_filter();
        sieve
    }

    /// The probes.
    pub(crate) fn probes(&self) -> &[Probe] {
        &self.probes
    }

    /// Calls `found` with each place where a probe's piece begins, nearly in order, and the probe; once it says no, the
    /// probe is no longer looked for. Pieces that end before `range` or beyond it don't count.
    pub(crate) fn scan(
        &mut self,
        bytes: &[u8],
        range: core::ops::Range<usize>,
        mut found: impl FnMut(usize, (usize, Probe)) -> bool,
    ) {
        let mut places = Vec::new();
        let mut from = range.start.saturating_sub(LONGEST - 1);
        while from < range.end {
            let block = &bytes[from..bytes.len().min(from + BLOCK)];
            places.clear();
            self.filter.sift(block, &mut places);
            for place in &places {
                let at = from + (*place >> 3) as usize * LONG;
                for (bit, at) in [(1, at), (2, at), (4, at + SHORT)] {
                    if place & bit != 0 {
                        self.look(bytes, (at, bit), &range, &mut found);
                    }
                }
            }
            from += BLOCK;
        }
        if self.waste > WASTE {
            self.forget_done();
        }
    }

    fn look(
        &mut self,
        bytes: &[u8],
        (at, kind): (usize, u32),
        range: &core::ops::Range<usize>,
        found: &mut impl FnMut(usize, (usize, Probe)) -> bool,
    ) {
        let keys = if kind == 1 { self.long.keys(bytes, at) } else { self.short.keys(bytes, at) };
        for key in keys.into_iter().flatten() {
            let samples = if kind == 1 { self.long.with(key) } else { self.short.with(key) };
            for index in samples {
                let sample = if kind == 1 { self.long.all[index] } else { self.short.all[index] };
                self.offer(bytes, (at, kind, sample), range, found);
            }
        }
    }

    fn offer(
        &mut self,
        bytes: &[u8],
        (at, kind, sample): (usize, u32, Sample),
        range: &core::ops::Range<usize>,
        found: &mut impl FnMut(usize, (usize, Probe)) -> bool,
    ) {
        let Some(start) = (at + 1).checked_sub(sample.back()) else { return };
        let index = sample.probe();
        let probe = self.probes[index];
        let end = start + probe.len;
        if self.is_done[index] {
            self.waste += 1;
        } else if (kind != 4 || probe.len < OPENING)
            && range.start < end
            && end <= range.end
            && piece_hash(bytes, start, probe.len) == sample.piece
        {
            self.is_done[index] = !found(start, (index, probe));
        }
    }

    fn forget_done(&mut self) {
        let is_wanted = |sample: &Sample| !self.is_done[sample.probe()];
        self.long.all.retain(is_wanted);
        self.short.all.retain(is_wanted);
        self.long.fill_buckets();
        self.short.fill_buckets();
        self.fill_filter();
        self.waste = 0;
    }

    fn fill_filter(&mut self) {
        let is_fine = |sample: &Sample| self.probes[sample.probe()].len < OPENING;
        let is_fine = self.short.all.iter().any(is_fine);
        self.filter = Filter::new(&self.long, &self.short, is_fine);
    }
}

/// What nearly all samples fail.
struct Filter {
    /// Two bits for each long sample, both in one word.
    long: Vec<u64>,
    /// One bit for each short one.
    short: Vec<u32>,
    /// Whether every fourth place is sampled.
    is_fine: bool,
}

impl Filter {
    fn new(long: &Samples<LONG>, short: &Samples<SHORT>, is_fine: bool) -> Self {
        let hashes = long.all.iter().map(|sample| sample.hash);
        let long = filter_of(hashes, long.all.len());
        let words = short.all.len().next_power_of_two().clamp(1 << 8, 1 << 14);
        let mut filter = Filter { long, short: alloc::vec![0; words], is_fine };
        for sample in &short.all {
            let (word, bit) = place_of((sample.hash >> 32) as u32, words);
            filter.short[word] |= 1 << bit;
        }
        filter
    }

    /// The places that the filter lets pass: which eight bytes, and three bits for the long sample and the short ones.
    fn sift(&self, bytes: &[u8], places: &mut Vec<u32>) {
        if self.is_fine {
            self.sift_every::<SHORT>(bytes, places);
        } else {
            self.sift_every::<LONG>(bytes, places);
        }
    }

    #[inline(never)]
    fn sift_every<const N: usize>(&self, bytes: &[u8], places: &mut Vec<u32>) {
        let (long, short) = (self.long.as_slice(), self.short.as_slice());
        let (eights, rest) = bytes.as_chunks::<LONG>();
        let mut last = [0; LONG];
        last[..rest.len()].copy_from_slice(rest);
        for (index, eight) in eights.iter().chain([&last]).enumerate() {
            let word = u64::from_le_bytes(*eight) | FOLD;
            let is_long = passes(long, word.wrapping_mul(PRIME));
            let has = |hash: u32| {
                let (word, bit) = place_of(hash, short.len());
                short[word] & 1 << bit != 0
            };
            let is_first = has(short_hash(word as u32));
            let is_second = N == SHORT && has(short_hash((word >> 32) as u32));
            if is_long | is_first | is_second {
                let kinds =
                    u32::from(is_long) | u32::from(is_first) << 1 | u32::from(is_second) << 2;
                places.push((index as u32) << 3 | kinds);
            }
        }
    }
}

/// The word of a short sample in a filter of so many, and the bit there.
#[inline]
fn place_of(hash: u32, words: usize) -> (usize, u32) {
    ((hash >> 18) as usize & (words - 1), hash >> 13 & 31)
}

/// A place where a probe may be sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sample {
    /// The hash of the sampled bytes and of what of the piece is beside them.
    key: u64,
    /// The sampled bytes' hash.
    hash: u64,
    /// The whole piece's hash.
    piece: u32,
    /// The probe, and how far before the sampled bytes the piece begins: one more than that, because a short piece may
    /// begin behind the first of them.
    place: u32,
}

impl Sample {
    fn probe(self) -> usize {
        (self.place >> 4) as usize
    }

    fn back(self) -> usize {
        (self.place & 15) as usize
    }

    /// All samples of a piece. The byte before one that opens a pattern may be any that can stand beside a word; where it is
    /// shorter than seven bytes, so may the one behind it.
    fn all<const N: usize>(piece: &[u8], probe: usize) -> impl Iterator<Item = Sample> + '_ {
        let of_piece = piece_hash(piece, 0, piece.len());
        let sample = move |hash, back: usize| {
            let key = key_in::<N>(hash, piece, back);
            Sample { key, hash, piece: of_piece, place: (probe as u32) << 4 | back as u32 }
        };
        let whole = hashes::<N>(piece).enumerate().map(move |(at, hash)| sample(hash, at + 1));
        let len = piece.len();
        let before = AROUND.iter().filter(move |_| (3..7).contains(&len) || len == OPENING);
        let before = before.map(move |b| sample(hash([*b, piece[0], piece[1], piece[2]]), 0));
        let behind = AROUND.iter().filter(move |_| (3..6).contains(&len));
        let behind = behind.map(move |b| {
            let tail = [piece[len - 3], piece[len - 2], piece[len - 1], *b];
            sample(hash(tail), len - 2)
        });
        whole.chain(before).chain(behind)
    }
}

/// What may stand beside a word, folded.
const AROUND: [u8; 27] = *b" !\"#$%&'()*+,-./:;<=>?`{|}~";

/// Samples of one length.
struct Samples<const N: usize> {
    /// Sorted by key.
    all: Vec<Sample>,
    /// How many bits of a key choose a bucket, and where each bucket begins.
    bits: u32,
    buckets: Vec<u32>,
    /// Two bits for each key, both in one word.
    filter: Vec<u64>,
}

impl<const N: usize> Samples<N> {
    fn new(mut all: Vec<Sample>) -> Self {
        all.sort_unstable();
        all.dedup();
        let mut samples = Samples { all, bits: 0, buckets: Vec::new(), filter: Vec::new() };
        samples.fill_buckets();
        samples
    }

    fn fill_buckets(&mut self) {
        self.bits = (self.all.len() + 1).next_power_of_two().ilog2().clamp(1, 18);
        self.buckets.clear();
        self.buckets.resize((1 << self.bits) + 1, 0);
        self.filter = filter_of(self.all.iter().map(|sample| sample.key), self.all.len());
        for sample in &self.all {
            self.buckets[(sample.key >> (64 - self.bits)) as usize + 1] += 1;
        }
        for bucket in 0..1 << self.bits {
            self.buckets[bucket + 1] += self.buckets[bucket];
        }
    }

    /// The keys of the sample at `at` that there are: with the bytes behind it, with those before it, and on its own.
    fn keys(&self, bytes: &[u8], at: usize) -> [Option<u64>; 3] {
        let Some(sample) = bytes.get(at..).and_then(<[u8]>::first_chunk::<N>) else {
            return [None; 3];
        };
        let (hash, len) = (hash(*sample), beside::<N>());
        let behind = bytes.get(at + N..at + N + len).map(|bytes| key(hash, Beside::Behind, bytes));
        let before = at.checked_sub(len).map(|from| key(hash, Beside::Before, &bytes[from..at]));
        let all = [behind, before, Some(key(hash, Beside::Nothing, &[]))];
        all.map(|key| key.filter(|key| passes(&self.filter, *key)))
    }

    /// The samples with a key.
    fn with(&self, key: u64) -> core::ops::Range<usize> {
        let bucket = (key >> (64 - self.bits)) as usize;
        let (first, last) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let bucket = &self.all[first..last];
        let from = bucket.iter().take_while(|sample| sample.key < key).count();
        let len = bucket[from..].iter().take_while(|sample| sample.key == key).count();
        first + from..first + from + len
    }
}

/// Which bytes of a piece, beside the sampled ones, are in a key.
#[derive(Debug, Clone, Copy)]
enum Beside {
    Behind = 1,
    Before = 2,
    Nothing = 3,
}

/// How many bytes beside a sample are in its key.
const fn beside<const N: usize>() -> usize {
    if N == LONG { 4 } else { 2 }
}

/// The key of a sample in a piece that begins `back - 1` bytes before it.
fn key_in<const N: usize>(hash: u64, piece: &[u8], back: usize) -> u64 {
    let (at, len) = (back as isize - 1, beside::<N>() as isize);
    let part = |from: isize| {
        let from = usize::try_from(from).ok()?;
        piece.get(from..from + beside::<N>())
    };
    match (part(at + N as isize), part(at - len)) {
        (Some(behind), _) => key(hash, Beside::Behind, behind),
        (None, Some(before)) => key(hash, Beside::Before, before),
        (None, None) => key(hash, Beside::Nothing, &[]),
    }
}

fn key(hash: u64, side: Beside, bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().fold(0, |word, byte| word << 8 | u64::from(byte | 0x20));
    (hash ^ (bytes << 2 | side as u64)).wrapping_mul(PRIME)
}

/// A filter with two bits for each hash, both in one word; about 32 bits for each.
fn filter_of(hashes: impl Iterator<Item = u64>, count: usize) -> Vec<u64> {
    let words = (count / 2).next_power_of_two().clamp(1 << 6, 1 << 17);
    let mut filter = alloc::vec![0; words];
    hashes.for_each(|hash| filter[(hash >> 35) as usize & (words - 1)] |= two_bits(hash));
    filter
}

/// Whether a filter may have a hash.
#[inline]
fn passes(filter: &[u64], hash: u64) -> bool {
    let bits = two_bits(hash);
    filter[(hash >> 35) as usize & (filter.len() - 1)] & bits == bits
}

/// The two bits of a hash in a word of a filter.
#[inline]
fn two_bits(hash: u64) -> u64 {
    1 << (hash >> 58) | 1 << (hash >> 52 & 63)
}

const FOLD: u64 = 0x2020_2020_2020_2020;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a sample; its upper bits are the good ones.
fn hash<const N: usize>(sample: [u8; N]) -> u64 {
    let mut word = [0; 8];
    word[..N].copy_from_slice(&sample);
    let word = u64::from_le_bytes(word) | FOLD;
    if N == SHORT { u64::from(short_hash(word as u32)) << 32 } else { word.wrapping_mul(PRIME) }
}

#[inline]
fn short_hash(word: u32) -> u32 {
    word.wrapping_mul(0x9e37_79b1)
}

/// The hashes of all samples in `bytes`.
fn hashes<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.windows(N).filter_map(|window| window.first_chunk::<N>()).map(|sample| hash(*sample))
}

/// The hash of the piece of `len` bytes at `at`, letters' case folded.
fn piece_hash(bytes: &[u8], at: usize, len: usize) -> u32 {
    let rest = bytes.get(at..).unwrap_or_default();
    let word = match rest.first_chunk() {
        Some(sixteen) => u128::from_le_bytes(*sixteen),
        None => {
            let mut sixteen = [0; 16];
            sixteen[..rest.len()].copy_from_slice(rest);
            u128::from_le_bytes(sixteen)
        }
    };
    let word = (word | u128::from(FOLD) << 64 | u128::from(FOLD))
        & u128::MAX >> (128 - 8 * len.clamp(1, 16));
    let [low, high] = [word as u64, (word >> 64) as u64];
    let mixed = low.wrapping_mul(PRIME) ^ high.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    (mixed >> 32) as u32
}

/// The sieve's words: for each probe its pattern, and where its piece begins there with the piece's length.
pub(crate) fn build(table: Table<'_>, programs: &[Program], uses: &[Vec<u32>]) -> Vec<u32> {
    let mut texts: Vec<Text> = programs
        .iter()
        .enumerate()
        .map(|(index, program)| Text {
            is_needed: !uses[index].is_empty(),
            folded: program.text.to_ascii_lowercase(),
            source: pattern_text(table, index).to_ascii_lowercase(),
        })
        .collect();
    texts.extend(host_pieces(table).into_iter().map(|host| Text {
        is_needed: true,
        source: host.clone(),
        folded: host,
    }));
    let (long, short) = (Commonness::<LONG>::of(&texts), Commonness::<SHORT>::of(&texts));
    let best = |text: &Text, with_slash| {
        long.best(text, PIECES[0], with_slash)
            .or_else(|| short.best(text, PIECES[1], with_slash))
            .or_else(|| text.opening(with_slash))
            .or_else(|| short.best(text, PIECES[2], with_slash))
    };
    let probe = |text: &Text| {
        let piece = best(text, false).or_else(|| best(text, true));
        piece.or_else(|| text.is_needed.then(|| text.longest_word()).flatten())
    };
    let probes = texts.iter().enumerate().filter_map(|(pattern, text)| {
        let (offset, len) = probe(text)?;
        Some([pattern as u32, (offset << 8 | len) as u32])
    });
    probes.flatten().collect()
}

/// A pattern's text, to choose a probe from.
struct Text {
    is_needed: bool,
    /// As it is compared, in lower case.
    folded: String,
    /// As it is written, in lower case: what stands in it without a gap does so in raw text.
    source: String,
}

impl Text {
    /// The stretches that stand in raw text as they are, and where they begin. JSON may escape a slash.
    fn runs(&self, with_slash: bool) -> impl Iterator<Item = (usize, &[u8])> {
        stretches(self.folded.as_bytes(), move |byte| {
            !matches!(byte, b' '..0x7f)
                || matches!(byte, b'\\' | b'%' | b'&' | b'<' | b'>')
                || byte == b'/' && !with_slash
        })
    }

    fn windows(&self, len: usize, with_slash: bool) -> impl Iterator<Item = (usize, &[u8])> {
        self.runs(with_slash).flat_map(move |(start, run)| {
            run.windows(len).enumerate().map(move |(at, window)| (start + at, window))
        })
    }

    /// Whether it stands so in the source: nothing was left out of it.
    fn is_whole(&self, window: &[u8]) -> bool {
        core::str::from_utf8(window).is_ok_and(|window| self.source.contains(window))
    }

    /// A piece of ten bytes at the beginning: with what may stand before it, it is as good as one of eleven.
    fn opening(&self, with_slash: bool) -> Option<(usize, usize)> {
        let (_, window) = self.windows(OPENING, with_slash).next().filter(|(at, _)| *at == 0)?;
        self.is_whole(window).then_some((0, OPENING))
    }

    /// The longest word, for patterns too short for a piece.
    fn longest_word(&self) -> Option<(usize, usize)> {
        let words = self.runs(true).flat_map(|(start, run)| {
            stretches(run, |byte| byte == b' ').map(move |(at, word)| (start + at, word))
        });
        let fit = words.filter(|(_, word)| word.len() >= SHORT - 1 && self.is_whole(word));
        let (at, word) = fit.max_by_key(|(_, word)| word.len())?;
        Some((at, word.len().min(2 * SHORT - 1)))
    }
}

/// The stretches of `bytes` between those that are apart, and where they begin.
fn stretches(
    bytes: &[u8],
    is_apart: impl Fn(u8) -> bool + Copy,
) -> impl Iterator<Item = (usize, &[u8])> {
    let mut end = 0;
    let all = bytes.chunk_by(move |a, b| is_apart(*a) == is_apart(*b)).map(move |stretch| {
        end += stretch.len();
        (end - stretch.len(), stretch)
    });
    all.filter(move |(_, stretch)| !is_apart(stretch[0]))
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

    fn cost(&self, window: &[u8]) -> usize {
        let samples: usize = hashes::<N>(window).map(|hash| self.count(hash)).sum();
        8 * samples + window.iter().map(|byte| commonness(*byte)).sum::<usize>()
    }

    /// The piece that is met least.
    fn best(&self, text: &Text, len: usize, with_slash: bool) -> Option<(usize, usize)> {
        let windows = text.windows(len, with_slash);
        let priced = windows.map(|(at, window)| (self.cost(window), at, window));
        let mut priced: Vec<(usize, usize, &[u8])> = priced.collect();
        priced.sort_unstable();
        let best = priced.iter().find(|(_, _, window)| text.is_whole(window))?;
        Some((best.1, len))
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
