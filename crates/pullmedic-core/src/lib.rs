//! Compiles a knowledge base: YAML sources → checked [`Kb`], or every fault with its place.
//!
//! 1. [`Sources::read`] is the only read of the disk ([`Sources::from_files`] for texts in memory);
//! 2. [`compile`] parses each file into a tree with positions, reads the tree into raw entries
//!    (every value with its place, nothing believed) and checks them, one module per rule group;
//! 3. what comes back is a [`Kb`], which proves that every check passed, or [`Diagnostics`]: all
//!    faults of all files together, sorted, each with a [`Code`], a place and usually a hint.
//!
//! ```
//! use pullmedic_core::{Sources, compile};
//!
//! let sources = Sources::from_files([("kb/vocabulary.yaml", "clients: [docker]\n")]);
//! let faults = compile(&sources).unwrap_err();
//! assert!(faults.iter().any(|fault| fault.primary.line == 1));
//! ```

mod check;
mod code;
pub mod diagnostic;
mod distance;
mod fault;
pub mod kb;
mod layout;
mod raw;
mod render;
pub mod schema;
mod sources;
mod yaml;

pub use code::{Code, Severity, Stage};
pub use diagnostic::{Diagnostic, Diagnostics, Location};
pub use kb::*;
pub use sources::{ReadError, SourceFile, Sources};

/// Checks the sources and builds the model.
pub fn compile(sources: &Sources) -> Result<Kb, Diagnostics> {
    check::compile(sources)
}
