//! A glance at raw text: whether a pattern may match where the sieve has seen a piece of it.
//!
//! The whole reading cleans the text first, which costs far more than most places are worth. Here a pattern's fixed texts
//! are compared outwards from the piece as the text stands, letters' case, white space, quotes and line ends aside. The
//! answer is no only if the whole reading would say so too: at whatever may be an escape, a colour or another script the
//! glance ends, and the line counts as one that may match.

use core::ops::Range;

use crate::clean::prefix_len;
use crate::pattern::{FAR, HOLE_BYTE, HOLE_LEN, NEAR, allows, hole_at};
use crate::reference::PlaceholderKind;

/// How far an escape reaches back, and a colour.
const ESCAPE: usize = 12;
const COLOUR: usize = 40;
/// The widest line whose width is worth knowing.
const WIDEST: usize = 4 << 10;
/// No line's frame and timestamps are longer.
const PREFIX: usize = 256;

/// Raw text to glance at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glance<'g> {
    pub(crate) bytes: &'g [u8],
    /// No line of the text is the widest that is narrower than this.
    pub(crate) widest: usize,
    /// What the placeholders stand for.
    pub(crate) kinds: &'g [PlaceholderKind],
}

/// How far a comparison came, and whether it went to the end.
#[derive(Debug, Clone, Copy)]
struct Reach {
    at: usize,
    is_sure: bool,
}

impl Reach {
    fn unsure(at: usize) -> Reach {
        Reach { at, is_sure: false }
    }
}

/// What stands between two words.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// The other side of it.
    to: usize,
    /// It has white space or a line's end.
    is_wide: bool,
    has_line_end: bool,
}

