//! The sieve: which lines of a long text are worth reading.
//!
//! Short texts are cleaned and read whole. Of a long one only *hot* lines are: those that a probe stands in. A *probe* is
//! a piece of a pattern's fixed text, or of a known registry's host, as it stands in raw text: no quotes, nothing that is
//! ever escaped. The text is sampled at every fourth place: four bytes, letters' case folded, hashed into a bitmap. Every
//! piece of seven bytes contains a sampled place wherever it stands, so no probe is missed; where the bitmap says yes, the
//! probe is compared outwards, so a place costs no more than the probe is long.
//!
//! Each probe keeps its first lines only, which bounds what a long text leaves behind, and thus the memory.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::format::{Record, Records, word_at};
use crate::pattern::{Program, literals};

/// Bytes of a sample.
const SAMPLE: usize = 4;
/// Bytes of a piece that contains a sample wherever it stands.
const PIECE: usize = 2 * SAMPLE - 1;
/// Bits of the bitmap, as a power of two.
const BITS: u32 = 17;
/// Buckets, as a power of two.
const BUCKET_BITS: u32 = 12;
/// Longer probes are cut: by then nothing else looks like them.
const LONGEST: usize = 48;

/// Words of the stored bitmap.
const BITMAP: usize = 1 << (BITS - 5);
const BUCKETS: usize = BITMAP;
const ENTRIES: usize = BUCKETS + (1 << BUCKET_BITS) + 1;
/// Words of a stored sample.
const ENTRY: usize = 4;

/// The sieve of a table, ready to use.
pub(crate) struct Sieve<'s> {
    bitmap: Vec<u32>,
    buckets: Vec<u32>,
    samples: Vec<Sample>,
    probes: Records<'s>,
}

/// A place where a probe may be sampled.
#[derive(Debug, Clone, Copy)]
struct Sample {
    /// The piece's bytes, folded, and which of the eight count.
    piece: u64,
    mask: u64,
    /// How far before the sampled bytes the piece begins (one more than that: the piece may begin behind the first).
    back: usize,
    probe: usize,
    /// Where the piece begins in the probe.
    start: usize,
}

impl Sample {
    fn read(words: &[u8], index: usize) -> Sample {
        let word = |at: usize| word_at(words, ENTRIES + ENTRY * index + at) as u64;
        let (place, rest) = (word(2), word(3));
        let len = rest >> 8 & 0xff;
        Sample {
            piece: word(0) | word(1) << 32,
            mask: u64::MAX >> (64 - 8 * len.clamp(1, 8)),
            back: (rest & 0xff) as usize,
            probe: (place >> 8) as usize,
            start: (place & 0xff) as usize,
        }
    }
}

impl<'s> Sieve<'s> {
    /// From what [`build`] made.
    pub(crate) fn new(words: &'s [u8], probes: Records<'s>) -> Self {
        let word = |index| word_at(words, index) as u32;
        let count = (words.len() / 4).saturating_sub(ENTRIES) / ENTRY;
        Sieve {
            bitmap: (0..BITMAP).map(word).collect(),
            buckets: (BUCKETS..ENTRIES).map(word).collect(),
            samples: (0..count).map(|index| Sample::read(words, index)).collect(),
            probes,
        }
    }

    /// How many probes there are.
    pub(crate) fn len(&self) -> usize {
        self.probes.len()
    }

    /// Calls `found` with each place where a probe stands, and the probe.
    pub(crate) fn scan(&self, bytes: &[u8], mut found: impl FnMut(usize, usize)) {
        let Some(bitmap) = self.bitmap.first_chunk::<BITMAP>() else { return };
        for (index, sample) in bytes.as_chunks::<SAMPLE>().0.iter().enumerate() {
            let gram = u32::from_le_bytes(*sample) | 0x2020_2020;
            let bit = hash(gram) >> (32 - BITS);
            if bitmap[bit as usize / 32] >> (bit % 32) & 1 == 1 {
                self.look(bytes, gram, index * SAMPLE, &mut found);
            }
        }
    }

    #[inline(never)]
    fn look(&self, bytes: &[u8], gram: u32, at: usize, found: &mut impl FnMut(usize, usize)) {
        let bucket = (hash(gram) >> (32 - BUCKET_BITS)) as usize;
        let range = self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize;
        for sample in self.samples.get(range).unwrap_or_default() {
            let Some(piece) = (at + 1).checked_sub(sample.back) else { continue };
            if folded(bytes, piece) & sample.mask == sample.piece
                && stands_at(
                    self.probes.get(sample.probe).text().as_bytes(),
                    bytes,
                    piece,
                    sample.start,
                )
            {
                found(piece.saturating_sub(sample.start), sample.probe);
            }
        }
    }
}

