//! Measures the engine beside what one would use instead, in one run, as ratios.
//!
//! 1. `generate` makes any number of templates from a fixed seed, and `kb` has the real pipeline
//!    compile them to a table;
//! 2. [`template`] reads a table's messages and codes back, as pieces that a log can be filled from
//!    and that a peer can be given as a regular expression;
//! 3. [`log`] writes the three logs (mixed, hostile, near misses), [`hurt`] the inputs built to hurt;
//! 4. [`engine`] is the engine, `peers` are the others, as [`race::Scanner`]s;
//! 5. [`first_answer`] is what of a table a page loads;
//! 6. [`race`] runs them in turns and compares medians of CPU time.
//!
//! Beside that, [`catalogue`] makes whole knowledge bases and [`questions`] what is asked of them: whether the right page
//! comes first.
//!
//! The figures come from the benches: `cargo bench -p pullmedic-bench --features peers`.

pub mod catalogue;
pub mod engine;
pub mod first_answer;
pub mod generate;
pub mod hurt;
pub mod kb;
pub mod log;
#[cfg(feature = "peers")]
pub mod peers;
pub mod questions;
pub mod race;
pub mod settings;
pub mod template;
