//! Undoing what a terminal, a browser, JSON or a log collector did to a registry's words, keeping positions.
//!
//! [`clean`] turns pasted text into bytes in which a message reads as it was printed: no colours, no quotes (their style
//! and their escapes differ everywhere, so they are left out altogether), no frames and timestamps at the beginning of
//! lines, JSON, HTML and percent escapes undone, white space as one space. Letters' case stays in [`Clean::text`] and is
//! folded in [`Clean::fold`]; both have the same positions. Only secrets are looked for with the quotes in place, which tell
//! where they end ([`quoted`]). Lines that a terminal or an editor wrapped are put together where the text as a whole shows
//! that it was wrapped; any other line's end is [`HARD`] or [`SOFT`], depending on whether the next line may continue it all
//! the same.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::{
    begin, begins_with, count_chars, ends_with, find, hex, is_in, is_word, lines, partition, run,
    run_back, trim_end, words,
};

/// The end of a line that the next one doesn't continue.
pub(crate) const HARD: u8 = b'\n';
/// The end of a line that the next one may continue.
pub(crate) const SOFT: u8 = 0x0b;

/// Where a line was wrapped between words, or cut beside a quote: a space may have been there or not.
pub(crate) const JOIN: u8 = 0x0c;

/// What stands behind every clean text.
pub(crate) const END: [u8; 3] = [HARD; 3];

/// Whether a byte of clean text is or was a line's end.
#[inline]
pub(crate) fn is_line_end(byte: u8) -> bool {
    matches!(byte, HARD | SOFT | JOIN)
}

/// Whether a byte is a quote, of which other styles become one.
pub(crate) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// Clean text and where it came from.
#[derive(Debug, Default)]
pub(crate) struct Clean {
    /// Letters' case kept.
    pub(crate) text: Vec<u8>,
    /// ASCII letters in lower case.
    pub(crate) fold: Vec<u8>,
    /// Where a run of clean bytes begins, and where its first byte was in the original.
    runs: Vec<(u32, u32)>,
    /// Where logical lines end: looked up for every match, of which one long line may hold thousands.
    ends: Vec<usize>,
}

impl Clean {
    /// Where the clean byte at `at` was in the original.
    pub(crate) fn origin(&self, at: usize) -> usize {
        let run = self.run(at);
        match run.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some((start, raw)) => *raw as usize + (at - *start as usize),
            None => at,
        }
    }

    /// Whether something was left out right before the clean byte at `at` (a quote, a colour …).
    pub(crate) fn is_seam(&self, at: usize) -> bool {
        let run = self.run(at).checked_sub(1).and_then(|run| self.runs.get(run));
        run.is_some_and(|(start, _)| *start as usize == at)
    }

    /// How many runs begin at or before the clean byte at `at`.
    fn run(&self, at: usize) -> usize {
        partition(self.runs.len(), &|run| self.runs[run].0 as usize <= at)
    }

    /// The clean text between two places on one line, for display.
    pub(crate) fn original(&self, start: usize, end: usize) -> String {
        let shown = &self.text[start..end];
        let has_words = is_in(b' ', shown);
        let mut bytes = Vec::new();
        for byte in shown {
            if !is_line_end(*byte) {
                bytes.push(*byte);
            } else if has_words {
                // Between words, a wrapped line's end was a space.
                bytes.push(b' ');
            }
        }
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// The logical line around `at`: its first byte and the end.
    pub(crate) fn line(&self, at: usize) -> (usize, usize) {
        let line = partition(self.ends.len(), &|line| self.ends[line] < at);
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        let end = self.ends.get(line).map_or(self.text.len(), |end| *end);
        (start, end)
    }
}

/// Cleans a pasted text, or an excerpt of one that has a line as wide as `widest`.
pub(crate) fn clean(text: &str, widest: usize) -> Clean {
    Cleaner::new(text, Wrapping::of(text.as_bytes(), widest), Kind::Pasted).run()
}

/// Cleans a text but for its quotes, whose styles become `"`, `'` and `` ` ``; wrapped lines are put together without a mark.
pub(crate) fn quoted(text: &str) -> Clean {
    Cleaner::new(text, Wrapping::of(text.as_bytes(), 0), Kind::Quoted).run()
}

/// How a piece of a template is compared: cleaned as a pasted text is, letters in lower case.
pub fn fold(text: &str) -> String {
    let clean = Cleaner::new(text, Wrapping::default(), Kind::Template).run();
    String::from_utf8(clean.fold).unwrap_or_default()
}

