//! The sieve: where in a long text a pattern may stand.
//!
//! A *probe* is a piece of a pattern's fixed text, or of a known registry's host, as it stands in raw text: no quotes,
//! nothing that is ever escaped, words with one space between them. It has up to 23 bytes, and eleven at least if the pattern
//! has so many together: the text is sampled at every eighth place, letters' case folded, and every such piece contains a
//! sampled place wherever it stands. A sample has eight bytes, or four where the piece ends before; where the piece contains
//! two sampled places, it is the sample of one of them. What is shorter has pieces of seven bytes or a short word with what
//! may stand beside it, and then every fourth place is sampled.
//!
//! A sample is looked up in a table of marks, which nearly everything fails, and for each group of samples the answers are
//! bits of one word: no step depends on one before it, so that the text's arrival from memory is what takes time. What
//! passes is looked up together with the bytes beside it in a smaller table; then in the list of samples, and the whole piece
//! is compared by its hash.
//!
//! Which piece of a pattern is its probe, [`probe`](crate::probe) says.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use crate::format::word_at;
use crate::probe::{AROUND, ends_word};

/// Bytes of a long sample, and of a short one.
pub(crate) const LONG: usize = 8;
pub(crate) const SHORT: usize = 4;
/// Bytes of the longest piece: it contains a long sample and the eight bytes behind it wherever it stands.
pub(crate) const LONGEST: usize = 3 * LONG - 1;
/// Bytes of a piece that contains a sample of those at every eighth place, and of one that contains a sample of those at every
/// fourth.
pub(crate) const AT_EIGHTH: usize = LONG + SHORT - 1;
pub(crate) const AT_FOURTH: usize = 2 * SHORT - 1;
/// A piece that opens a pattern may be one shorter, because of the end of a word before it.
pub(crate) const OPENING: usize = AT_EIGHTH - 1;
/// A short piece may be one shorter at a word's beginning or end, two if it has both; what is shorter than that is only
/// seen beside something else.
pub(crate) const SHORTEST: usize = AT_FOURTH - 2;
/// How much is sampled before the places that the filter lets pass are looked at.
const BLOCK: usize = 8 << 10;
/// Sampled places that are noted together, as bits; and how many such groups a block has.
const GROUP: usize = 64;
const GROUPS: usize = BLOCK / LONG / GROUP;
/// How far ahead memory is asked for, and how much comes at once.
const AHEAD: usize = 2 << 10;
const CACHE_LINE: usize = 64;
/// Room for all places of a block.
const PLACES: usize = BLOCK / LONG;
/// So many looks at pieces that are no longer wanted are worth making the filter anew; and more, the more samples it has.
const WASTE: usize = 200;
const WASTE_OF_SAMPLES: usize = 4;

/// A piece of a pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Probe {
    /// The pattern; host pieces are numbered behind them.
    pub(crate) pattern: usize,
    /// Where the piece begins in it, and its length.
    pub(crate) offset: usize,
    pub(crate) len: usize,
    /// Which of its long samples are the later ones of two at the same place, a bit for each.
    late: u8,
}

/// The sieve of a table, ready to use. What is large is shared with its copies, one for each text, until one has found enough
/// of something.
#[derive(Debug, Clone)]
pub(crate) struct Sieve {
    /// Those with the same piece are beside each other.
    probes: Arc<[Probe]>,
    is_done: Vec<bool>,
    pieces: Vec<Piece>,
    filter: Arc<Filter>,
    long: Arc<Samples>,
    short: Arc<Samples>,
    /// Those of the short ones that are looked for in the middle of eight bytes, too.
    odd: Arc<Samples>,
    /// Looks at pieces that are done.
    waste: usize,
}

/// What several probes may look for.
#[derive(Debug, Clone)]
struct Piece {
    len: usize,
    /// Its probes, and how many of them aren't done.
    probes: Range<usize>,
    left: usize,
}

/// A sample that may stand at a place: the way in which it is known there, and its key.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    at: usize,
    way: usize,
    key: u64,
}

/// So many places are looked at together, and so many samples may be seen there.
const SOME: usize = 32;
const SEEN: usize = SOME * WAYS.len();

