//! Patterns: a template compiled to folded literals and typed holes, and how one is verified at a place in clean text.
//!
//! A compiled pattern (a *program*) is one text: literals as [`fold`] gives them, holes as one character of the private use
//! area each. Verification starts at a literal's bytes that the filter has seen and goes outwards in both directions, so it
//! never costs more than the pattern is long, plus a bounded search behind each hole.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::bytes::{is_in, is_word, run};
use crate::clean::{Clean, HARD, fold, is_line_end};
use crate::format::{Record, Section};
use crate::reference::{PlaceholderKind, pattern_is_code, pattern_text};

/// The first character that stands for a hole; placeholder `i` is `HOLE + i`.
const HOLE: u32 = 0xe000;
/// The first byte of such a character in UTF-8, and how many there are.
pub(crate) const HOLE_BYTE: u8 = 0xee;
pub(crate) const HOLE_LEN: usize = 3;

/// How far the literal behind a hole for anything may be.
pub(crate) const FAR: usize = 1024;
/// How far the literal behind a typed hole may be.
pub(crate) const NEAR: usize = 512;

/// A compiled pattern, as the index stores it: whether it is a code rather than a template; literals and holes, or the code
/// as it is.
pub(crate) type Program = Record;

/// The programs of all patterns.
pub(crate) fn programs(table: Table<'_>) -> Vec<Program> {
    let names = table.placeholder_ids();
    let mut programs = Vec::new();
    for index in 0..table.records(Section::Patterns).len() {
        let (text, is_code) = (pattern_text(table, index), pattern_is_code(table, index));
        let text = if is_code { text.into() } else { compile(&names, text) };
        programs.push(Record::new(|r| {
            r.num(usize::from(is_code));
            r.text(&text);
        }));
    }
    programs
}

/// Compiles a template as written.
fn compile(names: &[&str], text: &str) -> String {
    let mut program = String::new();
    let mut literal = String::new();
    let mut rest = text;
    loop {
        let open = run(rest.as_bytes(), |byte| byte != b'<');
        let (before, tail) = rest.split_at(open);
        if tail.is_empty() {
            break;
        }
        let unescaped = before.strip_suffix("\\");
        literal.push_str(unescaped.unwrap_or(before));
        match hole(names, tail).filter(|_| unescaped.is_none()) {
            Some((placeholder, len)) => {
                program.push_str(&fold(&literal));
                program.extend(char::from_u32(HOLE + placeholder as u32));
                literal.clear();
                rest = &tail[len..];
            }
            None => {
                literal.push_str(&tail[..1]);
                rest = &tail[1..];
            }
        }
    }
    literal.push_str(rest);
    let tail = fold(&literal);
    program.push_str(tail.strip_suffix('.').unwrap_or(&tail));
    program
}

/// The placeholder at the beginning of `text`, and the length of its mention.
fn hole(names: &[&str], text: &str) -> Option<(usize, usize)> {
    let mention = &text.as_bytes()[1..];
    let len = run(mention, |byte| byte != b'>');
    mention.get(len)?;
    let placeholder = names.iter().position(|name| name.as_bytes() == &mention[..len])?;
    Some((placeholder, len + 2))
}

/// The fixed pieces of a program.
pub(crate) fn literals(program: &str) -> impl Iterator<Item = &str> {
    let is_hole = |c: char| (HOLE..HOLE + 0x1000).contains(&(c as u32));
    program.split(is_hole).filter(|literal| !literal.is_empty())
}

/// How much of a program is fixed text, in bytes.
pub(crate) fn fixed_len(program: &str) -> usize {
    let holes = program.bytes().filter(|byte| *byte == HOLE_BYTE).count();
    program.len() - HOLE_LEN * holes
}

/// A place where a pattern matches.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hit {
    pub(crate) pattern: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Placeholder, first byte, end.
    pub(crate) holes: Vec<(usize, usize, usize)>,
}

/// A program, its placeholders' kinds and the text to verify it in.
pub(crate) struct Verifier<'v> {
    pub(crate) program: &'v [u8],
    pub(crate) kinds: &'v [PlaceholderKind],
    pub(crate) clean: &'v Clean,
}

