//! Writing records: the other side of the cursor, for the packer and for the derived index.

use alloc::string::String;
use alloc::vec::Vec;

use crate::format::Layer;

/// A record: numbers, and the texts that they measure.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    data: Vec<u8>,
    /// All its texts.
    pub(crate) text: String,
}

impl Record {
    /// A record as `fill` writes it.
    pub fn new(fill: impl FnOnce(&mut Record)) -> Record {
        let mut record = Record::default();
        fill(&mut record);
        record
    }

    /// Bytes of data and text.
    pub fn size(&self) -> usize {
        self.data.len() + self.text.len()
    }

    pub(crate) fn from_raw((data, text): Raw<'_>) -> Record {
        Record { data: data.into(), text: text.into() }
    }

    /// A number.
    pub fn num(&mut self, mut value: usize) {
        while value >= 0x80 {
            self.data.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.data.push(value as u8);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.num(text.len());
        self.text.push_str(text);
    }

    /// A text, or none.
    pub fn opt(&mut self, text: Option<&str>) {
        match text {
            None => self.num(0),
            Some(text) => {
                self.num(text.len() + 1);
                self.text.push_str(text);
            }
        }
    }

    /// A text behind all others of the record: it needs no length.
    pub fn last_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A list.
    pub fn list<T>(
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
        self.data.append(&mut body.data);
        self.text.push_str(&body.text);
    }

    /// A list of texts.
    pub fn texts<'t>(&mut self, items: impl IntoIterator<Item = &'t String>) {
        self.list(items, |record, item| record.text(item));
    }

    /// A list of numbers.
    pub fn nums(&mut self, items: impl IntoIterator<Item = usize>) {
        self.list(items, Record::num);
    }
}

/// Numbers of patterns as differences to the one named before: twice a way up, or one less than twice a way down.
#[derive(Debug, Default)]
pub struct Steps {
    last: usize,
}

impl Steps {
    /// The steps to a pattern.
    pub fn to(&mut self, pattern: usize) -> usize {
        let last = core::mem::replace(&mut self.last, pattern);
        if pattern >= last { 2 * (pattern - last) } else { 2 * (last - pattern) - 1 }
    }
}

/// How many records make a block, as a power of two: one in the index, which is never sent anywhere and must be quick.
const fn shift(layer: Layer) -> u32 {
    match layer {
        Layer::Index => 0,
        _ => 4,
    }
}

/// A section of records: their count, the blocks, their data. Their texts are put behind `strings`.
pub fn encode(layer: Layer, records: &[Record], strings: &mut String) -> Vec<u8> {
    let mut raw: Vec<Raw<'_>> = Vec::new();
    for record in records {
        raw.push((&record.data, &record.text));
    }
    encode_raw(layer, &raw, strings)
}

/// A record's data and its texts.
pub(crate) type Raw<'r> = (&'r [u8], &'r str);

pub(crate) fn encode_raw(layer: Layer, records: &[Raw<'_>], strings: &mut String) -> Vec<u8> {
    let shift = shift(layer);
    let mut section = Vec::new();
    let mut word = |number: usize| section.extend_from_slice(&(number as u32).to_le_bytes());
    word(records.len());
    word(shift as usize);
    let mut all = Record::default();
    for (index, (data, text)) in records.iter().enumerate() {
        if index & ((1 << shift) - 1) == 0 {
            word(all.data.len());
            word(strings.len());
        }
        all.num(data.len());
        all.num(text.len());
        all.data.extend_from_slice(data);
        strings.push_str(text);
    }
    section.extend_from_slice(&all.data);
    section
}

/// Words as little-endian bytes.
pub(crate) fn le_bytes(words: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 * words.len());
    for word in words {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    bytes
}