/// How the lines of a text were wrapped, if they were.
#[derive(Debug, Clone, Copy, Default)]
struct Wrapping {
    /// The widest line, in characters: the width of the terminal, if there was one.
    width: usize,
    /// Whether terminals have that width.
    is_usual: bool,
    /// What lines of that width were: cut there, maybe within a word; ended before the first word that would not have
    /// fitted; or neither.
    kind: Fill,
    /// Whether so many lines were cut that none of them can have ended there.
    is_exact: bool,
}

/// How far a line is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Fill {
    /// To the last column.
    Cut,
    /// So far that the next line's first word would not have fitted.
    Flow,
    /// The next line's first word would have fitted, or it begins something new.
    #[default]
    Open,
}

impl Wrapping {
    /// The narrowest terminal whose wrapped lines are put together.
    const NARROWEST: usize = 70;
    /// The widest one at which a single line that ends between words counts as wrapped.
    const WIDEST: usize = 132;

    fn of(text: &[u8], least: usize) -> Wrapping {
        let width = widest(text).max(least);
        let mut wrapping = Wrapping { width, ..Wrapping::default() };
        if width >= Self::NARROWEST {
            wrapping.is_usual = is_terminal(width)
                || is_terminal(width + 2) && lines(text).any(|line| inner(line).is_some());
            let rows = Rows::of(text, wrapping);
            wrapping.kind = rows.kind(wrapping.is_usual);
            let enough = if wrapping.is_usual { 2 } else { 3 };
            wrapping.is_exact = wrapping.kind == Fill::Cut && rows.cut >= enough;
        }
        wrapping
    }

    /// How far a line is filled, if the lines are as wide as the widest.
    fn fill(self, (line, width): (&[u8], usize), next: &[u8]) -> Fill {
        let is_full = width == self.width
            || width < self.width && self.width <= line.len() && count_chars(line) == self.width;
        if !is_full && width + 1 + next.len() <= self.width {
            return Fill::Open;
        }
        let is_stamped = timestamp(next) > 0;
        let (own, next) = (without_prefix(line), without_prefix(next));
        let word = next.trim_ascii_start();
        let word = &word[..run(word, |byte| !byte.is_ascii_whitespace())];
        let is_record =
            word.len() > 2 && own.starts_with(word) || own.starts_with(b"$ ") && begins_upper(next);
        if !has_words(own) || !may_go_on(next) || is_record || begins_anew(next) {
            Fill::Open
        } else if is_full {
            Fill::Cut
        } else if width + 1 + count_chars(word) > self.width && !names_a_level(next) && !is_stamped
        {
            Fill::Flow
        } else {
            Fill::Open
        }
    }
}

/// What the lines of a text that is as wide as a terminal look like.
#[derive(Default)]
struct Rows<'t> {
    /// So many lines are nearly as wide as the widest.
    long: usize,
    /// So many are cut, and so many end before a word that would not have fitted, some of them surely.
    cut: usize,
    flow: usize,
    sure_flow: usize,
    first_cut: &'t [u8],
    /// Whether one is cut at a space.
    is_sure: bool,
    /// Whether one that is full may be all of a statement, and the next begins one.
    is_ended: bool,
    /// Whether one is wider than the widest that counts.
    is_wider: bool,
}