impl Verifier<'_> {
    /// Verifies a template of which the byte at `offset` was seen at `at`.
    pub(crate) fn template(&self, pattern: usize, offset: usize, at: usize) -> Option<Hit> {
        let (first, last) = self.literal_around(offset);
        let mut start = back(&self.clean.fold, &self.program[first..offset], at)?;
        let mut end = forward(&self.clean.fold, &self.program[offset..last], at)?;
        let mut holes = Vec::new();
        self.leftwards(first, &mut start, &mut holes)?;
        self.rightwards(last, &mut end, &mut holes)?;
        let is_word = self.is_boundary(start) && self.is_boundary(end);
        is_word.then_some(Hit { pattern, start, end, holes })
    }

    /// Verifies a code, a whole word in its own case.
    pub(crate) fn code(&self, pattern: usize, offset: usize, at: usize) -> Option<Hit> {
        let text = &self.clean.text;
        let start = back(text, &self.program[..offset], at)?;
        let end = forward(text, &self.program[offset..], at)?;
        let is_part = |at: usize| text.get(at).is_some_and(|byte| is_word(*byte));
        let is_word = (!is_part(start.wrapping_sub(1)) || self.clean.is_seam(start))
            && (!is_part(end) || self.clean.is_seam(end));
        is_word.then(|| Hit { pattern, start, end, holes: Vec::new() })
    }

    fn literal_around(&self, offset: usize) -> (usize, usize) {
        let before = self.program[..offset].iter().rposition(|b| *b == HOLE_BYTE);
        let after = self.program[offset..].iter().position(|b| *b == HOLE_BYTE);
        (before.map_or(0, |i| i + HOLE_LEN), after.map_or(self.program.len(), |i| offset + i))
    }

    /// Goes on to the left of the literal that begins at `from` in the program and at `start` in the text.
    fn leftwards(
        &self,
        from: usize,
        start: &mut usize,
        holes: &mut Vec<(usize, usize, usize)>,
    ) -> Option<()> {
        let mut from = from;
        while from >= HOLE_LEN {
            let placeholder = hole_at(&self.program[from - HOLE_LEN..]);
            let kind = self.kind(placeholder);
            let (first, last) = (self.literal_around(from - HOLE_LEN).0, from - HOLE_LEN);
            let literal = &self.program[first..last];
            let (left, value) = self.find_before(literal, kind, *start)?;
            holes.insert(0, (placeholder, value, *start));
            *start = left;
            from = first;
        }
        Some(())
    }

    fn rightwards(
        &self,
        from: usize,
        end: &mut usize,
        holes: &mut Vec<(usize, usize, usize)>,
    ) -> Option<()> {
        let mut from = from;
        while from < self.program.len() {
            let placeholder = hole_at(&self.program[from..]);
            let kind = self.kind(placeholder);
            let first = from + HOLE_LEN;
            let last = self.program[first..]
                .iter()
                .position(|b| *b == HOLE_BYTE)
                .map_or(self.program.len(), |i| first + i);
            let (value, right) = self.find_after(&self.program[first..last], kind, *end)?;
            holes.push((placeholder, *end, value));
            *end = right;
            from = last;
        }
        Some(())
    }

    fn kind(&self, placeholder: usize) -> PlaceholderKind {
        self.kinds.get(placeholder).copied().unwrap_or(PlaceholderKind::Any)
    }

    /// The nearest place behind a hole that begins at `from` where `literal` stands: the hole's end, the literal's end.
    fn find_after(
        &self,
        literal: &[u8],
        kind: PlaceholderKind,
        from: usize,
    ) -> Option<(usize, usize)> {
        let fold = &self.clean.fold;
        let Some(first) = literal.first() else {
            let end = self.extent_after(kind, from);
            return (end > from).then_some((end, end));
        };
        let far = from + if kind == PlaceholderKind::Any { FAR } else { NEAR };
        let mut at = from;
        while at <= far && at < fold.len() {
            if (fold[at] == *first || is_line_end(fold[at]))
                && self.may_be_empty(kind, literal, at > from)
                && let Some(end) = forward(fold, literal, at)
                && holds(kind, &fold[from..at])
            {
                return Some((at, end));
            }
            if fold[at] == HARD {
                return None;
            }
            at += 1;
        }
        None
    }

    fn may_be_empty(&self, kind: PlaceholderKind, literal: &[u8], is_filled: bool) -> bool {
        is_filled || kind == PlaceholderKind::Any || literal.first() == Some(&b'.')
    }

    /// The nearest place before a hole that ends at `to` where `literal` stands: the literal's start, the hole's start.
    fn find_before(
        &self,
        literal: &[u8],
        kind: PlaceholderKind,
        to: usize,
    ) -> Option<(usize, usize)> {
        let fold = &self.clean.fold;
        let Some(last) = literal.last() else {
            let start = self.extent_before(kind, to);
            return (start < to).then_some((start, start));
        };
        let far = to.saturating_sub(if kind == PlaceholderKind::Any { FAR } else { NEAR });
        let mut at = to;
        while at > far {
            if (fold[at - 1] == *last || is_line_end(fold[at - 1]))
                && (at < to || kind == PlaceholderKind::Any)
                && let Some(start) = back(fold, literal, at)
                && holds(kind, &fold[at..to])
            {
                return Some((start, at));
            }
            at -= 1;
            if fold[at] == HARD {
                return None;
            }
        }
        None
    }

    /// How far a hole at a pattern's end reaches.
    fn extent_after(&self, kind: PlaceholderKind, from: usize) -> usize {
        let fold = &self.clean.fold;
        let rest = &fold[from.min(fold.len())..];
        let rest = &rest[..rest.len().min(NEAR)];
        let mut len = 0;
        while len < rest.len() {
            let masked = mask_len(&rest[len..]);
            if masked > 0 && kind != PlaceholderKind::Any {
                len += masked;
            } else if is_line_end(rest[len]) || !allows(kind, rest[len]) {
                break;
            } else {
                len += 1;
            }
        }
        let is_stop = |b: &u8| matches!(b, b'.' | b',' | b':' | b';' | b')' | b']' | b' ' | b'}');
        while len > 0 && is_stop(&rest[len - 1]) && mask_len(&rest[..len]) != len {
            len -= 1;
        }
        from + len
    }

    /// How far a hole at a pattern's beginning reaches back.
    fn extent_before(&self, kind: PlaceholderKind, to: usize) -> usize {
        let fold = &self.clean.fold;
        let from = to.saturating_sub(NEAR);
        let is_held =
            |b: &u8| !is_line_end(*b) && allows(kind, *b) || matches!(b, b'*' | b'<' | b'>');
        let len = fold[from..to].iter().rev().take_while(|b| is_held(b)).count();
        let start = to - len;
        start + fold[start..to].iter().take_while(|b| **b == b' ').count()
    }

    /// Whether a match may begin or end at `at`: not in the middle of a word.
    fn is_boundary(&self, at: usize) -> bool {
        let fold = &self.clean.fold;
        let is_part = |at: usize| fold.get(at).is_some_and(|b| is_word(*b) || *b >= 0x80);
        !(is_part(at.wrapping_sub(1)) && is_part(at)) || self.clean.is_seam(at)
    }
}

