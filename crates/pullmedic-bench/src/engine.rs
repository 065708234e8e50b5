//! The engine as a [`Scanner`]: the whole of a diagnosis of a text in memory, where its peers have it too.

use pullmedic_table::{Diagnosis, Matcher, Options, Table};

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

    /// Diagnoses a text.
    pub fn diagnose(&self, text: &str) -> Diagnosis<'a> {
        self.matcher.diagnose(text, &Options::default())
    }
}

impl Scanner for Engine<'_> {
    fn name(&self) -> String {
        "pullmedic".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        let diagnosis = self.diagnose(&log.text);
        let matches = diagnosis.findings.iter().flat_map(|finding| &finding.matches);
        lines_of(log, matches.map(|place| place.start))
    }
}
