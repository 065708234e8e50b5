//! Excerpts: the lines of a long text that are worth reading, with their places in it; and streams, which are read
//! piecewise and leave nothing else behind.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

use crate::diagnose::{Diagnosis, Options};
use crate::filter::Matcher;
use crate::sieve::Sieve;

/// Texts up to this size are read whole.
pub(crate) const WHOLE: usize = 1 << 20;
/// How far a hot line is read on either side; longer ones are cut.
const MARGIN: usize = 8 << 10;
/// How much of a stream is read at a time.
const CHUNK: usize = 1 << 20;
/// How many lines each probe keeps, and how many once the excerpt is [`LARGE`].
const LINES: u8 = 16;
const LINES_OF_LARGE: u8 = 2;
const LARGE: usize = 2 << 20;
/// No excerpt is larger.
const LARGEST: usize = 8 << 20;

/// Part of a text.
#[derive(Debug)]
pub(crate) struct Excerpt<'t> {
    pub(crate) text: Cow<'t, str>,
    pieces: Vec<Piece>,
    /// Where each line of the excerpt begins.
    starts: Vec<usize>,
    /// A byte of the excerpt and its column: the next one asked for is often further on in the same line.
    last: Cell<(usize, usize)>,
}

/// A stretch of an excerpt that stands in the original without a gap.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the excerpt.
    at: usize,
    /// Where it begins in the original.
    origin: usize,
    /// The number of lines before it in the original.
    lines: usize,
}

impl<'t> Excerpt<'t> {
    fn new(text: Cow<'t, str>, pieces: Vec<Piece>) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = core::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Excerpt { text, pieces, starts, last: Cell::new((0, 1)) }
    }

    /// A text as its own excerpt.
    pub(crate) fn whole(text: &'t str) -> Self {
        Excerpt::new(Cow::Borrowed(text), alloc::vec![Piece { at: 0, origin: 0, lines: 0 }])
    }

    fn piece(&self, at: usize) -> Piece {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        let first = Piece { at: 0, origin: 0, lines: 0 };
        self.pieces.get(after.wrapping_sub(1)).copied().unwrap_or(first)
    }

    /// The number of line ends before a byte of the excerpt.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The place in the original of a byte of the excerpt.
    pub(crate) fn origin(&self, at: usize) -> usize {
        let piece = self.piece(at);
        piece.origin + at - piece.at
    }

    /// The line and the column (from 1, in characters) in the original of a byte of the excerpt.
    pub(crate) fn line_and_column(&self, at: usize) -> (u32, u32) {
        let piece = self.piece(at);
        let line = piece.lines + self.line(at) - self.line(piece.at) + 1;
        let start = self.starts.get(self.line(at)).copied().unwrap_or(0).max(piece.at);
        let (from, column) = match self.last.get() {
            (last, column) if (start..=at).contains(&last) => (last, column),
            _ => (start, 1),
        };
        let column = column + self.text.get(from..at).map_or(0, |text| text.chars().count());
        self.last.set((at, column));
        (line as u32, column as u32)
    }
}

/// A text that comes piecewise: feed it, then take the diagnosis. Memory doesn't grow with the text, provided that the
/// table has its index layer.
pub struct Stream<'m, 'a> {
    matcher: &'m Matcher<'a>,
    options: Options<'m>,
    /// What hasn't been read yet, and a margin before it.
    buffer: Vec<u8>,
    /// The place in the text of the buffer's first byte, and the number of lines before it.
    base: usize,
    lines: usize,
    /// How much of the buffer is read.
    done: usize,
    hot: Option<Hot<'a>>,
}

impl core::fmt::Debug for Stream<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let read = self.base + self.done;
        f.debug_struct("Stream").field("read", &read).finish_non_exhaustive()
    }
}

impl<'m, 'a> Stream<'m, 'a> {
    /// A stream of which nothing has come.
    pub fn new(matcher: &'m Matcher<'a>, options: Options<'m>) -> Self {
        Stream { matcher, options, buffer: Vec::new(), base: 0, lines: 0, done: 0, hot: None }
    }

    /// Takes the next bytes; invalid UTF-8 counts as question marks.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = (WHOLE + CHUNK).saturating_sub(self.buffer.len()).max(CHUNK / 2);
            let (now, later) = bytes.split_at(bytes.len().min(room));
            self.buffer.extend_from_slice(now);
            bytes = later;
            if self.buffer.len() >= WHOLE + CHUNK && self.read(self.buffer.len() - MARGIN) {
                self.forget();
            }
        }
    }

    /// What was found in all that came.
    pub fn finish(mut self) -> Diagnosis<'a> {
        if self.matcher.sieve().is_none() || self.hot.is_none() && self.buffer.len() <= WHOLE {
            let text = String::from_utf8_lossy(&self.buffer);
            return self.matcher.diagnose_excerpt(&Excerpt::whole(&text), &self.options);
        }
        self.read(self.buffer.len());
        let hot = self.hot.take();
        let excerpt = hot.map_or_else(|| Excerpt::whole(""), Hot::into_excerpt);
        self.matcher.diagnose_excerpt(&excerpt, &self.options)
    }

    /// Reads up to `limit`; not without a sieve.
    fn read(&mut self, limit: usize) -> bool {
        if self.hot.is_none() {
            self.hot = self.matcher.sieve().map(Hot::new);
        }
        if let Some(hot) = &mut self.hot {
            hot.read(&self.buffer, self.done..limit, self.base, self.lines);
            self.done = limit;
        }
        self.hot.is_some()
    }

    /// Drops what is read, save for a margin.
    fn forget(&mut self) {
        let cut = self.done.saturating_sub(MARGIN);
        self.lines += count_lines(&self.buffer[..cut]);
        self.buffer.drain(..cut);
        self.base += cut;
        self.done -= cut;
    }
}

