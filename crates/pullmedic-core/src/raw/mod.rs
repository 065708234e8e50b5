//! Raw entries: the keys that the schema knows, each value with its place, nothing believed.
//!
//! `read` has the machinery: typed accessors that report every fault and go on. `entries` lists
//! the sections with their keys. A value that can't be read is left out here and reported once;
//! the checks then go on with what is there.

mod entries;
mod read;

pub use entries::FILES;
pub(crate) use entries::*;
pub(crate) use read::{Cell, List, Named, Read};