/// Eight bytes from `at` on, folded.
#[inline]
fn folded(bytes: &[u8], at: usize) -> u64 {
    let word = match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(eight) => u64::from_le_bytes(*eight),
        None => {
            let mut eight = [0; 8];
            let rest = bytes.get(at..).unwrap_or_default();
            eight[..rest.len()].copy_from_slice(rest);
            u64::from_le_bytes(eight)
        }
    };
    word | 0x2020_2020_2020_2020
}

/// Whether a probe stands where its byte `start` is at `at`. What is escaped, coloured or wrapped beyond the piece counts
/// as standing there: reading the line will tell.
fn stands_at(probe: &[u8], bytes: &[u8], at: usize, start: usize) -> bool {
    let (before, after) = probe.split_at(start.min(probe.len()));
    agrees(after.iter(), bytes[at..].iter())
        && agrees(before.iter().rev(), bytes[..at].iter().rev())
}

fn agrees<'b>(probe: impl Iterator<Item = &'b u8>, bytes: impl Iterator<Item = &'b u8>) -> bool {
    for (wanted, byte) in probe.zip(bytes) {
        if wanted | 0x20 != byte | 0x20 {
            return !is_ordinary(*byte);
        }
    }
    true
}

/// Whether a byte stands for itself in raw text, so that a difference there is one.
fn is_ordinary(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && !matches!(byte, b'"' | b'\'' | b'`' | b'\\' | b'%' | b'&')
}

#[inline]
fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(0x9e37_79b1)
}

/// The probes of a table and the sieve's words: a bitmap of the samples' hashes; where each bucket begins; the samples,
/// each as its piece (two words), its place (probe, and where the piece begins in it), and how far before the sampled
/// bytes the piece begins, with its length.
pub(crate) fn build(
    table: Table<'_>,
    programs: &[Program],
    uses: &[Vec<u32>],
) -> (Vec<Record>, Vec<u32>) {
    let texts = probes(table, programs, uses);
    let mut samples = Vec::new();
    for (index, (text, start)) in texts.iter().enumerate() {
        let piece = &text.as_bytes()[*start..text.len().min(start + PIECE)];
        let [low, high] = words_of(piece);
        let place = (index as u32) << 8 | *start as u32;
        samples.extend(samples_of(piece).map(|(gram, back)| {
            (hash(gram), [low, high, place, back | (piece.len() as u32) << 8])
        }));
    }
    samples.sort_unstable();
    samples.dedup();
    let mut words = alloc::vec![0; ENTRIES];
    for (hash, _) in &samples {
        let bit = hash >> (32 - BITS);
        words[bit as usize / 32] |= 1 << (bit % 32);
        words[BUCKETS + 1 + (hash >> (32 - BUCKET_BITS)) as usize] += 1;
    }
    for bucket in BUCKETS..ENTRIES - 1 {
        words[bucket + 1] += words[bucket];
    }
    words.extend(samples.iter().flat_map(|(_, entry)| *entry));
    let records = texts.iter().map(|(text, _)| Record::new(|r| r.text(text))).collect();
    (records, words)
}

fn words_of(piece: &[u8]) -> [u32; 2] {
    let mut eight = [0; 8];
    eight[..piece.len()].copy_from_slice(piece);
    eight[..piece.len()].iter_mut().for_each(|byte| *byte |= 0x20);
    let word = u64::from_le_bytes(eight);
    [word as u32, (word >> 32) as u32]
}

/// Each probe and where the piece that is sampled begins in it, without repetition. Signs and terms too short to have a
/// whole piece have none: they matter only beside something else.
fn probes(table: Table<'_>, programs: &[Program], uses: &[Vec<u32>]) -> Vec<(String, usize)> {
    let runs_of = |program: &Program| -> Vec<String> {
        let folded = program.text.to_ascii_lowercase();
        literals(&folded).flat_map(runs).map(String::from).collect()
    };
    let mut all: Vec<(bool, Vec<String>)> = programs
        .iter()
        .zip(uses)
        .map(|(program, users)| (!users.is_empty(), runs_of(program)))
        .collect();
    all.extend(host_pieces(table).into_iter().map(|host| (true, alloc::vec![host])));
    let commonness = Commonness::of(all.iter().flat_map(|(_, runs)| runs));
    let best = all.iter().filter_map(|(is_needed, runs)| {
        let (text, start) = commonness.best_piece(runs)?;
        (*is_needed || text.len() - start >= PIECE).then_some((text, start))
    });
    let mut best: Vec<(String, usize)> = best.collect();
    best.sort_unstable();
    best.dedup();
    best
}