impl Glance<'_> {
    /// Where a template may stand whose byte `offset` is at `at`.
    pub(crate) fn template(self, program: &[u8], offset: usize, at: usize) -> Option<Range<usize>> {
        let (first, last) = literal_around(program, offset);
        let end = self.forward(&program[offset..last], at)?;
        let start = self.backward(&program[first..offset], at)?;
        let start = self.leftwards(&program[..first], start)?;
        let end = self.rightwards(&program[last..], end)?;
        Some(start.at..end.at)
    }

    /// Where a code may stand, a whole word in its own case.
    pub(crate) fn code(self, code: &[u8], offset: usize, at: usize) -> Option<Range<usize>> {
        let folded = code.to_ascii_lowercase();
        let (start, end) =
            (self.backward(&folded[..offset], at)?, self.forward(&folded[offset..], at)?);
        let range = start.at..end.at;
        if !start.is_sure || !end.is_sure || range.len() != code.len() {
            return Some(range);
        }
        // A `_` may be Markdown's.
        let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let before = range.start.checked_sub(1).and_then(|i| self.bytes.get(i));
        let is_word = (!is_part(before) || self.may_be_escape(range.start))
            && !is_part(self.bytes.get(range.end));
        (is_word && self.bytes[range.clone()] == *code).then_some(range)
    }

    /// The fixed texts behind the first literal, each somewhere behind the one before.
    fn rightwards(self, program: &[u8], end: Reach) -> Option<Reach> {
        let mut reach = end;
        let mut rest = program;
        while reach.is_sure && rest.len() > HOLE_LEN {
            let literal = &rest[HOLE_LEN..];
            let len = literal.iter().position(|b| *b == HOLE_BYTE).unwrap_or(literal.len());
            if len > 0 {
                reach = self.find_after(&literal[..len], self.hole(rest), reach.at)?;
            }
            rest = &literal[len..];
        }
        Some(reach)
    }

    fn leftwards(self, program: &[u8], start: Reach) -> Option<Reach> {
        let mut reach = start;
        let mut rest = program;
        while reach.is_sure && rest.len() > HOLE_LEN {
            let literal = &rest[..rest.len() - HOLE_LEN];
            let (from, _) = literal_around(literal, literal.len());
            if from < literal.len() {
                let hole = self.hole(&rest[literal.len()..]);
                reach = self.find_before(&literal[from..], hole, reach.at)?;
            }
            rest = &literal[..from];
        }
        Some(reach)
    }

    /// The hole at the beginning of `program`.
    fn hole(self, program: &[u8]) -> Hole {
        let kind = self.kinds.get(hole_at(program)).copied().unwrap_or(PlaceholderKind::Any);
        Hole { kind, left: 1 + if kind == PlaceholderKind::Any { FAR } else { NEAR } }
    }

    /// The first place behind a hole that begins at `from` where `literal` may stand: its end.
    fn find_after(self, literal: &[u8], mut hole: Hole, from: usize) -> Option<Reach> {
        let first = *literal.first()?;
        let mut at = from;
        while hole.left > 0 {
            let Some(&byte) = self.bytes.get(at) else { return Some(Reach::unsure(at)) };
            let kind = KINDS[byte as usize];
            if kind == Kind::Special {
                return Some(Reach::unsure(at));
            }
            if (fold(byte) == first || kind == Kind::LineEnd)
                && let Some(reach) = self.forward(literal, at)
            {
                return Some(reach);
            }
            if kind == Kind::LineEnd {
                if self.is_hard(at) {
                    return None;
                }
                at += prefix_len(&self.bytes[at + 1..]);
            } else if !hole.take(byte, || self.gap_after(at)) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// The last place before a hole that ends at `to` where `literal` may stand: its beginning.
    fn find_before(self, literal: &[u8], mut hole: Hole, to: usize) -> Option<Reach> {
        let last = *literal.last()?;
        let mut at = to;
        while hole.left > 0 {
            let Some(index) = at.checked_sub(1) else { return Some(Reach::unsure(at)) };
            let byte = self.bytes[index];
            let kind = KINDS[byte as usize];
            if kind == Kind::Special {
                return Some(Reach::unsure(at));
            }
            if (fold(byte) == last || kind == Kind::LineEnd)
                && let Some(reach) = self.backward(literal, at)
            {
                return Some(reach);
            }
            if kind == Kind::LineEnd {
                return if self.is_hard(index) { None } else { Some(Reach::unsure(at)) };
            }
            if !hole.take(byte, || self.gap_before(at)) {
                return None;
            }
            at -= 1;
        }
        None
    }

    /// Where `literal` ends if it stands at `at`.
    fn forward(self, literal: &[u8], at: usize) -> Option<Reach> {
        let mut at = at;
        for wanted in literal {
            match self.bytes.get(at) {
                Some(byte) if fold(*byte) == *wanted && *wanted != b' ' => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            let gap = self.gap_after(at);
            at = gap.to;
            if gap.is_wide && *wanted == b' ' {
                continue;
            }
            match self.bytes.get(at) {
                Some(byte) if KINDS[*byte as usize] != Kind::Special => {
                    if fold(*byte) != *wanted || gap.is_wide && !gap.has_line_end {
                        return None;
                    }
                    at += 1;
                }
                _ => return Some(Reach::unsure(at)),
            }
        }
        Some(Reach { at, is_sure: true })
    }

    /// Where `literal` begins if it ends at `at`.
    fn backward(self, literal: &[u8], at: usize) -> Option<Reach> {
        let mut at = at;
        for wanted in literal.iter().rev() {
            let before = at.checked_sub(1).map(|index| fold(self.bytes[index]));
            if before == Some(*wanted) && *wanted != b' ' {
                at -= 1;
                continue;
            }
            let mut gap = self.gap_before(at);
            if !self.fits_before(gap, *wanted) {
                if gap.to == 0 || self.may_be_escape(gap.to) {
                    return Some(Reach::unsure(gap.to));
                }
                gap = self.gap_before(self.behind_prefix(gap.to)?);
            }
            at = gap.to;
            if gap.is_wide && *wanted == b' ' {
                continue;
            }
            let Some(index) = at.checked_sub(1) else { return Some(Reach::unsure(at)) };
            if !self.fits_before(gap, *wanted) {
                return if self.may_be_escape(at) { Some(Reach::unsure(at)) } else { None };
            }
            at = index;
        }
        Some(Reach { at, is_sure: true })
    }

    fn fits_before(self, gap: Gap, wanted: u8) -> bool {
        if gap.is_wide && wanted == b' ' {
            return true;
        }
        let byte = gap.to.checked_sub(1).map(|index| fold(self.bytes[index]));
        byte == Some(wanted) && (!gap.is_wide || gap.has_line_end)
    }

    /// What of white space, quotes and line ends stands at `at`; the frame or timestamp of a new line belongs to its end.
    fn gap_after(self, at: usize) -> Gap {
        let mut gap = Gap { to: at, is_wide: false, has_line_end: false };
        while let Some(byte) = self.bytes.get(gap.to) {
            let rest = &self.bytes[gap.to..];
            match byte {
                b' ' | b'\t' => gap.is_wide = true,
                b'"' | b'\'' | b'`' => {}
                b'\n' | b'\r' => {
                    (gap.is_wide, gap.has_line_end) = (true, true);
                    gap.to += prefix_len(&rest[1..]);
                }
                b'\\' => {
                    let run = rest.iter().take_while(|b| **b == b'\\').count();
                    if !matches!(rest.get(run), Some(b'"' | b'\'' | b'`')) {
                        break;
                    }
                    gap.to += run;
                }
                b'|' => {
                    let run = rest.iter().take_while(|b| matches!(b, b'|' | b' ')).count();
                    if !matches!(rest.get(run), Some(b'\n' | b'\r')) {
                        break;
                    }
                    gap.to += run - 1;
                }
                _ => break,
            }
            gap.to += 1;
        }
        gap.to = gap.to.min(self.bytes.len());
        gap
    }

    fn gap_before(self, at: usize) -> Gap {
        let mut gap = Gap { to: at, is_wide: false, has_line_end: false };
        while let Some(index) = gap.to.checked_sub(1) {
            match self.bytes[index] {
                b' ' | b'\t' => gap.is_wide = true,
                b'|' if gap.has_line_end => {}
                b'"' | b'\'' | b'`' => {
                    let slashes = self.bytes[..index].iter().rev().take_while(|b| **b == b'\\');
                    gap.to -= slashes.count();
                }
                b'\n' | b'\r' => (gap.is_wide, gap.has_line_end) = (true, true),
                _ => break,
            }
            gap.to -= 1;
        }
        gap
    }

    /// Where the line begins of whose frame or timestamp the byte before `at` is part.
    fn behind_prefix(self, at: usize) -> Option<usize> {
        let is_time = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b',');
        let may_end = match &self.bytes[..at] {
            [.., b'0'..=b'9' | b']' | b'>' | b'|' | 0x80..] => true,
            [.., before, b'Z' | b':' | b'.' | b','] => is_time(before),
            _ => false,
        };
        if !may_end {
            return None;
        }
        let line = self.line_start(at, PREFIX)?;
        (line < at && line + prefix_len(&self.bytes[line..]) >= at).then_some(line)
    }

    /// Where the line of `at` begins; unknown if that is further back than `far`.
    fn line_start(self, at: usize, far: usize) -> Option<usize> {
        let before = &self.bytes[at.saturating_sub(far)..at];
        let end = before.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
        end.map(|end| at - before.len() + end + 1).or((at < far).then_some(0))
    }

    /// Whether what ends at `at` may be the end of an escape or a colour.
    fn may_be_escape(self, at: usize) -> bool {
        let before = &self.bytes[at.saturating_sub(COLOUR)..at];
        let near = before.len().saturating_sub(ESCAPE);
        before.contains(&0x1b)
            || before.last().is_some_and(|b| KINDS[*b as usize] == Kind::Special)
            || before[near..].iter().any(|b| matches!(b, b'\\' | b'%' | b'&'))
    }

    /// Whether the line's end at `at` is one that the next line can't go on behind: the next line's first word would have
    /// fitted.
    pub(crate) fn is_hard(self, at: usize) -> bool {
        let Some(start) = self.line_start(at, WIDEST) else { return false };
        let mut next = at + 1;
        next += usize::from(self.bytes.get(at..=next) == Some(b"\r\n"));
        let rest = self.bytes.get(next..).unwrap_or_default();
        let word = rest[prefix_len(rest)..].iter().take(WIDEST);
        let word = word.take_while(|b| !b.is_ascii_whitespace()).count();
        at - start + 1 + word <= self.widest
    }
}

/// What a hole may still hold.
struct Hole {
    /// Nothing that isn't of this kind; anything, if a part of it may be a mask.
    kind: PlaceholderKind,
    /// So many bytes that aren't gaps.
    left: usize,
}

impl Hole {
    /// Whether it may hold a byte that is no line's end, given the gap that this may be part of.
    fn take(&mut self, byte: u8, gap: impl FnOnce() -> Gap) -> bool {
        if matches!(byte, b'*' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'(' | b')' | b'$') {
            self.kind = PlaceholderKind::Any;
        }
        if KINDS[byte as usize] == Kind::Plain {
            self.left -= 1;
            return allows(self.kind, fold(byte));
        }
        let is_wide = matches!(byte, b' ' | b'\t') && !allows(self.kind, b' ');
        !is_wide || gap().has_line_end
    }
}

/// The literal around a program's byte.
fn literal_around(program: &[u8], offset: usize) -> (usize, usize) {
    let (before, after) = program.split_at(offset);
    let first = before.iter().rposition(|b| *b == HOLE_BYTE).map_or(0, |at| at + HOLE_LEN);
    let len = after.iter().position(|b| *b == HOLE_BYTE).unwrap_or(after.len());
    (first, offset + len)
}

#[inline]
fn fold(byte: u8) -> u8 {
    match byte {
        b'\t' => b' ',
        _ => byte.to_ascii_lowercase(),
    }
}

/// What a raw byte may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It stands for itself.
    Plain,
    /// It counts for nothing, or for no more than one space.
    Thin,
    LineEnd,
    /// It may begin an escape, or be part of a character.
    Special,
}

static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Special; 256];
    let mut byte = 0x21;
    while byte < 0x7f {
        kinds[byte as usize] = match byte as u8 {
            b'\\' | b'%' | b'&' => Kind::Special,
            b'"' | b'\'' | b'`' => Kind::Thin,
            _ => Kind::Plain,
        };
        byte += 1;
    }
    kinds[b' ' as usize] = Kind::Thin;
    kinds[b'\t' as usize] = Kind::Thin;
    kinds[b'\n' as usize] = Kind::LineEnd;
    kinds[b'\r' as usize] = Kind::LineEnd;
    kinds
};