impl<'t> Rows<'t> {
    fn of(text: &'t [u8], wrapping: Wrapping) -> Rows<'t> {
        let mut rows = Rows::default();
        let mut lines = lines(text);
        let mut following = lines.next();
        while let Some(line) = following {
            following = lines.next();
            rows.add(wrapping, line, following.unwrap_or_default());
        }
        rows
    }

    fn add(&mut self, wrapping: Wrapping, line: &'t [u8], next: &[u8]) {
        let width = visible_width(line);
        let is_long = 5 * width >= 3 * wrapping.width && has_words(line);
        self.long += usize::from(is_long);
        self.is_wider |= is_long && width > wrapping.width && inner(line).is_none();
        match wrapping.fill((line, width), next) {
            // The same line again says no more than the first time: errors are printed twice.
            Fill::Cut if line == self.first_cut => self.long -= 1,
            Fill::Cut => {
                self.cut += 1;
                self.first_cut = line;
                self.is_sure |= line.last() == Some(&b' ');
                self.is_ended |= !goes_on(inner(line).unwrap_or(line)) && begins_statement(next);
            }
            Fill::Flow => {
                self.flow += 1;
                let is_short = is_long && width + 1 < wrapping.width;
                self.sure_flow += usize::from(is_short && !begins_statement(next));
            }
            Fill::Open => {}
        }
    }

    /// What most of the long lines are.
    fn kind(&self, is_usual: bool) -> Fill {
        let filled = self.cut + self.flow;
        let is_wrapped =
            filled >= 2 && 2 * filled >= self.long || self.cut == 1 && !self.is_ended && is_usual;
        let is_cut = self.cut > self.flow
            || is_usual && self.cut > 0 && (self.is_sure || self.sure_flow == 0);
        // A terminal would have cut what is wider.
        match is_wrapped {
            true if is_cut && !self.is_wider => Fill::Cut,
            true => Fill::Flow,
            false => Fill::Open,
        }
    }
}

/// Whether a line begins with a date, JSON or a capital letter.
fn begins_statement(line: &[u8]) -> bool {
    timestamp(line) > 0
        || without_prefix(line).first().is_some_and(|b| *b == b'{' || b.is_ascii_uppercase())
}

/// Whether terminals have this width: one line that is cut there is enough.
fn is_terminal(width: usize) -> bool {
    matches!(width, 80 | 100 | 120 | 132)
}

/// Whether a row that is as full as whole words allow can't be all of its statement, or the next one not begin any.
fn leads_on(row: &[u8], next: &[u8]) -> bool {
    let row = inner(row).unwrap_or(without_prefix(row)).trim_ascii_end();
    let last = row.last().copied().unwrap_or_default();
    let is_open = is_in(last, b":,(=") && timestamp(next) == 0;
    (is_open || last.is_ascii_alphanumeric() && !begins_statement(next))
        && !is_command(row)
        && !is_in(0x1b, row)
}

/// Whether the end of a row that is full cuts an address, a path or a digest, rather than standing between two words.
fn is_within_name(row: &[u8], next: &[u8]) -> bool {
    let before = &row[row.len() - run_back(row, |b| b != b' ')..];
    let after = &next[..run(next, |b| b != b' ')];
    let is_mark = |b: &u8| is_in(*b, b"/@%=_.:");
    let is_part = |b: &u8| b.is_ascii_digit() || is_mark(b);
    let (Some(last), Some(first)) = (before.last(), after.first()) else { return false };
    match (last, first) {
        (b':', b'/') => {
            is_in(b'.', before) || is_in(b'/', before) || ends_with(before, "http:|https:")
        }
        // A tag, or what is said of an image; within a quote it is the tag.
        (b':', b'0'..=b'9') => is_in(b'/', before) && (after == next || before[0] == b'"'),
        (b':' | b',' | b';' | b'"' | b'\'' | b'`', _) | (_, b'"' | b'\'' | b'`') => false,
        (_, b'-') if after.starts_with(b"--") => false,
        _ => {
            let is_named = trim_end(after, b".:,;").iter().any(is_mark);
            let is_word = before.iter().all(u8::is_ascii_lowercase) && first.is_ascii_digit();
            let is_begun = !before.ends_with(b"/v2/") && before.iter().any(is_part);
            is_named && !is_word || is_begun && !first.is_ascii_uppercase()
        }
    }
}

/// The width of the widest line; a single word that is wider than all lines with spaces doesn't count, because it may not
/// have fitted. Lines in a box are as wide as it.
fn widest(text: &[u8]) -> usize {
    let (mut widest, mut count, mut widest_spaced) = (0, 0, 0);
    for line in lines(text).filter(|line| has_words(line)) {
        let gap = |inner: &[u8]| inner.len() - inner.trim_ascii_end().len();
        let width = visible_width(line) + inner(line).map_or(0, gap);
        if width > widest {
            (widest, count) = (width, 0);
        }
        count += usize::from(width == widest);
        if width > widest_spaced && has_gap(line) {
            widest_spaced = width;
        }
    }
    if count == 1 && widest_spaced > 0 { widest_spaced } else { widest }
}

/// Whether a line consists of several words.
pub(crate) fn has_gap(line: &[u8]) -> bool {
    is_in(b' ', without_prefix(line).trim_ascii_end())
}

/// Whether a line has more than a frame's characters.
fn has_words(line: &[u8]) -> bool {
    line.iter().any(|b| b.is_ascii_alphanumeric() || matches!(b, 0xc3..=0xe1 | 0xe3..))
}

fn begins_upper(line: &[u8]) -> bool {
    line.first().is_some_and(u8::is_ascii_uppercase)
}

/// Whether a full row can't be a statement's end: behind it comes a quote's text, or the rest of a word or of an escape.
fn goes_on(row: &[u8]) -> bool {
    match row {
        [.., b' ', b'`' | b'"' | b'\''] | [.., b'%', _] => true,
        [.., last] => is_in(*last, b" :,(=%") || last.is_ascii_uppercase(),
        [] => false,
    }
}

/// Whether a line has words, or is the little that was left of a statement.
fn may_go_on(line: &[u8]) -> bool {
    let rest = line.trim_ascii_end();
    has_words(line)
        || (1..8).contains(&rest.len()) && !rest.iter().any(|b| is_in(*b, b"-=#*~_+`<>"))
}

/// What stands in a box of which a line shows both sides, between one space or none on each.
fn inner(line: &[u8]) -> Option<&[u8]> {
    let line = line.trim_ascii();
    let inner = match line {
        [b'|', inner @ .., b'|'] => inner,
        [0xe2, 0x94 | 0x95, _, inner @ .., 0xe2, 0x94 | 0x95, _] => inner,
        _ => return None,
    };
    let inner = inner.strip_prefix(b" ").unwrap_or(inner);
    Some(inner.strip_suffix(b" ").unwrap_or(inner))
}

/// The characters of a line that take a place on the screen, nearly: of the white space at the end, only a single space.
pub(crate) fn visible_width(line: &[u8]) -> usize {
    if let Some(inner) = inner(line) {
        // With the box's left side and the space behind it.
        return 2 + count_chars(inner.trim_ascii_end());
    }
    let words = line.trim_ascii_end();
    count_chars(words) + usize::from(line[words.len()..] == *b" ")
}

/// A line without its frame or timestamp.
fn without_prefix(line: &[u8]) -> &[u8] {
    &line[prefix_len(line)..]
}

/// The length of the frames and timestamps at the beginning of a line.
pub(crate) fn prefix_len(line: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let frame = frame(rest);
        let len = if frame > 0 { frame } else { timestamp(rest) };
        if len == 0 {
            return at;
        }
        at += len;
    }
}