/// The placeholder of the hole at the beginning of a program.
pub(crate) fn hole_at(program: &[u8]) -> usize {
    match program.get(1..HOLE_LEN) {
        Some(&[middle, low]) => {
            let code = 0xe000 | u32::from(middle & 0x3f) << 6 | u32::from(low & 0x3f);
            (code - HOLE) as usize
        }
        _ => 0,
    }
}

/// Where `literal` ends if it stands at `at`. A line's end may be where the literal has a space, or within a word.
fn forward(text: &[u8], literal: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    for byte in literal {
        let mut next = *text.get(at)?;
        if next != *byte && is_line_end(next) {
            at += 1;
            if *byte == b' ' {
                continue;
            }
            next = *text.get(at)?;
        }
        if next != *byte {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Where `literal` begins if it ends at `at`.
fn back(text: &[u8], literal: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    for byte in literal.iter().rev() {
        let mut next = *text.get(at.checked_sub(1)?)?;
        if next != *byte && is_line_end(next) {
            at -= 1;
            if *byte == b' ' {
                continue;
            }
            next = *text.get(at.checked_sub(1)?)?;
        }
        if next != *byte {
            return None;
        }
        at -= 1;
    }
    Some(at)
}

/// Whether a value is of a placeholder's type, or is masked.
pub(crate) fn holds(kind: PlaceholderKind, value: &[u8]) -> bool {
    let mut at = 0;
    while at < value.len() {
        let masked = mask_len(&value[at..]);
        if masked > 0 {
            at += masked;
        } else if allows(kind, value[at]) || is_line_end(value[at]) && value[at] != HARD {
            at += 1;
        } else {
            return false;
        }
    }
    true
}

/// Whether a value of this type may contain the byte.
pub(crate) fn allows(kind: PlaceholderKind, byte: u8) -> bool {
    let is_name =
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') || byte >= 0x80;
    let (is_usual, others): (bool, &[u8]) = match kind {
        PlaceholderKind::Name => (is_name, b""),
        PlaceholderKind::Host => (is_name, b":[]"),
        PlaceholderKind::Path => (is_name, b"/~\\@+:$"),
        PlaceholderKind::Image => (is_name, b"/:@+"),
        PlaceholderKind::Digest => (byte.is_ascii_alphanumeric(), b":."),
        PlaceholderKind::Ip => (byte.is_ascii_hexdigit(), b".:/x[]"),
        PlaceholderKind::Guid => (byte.is_ascii_hexdigit(), b"-x"),
        PlaceholderKind::Number => (byte.is_ascii_digit(), b""),
        PlaceholderKind::Url | PlaceholderKind::Word => (byte != b' ' && !is_line_end(byte), b""),
        PlaceholderKind::Any => (true, b""),
    };
    is_usual || is_in(byte, others)
}

/// The length of a masked value at the beginning of `bytes`: `***`, `<redacted>`, `[secret:name]`, `$NAME`, `${NAME}`,
/// `$(name)`, `{name}`.
pub(crate) fn mask_len(bytes: &[u8]) -> usize {
    let (open, close) = match bytes {
        [b'*', ..] => return run(bytes, |b| b == b'*'),
        [b'$', b'{', b'{', ..] => (3, b'}'),
        [b'$' | b'{', b'{', ..] => (2, b'}'),
        [b'$', b'(', ..] => (2, b')'),
        [b'$', name @ ..] => return 1 + run(name, is_word),
        [b'<', ..] => (1, b'>'),
        [b'[', ..] => (1, b']'),
        [b'{', ..] => (1, b'}'),
        _ => return 0,
    };
    let inner = bytes.get(open..bytes.len().min(64)).unwrap_or_default();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || is_in(b, b" -_.:*/\x0b\x0c");
    let len = run(inner, is_name);
    let is_closed = len > 0 && inner.get(len) == Some(&close);
    let is_double = bytes[..open].ends_with(b"{{");
    if is_closed { open + len + 1 + usize::from(is_double) } else { 0 }
}
