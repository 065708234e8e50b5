//! A table in parts: a *core* that every text needs, and *shards* of problems of which a text needs few or none.
//!
//! Patterns and problems have the same numbers in a part as in the whole table; each part says which it holds
//! ([`Section::Members`]). Put together, the parts are the whole table with an empty record for everything that isn't
//! there. Problems that aren't there would have found nothing: the core's [`Front`] has asked the text for them. So the
//! answer is that of the whole table, by the same engine.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::cursor::Cursor;
use crate::error::{Kind, TableError};
use crate::format::{Layer, Record, Section, assemble, encode};
use crate::front::Front;
use crate::view::number;

/// No table has more patterns or problems: what says so is damaged.
const MOST: usize = 1 << 22;

/// The sections of which each part holds some records.
const SHARDED: [Section; 2] = [Section::Patterns, Section::Problems];

/// A core, and the shards added so far.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The sections of the match layer.
    sections: Vec<(Section, Vec<Record>)>,
    front: Front,
    is_added: Vec<bool>,
}

/// What a part holds, by number. Both lists are in order.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Patterns and problems in the whole table.
    pub totals: [usize; 2],
    /// The patterns here.
    pub patterns: Vec<usize>,
    /// The problems here.
    pub problems: Vec<usize>,
    /// In the core: how many keys each shard has.
    pub keys: Vec<usize>,
}

impl Members {
    /// As a part stores them.
    pub fn record(&self) -> Record {
        Record::new(|r| {
            self.totals.iter().for_each(|total| r.num(*total));
            for members in [&self.patterns, &self.problems] {
                let before = core::iter::once(&0).chain(members);
                r.nums(members.iter().zip(before).map(|(member, before)| member - before));
            }
            r.nums(self.keys.iter().copied());
        })
    }

    fn read<'a>(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let totals = [c.num().min(MOST), c.num().min(MOST)];
        let mut numbers = |is_in_order: bool| {
            let mut last = 0usize;
            let mut all = Vec::new();
            for number in c.list(table, number) {
                last = if is_in_order { last.saturating_add(number) } else { number };
                all.push(last);
            }
            all
        };
        let (patterns, problems, keys) = (numbers(true), numbers(true), numbers(false));
        Members { totals, patterns, problems, keys }
    }

    fn of(table: Table<'_>) -> Members {
        Members::read(table, &mut table.record(Section::Members, 0))
    }
}

/// Reads a whole record, to see whether it is sound.
pub(crate) fn walk<'a>(table: Table<'a>, c: &mut Cursor<'a>) {
    Members::read(table, c);
}

impl Parts {
    /// A core alone; none when it is a whole table.
    pub fn new(table: Table<'_>) -> Option<Parts> {
        if table.section(Section::Members).is_empty() {
            return None;
        }
        let members = Members::of(table);
        let mut sections = Vec::new();
        for section in Section::ALL {
            if section.layer() == Layer::Match {
                sections.push((section, table.raw(section)));
            }
        }
        let front = Front::read(table.section(Section::Front), &members.keys);
        let is_added = alloc::vec![false; members.keys.len()];
        let mut parts = Parts { sections, front, is_added };
        for (section, total) in SHARDED.into_iter().zip(members.totals) {
            *parts.records(section) = alloc::vec![Record::default(); total];
        }
        parts.take(table, &members);
        Some(parts)
    }

    /// The shards that a text needs and that aren't there yet, in order.
    pub fn needed(&self, text: &str) -> Vec<usize> {
        let mut shards = self.front.shards(text);
        shards.retain(|shard| self.is_added.get(*shard) == Some(&false));
        shards
    }

    /// Adds a shard.
    pub fn add(&mut self, number: usize, shard: &[u8]) -> Result<(), TableError> {
        let table = Table::from_bytes(shard)?;
        let is_added = self.is_added.get_mut(number).ok_or(Kind::Bounds(Section::Members))?;
        *is_added = true;
        self.take(table, &Members::of(table));
        Ok(())
    }

    /// All that is there as one table, in parts for [`Table::from_parts`].
    pub fn put_together(&self) -> (Vec<[u8; 4]>, String) {
        let mut strings = String::new();
        let mut sections: Vec<(Section, Vec<u8>)> = Vec::new();
        for (section, records) in &self.sections {
            sections.push((*section, encode(Layer::Match, records, &mut strings)));
        }
        (assemble(&sections), strings)
    }

    fn records(&mut self, section: Section) -> &mut Vec<Record> {
        let place = self.sections.iter().position(|(other, _)| *other == section);
        &mut self.sections[place.unwrap_or(0)].1
    }

    fn take(&mut self, table: Table<'_>, members: &Members) {
        for (section, numbers) in SHARDED.into_iter().zip([&members.patterns, &members.problems]) {
            let all = self.records(section);
            for (index, number) in numbers.iter().enumerate() {
                if let Some(place) = all.get_mut(*number) {
                    *place = table.record(section, index).to_record();
                }
            }
        }
    }
}

impl Table<'_> {
    /// The records of a section as they were written.
    pub fn raw(&self, section: Section) -> Vec<Record> {
        let mut records = Vec::new();
        for index in 0..self.records(section).len() {
            records.push(self.record(section, index).to_record());
        }
        records
    }
}