/// What is cleaned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pasted,
    /// Pasted, and quotes stay.
    Quoted,
    /// A piece of a template, which is one line whatever is in it.
    Template,
}

struct Cleaner<'t> {
    bytes: &'t [u8],
    source: &'t str,
    at: usize,
    out: Clean,
    /// Where white space began that isn't written yet.
    space: Option<usize>,
    kind: Kind,
    is_line_start: bool,
    line_start: usize,
    /// Where the next line ends, if it lies ahead.
    row_end: usize,
    wrapping: Wrapping,
}

impl<'t> Cleaner<'t> {
    fn new(source: &'t str, wrapping: Wrapping, kind: Kind) -> Self {
        let mut out = Clean::default();
        out.text.reserve(source.len());
        let bytes = source.as_bytes();
        Cleaner {
            bytes,
            source,
            at: 0,
            out,
            space: None,
            kind,
            is_line_start: kind != Kind::Template,
            line_start: 0,
            row_end: 0,
            wrapping,
        }
    }

    fn run(mut self) -> Clean {
        while self.at < self.bytes.len() {
            if self.is_line_start {
                self.skip_prefix();
                self.is_line_start = false;
                continue;
            }
            self.step();
        }
        self.finish()
    }

    fn finish(mut self) -> Clean {
        if self.kind == Kind::Template {
            self.flush_space();
        } else {
            self.out.text.extend(END);
        }
        self.out.fold = self.out.text.to_ascii_lowercase();
        for (at, byte) in self.out.fold.iter().enumerate() {
            if matches!(*byte, HARD | SOFT) {
                self.out.ends.push(at);
            }
        }
        self.out
    }

