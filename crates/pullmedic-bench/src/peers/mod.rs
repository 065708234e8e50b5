//! What one would use instead. Each gets its best configuration, and the same templates.

#[cfg(feature = "hyperscan")]
pub mod hyperscan;
pub mod literals;
pub mod regexes;
pub mod ripgrep;

use crate::race::Scanner;
use crate::template::Template;

/// Why a peer doesn't take part.
pub type Absent = Box<dyn std::error::Error>;

/// Makes a peer of templates.
pub type Maker = fn(&[Template]) -> Result<Box<dyn Scanner>, Absent>;

/// All peers by name, in the order of the report.
pub fn makers() -> Vec<(&'static str, Maker)> {
    let all: Vec<(&'static str, Maker)> = vec![
        ("memchr, a byte that isn't there", |_| Ok(Box::new(Memchr))),
        ("regex, one alternation", |t| Ok(Box::new(regexes::Alternation::new(t)?))),
        ("regex-automata, many patterns", |t| Ok(Box::new(regexes::Many::new(t)?))),
        ("RegexSet, line by line", |t| Ok(Box::new(regexes::Set::new(t)?))),
        ("aho-corasick, verified", |t| Ok(Box::new(literals::aho_corasick(t)?))),
        ("daachorse, verified", |t| Ok(Box::new(literals::daachorse(t)?))),
        #[cfg(feature = "hyperscan")]
        ("Hyperscan literals, verified", |t| Ok(Box::new(hyperscan::literals(t)?))),
        #[cfg(feature = "hyperscan")]
        ("Hyperscan, regular expressions", |t| Ok(Box::new(hyperscan::Regexes::new(t)?))),
        ("rg -f", |t| Ok(Box::new(ripgrep::Ripgrep::new(t)?))),
    ];
    all
}

/// The machine's limit: looking for a byte that isn't there.
struct Memchr;

impl Scanner for Memchr {
    fn name(&self) -> String {
        "memchr".to_owned()
    }

    fn scan(&mut self, log: &crate::log::Log) -> Vec<usize> {
        memchr::memchr(0, log.text.as_bytes()).into_iter().collect()
    }

    fn is_reference(&self) -> bool {
        true
    }
}
