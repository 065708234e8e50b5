//! What is wrong, where, and what to do about it.
//!
//! A [`Diagnostic`] carries one [`Code`], one primary [`Location`], any number of further places
//! (the other end of a duplicate or of a reference) and hints. [`Diagnostic::render`] shows it
//! with its source lines; the machine formats of the `pullmedic-kb` command read the fields.

use std::fmt;

use crate::code::{Code, Severity};

/// A place in a source file: which file, and the bytes there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Location {
    /// The path as given to the reader, with `/` between its parts (`kb/azure/problems/x.yaml`).
    pub file: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset behind the last byte; at least `start`.
    pub end: usize,
}

impl Location {
    /// The first byte of a file: for what concerns the whole of it.
    pub fn file(path: impl Into<String>) -> Self {
        Location { file: path.into(), line: 1, column: 1, start: 0, end: 0 }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, in one line: enough when nothing else can be shown.
    pub message: String,
    /// Where.
    pub primary: Location,
    /// A few words under the primary place; may be empty.
    pub label: String,
    /// Other places that belong to the fault, each with a few words.
    pub related: Vec<(Location, String)>,
    /// What to do.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A fault at a place; add the rest with the `with_…` methods.
    pub fn new(code: Code, primary: Location, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            message: message.into(),
            primary,
            label: String::new(),
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// With a few words under the primary place.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With a further place.
    #[must_use]
    pub fn with_related(mut self, place: Location, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// With advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// What diagnostics are sorted by, and what makes two the same.
    fn key(&self) -> (&Location, Code, &str) {
        (&self.primary, self.code, &self.message)
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `kb/x.yaml:3:5: message [code]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.primary, self.message, self.code.as_str())
    }
}

impl std::error::Error for Diagnostic {}

/// All faults found, at least one; sorted by place, then code, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorts the faults; `None` when there is none.
    pub fn new(faults: impl IntoIterator<Item = Diagnostic>) -> Option<Self> {
        let mut faults: Vec<_> = faults.into_iter().collect();
        faults.sort_by(|a, b| a.key().cmp(&b.key()));
        faults.dedup_by(|a, b| a.key() == b.key());
        if faults.is_empty() { None } else { Some(Diagnostics(faults)) }
    }

    /// `Err` with the faults, or `Ok` when there is none: `Diagnostics::refuse(faults)?`.
    pub fn refuse(faults: impl IntoIterator<Item = Diagnostic>) -> Result<(), Self> {
        Diagnostics::new(faults).map_or(Ok(()), Err)
    }

    /// In order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// How many; at least one.
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(fault: Diagnostic) -> Self {
        Diagnostics(vec![fault])
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    /// One line per fault.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|fault| writeln!(f, "{fault}"))
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, code: Code) -> Diagnostic {
        Diagnostic::new(code, Location { line, ..Location::file("kb/x.yaml") }, "no")
    }

    #[test]
    fn sorted_by_place_then_code_and_each_once() {
        let faults = [at(2, Code::Tab), at(1, Code::Tab), at(1, Code::Syntax), at(2, Code::Tab)];
        let sorted: Vec<_> =
            Diagnostics::new(faults).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(
            sorted,
            ["kb/x.yaml:1:1: no [tab]", "kb/x.yaml:1:1: no [syntax]", "kb/x.yaml:2:1: no [tab]"]
        );
    }

    #[test]
    fn nothing_wrong_is_no_diagnostics() {
        assert_eq!(Diagnostics::new([]), None);
        assert_eq!(Diagnostics::refuse([]), Ok(()));
    }
}
