//! Hyperscan: its literal matcher with the rest verified, and its regular expressions.

use hyperscan::prelude::*;
use hyperscan::{CompileFlags, Literal, LiteralFlags, Literals, Pattern, Patterns};

use super::Absent;
use super::literals::{Anchors, sorted};
use crate::log::Log;
use crate::race::Scanner;
use crate::template::Template;

/// Literals and what hangs on them.
pub struct Verified {
    database: BlockDatabase,
    scratch: Scratch,
    anchors: Anchors,
}

/// Each template's longest fixed text.
pub fn literals(templates: &[Template]) -> Result<Verified, Absent> {
    let anchors = Anchors::new(templates);
    let mut all = Vec::new();
    for (id, text) in anchors.texts.iter().enumerate() {
        let mut literal = Literal::with_flags(text, LiteralFlags::empty())?;
        literal.id = Some(id);
        all.push(literal);
    }
    let database: BlockDatabase = all.into_iter().collect::<Literals>().build()?;
    let scratch = database.alloc_scratch()?;
    Ok(Verified { database, scratch, anchors })
}

impl Scanner for Verified {
    fn name(&self) -> String {
        "Hyperscan literals, verified".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        let mut found = Vec::new();
        let anchors = &self.anchors;
        let on_match = |id: u32, _: u64, end: u64, _: u32| {
            let id = id as usize;
            let start = usize::try_from(end).unwrap_or(0).saturating_sub(anchors.texts[id].len());
            anchors.check(text, id, start, &mut found);
            Matching::Continue
        };
        let scanned = self.database.scan(text, &self.scratch, on_match);
        assert!(scanned.is_ok(), "Hyperscan gave up: {scanned:?}");
        sorted(found)
    }
}

/// One expression per template.
pub struct Regexes {
    database: BlockDatabase,
    scratch: Scratch,
}

impl Regexes {
    /// Compiles the expressions.
    pub fn new(templates: &[Template]) -> Result<Self, Absent> {
        let mut all = Vec::new();
        for (id, template) in templates.iter().enumerate() {
            let mut pattern = Pattern::with_flags(template.regex(), CompileFlags::empty())?;
            pattern.id = Some(id);
            all.push(pattern);
        }
        let database: BlockDatabase = all.into_iter().collect::<Patterns>().build()?;
        let scratch = database.alloc_scratch()?;
        Ok(Regexes { database, scratch })
    }
}

impl Scanner for Regexes {
    fn name(&self) -> String {
        "Hyperscan, regular expressions".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let text = log.text.as_bytes();
        let mut found: Vec<usize> = Vec::new();
        let on_match = |_: u32, _: u64, end: u64, _: u32| {
            let end = usize::try_from(end).unwrap_or(0);
            // A match's last byte is on the line; behind it may be the line's end.
            let line =
                memchr::memrchr(b'\n', &text[..end.saturating_sub(1)]).map_or(0, |at| at + 1);
            if found.last() != Some(&line) {
                found.push(line);
            }
            Matching::Continue
        };
        let scanned = self.database.scan(text, &self.scratch, on_match);
        assert!(scanned.is_ok(), "Hyperscan gave up: {scanned:?}");
        sorted(found)
    }
}
