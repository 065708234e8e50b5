//! The engine as a [`Scanner`]: the whole of a diagnosis, because that is what `pullmedic diagnose` runs.

use pullmedic_table::{Matcher, Options, Table};

use crate::log::Log;
use crate::race::{Scanner, lines_of};

/// The engine with one table.
pub struct Engine<'a> {
    matcher: Matcher<'a>,
}

impl<'a> Engine<'a> {
    /// Over a packed table, which holds its index.
    pub fn new(table: Table<'a>) -> Self {
        Engine { matcher: Matcher::new(table) }
    }

    /// How many findings a text has: a full diagnosis.
    pub fn diagnose(&self, text: &str) -> usize {
        self.matcher.diagnose(text, &Options::default()).findings.len()
    }
}

impl Scanner for Engine<'_> {
    fn name(&self) -> String {
        "pullmedic".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let diagnosis = self.matcher.diagnose(&log.text, &Options::default());
        let matches = diagnosis.findings.iter().flat_map(|finding| &finding.matches);
        lines_of(log, matches.map(|place| place.start))
    }
}
