//! Regular expressions in Rust: one alternation, many patterns at once, a set.
//!
//! All get a large cache for their lazy automata: with the default of 2 MiB they are fifty times slower at this.

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use regex_automata::meta;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::Absent;
use crate::log::Log;
use crate::race::Scanner;
use crate::template::Template;

const CACHE: usize = 1 << 30;

/// Hits of a search function, at most one per line, by the beginnings of the lines.
fn lines(text: &[u8], mut next: impl FnMut(usize) -> Option<usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = next(at) {
        found.push(memchr::memrchr(b'\n', &text[..hit]).map_or(0, |end| end + 1));
        match memchr::memchr(b'\n', &text[hit..]) {
            Some(end) => at = hit + end + 1,
            None => break,
        }
    }
    found
}

/// `(?:a|b|c)` over the whole text.
pub struct Alternation(Regex);

impl Alternation {
    /// All templates as one expression.
    pub fn new(templates: &[Template]) -> Result<Self, Absent> {
        let all: Vec<String> = templates.iter().map(Template::regex).collect();
        let regex = RegexBuilder::new(&format!("(?:{})", all.join("|")))
            .unicode(false)
            .size_limit(CACHE)
            .dfa_size_limit(CACHE)
            .build()?;
        Ok(Alternation(regex))
    }
}

impl Scanner for Alternation {
    fn name(&self) -> String {
        "regex, one alternation".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        lines(text, |at| self.0.find_at(text, at).map(|hit| hit.start()))
    }
}

/// `regex-automata`'s regex of many patterns, over the whole text.
pub struct Many(meta::Regex);

impl Many {
    /// One pattern per template.
    pub fn new(templates: &[Template]) -> Result<Self, Absent> {
        let all: Vec<String> = templates.iter().map(Template::regex).collect();
        let config = meta::Config::new().nfa_size_limit(Some(CACHE)).hybrid_cache_capacity(CACHE);
        let syntax = syntax::Config::new().unicode(false).utf8(false);
        let regex = meta::Builder::new()
            .configure(config.utf8_empty(false))
            .syntax(syntax)
            .build_many(&all)?;
        Ok(Many(regex))
    }
}

impl Scanner for Many {
    fn name(&self) -> String {
        "regex-automata, many patterns".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        let input = |at| Input::new(text).range(at..).anchored(Anchored::No);
        lines(text, |at| self.0.search(&input(at)).map(|hit| hit.start()))
    }
}

/// A `RegexSet`, line by line.
pub struct Set(RegexSet);

impl Set {
    /// One pattern per template.
    pub fn new(templates: &[Template]) -> Result<Self, Absent> {
        let set = RegexSetBuilder::new(templates.iter().map(Template::regex))
            .unicode(false)
            .size_limit(CACHE)
            .dfa_size_limit(CACHE)
            .build()?;
        Ok(Set(set))
    }
}

impl Scanner for Set {
    fn name(&self) -> String {
        "RegexSet, line by line".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        let mut found = Vec::new();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text) {
            let line = &text[start..end];
            if self.0.is_match(line) && self.0.matches(line).matched_any() {
                found.push(start);
            }
            start = end + 1;
        }
        found
    }
}
