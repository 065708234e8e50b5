//! Excerpts: the lines of a long text that are worth reading, with their places in it; and streams, which are read
//! piecewise and leave nothing else behind.
//!
//! Short texts are read whole. Of a long one only *hot* lines are: those in which a problem's symptom may stand, after a
//! [`Glance`] at the place where the [`Sieve`] saw a piece of it; what stands around the first that say so; the registries
//! that govern them; and the first lines with each known registry and each firm sign of a provider. A line that says the
//! same as many before it is left out, which bounds what a long text leaves behind, and thus the memory.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::ops::Range;

use crate::INDEX;
use crate::bytes::{count_chars, partition};
use crate::clean::{has_gap, is_command, prefix_len, visible_width};
use crate::diagnose::{Diagnosis, Options};
use crate::evidence::BLOCK;
use crate::filter::Matcher;
use crate::glance::Glance;
use crate::sieve::{Probe, Sieve};

/// Texts up to this size are read whole.
pub(crate) const WHOLE: usize = 1 << 20;
/// How far a hot line is read on either side; longer ones are cut.
const MARGIN: usize = 8 << 10;
/// How much of a long text is read at a time: so little that it stays near the processor.
const STEP: usize = 256 << 10;
/// How many lines that say the same are kept, and how many once the excerpt is [`LARGE`].
const LINES: u8 = 16;
const LINES_OF_LARGE: u8 = 2;
const LARGE: usize = 2 << 20;
/// So many different things may be said.
const SAYINGS: usize = 1 << 16;
/// How many lines of each problem are kept with what stands around them, and how many once the excerpt is [`MUCH`]; and how
/// many bytes of that before and behind: signs of causes count there.
const IN_CONTEXT: u8 = 4;
const IN_CONTEXT_OF_MUCH: u8 = 1;
const MUCH: usize = 256 << 10;
const CONTEXT: [usize; 2] = [2 << 10, 512];
const CONTEXT_OF_MUCH: [usize; 2] = [512, 128];
/// So many places of known registries are remembered, and so many of those before a line are kept with it: not all are what
/// they look like, and one may be found as several.
const HOSTS: usize = 16;
const HOSTS_BEFORE: usize = 4;
/// How much of each chunk is asked for the text's width.
const SAMPLE: usize = 4 << 10;
/// No excerpt is larger.
const LARGEST: usize = 8 << 20;

/// Part of a text.
#[derive(Debug)]
pub(crate) struct Excerpt<'t> {
    pub(crate) text: Cow<'t, str>,
    /// The original has a line as wide as this.
    pub(crate) widest: usize,
    pieces: Vec<Piece>,
    /// Where each line of the excerpt begins.
    starts: Vec<usize>,
    /// A byte of the excerpt and its column: the next one asked for is often further on in the same line.
    last: Cell<(usize, usize)>,
}

/// A stretch of an excerpt that stands in the original without a gap; by default the first one, and all of a text that is
/// read whole.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    /// Where it begins in the excerpt.
    at: usize,
    /// Where it begins in the original.
    origin: usize,
    /// The number of lines before it in the original.
    lines: usize,
}

