//! Records that are stored once however often they are named.

use std::collections::BTreeMap;

use pullmedic_table::format::Record;

/// A section's records, each there once.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    records: Vec<Record>,
    places: BTreeMap<Record, usize>,
}

impl Pool {
    /// The place of a record; a new one is added.
    pub(crate) fn place(&mut self, record: Record) -> usize {
        if let Some(place) = self.places.get(&record) {
            return *place;
        }
        self.records.push(record.clone());
        self.places.insert(record, self.records.len() - 1);
        self.records.len() - 1
    }

    pub(crate) fn into_records(self) -> Vec<Record> {
        self.records
    }
}