impl Sieve {
    /// From what [`build`] made, the probes of the wanted patterns; `text_of` gives a pattern's program, or a host's piece.
    pub(crate) fn new<'t>(
        words: &[u8],
        text_of: impl Fn(usize) -> &'t str,
        is_wanted: impl Fn(usize) -> bool,
    ) -> Self {
        let texts = probes_with_pieces(words, text_of, is_wanted);
        let is_odd = |piece: &[u8]| piece.len() < OPENING;
        let has_odd = texts.iter().any(|text| is_odd(&text.piece));
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut long, mut short, mut odd) = (Vec::new(), Vec::new(), Vec::new());
        for same in texts.chunk_by(|a, b| a.piece == b.piece) {
            let (piece, index) = (&same[0].piece, pieces.len());
            let first = short.len();
            let of_long = long_samples(piece, same[0].probe.late);
            long.extend(of_long.map(|(at, hash)| Sample::new::<LONG>(hash, piece, index, at + 1)));
            short.extend(Sample::all::<SHORT>(piece, index).take(LONG).skip(count_long(piece)));
            let is_opening = piece.len() == OPENING;
            if is_opening && has_odd {
                // Where a sampled place is just before the piece, the next four bytes are seen.
                odd.extend(Sample::all::<SHORT>(piece, index).nth(SHORT - 1));
            } else if is_opening || same.iter().any(|text| text.needs_before) {
                short.extend(Sample::with_before(piece, index));
            }
            if same.iter().any(|text| text.needs_behind) {
                short.extend(Sample::with_behind(piece, index));
            }
            if is_odd(piece) {
                odd.extend_from_slice(&short[first..]);
            }
            let first = pieces.last().map_or(0, |last| last.probes.end);
            let probes = first..first + same.len();
            pieces.push(Piece { len: piece.len(), left: same.len(), probes });
        }
        let mut sieve = Sieve {
            is_done: alloc::vec![false; texts.len()],
            probes: texts.into_iter().map(|text| text.probe).collect(),
            pieces,
            filter: Arc::default(),
            long: Arc::new(Samples::new(long)),
            short: Arc::new(Samples::new(short)),
            odd: Arc::new(Samples::new(odd)),
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
        range: Range<usize>,
        mut found: impl FnMut(usize, (usize, Probe)) -> bool,
    ) {
        let mut passed = [[0; 2]; GROUPS];
        let mut places = [0; PLACES];
        let mut seen = [Seen::default(); SEEN];
        let mut from = range.start.saturating_sub(LONGEST - 1);
        while from < range.end {
            let block = &bytes[from..range.end.min(from + BLOCK)];
            self.filter.sift(block, &mut passed);
            let count = if self.filter.odd.is_empty() {
                self.narrow::<false>(block, &passed, &mut places)
            } else {
                self.narrow::<true>(block, &passed, &mut places)
            };
            for places in places[..count].chunks(SOME) {
                let count = self.look((bytes, from), places, &mut seen);
                for seen in &seen[..count] {
                    self.offer((bytes, &range), *seen, &mut found);
                }
            }
            from += BLOCK;
        }
        let samples = self.long.all.len() + self.short.all.len();
        if self.waste > WASTE + samples / WASTE_OF_SAMPLES {
            self.forget_done();
        }
    }

    /// Of the eights that the filter let pass, those whose samples there are, and how many they are: which eight bytes, and
    /// what the samples may have beside them, [`SIDES`] bits for the long ones, the short ones, and those in the middle, if
    /// there are any.
    fn narrow<const ODD: bool>(
        &self,
        block: &[u8],
        passed: &[[u64; 2]; GROUPS],
        places: &mut [u32; PLACES],
    ) -> usize {
        let (eights, rest) = block.as_chunks::<LONG>();
        let mut last = [0; LONG];
        last[..rest.len()].copy_from_slice(rest);
        let mut count = 0;
        for (group, [main, odd]) in passed.iter().enumerate() {
            let mut left = main | odd;
            while left != 0 {
                let bit = left.trailing_zeros();
                let number = group * GROUP + bit as usize;
                let eight = u64::from_le_bytes(*eights.get(number).unwrap_or(&last)) | FOLD;
                let long = self.long.sides_of(eight.wrapping_mul(PRIME));
                let short = self.short.sides_of(u64::from(eight as u32).wrapping_mul(PRIME));
                let mut sides = long | short << SIDES;
                if ODD {
                    let [is_main, is_odd] = [main, odd].map(|bits| (bits >> bit) as u32 & 1);
                    let odd = self.odd.sides_of((eight >> 32).wrapping_mul(PRIME));
                    sides = (is_main * sides) | ((is_odd * odd) << (2 * SIDES));
                }
                places[count % PLACES] = (number as u32) << 16 | sides;
                count += usize::from(sides != 0);
                left &= left - 1;
            }
        }
        count
    }

    /// Which samples may stand at some places, by what the text has beside them, and how many they are. No place waits for
    /// the one before it.
    fn look(
        &self,
        (bytes, from): (&[u8], usize),
        places: &[u32],
        seen: &mut [Seen; SEEN],
    ) -> usize {
        let filters = [&self.long, &self.short, &self.odd].map(|samples| &*samples.filter);
        let mut padded = [0; WINDOW];
        let mut count = 0;
        for place in places {
            let at = from + (*place >> 16) as usize * LONG;
            let window = window(bytes, at, &mut padded);
            let mut sides = place & 0xffff;
            while sides != 0 {
                let way = sides.trailing_zeros() as usize % WAYS.len();
                let key = WAYS[way].key(window);
                seen[count % SEEN] = Seen { at, way, key };
                count += usize::from(passes(filters[WAYS[way].samples], key));
                sides &= sides - 1;
            }
        }
        count
    }

    /// Calls `found` with the probes whose pieces have that sample and stand there.
    fn offer(
        &mut self,
        (bytes, range): (&[u8], &Range<usize>),
        seen: Seen,
        found: &mut impl FnMut(usize, (usize, Probe)) -> bool,
    ) {
        let Sieve { probes, is_done, pieces, long, short, odd, waste, .. } = self;
        let way = &WAYS[seen.way];
        let samples = [&*long, short, odd][way.samples];
        let at = seen.at + way.at - BEFORE;
        for sample in &samples.all[samples.with(seen.key)] {
            let Some(start) = (at + 1).checked_sub(sample.back()) else { continue };
            let piece = &mut pieces[sample.piece()];
            let end = start + piece.len;
            if piece.left == 0 {
                *waste += 1;
            } else if range.start < end
                && end <= range.end
                && piece_hash(bytes, start, piece.len) == sample.of_piece
            {
                for index in piece.probes.clone() {
                    if !is_done[index] && !found(start, (index, probes[index])) {
                        is_done[index] = true;
                        piece.left -= 1;
                    }
                }
            }
        }
    }

    fn forget_done(&mut self) {
        let is_wanted = |sample: &Sample| self.pieces[sample.piece()].left > 0;
        for samples in [&mut self.long, &mut self.short, &mut self.odd] {
            Arc::make_mut(samples).retain(is_wanted);
        }
        self.fill_filter();
        self.waste = 0;
    }

    fn fill_filter(&mut self) {
        self.filter = Arc::new(Filter::new(&self.long, &self.short, &self.odd));
    }
}