    /// Takes the next byte, or the run of plain ones that it begins.
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        if is_plain(byte) {
            return self.plain_run();
        }
        match byte {
            b'\n' => self.line_end(self.at, 1),
            b'\r' => self.carriage_return(),
            b' ' | b'\t' => self.white(1),
            b'\'' | b'"' | b'`' => self.quote(byte, 1),
            0x1b => self.at += escape_sequence(&self.bytes[self.at..]),
            b'\\' => self.backslash(),
            b'&' => self.entity(),
            b'%' => self.percent(),
            b'_' if self.is_emphasis() => self.at += 1,
            0..=0x1f | 0x7f => self.at += 1,
            0x80.. => self.wide_char(),
            _ => self.push(byte, 1),
        }
    }

    /// Whether a `_` stands between a word and what may surround a statement, as Markdown emphasises; in `/v2/_catalog` it
    /// belongs to a name.
    fn is_emphasis(&self) -> bool {
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(b' ');
        let (before, behind) = (byte(self.at.wrapping_sub(1)), byte(self.at + 1));
        let outer = if is_word(behind) { before } else { behind };
        self.kind == Kind::Pasted
            && is_word(before) != is_word(behind)
            && is_in(outer, b" \n\r\t*\"'`.,;!?")
    }

    /// Copies bytes that stand for themselves.
    fn plain_run(&mut self) {
        let rest = &self.bytes[self.at..];
        let len = rest.iter().position(|byte| !is_plain(*byte)).unwrap_or(rest.len());
        self.flush_space();
        self.mark(self.at);
        self.out.text.extend_from_slice(&rest[..len]);
        self.at += len;
    }

    /// Writes one clean byte that stands for the next `len` original ones.
    fn push(&mut self, byte: u8, len: usize) {
        self.flush_space();
        self.mark(self.at);
        self.out.text.push(byte);
        self.at += len;
    }

    fn quote(&mut self, quote: u8, len: usize) {
        if self.kind == Kind::Quoted {
            self.push(quote, len);
        } else {
            self.at += len;
        }
    }

    fn mark(&mut self, raw: usize) {
        let at = self.out.text.len();
        let expected = match self.out.runs.last() {
            Some((start, from)) => *from as usize + at - *start as usize,
            None => usize::MAX,
        };
        if expected != raw {
            self.out.runs.push((at as u32, raw as u32));
        }
    }

    fn white(&mut self, len: usize) {
        self.space.get_or_insert(self.at);
        self.at += len;
    }

    fn flush_space(&mut self) {
        let Some(raw) = self.space.take() else { return };
        let is_wanted =
            self.out.text.last().is_some_and(|last| *last != b' ' && !is_line_end(*last));
        if is_wanted || self.kind == Kind::Template {
            self.mark(raw);
            self.out.text.push(b' ');
        }
    }

    fn carriage_return(&mut self) {
        match self.bytes.get(self.at + 1) {
            Some(b'\n') => self.line_end(self.at, 2),
            _ => self.line_end(self.at, 1),
        }
    }

    fn line_end(&mut self, raw: usize, len: usize) {
        if self.kind == Kind::Template {
            self.white(len);
            return;
        }
        let space = self.space.take();
        while matches!(self.out.text.last(), Some(b'|' | b' ')) {
            self.out.text.pop();
        }
        self.at = raw + len;
        match self.kind_of_end(raw) {
            Some(end) => self.write_end(end, raw),
            None => {
                self.space = space;
                self.put_together(raw);
            }
        }
        self.line_start = self.at;
        self.is_line_start = true;
    }

    /// A blank line ends what wrapped lines before it began; more blank lines add nothing.
    fn write_end(&mut self, end: u8, raw: usize) {
        let ends = self.out.text.iter().rev().take_while(|b| is_line_end(**b)).count();
        if self.out.text.is_empty() || ends >= 2 {
            return;
        }
        if ends == 1 {
            self.out.text.pop();
            self.out.text.push(HARD);
            self.out.text.push(HARD);
            return;
        }
        self.mark(raw);
        self.out.text.push(end);
    }

    /// The wrapped line goes on, maybe within a word.
    fn put_together(&mut self, raw: usize) {
        let (row, next) = self.rows(raw);
        let is_boxed = inner(row).is_some();
        let (row, next) = (inner(row).unwrap_or(row), inner(next).unwrap_or(next));
        let is_gap = |b: Option<&u8>| matches!(b, Some(b' ' | b'\t'));
        if is_gap(row.last()) || is_gap(next.first()) {
            self.space = Some(raw);
            return;
        }
        if is_boxed && !is_gap(row.iter().rfind(|b| !is_quote(**b))) {
            self.space = None;
        }
        if self.kind == Kind::Quoted {
            let width = visible_width(row);
            let is_cut = self.wrapping.kind == Fill::Cut && width >= self.wrapping.width;
            if !is_boxed && !is_cut && !is_terminal(width) {
                self.space = Some(raw);
            }
            return;
        }
        let is_within =
            self.wrapping.kind == Fill::Cut && self.wrapping.is_usual && is_within_name(row, next);
        let has_quote =
            row.last().is_some_and(|b| is_quote(*b)) || next.first().is_some_and(|b| is_quote(*b));
        let is_exact = self.wrapping.is_exact && !has_quote;
        if self.space.is_none() && !is_exact && !is_within {
            self.mark(raw);
            self.out.text.push(JOIN);
        }
    }

    /// The line that ends at `raw`, and the next one. In JSON that may be all the rest, whose end is looked for once.
    fn rows(&mut self, raw: usize) -> (&'t [u8], &'t [u8]) {
        if self.row_end < self.at {
            self.row_end = self.at + run(&self.bytes[self.at..], |byte| byte != b'\n');
        }
        (&self.bytes[self.line_start..raw], &self.bytes[self.at..self.row_end])
    }

    /// What ends the line that ends at `raw`; nothing when the next one goes on with it.
    fn kind_of_end(&mut self, raw: usize) -> Option<u8> {
        let (line, next) = self.rows(raw);
        let (kind, width) = (self.wrapping.kind, visible_width(line));
        if self.kind == Kind::Quoted && is_terminal(width) {
            // What is lost if it isn't so is the word behind a secret, at worst.
            return None;
        }
        match self.wrapping.fill((line, width), next) {
            Fill::Cut if kind != Fill::Open => None,
            Fill::Flow if kind == Fill::Flow => None,
            // Cut at a space, which was lost.
            Fill::Flow
                if kind == Fill::Cut
                    && width + 1 == self.wrapping.width
                    && !begins_upper(without_prefix(next)) =>
            {
                None
            }
            Fill::Open => Some(HARD),
            _ if names_a_level(without_prefix(next)) => Some(HARD),
            _ if kind == Fill::Open
                && (Wrapping::NARROWEST..=Wrapping::WIDEST).contains(&self.wrapping.width)
                && leads_on(line, next) =>
            {
                None
            }
            _ => Some(SOFT),
        }
    }

    /// Skips what stands at the beginning of a line without belonging to its words: frames, quotation marks of mails and
    /// Markdown, timestamps.
    fn skip_prefix(&mut self) {
        self.at += prefix_len(&self.bytes[self.at..]);
    }

    fn backslash(&mut self) {
        let run = run(&self.bytes[self.at..], |b| b == b'\\');
        let next = self.bytes.get(self.at + run).copied().unwrap_or(b' ');
        match next {
            b'"' | b'\'' | b'`' => self.quote(next, run + 1),
            // JSON's slash, and what would be a mark in Markdown.
            b'/' | b'_' | b':'..=b'>' => self.at += run,
            b'&' | 0xe2 if self.is_quote(self.at + run) => self.at += run,
            b'n' | b'r' | b't' if !self.is_windows_path() => self.escaped_white(run, next),
            b'u' => self.escaped_char(run),
            b'x' | b'0' | b'e' => self.escaped_escape(run),
            b'\n' => self.continued(run),
            _ => self.push(b'\\', run),
        }
    }

    /// Whether a quote stands there as an entity or in a typographic style.
    fn is_quote(&self, at: usize) -> bool {
        begins_with(&self.bytes[at..], "&quot;|&#34;|&#39;|&apos;|\u{201c}|\u{201d}")
    }

    /// A line's end behind a backslash: the command goes on, or a wrapped escape.
    fn continued(&mut self, run: usize) {
        let raw = self.at + run;
        self.at = raw + 1;
        match self.kind_of_end(raw) {
            Some(_) => self.space = Some(raw),
            None => self.put_together(raw),
        }
        self.line_start = self.at;
        self.is_line_start = true;
    }

    fn escaped_white(&mut self, run: usize, next: u8) {
        match next {
            // However often it was escaped: three backslashes and their double are a backslash and a line's end, so a
            // command that goes on.
            b'n' if !run.is_multiple_of(3) => self.line_end(self.at, run + 1),
            _ => self.white(run + 1),
        }
    }

    /// Whether the word so far looks like a Windows path, whose `\n` is no line's end.
    fn is_windows_path(&self) -> bool {
        let tail = &self.out.text[self.out.text.len().saturating_sub(80)..];
        let word = &tail[tail.len() - run_back(tail, |b| b != b' ' && !is_line_end(b))..];
        let is_drive = matches!(word, [drive, b':'] | [.., b'(' | b'[' | b'=', drive, b':'] if drive.is_ascii_alphabetic());
        self.space.is_none() && (is_drive || find(word, b":\\").is_some())
    }

    fn escaped_char(&mut self, run: usize) {
        let digits = self.bytes.get(self.at + run + 1..self.at + run + 5);
        let code = digits.and_then(hex).and_then(char::from_u32);
        match code {
            Some('\u{1b}') => {
                let rest = self.at + run + 5;
                self.at = rest + control_sequence(&self.bytes[rest.min(self.bytes.len())..]);
            }
            Some(c) => self.decoded(c, run + 5),
            None => self.push(b'\\', run),
        }
    }

    /// `\x1b[31m`, `\033[31m`, `\e[31m` as text.
    fn escaped_escape(&mut self, run: usize) {
        let rest = &self.bytes[self.at + run..];
        match begin(rest, "x1b[|x1B[|033[|e[") {
            Some((_, len)) => {
                let at = self.at + run + len - 1;
                self.at = at + control_sequence(&self.bytes[at..]);
            }
            None => self.push(b'\\', run),
        }
    }

    fn entity(&mut self) {
        let mut len = 1;
        while self.bytes[self.at + len..].starts_with(b"amp;") {
            len += 4;
        }
        let rest = &self.bytes[self.at + len..];
        match begin(rest, ENTITIES) {
            Some((which, name)) => self.decoded(char::from(MEANT[which]), len + name),
            None => self.push(b'&', len),
        }
    }

    /// `%3A`, also doubled as `%253A`, and what Go's printf makes of it: `%!A(MISSING)`.
    fn percent(&mut self) {
        let rest = &self.bytes[self.at..];
        if let [b'%', b'!', verb, tail @ ..] = rest
            && let (Some(byte), true) = (go_verb(*verb), tail.starts_with(b"(MISSING)"))
        {
            return self.push(byte, 3 + 9);
        }
        let mut len = 1;
        while self.bytes[self.at + len..].starts_with(b"25") {
            len += 2;
        }
        match self.hex(self.at + len) {
            Some((byte @ 0x21..=0x7e, digits)) => {
                if digits > 2 {
                    self.line_start = self.at + len + digits - 1;
                }
                self.decoded(char::from(byte), len + digits);
            }
            _ => self.push(b'%', len),
        }
    }

    /// Two hexadecimal digits, which the end of a full row may part, and the bytes that they take.
    fn hex(&self, at: usize) -> Option<(u8, usize)> {
        let is_end = |byte: u8| self.wrapping.kind == Fill::Cut && byte == b'\n';
        let mut digits = self.bytes[at..].iter().enumerate().filter(|(_, byte)| !is_end(**byte));
        let (high, (last, low)) = (digits.next()?.1, digits.next()?);
        Some((hex(&[*high, *low])? as u8, last + 1))
    }

    fn wide_char(&mut self) {
        match self.source.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(c) => self.decoded(c, c.len_utf8()),
            None => self.at += 1,
        }
    }

    /// Writes a character that the next `len` original bytes stand for.
    fn decoded(&mut self, c: char, len: usize) {
        match meaning(c) {
            0 if matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}') => self.quote(b'"', len),
            0 => self.at += len,
            b'\n' => self.line_end(self.at, len),
            b' ' => self.white(len),
            b'-' => self.push(b'-', len),
            b'.' => self.push_all(b"...", len),
            _ => self.push_all(c.encode_utf8(&mut [0; 4]).as_bytes(), len),
        }
    }

    fn push_all(&mut self, bytes: &[u8], len: usize) {
        let raw = self.at;
        for byte in bytes {
            self.push(*byte, 0);
        }
        self.at = raw + len;
    }
}