impl<'t> Excerpt<'t> {
    fn new(text: Cow<'t, str>, widest: usize, pieces: Vec<Piece>) -> Self {
        let mut starts = alloc::vec![0];
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                starts.push(at + 1);
            }
        }
        Excerpt { text, widest, pieces, starts, last: Cell::new((0, 1)) }
    }

    /// A text as its own excerpt.
    pub(crate) fn whole(text: &'t str) -> Self {
        Excerpt::new(Cow::Borrowed(text), 0, Vec::new())
    }

    fn piece(&self, at: usize) -> Piece {
        if !INDEX {
            return Piece::default();
        }
        let after = partition(self.pieces.len(), &|piece| self.pieces[piece].at <= at);
        self.pieces.get(after.wrapping_sub(1)).copied().unwrap_or_default()
    }

    /// The number of line ends before a byte of the excerpt.
    fn line(&self, at: usize) -> usize {
        partition(self.starts.len(), &|line| self.starts[line] <= at).saturating_sub(1)
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
        let column = column + self.text.as_bytes().get(from..at).map_or(0, count_chars);
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
    hot: Option<Hot<'m>>,
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
            let full = if self.hot.is_some() { STEP } else { WHOLE + STEP };
            let room = full.saturating_sub(self.buffer.len()).max(STEP / 2);
            let (now, later) = bytes.split_at(bytes.len().min(room));
            self.buffer.extend_from_slice(now);
            bytes = later;
            if self.buffer.len() >= full && self.read(self.buffer.len() - MARGIN) {
                self.forget();
            }
        }
    }

    /// What was found in all that came.
    pub fn finish(mut self) -> Diagnosis<'a> {
        if self.hot.is_none() && (self.buffer.len() <= WHOLE || !self.matcher.has_sieve()) {
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
            self.hot = Hot::new(self.matcher);
        }
        if let Some(hot) = &mut self.hot {
            let part = Part { bytes: &self.buffer, base: self.base, lines: self.lines };
            hot.read(self.matcher, part, self.done..limit);
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
    if !INDEX || text.len() <= WHOLE {
        return Excerpt::whole(text);
    }
    let Some(mut hot) = Hot::new(matcher) else { return Excerpt::whole(text) };
    let (mut from, mut lines) = (0, 0);
    let bytes = text.as_bytes();
    // In chunks, so that what is looked at again for the lines' sake is still near.
    while from < bytes.len() {
        let to = bytes.len().min(from + STEP);
        let (first, last) = (from.saturating_sub(MARGIN), bytes.len().min(to + MARGIN));
        let part = Part { bytes: &bytes[first..last], base: first, lines };
        hot.read(matcher, part, from - first..to - first);
        let next = to.saturating_sub(MARGIN);
        lines += count_lines(&bytes[first..next.max(first)]);
        from = to;
    }
    hot.into_excerpt()
}

/// Part of a text.
#[derive(Debug, Clone, Copy)]
struct Part<'b> {
    bytes: &'b [u8],
    /// Where it begins in the text.
    base: usize,
    /// The number of lines before it.
    lines: usize,
}

/// What a probe is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A problem's symptom.
    Symptom,
    /// A firm sign of a provider.
    Evidence,
    /// A known registry.
    Host,
}

/// A probe's pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aim<'m> {
    pub(crate) role: Role,
    pub(crate) is_code: bool,
    pub(crate) program: &'m [u8],
}

/// What is kept of a long text while it is read.
struct Hot<'m> {
    sieve: Sieve,
    kept: Kept<'m>,
}

struct Kept<'m> {
    /// What each probe is for, as far as it was asked.
    aims: Vec<Option<Aim<'m>>>,
    /// How many lines were kept for each firm sign's and each host's sake.
    of_patterns: Vec<u8>,
    /// How many lines were kept that say the same.
    of_sayings: BTreeMap<u64, u8>,
    /// How many lines of each problem were kept with what stands around them.
    of_problems: Vec<u8>,
    hosts: LastHosts,
    widest: usize,
    text: Vec<u8>,
    pieces: Vec<Piece>,
    /// How much of the original is in the excerpt or before it.
    end: usize,
    /// A place in the original, and how many lines are before it.
    counted: (usize, usize),
}

/// What was seen on a line so far.
#[derive(Debug, Default)]
struct Line {
    /// Where it begins and ends, as far as its symptoms reach.
    range: Range<usize>,
    /// The patterns of its symptoms.
    symptoms: Vec<usize>,
    /// Whether it is kept for a firm sign's or a registry's sake.
    is_kept: bool,
}

/// The last known registries before a place. They are looked for only where a symptom asks for them.
struct LastHosts {
    sieve: Sieve,
    /// Where they are, and their probes; the last first.
    places: [(usize, usize); HOSTS],
    /// How far the text was searched.
    end: usize,
}