/// At how many of the places where a piece may be sampled there is room for a long sample; at the others short ones are.
pub(crate) fn count_long(piece: &[u8]) -> usize {
    (piece.len() + 1).saturating_sub(LONG).min(LONG)
}

/// The long samples of a piece, one for each place where it may be sampled, of two the later one if `late` has its bit: where
/// each begins, and its hash.
pub(crate) fn long_samples(piece: &[u8], late: u8) -> impl Iterator<Item = (usize, u64)> + '_ {
    let is_chosen = move |at: usize| (late >> (at % LONG) & 1 == 1) == (at >= LONG);
    hashes::<LONG>(piece).enumerate().filter(move |(at, _)| is_chosen(*at))
}

/// A probe with its piece, and which of the bytes beside a short one its samples need, because a word's edge is there.
struct Wanted {
    piece: Vec<u8>,
    probe: Probe,
    needs_before: bool,
    needs_behind: bool,
}

/// The wanted probes and their pieces, folded; the same pieces are beside each other.
fn probes_with_pieces<'t>(
    words: &[u8],
    text_of: impl Fn(usize) -> &'t str,
    is_wanted: impl Fn(usize) -> bool,
) -> Vec<Wanted> {
    let read = |index: usize| {
        let place = word_at(words, 2 * index + 1);
        Probe {
            pattern: word_at(words, 2 * index),
            offset: place >> 16,
            len: place & 0xff,
            late: (place >> 8) as u8,
        }
    };
    let with_piece = |probe: Probe| {
        let text = text_of(probe.pattern).as_bytes();
        let end = probe.offset + probe.len;
        let piece = text.get(probe.offset..end).unwrap_or_default().to_ascii_lowercase();
        let is_short = (SHORTEST..AT_FOURTH).contains(&piece.len());
        let needs_behind = is_short && ends_word(text, end);
        let needs_before = is_short && (!needs_behind || piece.len() == SHORTEST);
        Wanted { piece, probe, needs_before, needs_behind }
    };
    let wanted = (0..words.len() / 8).map(read).filter(|probe| is_wanted(probe.pattern));
    let mut texts: Vec<Wanted> = wanted.map(with_piece).collect();
    texts.sort_by(|a, b| a.piece.cmp(&b.piece));
    texts
}

