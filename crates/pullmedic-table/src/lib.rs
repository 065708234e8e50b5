//! Reads a packed knowledge base and matches text against it.
//!
//! A [`Table`] is two borrowed slices: it is `Copy`, needs no start-up, allocates only for results, and is the same
//! whether it was compiled into a program ([`Table::from_parts`]) or read from a file or into a wasm module
//! ([`Table::from_bytes`]). On top of it:
//!
//! - [`Table::diagnose`] recognises the problems in a pasted log ([`Diagnosis`], [`Finding`]),
//! - [`Table::search`] finds problems by words,
//! - [`Table::problem`], [`Table::by_code`], [`Table::registry`] and their like look things up,
//! - [`mask`] takes secrets out of a text,
//! - [`json`] writes all of it.
//!
//! How a diagnosis is made, in order: `excerpt`, `probe`, `sieve` and `glance` (of a long text, the lines worth reading) → `clean` (what a terminal, a browser or JSON did to the text is undone, positions
//! kept) → `filter` (which patterns may be where, by the `index`) → `pattern` (each is verified) → `host` (which registries the text
//! names) → `evidence`, `rank` and `finding` (what all that amounts to).
//!
//! Three features, all on by default, bring what a page can do without that has the texts, gets short logs and knows where
//! its tables come from; a fourth, `prefetch`, reads long logs faster where there is a standard library: see `Cargo.toml`.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

/// Whether this build reads what a reader is shown.
const TEXTS: bool = cfg!(feature = "texts");
/// Whether this build reads the index layer.
const INDEX: bool = cfg!(feature = "index");
/// Whether this build walks a table from bytes to its last record before it takes it.
const CHECKED: bool = cfg!(feature = "checked");

mod bytes;
mod captures;
mod clean;
mod cursor;
mod diagnose;
mod error;
mod evidence;
mod excerpt;
mod filter;
mod finding;
pub mod format;
mod front;
mod glance;
mod host;
mod index;
pub mod json;
mod mask;
mod names;
pub mod parts;
mod pattern;
mod probe;
mod rank;
mod record;
mod reference;
mod search;
mod sieve;
mod table;
mod view;
mod why_not;

pub use captures::Captures;
pub use clean::fold;
pub use cursor::{List, Views};
pub use diagnose::{Confidence, Diagnosis, Finding, Match, Options, RankedCause, SignSeen, Why};
pub use error::TableError;
pub use excerpt::Stream;
pub use filter::Matcher;
pub use front::{
    Key, encode_front, gram_text, key_candidates, patterns_of, shared_patterns, text_grams,
};
pub use index::{Derived, choose_anchors, derive_index};
pub use mask::mask;
pub use reference::{
    Code, Column, Credential, HostKind, Login, Mode, Placeholder, PlaceholderKind, Provider,
    ReferenceTable, Registry, Row, Term, TermKind,
};
pub use search::{Hit, Searcher, words as search_words};
pub use table::{Table, words};
pub use view::{
    Cause, Check, Command, Frequency, Problem, Resolution, Sign, Source, Step, Symptom, SymptomKind,
};
