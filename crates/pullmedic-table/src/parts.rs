//! A table in parts: a *core* that every text needs, and *shards* of problems of which a text needs few or none.
//!
//! Patterns and problems have the same numbers in a part as in the whole table; each part says which it holds
//! ([`Section::Members`]). Put together, the parts are the whole table with an empty record for everything that isn't
//! there. Problems that aren't there would have found nothing: the core's front has asked the text for them. So the
//! answer is that of the whole table, by the same engine.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::cursor::Cursor;
use crate::error::{Kind, TableError};
use crate::format::{Layer, Record, Section, assemble};
use crate::front::Front;
use crate::record::{Raw, encode_raw};

/// No table has more patterns or problems: what says so is damaged.
const MOST: usize = 1 << 22;

/// A core, and the shards added so far.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    core: Table<'a>,
    patterns: Vec<Raw<'a>>,
    problems: Vec<Raw<'a>>,
    is_added: Vec<bool>,
}

/// What a part holds, by number. Both lists are in order.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Patterns, problems and shards of the whole table.
    pub totals: [usize; 3],
    /// The patterns here.
    pub patterns: Vec<usize>,
    /// The problems here.
    pub problems: Vec<usize>,
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
        })
    }

    pub(crate) fn read(c: &mut Cursor<'_>) -> Self {
        Members {
            totals: [(); 3].map(|()| c.num().min(MOST)),
            patterns: numbers(c),
            problems: numbers(c),
        }
    }
}

fn numbers(c: &mut Cursor<'_>) -> Vec<usize> {
    let mut numbers = Vec::new();
    let mut last = 0usize;
    for _ in 0..c.num().min(MOST) {
        if c.is_spent() {
            break;
        }
        last = last.saturating_add(c.num());
        numbers.push(last);
    }
    numbers
}

impl<'a> Parts<'a> {
    /// A core alone; none when it is a whole table.
    pub fn new(core: Table<'a>) -> Option<Parts<'a>> {
        if core.section(Section::Members).is_empty() {
            return None;
        }
        let [patterns, problems, shards] = members(core).totals;
        let mut parts = Parts {
            core,
            patterns: nothing(patterns),
            problems: nothing(problems),
            is_added: alloc::vec![false; shards],
        };
        parts.take(core);
        Some(parts)
    }

    /// The shards that a text needs and that aren't there yet, in order.
    pub fn needed(&self, text: &str) -> Vec<usize> {
        let front = Front::read(self.core.section(Section::Front));
        let is_needed = front.needed(text, self.is_added.len());
        let mut needed = Vec::new();
        for (shard, (is_needed, is_added)) in is_needed.iter().zip(&self.is_added).enumerate() {
            if *is_needed && !is_added {
                needed.push(shard);
            }
        }
        needed
    }

    /// Adds a shard.
    pub fn add(&mut self, number: usize, shard: Table<'a>) -> Result<(), TableError> {
        *self.is_added.get_mut(number).ok_or(Kind::Bounds(Section::Members))? = true;
        self.take(shard);
        Ok(())
    }

    /// All that is there as one table: the bytes of its [`words`](crate::words), and its strings.
    pub fn put_together(&self) -> (Vec<u8>, String) {
        // The core's records stay where their texts are.
        let mut strings = String::from(self.core.parts().1);
        let mut sections = Vec::new();
        for section in Section::ALL {
            if section.layer() == Layer::Match {
                let bytes = match section {
                    Section::Patterns => encode_raw(Layer::Match, &self.patterns, &mut strings),
                    Section::Problems => encode_raw(Layer::Match, &self.problems, &mut strings),
                    _ => self.core.section(section).into(),
                };
                sections.push((section, bytes));
            }
        }
        (assemble(&sections), strings)
    }

    fn take(&mut self, part: Table<'a>) {
        let members = members(part);
        put(&mut self.patterns, &members.patterns, part.records(Section::Patterns).raw());
        put(&mut self.problems, &members.problems, part.records(Section::Problems).raw());
    }
}

fn members(table: Table<'_>) -> Members {
    Members::read(&mut table.record(Section::Members, 0))
}

/// So many records of which none is there.
fn nothing<'a>(count: usize) -> Vec<Raw<'a>> {
    let mut records = Vec::new();
    (0..count).for_each(|_| records.push(Raw::default()));
    records
}

fn put<'a>(all: &mut [Raw<'a>], numbers: &[usize], records: Vec<Raw<'a>>) {
    for (number, record) in numbers.iter().zip(records) {
        if let Some(place) = all.get_mut(*number) {
            *place = record;
        }
    }
}

impl Table<'_> {
    /// The records of a section as they were written.
    pub fn raw(&self, section: Section) -> Vec<Record> {
        self.records(section).raw().into_iter().map(Record::from_raw).collect()
    }
}