/// Ranges of characters that don't stand for themselves, and what they mean: white space, a line's end, a dash, an ellipsis,
/// or nothing (0), as quotes of all styles do. The first range counts.
const MEANINGS: [(u16, u16, u8); 28] = [
    (0x09, 0x09, b' '),
    (0x0a, 0x0a, b'\n'),
    (0x0d, 0x0d, b' '),
    (0x00, 0x1f, 0),
    (0x20, 0x20, b' '),
    (0x22, 0x22, 0),
    (0x27, 0x27, 0),
    (0x60, 0x60, 0),
    (0x7f, 0x7f, 0),
    (0xa0, 0xa0, b' '),
    (0xa6, 0xa6, b' '),
    (0xab, 0xab, 0),
    (0xad, 0xad, 0),
    (0xb4, 0xb4, 0),
    (0xbb, 0xbb, 0),
    (0x2000, 0x200a, b' '),
    (0x200b, 0x200f, 0),
    (0x2010, 0x2015, b'-'),
    (0x2018, 0x201f, 0),
    (0x2026, 0x2026, b'.'),
    (0x202a, 0x202e, 0),
    (0x202f, 0x202f, b' '),
    (0x2032, 0x2033, 0),
    (0x2060, 0x2064, 0),
    (0x2212, 0x2212, b'-'),
    (0x2500, 0x257f, b' '),
    (0x3000, 0x3000, b' '),
    (0xfeff, 0xfeff, 0),
];