impl LastHosts {
    /// Goes on to a place in `part`.
    fn go_to(&mut self, part: Part<'_>, to: usize) {
        let from = self.end.saturating_sub(part.base).max(to.saturating_sub(MARGIN));
        if from < to {
            let places = &mut self.places;
            self.sieve.scan(part.bytes, from..to, |at, (index, _)| {
                places.rotate_right(1);
                places[0] = (part.base + at, index);
                true
            });
            self.end = part.base + to;
        }
    }

    /// Those before a place and near it, the last first: where they are in `part`, and their probes.
    fn before(&self, part: Part<'_>, to: usize) -> impl Iterator<Item = (usize, usize)> {
        let known = self.places.iter().filter(|(at, _)| *at != usize::MAX);
        let here = known.filter_map(move |(at, probe)| Some((at.checked_sub(part.base)?, *probe)));
        here.filter(move |(at, _)| *at < to && *at + MARGIN > to)
    }
}

impl<'m> Hot<'m> {
    fn new(matcher: &'m Matcher<'_>) -> Option<Self> {
        let (sieve, hosts) = matcher.sieves()?;
        let patterns = sieve.probes().iter().map(|probe| probe.pattern + 1).max();
        let kept = Kept {
            aims: alloc::vec![None; sieve.probes().len()],
            of_patterns: alloc::vec![0; patterns.unwrap_or_default()],
            of_sayings: BTreeMap::new(),
            of_problems: alloc::vec![0; matcher.table.problems().len()],
            hosts: LastHosts { sieve: hosts, places: [(usize::MAX, 0); HOSTS], end: 0 },
            widest: 0,
            text: Vec::new(),
            pieces: Vec::new(),
            end: 0,
            counted: (0, 0),
        };
        Some(Hot { sieve, kept })
    }

    /// Reads a range of a part of the text.
    fn read(&mut self, matcher: &'m Matcher<'_>, part: Part<'_>, range: Range<usize>) {
        let Hot { sieve, kept } = self;
        kept.note_widths(&part.bytes[range.start..range.end.min(range.start + SAMPLE)]);
        kept.counted = (part.base, part.lines);
        let mut line = Line::default();
        sieve.scan(part.bytes, range, |at, (index, probe)| {
            kept.see(matcher, part, &mut line, (at, index, probe))
        });
        kept.take(matcher, part, &line);
    }

    fn into_excerpt<'t>(self) -> Excerpt<'t> {
        let Kept { text, widest, pieces, .. } = self.kept;
        let text = match String::from_utf8(text) {
            Ok(text) => text,
            Err(error) => replace_invalid(error.into_bytes()),
        };
        Excerpt::new(Cow::Owned(text), widest, pieces)
    }
}

impl<'m> Kept<'m> {
    /// Notes what was seen on a line; says whether to go on looking for it.
    fn see(
        &mut self,
        matcher: &'m Matcher<'_>,
        part: Part<'_>,
        line: &mut Line,
        (at, index, probe): (usize, usize, Probe),
    ) -> bool {
        let aim = *self.aims[index].get_or_insert_with(|| matcher.aim(probe.pattern));
        let is_symptom = aim.role == Role::Symptom;
        if is_symptom && at < line.range.end && line.symptoms.contains(&probe.pattern) {
            return true;
        }
        let kinds = &matcher.kinds;
        let glance = Glance { bytes: part.bytes, widest: self.widest, kinds };
        let place = match aim.role {
            Role::Host => Some(at..at + probe.len),
            _ if aim.is_code => glance.code(aim.program, probe.offset, at),
            _ => glance.template(aim.program, probe.offset, at),
        };
        let Some(place) = place else { return true };
        if at >= line.range.end {
            self.take(matcher, part, line);
            *line = Line { range: line_around(part.bytes, at), ..Line::default() };
        }
        line.range.start = line.range.start.min(place.start);
        line.range.end = line.range.end.max(place.end);
        if is_symptom {
            line.symptoms.push(probe.pattern);
            return true;
        }
        line.is_kept = true;
        let count = &mut self.of_patterns[probe.pattern];
        *count += 1;
        *count < LINES
    }