/// What nearly all samples fail: a mark for each hash, a byte or a bit of one.
#[derive(Debug, Clone, Default)]
struct Filter {
    long: Vec<u8>,
    /// Whether the marks of long samples are bits.
    has_bits: bool,
    short: Vec<u8>,
    /// For those in the middle of eight bytes; nothing if there are none.
    odd: Vec<u8>,
}

/// Bytes for the long samples: one for each hash, or a bit if the samples are many.
const OF_LONG: usize = 1 << 17;
const MANY_LONG: usize = 8_000;
/// Bytes for the short ones, one each; and for those that are few.
const OF_SHORT: usize = 1 << 15;
const OF_FEW: usize = 1 << 14;
const FEW: usize = 256;

impl Filter {
    fn new(long: &Samples, short: &Samples, odd: &Samples) -> Self {
        let has_bits = long.different > MANY_LONG;
        let mut of_long = alloc::vec![0; OF_LONG];
        for sample in &long.all {
            let bit = if has_bits { bit_of(sample.hash) } else { 0 };
            of_long[index_of(sample.hash, OF_LONG)] |= 1 << bit;
        }
        let marks = |samples: &Samples, size: usize| {
            let mut marks = alloc::vec![0; size];
            samples.all.iter().for_each(|sample| marks[short_index(sample.hash, size)] = 1);
            marks
        };
        let short = marks(short, if short.all.len() <= FEW { OF_FEW } else { OF_SHORT });
        let odd = if odd.all.is_empty() { Vec::new() } else { marks(odd, OF_SHORT) };
        Filter { long: of_long, has_bits, short, odd }
    }

    /// Which eights pass: for the samples that begin with them, and for a short one in their middle.
    fn sift(&self, bytes: &[u8], passed: &mut [[u64; 2]; GROUPS]) {
        let Some(long) = self.long.first_chunk::<OF_LONG>() else { return };
        if self.has_bits {
            let bit = |hash| long[index_of(hash, OF_LONG)] >> bit_of(hash) & 1;
            self.sift_by(bit, bytes, passed);
        } else {
            self.sift_by(|hash| long[index_of(hash, OF_LONG)], bytes, passed);
        }
    }

    fn sift_by(&self, long: impl Fn(u64) -> u8, bytes: &[u8], passed: &mut [[u64; 2]; GROUPS]) {
        if self.short.len() == OF_FEW {
            self.sift_with::<OF_FEW>(long, bytes, passed);
        } else {
            self.sift_with::<OF_SHORT>(long, bytes, passed);
        }
    }

    fn sift_with<const SIZE: usize>(
        &self,
        long: impl Fn(u64) -> u8,
        bytes: &[u8],
        passed: &mut [[u64; 2]; GROUPS],
    ) {
        let Some(short) = self.short.first_chunk::<SIZE>() else { return };
        let main = |eight: u64| {
            let hash = eight.wrapping_mul(PRIME);
            long(hash) | short[short_index(hash, SIZE)]
        };
        let groups = bytes.chunks(GROUP * LONG).chain(core::iter::repeat(&bytes[..0]));
        for (passed, group) in passed.iter_mut().zip(groups) {
            (0..GROUP * LONG).step_by(CACHE_LINE).for_each(|at| ask_ahead(group, AHEAD + at));
            let odd = self.odd.first_chunk::<OF_SHORT>().map_or(0, |odd| {
                bits_of(group, |eight| {
                    odd[short_index((eight >> 32).wrapping_mul(PRIME), OF_SHORT)]
                })
            });
            *passed = [bits_of(group, main), odd];
        }
    }
}

