//! Writing records: the other side of the engine's cursor.

use std::collections::BTreeMap;

/// A record: numbers, and the texts that they measure.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Record {
    data: Vec<u8>,
    text: String,
}

impl Record {
    /// A record as `fill` writes it.
    pub(crate) fn new(fill: impl FnOnce(&mut Record)) -> Record {
        let mut record = Record::default();
        fill(&mut record);
        record
    }

    pub(crate) fn num(&mut self, mut value: usize) {
        while value >= 0x80 {
            self.data.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.data.push(value as u8);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.num(text.len());
        self.text.push_str(text);
    }

    pub(crate) fn opt(&mut self, text: Option<&str>) {
        match text {
            None => self.num(0),
            Some(text) => {
                self.num(text.len() + 1);
                self.text.push_str(text);
            }
        }
    }

    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Record, T),
    ) {
        let mut body = Record::default();
        let mut count = 0;
        for item in items {
            write(&mut body, item);
            count += 1;
        }
        self.num(count);
        self.data.extend(body.data);
        self.text.push_str(&body.text);
    }

    pub(crate) fn texts<'t>(&mut self, items: impl IntoIterator<Item = &'t String>) {
        self.list(items, |record, item| record.text(item));
    }

    pub(crate) fn nums(&mut self, items: impl IntoIterator<Item = usize>) {
        self.list(items, Record::num);
    }
}

/// Records that are stored once however often they are named.
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

/// A section of records: their count, where each begins, their data. Their texts are put behind `strings`.
pub(crate) fn encode(records: &[Record], strings: &mut String) -> Vec<u8> {
    let mut words = vec![records.len() as u32];
    let mut data = Vec::new();
    for record in records {
        words.extend([data.len() as u32, strings.len() as u32]);
        data.extend_from_slice(&record.data);
        strings.push_str(&record.text);
    }
    words.extend([data.len() as u32, strings.len() as u32]);
    words.iter().flat_map(|word| word.to_le_bytes()).chain(data).collect()
}
