//! Packs a checked knowledge base into one flat table, and proves that the table recognises what it should.
//!
//! 1. [`Packed::new`] lays out a [`Kb`] (module `layout`), then derives the index layer with the
//!    engine's own code;
//! 2. [`verify`] runs every example of the knowledge base through the shipped matcher;
//! 3. [`Packed::items`], [`Packed::bytes`], [`Packed::json`] and [`Packed::listing`] write it out for compilers, for files,
//!    for other languages and for reviewers.
//!
//! The same knowledge base gives the same table, byte for byte. Nothing here reads or writes files.

mod emit;
mod layout;
mod listing;
mod pool;
mod shards;
mod verify;

use pullmedic_core::Kb;
use pullmedic_table::format::{Layer, Section, assemble, encode};
use pullmedic_table::{Table, choose_anchors, derive_index};

use layout::Layout;

pub use emit::fallback_items;
pub use shards::Divided;
pub use verify::verify;

/// Which parts of a table to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layers {
    /// Everything.
    All,
    /// Only what recognition, ranking and search need, for the site. The index is derived when it is loaded.
    Search,
    /// Only what recognition and ranking need.
    Match,
}

/// A packed knowledge base.
#[derive(Debug, Clone)]
pub struct Packed {
    sections: Vec<(Section, Vec<u8>)>,
    words: Vec<u8>,
    strings: String,
    /// How much of `strings` the match layer uses, and how much that and the search layer.
    match_strings: usize,
    search_strings: usize,
}

impl Packed {
    /// Packs a knowledge base.
    pub fn new(kb: &Kb) -> Packed {
        let mut layout = layout::lay_out(kb);
        place_anchors(&mut layout);
        let mut strings = String::new();
        let mut sections = encode_layer(&layout, Layer::Match, &mut strings);
        let match_strings = strings.len();
        sections.extend(encode_layer(&layout, Layer::Search, &mut strings));
        let search_strings = strings.len();
        let words = assemble(&sections);
        let index = derive_index(table(&words, &strings));
        sections.extend(encode_layer(&layout, Layer::Text, &mut strings));
        sections.push((Section::Programs, encode(Layer::Index, &index.programs, &mut strings)));
        sections.push((Section::Words, encode(Layer::Index, &index.words, &mut strings)));
        let bytes = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
        sections.push((Section::Filter, bytes(&index.filter)));
        sections.push((Section::Sieve, bytes(&index.sieve)));
        sections.push((Section::Names, bytes(&index.names)));
        let words = assemble(&sections);
        Packed { sections, words, strings, match_strings, search_strings }
    }

    /// The table.
    pub fn table(&self) -> Table<'_> {
        table(&self.words, &self.strings)
    }

    /// The table as bytes, for [`Table::from_bytes`].
    pub fn bytes(&self, layers: Layers) -> Vec<u8> {
        let (last, strings) = match layers {
            Layers::All => return self.table().to_bytes(),
            Layers::Search => (Layer::Search, self.search_strings),
            Layers::Match => (Layer::Match, self.match_strings),
        };
        let is_wanted = |(section, _): &&(Section, Vec<u8>)| section.layer() <= last;
        let sections: Vec<_> = self.sections.iter().filter(is_wanted).cloned().collect();
        table(&assemble(&sections), &self.strings[..strings]).to_bytes()
    }
}

/// A table of assembled sections, and the strings that they were encoded with.
fn table<'t>(sections: &'t [u8], strings: &'t str) -> Table<'t> {
    Table::from_parts(pullmedic_table::words(sections), strings)
}

/// Writes into each pattern's record where its anchor is.
fn place_anchors(layout: &mut Layout) {
    let mut strings = String::new();
    let words = assemble(&encode_layer(layout, Layer::Match, &mut strings));
    let anchors = choose_anchors(table(&words, &strings));
    for (_, records) in layout.iter_mut().filter(|(section, _)| *section == Section::Patterns) {
        let anchor = |place: &Option<usize>| place.map_or(0, |place| place + 1);
        records.iter_mut().zip(&anchors).for_each(|(record, place)| record.num(anchor(place)));
    }
}

fn encode_layer(layout: &Layout, layer: Layer, strings: &mut String) -> Vec<(Section, Vec<u8>)> {
    let of_layer = layout.iter().filter(|(section, _)| section.layer() == layer);
    of_layer.map(|(section, records)| (*section, encode(layer, records, strings))).collect()
}