/// Asks for the memory `ahead` of a group, also beyond the text's end: it is on its way while what is here is worked on, which
/// processors arrange by themselves only within a page.
#[inline]
fn ask_ahead(group: &[u8], ahead: usize) {
    #[cfg(feature = "prefetch")]
    prefetch_index::prefetch_index(group, ahead);
    #[cfg(not(feature = "prefetch"))]
    let _ = (group, ahead);
}

/// A bit for each eight of a group, the first one's lowest; without a branch, because on many logs nobody could predict it.
#[inline]
fn bits_of(group: &[u8], bit: impl Fn(u64) -> u8) -> u64 {
    let (eights, rest) = group.as_chunks::<LONG>();
    let mut last = [0; LONG];
    last[..rest.len()].copy_from_slice(rest);
    let bit = |eight: [u8; LONG]| u64::from(bit(u64::from_le_bytes(eight) | FOLD));
    let bits = eights.iter().fold(0, |bits, eight| bits + bits + bit(*eight)).reverse_bits();
    let bits = bits.unbounded_shr((GROUP - eights.len()) as u32);
    if rest.is_empty() { bits } else { bits | bit(last) << eights.len() }
}

/// Which of so many bytes, a power of two, belongs to a long sample's hash.
#[inline]
fn index_of(hash: u64, bytes: usize) -> usize {
    (hash >> (64 - bytes.ilog2())) as usize % bytes
}

/// The bit in that byte.
#[inline]
fn bit_of(hash: u64) -> u32 {
    (hash >> 40) as u32 & 7
}

/// Which of so many bytes, a power of two, belongs to a short sample: by the lower half of the hash, which depends on the
/// first four bytes alone.
#[inline]
fn short_index(hash: u64, bytes: usize) -> usize {
    (hash as u32 >> (32 - bytes.ilog2())) as usize % bytes
}

/// A place where a probe may be sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sample {
    /// The hash of the sampled bytes and of what of the piece is beside them.
    key: u64,
    /// The sampled bytes' hash.
    hash: u64,
    /// What of the piece is in the key.
    side: Beside,
    /// The whole piece's hash.
    of_piece: u32,
    /// The piece, and how far before the sampled bytes it begins: one more than that, because a short one may begin behind
    /// the first of them.
    place: u32,
}

impl Sample {
    fn piece(self) -> usize {
        (self.place >> 5) as usize
    }

    fn back(self) -> usize {
        (self.place & 31) as usize
    }

    fn new<const N: usize>(hash: u64, piece: &[u8], index: usize, back: usize) -> Sample {
        let (side, key) = key_in::<N>(hash, piece, back);
        let of_piece = piece_hash(piece, 0, piece.len());
        Sample { key, hash, side, of_piece, place: (index as u32) << 5 | back as u32 }
    }

    /// All samples within a piece.
    fn all<const N: usize>(piece: &[u8], index: usize) -> impl Iterator<Item = Sample> + '_ {
        let sample = move |(at, hash)| Sample::new::<N>(hash, piece, index, at + 1);
        hashes::<N>(piece).enumerate().map(sample)
    }

    /// Those that begin a byte before a piece that opens a word: it may be any that can stand there.
    fn with_before(piece: &[u8], index: usize) -> impl Iterator<Item = Sample> + '_ {
        let sample = move |byte: &u8| {
            let hash = hash([*byte, piece[0], piece[1], piece[2]]);
            Sample::new::<SHORT>(hash, piece, index, 0)
        };
        AROUND.iter().chain(&ESCAPED).map(sample)
    }

    /// Those that end a byte behind a piece that ends a word.
    fn with_behind(piece: &[u8], index: usize) -> impl Iterator<Item = Sample> + '_ {
        let at = piece.len() - SHORT + 1;
        let sample = move |byte: &u8| {
            let hash = hash([piece[at], piece[at + 1], piece[at + 2], *byte]);
            Sample::new::<SHORT>(hash, piece, index, at + 1)
        };
        AROUND.iter().map(sample)
    }
}

/// What else may stand before one, folded: the end of an escape, of a colour, or of a line's frame.
const ESCAPED: [u8; 22] = *b"ntrm0123456789abcdef\xa2\xa3";

/// Samples of one length.
#[derive(Debug, Clone, Default)]
struct Samples {
    /// Sorted by key.
    all: Vec<Sample>,
    /// How many bits of a key choose a bucket, and where each bucket begins.
    bits: u32,
    buckets: Vec<u32>,
    /// Two bits for each key, both in one word.
    filter: Vec<u64>,
    /// Which sides the samples with a hash have keys of.
    sides: Vec<u8>,
    /// About how many different hashes there are.
    different: usize,
}

