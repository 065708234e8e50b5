//! The engine as a [`Scanner`]: the whole of a diagnosis, fed piece by piece as `pullmedic diagnose` is from a pipe.

use pullmedic_table::{Diagnosis, Matcher, Options, Stream, Table};

use crate::log::Log;
use crate::race::{Scanner, lines_of};

/// What a pipe gives at a time.
const PIECE: usize = 64 << 10;

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
        let mut stream = Stream::new(&self.matcher, Options::default());
        text.as_bytes().chunks(PIECE).for_each(|piece| stream.feed(piece));
        stream.finish()
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