/// The fixed ends of host patterns.
fn host_pieces(table: Table<'_>) -> Vec<String> {
    let longest = |pattern: &str| {
        let fixed = pattern.split(['*', '>']).filter_map(|part| part.split('<').next());
        fixed.max_by_key(|part| part.len()).unwrap_or_default().to_ascii_lowercase()
    };
    let mut pieces = Vec::new();
    table.host_patterns(&mut |pattern| pieces.push(longest(pattern)));
    pieces
}

/// The pieces of a literal that stand in raw text as they are.
fn runs(literal: &str) -> impl Iterator<Item = &str> {
    literal
        .split(|c: char| {
            !c.is_ascii() || matches!(c, '\\' | '%' | '&' | '<' | '>' | '/') || c.is_ascii_control()
        })
        .filter(|run| run.trim().len() > 3)
}

/// How often four bytes are met: in patterns, and in logs at large.
struct Commonness {
    /// Sorted; those of words that logs are full of, many times.
    grams: Vec<u32>,
}

impl Commonness {
    fn of<'r>(runs: impl Iterator<Item = &'r String>) -> Self {
        let of_run =
            |run: &str| -> Vec<u32> { run.as_bytes().windows(SAMPLE).map(gram_of).collect() };
        let mut grams: Vec<u32> = runs.flat_map(|run| of_run(run)).collect();
        let common = of_run(COMMON);
        (0..8).for_each(|_| grams.extend_from_slice(&common));
        grams.sort_unstable();
        Commonness { grams }
    }

    fn of_piece(&self, piece: &[u8]) -> usize {
        let count = |gram: u32| {
            let first = self.grams.partition_point(|other| *other < gram);
            self.grams[first..].partition_point(|other| *other == gram)
        };
        let grams: usize = piece.windows(SAMPLE).map(|window| count(gram_of(window))).sum();
        8 * grams + piece.iter().map(|byte| commonness(*byte)).sum::<usize>()
    }

    /// The probe around the best piece of a pattern: within a word rather than over several, and as rare as can be.
    fn best_piece(&self, runs: &[String]) -> Option<(String, usize)> {
        let mut best: Option<((usize, usize), &String, usize)> = None;
        for run in runs {
            let bytes = run.as_bytes();
            for at in 0..bytes.len().saturating_sub(SAMPLE - 1) {
                let piece = &bytes[at..bytes.len().min(at + PIECE)];
                let is_word = |b: &u8| b.is_ascii_alphanumeric() || b"-_.".contains(b);
                let gap = usize::from(!piece.iter().all(is_word));
                let cost = (PIECE - piece.len(), self.of_piece(piece) + GAP * gap);
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, run, at));
                }
            }
        }
        best.map(|(_, run, at)| {
            let start = at.saturating_sub(LONGEST / 2);
            let end = run.len().min(start + LONGEST);
            (run[start..end].into(), at - start)
        })
    }
}

/// What a piece over several words costs: there may be more white space between them in the text.
const GAP: usize = 40;

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
    required denied unauthorized forbidden exit code ms seconds minutes [info] level=info level=error msg= time= ";

fn gram_of(window: &[u8]) -> u32 {
    match *window {
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]) | 0x2020_2020,
        _ => 0,
    }
}

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

/// The samples of a piece: four bytes at each of four offsets, with one more than how far behind the piece's begin they
/// are. Where the piece is shorter, the byte before or behind it may be any that can stand there.
fn samples_of(piece: &[u8]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let whole = piece.windows(SAMPLE).enumerate();
    let whole = whole.map(|(skip, window)| (gram_of(window), skip as u32 + 1));
    let needs_before = piece.len() < PIECE && piece.len() >= 3;
    let before = AROUND.iter().filter(move |_| needs_before);
    let before = before.map(|first| (gram_of(&[*first, piece[0], piece[1], piece[2]]), 0));
    let tail = &piece[piece.len().saturating_sub(3)..];
    let needs_behind = piece.len() < PIECE - 1 && tail.len() == 3;
    let behind = AROUND.iter().filter(move |_| needs_behind);
    let behind = behind.map(move |last| {
        (gram_of(&[tail[0], tail[1], tail[2], *last]), piece.len() as u32 - 3 + 1)
    });
    whole.chain(before).chain(behind)
}

/// What may stand beside a word.
const AROUND: [u8; 24] = *b" \n\t\r\"'`:;,.!?()[]{}<>/=\\";