impl Samples {
    fn new(mut all: Vec<Sample>) -> Self {
        all.sort_unstable();
        all.dedup();
        let mut samples = Samples { all, ..Samples::default() };
        samples.fill_buckets();
        samples
    }

    fn retain(&mut self, is_wanted: impl Fn(&Sample) -> bool) {
        self.all.retain(is_wanted);
        self.fill_buckets();
    }

    fn fill_buckets(&mut self) {
        self.bits = (self.all.len() + 1).next_power_of_two().ilog2().clamp(1, 18);
        self.buckets.clear();
        self.buckets.resize((1 << self.bits) + 1, 0);
        self.filter = filter_of(self.all.iter().map(|sample| sample.key), self.all.len());
        let mut marks = alloc::vec![0_u64; 1 << 14];
        for sample in &self.all {
            marks[(sample.hash >> 50) as usize] |= 1 << (sample.hash >> 44 & 63);
        }
        self.different = marks.iter().map(|mark| mark.count_ones() as usize).sum();
        let len = (8 * self.different).next_power_of_two().clamp(1 << 14, 1 << 20);
        self.sides.clear();
        self.sides.resize(len, 0);
        for sample in &self.all {
            self.sides[side_index(sample.hash, len)] |= sample.side.bit() as u8;
        }
        for sample in &self.all {
            self.buckets[(sample.key >> (64 - self.bits)) as usize + 1] += 1;
        }
        for bucket in 0..1 << self.bits {
            self.buckets[bucket + 1] += self.buckets[bucket];
        }
    }

    /// What the samples with a hash may have beside them: none if there is none.
    #[inline]
    fn sides_of(&self, hash: u64) -> u32 {
        let index = side_index(hash, self.sides.len());
        u32::from(self.sides[index])
    }

    /// The samples with a key.
    fn with(&self, key: u64) -> Range<usize> {
        let bucket = (key >> (64 - self.bits)) as usize;
        let (first, last) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let bucket = &self.all[first..last];
        let from = bucket.iter().take_while(|sample| sample.key < key).count();
        let len = bucket[from..].iter().take_while(|sample| sample.key == key).count();
        first + from..first + from + len
    }
}

/// Which of so many, a power of two, belongs to a hash: one that has a mark by chance has none here.
#[inline]
fn side_index(hash: u64, len: usize) -> usize {
    ((hash ^ hash >> 32).wrapping_mul(PRIME2) >> 44) as usize & (len - 1)
}

/// Which bytes of a piece, beside the sampled ones, are in a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    FarBehind,
    FarBefore,
    Behind,
    Before,
    Nothing,
}

/// How many sides there are.
const SIDES: u32 = Beside::ALL.len() as u32;

impl Beside {
    /// Best first.
    const ALL: [Beside; 5] =
        [Beside::FarBehind, Beside::FarBefore, Beside::Behind, Beside::Before, Beside::Nothing];

    fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Where the bytes beside a sample of `len` begin, counted from its own first, and how many they are.
    const fn place(self, len: usize) -> (isize, usize) {
        match self {
            Beside::FarBehind => (len as isize, len),
            Beside::FarBefore => (-(len as isize), len),
            Beside::Behind => (len as isize, len / 2),
            Beside::Before => (-((len / 2) as isize), len / 2),
            Beside::Nothing => (0, 0),
        }
    }

    /// The bytes beside a sample of `N` at `at`, folded, if there are so many; a piece's sample may begin before the piece.
    #[inline]
    fn word<const N: usize>(self, bytes: &[u8], at: isize) -> Option<u64> {
        let (from, len) = self.place(N);
        if len == 0 {
            return Some(0);
        }
        let rest = bytes.get(usize::try_from(at + from).ok()?..)?;
        let eight = match rest.first_chunk::<8>() {
            Some(eight) => *eight,
            None => {
                let mut eight = [0; 8];
                eight[..len].copy_from_slice(rest.get(..len)?);
                eight
            }
        };
        Some((u64::from_le_bytes(eight) | FOLD) & u64::MAX >> (64 - 8 * len))
    }
}

/// What is looked at around a place, and how much of that is before it.
const WINDOW: usize = 24;
const BEFORE: usize = 8;