/// The hot lines of a long text.
pub(crate) fn hot_lines<'t>(matcher: &Matcher<'_>, text: &'t str) -> Excerpt<'t> {
    let Some(sieve) = matcher.sieve().filter(|_| text.len() > WHOLE) else {
        return Excerpt::whole(text);
    };
    let mut hot = Hot::new(sieve);
    let (mut from, mut lines) = (0, 0);
    let bytes = text.as_bytes();
    // In chunks, so that what is looked at again for the lines' sake is still near.
    while from < bytes.len() {
        let to = bytes.len().min(from + CHUNK);
        let (first, last) = (from.saturating_sub(MARGIN), bytes.len().min(to + MARGIN));
        hot.read(&bytes[first..last], from - first..to - first, first, lines);
        let next = to.saturating_sub(MARGIN);
        lines += count_lines(&bytes[first..next.max(first)]);
        from = to;
    }
    hot.into_excerpt()
}

/// What is kept of a long text while it is read.
struct Hot<'s> {
    sieve: Sieve<'s>,
    /// How many lines each probe has kept.
    kept: Vec<u8>,
    text: Vec<u8>,
    pieces: Vec<Piece>,
    /// How much of the original is in the excerpt or before it.
    end: usize,
}

impl<'s> Hot<'s> {
    fn new(sieve: Sieve<'s>) -> Self {
        let kept = alloc::vec![0; sieve.len()];
        Hot { sieve, kept, text: Vec::new(), pieces: Vec::new(), end: 0 }
    }

    /// Reads a range of `bytes`, which begin at `base` in the original, behind `lines` lines.
    fn read(&mut self, bytes: &[u8], range: core::ops::Range<usize>, base: usize, lines: usize) {
        let Hot { sieve, kept, text, pieces, end } = self;
        let mut counted = (0, lines);
        // A probe that began before the range may have been cut off by its end.
        let first = range.start.saturating_sub(64);
        sieve.scan(&bytes[first..range.end], |at, probe| {
            let limit = if text.len() < LARGE { LINES } else { LINES_OF_LARGE };
            if base + first + at < *end || kept[probe] >= limit || text.len() >= LARGEST {
                return;
            }
            kept[probe] += 1;
            let (start, stop) = lines_around(bytes, first + at);
            let start = start.max(end.saturating_sub(base));
            if base + start > *end || pieces.is_empty() {
                // A gap: what stands before it has nothing to do with what follows.
                text.extend_from_slice(b"\n\n");
                counted = (start, counted.1 + count_lines(&bytes[counted.0..start]));
                pieces.push(Piece { at: text.len(), origin: base + start, lines: counted.1 });
            }
            text.extend_from_slice(&bytes[start..stop]);
            *end = base + stop;
        });
    }

    fn into_excerpt<'t>(self) -> Excerpt<'t> {
        let text = match String::from_utf8(self.text) {
            Ok(text) => text,
            Err(error) => replace_invalid(error.into_bytes()),
        };
        Excerpt::new(Cow::Owned(text), self.pieces)
    }
}

/// How many lines on either side of a hot one are kept: messages are wrapped.
const AROUND: usize = 2;

/// The line around `at`, and those on either side.
fn lines_around(bytes: &[u8], at: usize) -> (usize, usize) {
    let is_end = |(_, byte): &(usize, &u8)| **byte == b'\n';
    let first = at.saturating_sub(MARGIN);
    let mut starts =
        bytes[first..at].iter().enumerate().rev().filter(is_end).map(|(i, _)| first + i + 1);
    let start = match starts.clone().nth(AROUND) {
        None if first == 0 => 0,
        far => far.or(starts.next_back()).unwrap_or(first),
    };
    let last = bytes.len().min(at + MARGIN);
    let ends = bytes[at..last].iter().enumerate().filter(is_end).map(|(i, _)| at + i + 1);
    (start, ends.take(AROUND + 1).last().unwrap_or(last))
}

/// Invalid UTF-8 as question marks, one for each byte, so that places stay.
fn replace_invalid(mut bytes: Vec<u8>) -> String {
    let mut from = 0;
    while let Err(error) = core::str::from_utf8(&bytes[from..]) {
        from += error.valid_up_to();
        let len = error.error_len().unwrap_or(bytes.len() - from);
        bytes[from..from + len].fill(b'?');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The number of line ends; in a shape that compilers turn into vector instructions.
fn count_lines(bytes: &[u8]) -> usize {
    let count = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    bytes.chunks(255).map(|chunk| usize::from(count(chunk))).sum()
}