/// What a character means; one that stands for itself, something else than any in [`MEANINGS`].
fn meaning(c: char) -> u8 {
    let is_in = |(first, last, _): &&(u16, u16, u8)| {
        (u32::from(*first)..=u32::from(*last)).contains(&u32::from(c))
    };
    MEANINGS.iter().find(is_in).map_or(b'c', |(.., meaning)| *meaning)
}

/// Whether a byte stands for itself whatever is around it.
#[inline]
fn is_plain(byte: u8) -> bool {
    PLAIN[byte as usize]
}

static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21;
    while byte < 0x7f {
        plain[byte as usize] = !matches!(byte, b'"' | b'\'' | b'`' | b'\\' | b'&' | b'%' | b'_');
        byte += 1;
    }
    plain
};

/// What HTML calls the characters that registry messages contain, and those; the ampersand itself is undone before.
const ENTITIES: &str = "lt;|gt;|quot;|apos;|nbsp;|#39;|#34;|#x27;|#x22;|#x2F;|#47;";
const MEANT: [u8; 11] = *b"<>\"' '\"'\"//";

/// The character whose percent escape Go's printf took for a verb.
fn go_verb(verb: u8) -> Option<u8> {
    match verb {
        b'A' => Some(b':'),
        b'F' => Some(b'/'),
        b'C' => Some(b','),
        _ => None,
    }
}