/// What stands around a place; beyond the text's ends there is nothing.
#[inline]
fn window<'b>(bytes: &'b [u8], at: usize, padded: &'b mut [u8; WINDOW]) -> &'b [u8; WINDOW] {
    let start = at.checked_sub(BEFORE);
    let window = start.and_then(|start| bytes.get(start..)).and_then(<[u8]>::first_chunk);
    match window {
        Some(window) => window,
        None => pad(bytes, at, padded),
    }
}

#[cold]
fn pad<'b>(bytes: &[u8], at: usize, padded: &'b mut [u8; WINDOW]) -> &'b [u8; WINDOW] {
    for (index, byte) in padded.iter_mut().enumerate() {
        let at = (at + index).checked_sub(BEFORE);
        *byte = at.and_then(|at| bytes.get(at)).copied().unwrap_or_default();
    }
    padded
}

/// A way in which a sample is known: which samples it is one of, and what is beside it.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// The long ones, the short ones, or those in the middle of eight bytes.
    samples: usize,
    /// Where it begins in the window, and which bits of the eight bytes there it has.
    at: usize,
    mask: u64,
    /// What is beside it, and where that begins.
    side: Beside,
    beside: usize,
    beside_mask: u64,
}

/// All ways, in the order of a place's bits; and some that no bit stands for, so that they are a power of two.
static WAYS: [Way; 16] = {
    let mut ways = [Way::of(0, Beside::Nothing); 16];
    let mut way = 0;
    while way < 3 * SIDES as usize {
        ways[way] = Way::of(way / SIDES as usize, Beside::ALL[way % SIDES as usize]);
        way += 1;
    }
    ways
};

/// The bits of so many bytes.
const fn bits_of_bytes(len: usize) -> u64 {
    u64::MAX.unbounded_shr(64 - 8 * len as u32)
}

impl Way {
    const fn of(samples: usize, side: Beside) -> Way {
        let (at, len) = [(BEFORE, LONG), (BEFORE, SHORT), (BEFORE + SHORT, SHORT)][samples];
        let (from, beside_len) = side.place(len);
        Way {
            samples,
            at,
            mask: bits_of_bytes(len),
            side,
            beside: at.wrapping_add_signed(from),
            beside_mask: bits_of_bytes(beside_len),
        }
    }

    /// The key of what stands in a window.
    #[inline]
    fn key(&self, window: &[u8; WINDOW]) -> u64 {
        let eight = |at: usize| match window[at..].first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight) | FOLD,
            None => 0,
        };
        let hash = (eight(self.at) & self.mask).wrapping_mul(PRIME);
        key(hash, self.side, eight(self.beside) & self.beside_mask)
    }
}

/// The key of a sample with the bytes beside it.
#[inline]
fn key(hash: u64, side: Beside, beside: u64) -> u64 {
    (hash ^ beside.wrapping_mul(PRIME2) ^ side as u64).wrapping_mul(PRIME)
}

/// The key of a sample in a piece that begins `back - 1` bytes before it.
fn key_in<const N: usize>(hash: u64, piece: &[u8], back: usize) -> (Beside, u64) {
    let of_side = |side: Beside| {
        let word = side.word::<N>(piece, back as isize - 1)?;
        Some((side, key(hash, side, word)))
    };
    let first = Beside::ALL.into_iter().find_map(of_side);
    first.unwrap_or((Beside::Nothing, key(hash, Beside::Nothing, 0)))
}

/// A filter with two bits for each hash, both in one word; about 16 bits for each.
fn filter_of(hashes: impl Iterator<Item = u64>, count: usize) -> Vec<u64> {
    let words = (count / 4).next_power_of_two().clamp(1 << 6, 1 << 17);
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
const PRIME2: u64 = 0xc2b2_ae3d_27d4_eb4f;

/// The hash of a sample; its upper bits are the good ones.
pub(crate) fn hash<const N: usize>(sample: [u8; N]) -> u64 {
    let mut word = [0; 8];
    word[..N].copy_from_slice(&sample);
    let fold = FOLD >> (64 - 8 * N);
    (u64::from_le_bytes(word) | fold).wrapping_mul(PRIME)
}

/// The hashes of all samples in `bytes`.
pub(crate) fn hashes<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = u64> {
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
    let mixed = low.wrapping_mul(PRIME) ^ high.wrapping_mul(PRIME2);
    (mixed >> 32) as u32
}