    /// Keeps a line if it says something that wasn't said often, and the registries before it: one of them may govern it, or
    /// one that is kept after it.
    fn take(&mut self, matcher: &Matcher<'_>, part: Part<'_>, line: &Line) {
        if line.range.is_empty() || self.text.len() >= LARGEST {
            return;
        }
        let limit = if self.text.len() < LARGE { LINES } else { LINES_OF_LARGE };
        self.hosts.go_to(part, line.range.end);
        let count = if line.symptoms.is_empty() { u8::MAX } else { self.count_saying(part, line) };
        if count > limit && !line.is_kept {
            return;
        }
        let lines = with_neighbours(part.bytes, line.range.clone(), self.widest);
        let has_context =
            count <= limit && self.wants_context(matcher, &part.bytes[lines.clone()], line);
        let context = if self.text.len() < MUCH { CONTEXT } else { CONTEXT_OF_MUCH };
        let lines = if has_context { with_context(part.bytes, &lines, context) } else { lines };
        let mut before: Vec<_> = self.hosts.before(part, lines.start).take(HOSTS_BEFORE).collect();
        before.reverse();
        for (at, _) in before {
            self.keep(part, line_around(part.bytes, at));
        }
        self.keep(part, lines);
    }

    /// Whether a line, which stands in `lines`, is kept with what stands around it, because it is one of a problem's first.
    fn wants_context(&mut self, matcher: &Matcher<'_>, lines: &[u8], line: &Line) -> bool {
        let mut problems: BTreeSet<usize> =
            line.symptoms.iter().flat_map(|pattern| matcher.users(*pattern)).collect();
        let limit = if self.text.len() < MUCH { IN_CONTEXT } else { IN_CONTEXT_OF_MUCH };
        problems.retain(|problem| self.of_problems.get(*problem).is_some_and(|n| *n < limit));
        let is_wanted = !problems.is_empty() && matcher.has_any(lines, self.widest, &line.symptoms);
        if is_wanted {
            for problem in problems {
                self.of_problems[problem] += 1;
            }
        }
        is_wanted
    }

