//! Literal engines: each template's longest fixed text is looked for, and where it stands the rest is verified outwards.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use daachorse::DoubleArrayAhoCorasick;
use memchr::memmem;
use pullmedic_table::PlaceholderKind;

use super::Absent;
use crate::log::Log;
use crate::race::Scanner;
use crate::template::{Piece, Template, allows};

/// Up to so many templates `aho-corasick`'s full automaton is affordable, and faster.
const MOST_FOR_DFA: usize = 2_000;

/// The anchors of templates and what hangs on each.
pub(crate) struct Anchors {
    pub(crate) texts: Vec<String>,
    /// For each text: the templates with it, and which piece it is there.
    users: Vec<Vec<(usize, usize)>>,
    templates: Vec<Template>,
}

impl Anchors {
    pub(crate) fn new(templates: &[Template]) -> Self {
        let mut by_text = BTreeMap::<&str, Vec<(usize, usize)>>::new();
        for (index, template) in templates.iter().enumerate() {
            let (piece, text) = template.anchor();
            by_text.entry(text).or_default().push((index, piece));
        }
        Anchors {
            texts: by_text.keys().map(|text| (*text).to_owned()).collect(),
            users: by_text.into_values().collect(),
            templates: templates.to_vec(),
        }
    }

    /// Notes the line of an anchor's place, if one of its templates stands there.
    pub(crate) fn check(&self, text: &[u8], anchor: usize, start: usize, found: &mut Vec<usize>) {
        let line = memchr::memrchr(b'\n', &text[..start]).map_or(0, |end| end + 1);
        if found.last() == Some(&line) {
            return;
        }
        let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |at| start + at);
        let (bytes, at) = (&text[line..end], start - line);
        let stands = |(template, piece): &(usize, usize)| {
            stands(&self.templates[*template], *piece, bytes, at)
        };
        if self.users[anchor].iter().any(stands) {
            found.push(line);
        }
    }
}

/// Whether a template stands in a line whose byte `at` begins its piece `anchor`.
fn stands(template: &Template, anchor: usize, line: &[u8], at: usize) -> bool {
    let Piece::Text(text) = &template.pieces[anchor] else { return false };
    let (before, after) = (&template.pieces[..anchor], &template.pieces[anchor + 1..]);
    let end = at + text.len();
    if template.is_code {
        let is_part = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
        return !is_part(line.get(end)) && !is_part(at.checked_sub(1).and_then(|i| line.get(i)));
    }
    rightwards(after, &line[end..]) && leftwards(before, &line[..at])
}

fn rightwards(pieces: &[Piece], line: &[u8]) -> bool {
    match pieces {
        [Piece::Hole(kind), Piece::Text(text), rest @ ..] => {
            let least = usize::from(*kind != PlaceholderKind::Any);
            let near = line.get(least..).and_then(|l| memmem::find(l, text.as_bytes()));
            let hole = near.map(|at| at + least);
            hole.is_some_and(|end| {
                holds(*kind, &line[..end]) && rightwards(rest, &line[end + text.len()..])
            })
        }
        [Piece::Hole(kind)] => {
            *kind == PlaceholderKind::Any || line.first().is_some_and(|b| allows(*kind, *b))
        }
        _ => pieces.is_empty(),
    }
}

fn leftwards(pieces: &[Piece], line: &[u8]) -> bool {
    match pieces {
        [rest @ .., Piece::Text(text), Piece::Hole(kind)] => {
            let least = usize::from(*kind != PlaceholderKind::Any);
            let near = line
                .len()
                .checked_sub(least)
                .and_then(|l| memmem::rfind(&line[..l], text.as_bytes()));
            near.is_some_and(|at| {
                holds(*kind, &line[at + text.len()..]) && leftwards(rest, &line[..at])
            })
        }
        [Piece::Hole(kind)] => {
            *kind == PlaceholderKind::Any || line.last().is_some_and(|b| allows(*kind, *b))
        }
        _ => pieces.is_empty(),
    }
}

fn holds(kind: PlaceholderKind, value: &[u8]) -> bool {
    value.iter().all(|byte| allows(kind, *byte))
}

/// A literal engine with anchors behind it.
pub struct Literals<E> {
    name: &'static str,
    engine: E,
    anchors: Anchors,
}

/// `aho-corasick`.
pub fn aho_corasick(templates: &[Template]) -> Result<Literals<AhoCorasick>, Absent> {
    let anchors = Anchors::new(templates);
    let kind = (templates.len() <= MOST_FOR_DFA).then_some(AhoCorasickKind::DFA);
    let engine =
        AhoCorasick::builder().kind(kind).match_kind(MatchKind::Standard).build(&anchors.texts)?;
    Ok(Literals { name: "aho-corasick, verified", engine, anchors })
}

/// `daachorse`.
pub fn daachorse(templates: &[Template]) -> Result<Literals<DoubleArrayAhoCorasick<u32>>, Absent> {
    let anchors = Anchors::new(templates);
    let engine = DoubleArrayAhoCorasick::new(&anchors.texts).map_err(|e| e.to_string())?;
    Ok(Literals { name: "daachorse, verified", engine, anchors })
}

impl Scanner for Literals<AhoCorasick> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        let mut found = Vec::new();
        for hit in self.engine.find_overlapping_iter(text) {
            self.anchors.check(text, hit.pattern().as_usize(), hit.start(), &mut found);
        }
        sorted(found)
    }
}

impl Scanner for Literals<DoubleArrayAhoCorasick<u32>> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        let mut found = Vec::new();
        for hit in self.engine.find_overlapping_iter(text) {
            self.anchors.check(text, hit.value() as usize, hit.start(), &mut found);
        }
        sorted(found)
    }
}

pub(crate) fn sorted(mut found: Vec<usize>) -> Vec<usize> {
    found.sort_unstable();
    found.dedup();
    found
}