/// The length of a terminal's escape sequence that begins with ESC.
fn escape_sequence(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        Some(b'[') => 1 + control_sequence(&bytes[1..]),
        Some(b']') => operating_system_command(bytes),
        Some(b'(' | b')') => 3.min(bytes.len()),
        Some(0x40..=0x7e) => 2,
        _ => 1,
    }
}

/// The length of `[31m` and its like.
fn control_sequence(bytes: &[u8]) -> usize {
    if bytes.first() != Some(&b'[') {
        return 0;
    }
    let parameters = run(&bytes[1..bytes.len().min(33)], |b| (0x20..0x40).contains(&b));
    match bytes.get(1 + parameters) {
        Some(0x40..=0x7e) => 2 + parameters,
        _ => 1,
    }
}

/// The length of a title or a link: up to BEL or ESC `\`.
fn operating_system_command(bytes: &[u8]) -> usize {
    let body = bytes.iter().take(2048).skip(2).position(|b| matches!(b, 0x07 | 0x1b));
    match body {
        Some(len) if bytes[2 + len] == 0x07 => 3 + len,
        Some(len) => 2 + len + if bytes.get(3 + len) == Some(&b'\\') { 2 } else { 0 },
        None => 2,
    }
}

/// The length of white space or a frame at the beginning of a line.
fn frame(bytes: &[u8]) -> usize {
    let is_gap = |b: Option<&u8>| matches!(b, None | Some(b' ' | b'\t' | b'\n' | b'\r'));
    match bytes {
        [b' ' | b'\t', ..] => 1,
        [b'>', rest @ ..] if rest.first() == Some(&b' ') => 2,
        [b'|', rest @ ..] if is_gap(rest.first()) => 1,
        [0xe2, 0x94 | 0x95, _, ..] => 3,
        [0xc2, 0xa6, ..] => 2,
        [0xef, 0xbb, 0xbf, ..] => 3,
        [0x1b, ..] => escape_sequence(bytes),
        _ => 0,
    }
}

/// The length of a date with a time, or of a logger's header that begins with one, and the white space behind.
fn timestamp(bytes: &[u8]) -> usize {
    let open = usize::from(bytes.first() == Some(&b'['));
    let stamp = date(&bytes[open..]);
    let mut len = open + stamp;
    if open == 1 {
        len += usize::from(bytes.get(len) == Some(&b']'));
    }
    let gap = run(&bytes[len..], |b| matches!(b, b' ' | b'\t'));
    if stamp > 0 && gap > 0 { len + gap } else { 0 }
}

/// The length of `2024-08-17T12:23:49.153Z`, `2023-01-19 13:13:56,889`, `17/09/2018 14:22:41.949` or `2025/02/20 02:15:52`.
fn date(bytes: &[u8]) -> usize {
    if !bytes.first().is_some_and(u8::is_ascii_digit) {
        return 0;
    }
    let day = shape_len(bytes, "dddd-dd-dd_|dd-dd-dddd_");
    let rest = &bytes[day..];
    let is_time = |b: u8| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',');
    let time = run(&rest[..rest.len().min(24)], is_time);
    if day == 0 || time < 5 || !is_in(b':', &rest[..time]) {
        return 0;
    }
    day + time + shape_len(&rest[time..], "Z|+dd:dd|+dddd| pdd:dd")
}

/// The length of the first of these shapes that bytes begin with, or 0.
fn shape_len(bytes: &[u8], shapes: &str) -> usize {
    let fits = |(shape, byte): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        b'-' => matches!(byte, b'-' | b'/' | b'.'),
        b'_' => matches!(byte, b'T' | b' ' | b't'),
        b'+' => matches!(byte, b'+' | b'-'),
        b'p' => *byte == b'+',
        _ => shape == byte,
    };
    let has_shape = |shape: &&[u8]| shape.len() <= bytes.len() && shape.iter().zip(bytes).all(fits);
    words(shapes).find(has_shape).map_or(0, <[u8]>::len)
}

/// Whether a line begins something new rather than going on with the line before.
fn begins_anew(line: &[u8]) -> bool {
    timestamp(line) > 0
        || matches!(line, [b'$' | b'#' | b'%', b' ', ..] | [b'\r' | b'\n', ..] | [b'#', b'#', ..])
        || line.starts_with(b"time=")
        // The verdict of IBM Cloud's command.
        || matches!(line.trim_ascii_end(), b"OK" | b"FAILED")
}

/// Whether a line begins as messages of loggers do.
fn names_a_level(line: &[u8]) -> bool {
    begins_with(line, "Error|ERROR|error:|Warning|WARN|INFO|Normal |PS ")
}

/// Whether a line is a command at a shell's prompt, or as a CI system repeats it.
pub(crate) fn is_command(line: &[u8]) -> bool {
    begins_with(line, "$ |# |PS |% |+ |##[command]|Run ")
}