    /// How often the same was said of the same registries so far, this line included.
    fn count_saying(&mut self, part: Part<'_>, line: &Line) -> u8 {
        let mut symptoms = line.symptoms.clone();
        symptoms.sort_unstable();
        let mut hosts = self.hosts.before(part, line.range.end).peekable();
        let is_on_it = |at: usize| at >= line.range.start;
        let hosts = match hosts.peek() {
            Some((at, probe)) if !is_on_it(*at) => !(1 << (probe % 64)),
            _ => hosts
                .filter(|(at, _)| is_on_it(*at))
                .fold(0, |set, (_, probe)| set | 1u64 << (probe % 64)),
        };
        let saying = symptoms.iter().fold(hosts, |hash, pattern| {
            (hash ^ *pattern as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
        });
        if self.of_sayings.len() >= SAYINGS && !self.of_sayings.contains_key(&saying) {
            return u8::MAX;
        }
        let count = self.of_sayings.entry(saying).or_default();
        *count = count.saturating_add(1);
        *count
    }

    /// Adds lines to the excerpt. Lines left out before them count as far as they matter to whose registry it is.
    fn keep(&mut self, part: Part<'_>, lines: Range<usize>) {
        let start = lines.start.max(self.end.saturating_sub(part.base));
        if start >= lines.end {
            return;
        }
        let bytes = &part.bytes[start..lines.end];
        if part.base + start > self.end || self.pieces.is_empty() {
            self.leave_out(part, start);
            let since = &part.bytes[self.counted.0.saturating_sub(part.base).min(start)..start];
            self.counted = (part.base + start, self.counted.1 + count_lines(since));
            let (at, origin) = (self.text.len(), part.base + start);
            self.pieces.push(Piece { at, origin, lines: self.counted.1 });
        }
        self.note_widths(bytes);
        self.text.extend_from_slice(bytes);
        self.end = part.base + lines.end;
    }

    /// Stands in for the lines between the end of the excerpt and `to`: each as a line without words, or as another
    /// command when they are so many that nothing before them governs what follows.
    fn leave_out(&mut self, part: Part<'_>, to: usize) {
        if self.text.last().is_some_and(|last| *last != b'\n') {
            self.text.push(b'\n');
        }
        let near = self.end.checked_sub(part.base).filter(|end| to - end <= MARGIN);
        let left_out = near.map_or_else(|| &part.bytes[..0], |end| &part.bytes[end..to]);
        if near.is_none() || count_lines(left_out) > BLOCK {
            self.text.extend_from_slice(b"$ ~\n");
            return;
        }
        for line in left_out.split_inclusive(|byte| *byte == b'\n') {
            let is_command = is_command(&line[prefix_len(line)..]);
            self.text.extend_from_slice(if is_command { b"$ ~\n" } else { b"~\n" });
        }
    }

    /// Notes how wide lines are; not those of a single word, which may not have fitted.
    fn note_widths(&mut self, bytes: &[u8]) {
        let is_end = |byte: &u8| *byte == b'\n';
        let mut rest = bytes;
        while rest.len() > self.widest {
            // Lines that end within the width that is known needn't be told apart.
            let mut end = rest[..=self.widest].iter().rposition(is_end);
            if end.is_none() {
                end = rest.iter().position(is_end);
                let line = &rest[..end.unwrap_or(rest.len())];
                if has_gap(line) && core::str::from_utf8(line).is_ok() {
                    self.widest = self.widest.max(visible_width(line));
                }
            }
            rest = end.map_or(&[], |end| &rest[end + 1..]);
        }
    }
}

/// The line around `at`, with its end.
fn line_around(bytes: &[u8], at: usize) -> Range<usize> {
    let before = &bytes[at.saturating_sub(MARGIN)..at];
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let after = &bytes[at..bytes.len().min(at + MARGIN)];
    let stop = after.iter().position(|byte| *byte == b'\n').map_or(after.len(), |end| end + 1);
    at - before.len() + start..at + stop
}

/// How many lines on either side of a hot one are kept where they may belong to it: messages are wrapped.
const AROUND: usize = 2;

/// Whole lines, and their neighbours where those may belong to them.
fn with_neighbours(bytes: &[u8], lines: Range<usize>, widest: usize) -> Range<usize> {
    let glance = Glance { bytes, widest, kinds: &[] };
    let mut start = line_around(bytes, lines.start).start;
    let mut end = line_around(bytes, lines.end.saturating_sub(1).max(lines.start)).end;
    for _ in 0..AROUND {
        if let Some(before) = start.checked_sub(1)
            && !glance.is_hard(before)
        {
            start = line_around(bytes, before).start;
        }
        if end < bytes.len() && !glance.is_hard(end.saturating_sub(1)) {
            end = line_around(bytes, end).end;
        }
    }
    start..end
}

/// Whole lines, and those around them.
fn with_context(bytes: &[u8], lines: &Range<usize>, [before, behind]: [usize; 2]) -> Range<usize> {
    let start = lines.start.saturating_sub(before);
    let start = if start == 0 { 0 } else { line_around(bytes, start).end.min(lines.start) };
    let end = bytes.len().min(lines.end + behind);
    let end = if end == bytes.len() { end } else { line_around(bytes, end).start.max(lines.end) };
    start..end
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

/// The number of line ends; in a shape that compilers turn into vector instructions: so many bytes side by side, each of which
/// counts up to 255.
fn count_lines(bytes: &[u8]) -> usize {
    const LANES: usize = 64;
    let count = |stretch: &[u8]| {
        let (rows, rest) = stretch.as_chunks::<LANES>();
        let mut lanes = [0; LANES];
        for row in rows {
            lanes.iter_mut().zip(row).for_each(|(lane, byte)| *lane += u8::from(*byte == b'\n'));
        }
        let ends = rest.iter().filter(|byte| **byte == b'\n').count();
        ends + lanes.iter().map(|lane| usize::from(*lane)).sum::<usize>()
    };
    bytes.chunks(255 * LANES).map(count).sum()
}
