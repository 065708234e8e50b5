//! Shows a fault with its source lines, in the manner of rustc, without colours.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::sources::Sources;

/// How much of a long source line is shown.
const WIDTH: usize = 120;
/// How much of it is shown in front of the place.
const LEAD: usize = 40;

impl Diagnostic {
    /// The fault as text, with the lines it is about.
    pub fn render(&self, sources: &Sources) -> String {
        let places = || std::iter::once(&self.primary).chain(self.related.iter().map(|r| &r.0));
        let gutter = places().map(|place| place.line.to_string().len()).max().unwrap_or(1);
        let mut out = format!("{}[{}]: {}\n", self.severity.as_str(), self.code, self.message);
        let mut show = |arrow, place: &Location, mark, label: &str| {
            let _ = writeln!(out, "{:gutter$}{arrow} {place}", "");
            out.push_str(&excerpt(sources, place, gutter, mark, label));
        };
        show("-->", &self.primary, '^', &self.label);
        for (place, label) in &self.related {
            show(":::", place, '-', label);
        }
        for hint in &self.hints {
            let _ = writeln!(out, "{:gutter$} = help: {hint}", "");
        }
        out
    }
}

impl Diagnostics {
    /// All faults as text, and how many there are.
    pub fn render(&self, sources: &Sources) -> String {
        let mut out = String::new();
        for fault in self {
            let _ = writeln!(out, "{}", fault.render(sources));
        }
        let plural = if self.len() == 1 { "" } else { "s" };
        let _ = writeln!(out, "{} fault{plural}", self.len());
        out
    }
}

/// The source line of a place, underlined; empty when there is none.
fn excerpt(sources: &Sources, place: &Location, gutter: usize, mark: char, label: &str) -> String {
    let Some(text) = sources.text(&place.file).filter(|text| !text.is_empty()) else {
        return String::new();
    };
    let start =
        text.get(..place.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let before = place.column.saturating_sub(1) as usize;
    let marked = text
        .get(place.start..place.end)
        .map_or(1, |marked| marked.lines().next().unwrap_or_default().chars().count().max(1));
    let (shown, indent, marked) = window(line, before, marked);
    let underline = mark.to_string().repeat(marked);
    let mut out = format!("{:gutter$} |\n{:>gutter$} | {shown}\n", "", place.line);
    let rule = format!("{:gutter$} | {:indent$}{underline} {label}", "", "");
    out.push_str(rule.trim_end());
    out.push('\n');
    out
}

/// The part of a line around the place, how far the place is indented in it, and its length there.
fn window(line: &str, before: usize, marked: usize) -> (String, usize, usize) {
    let length = line.chars().count();
    let first = if length <= WIDTH || before <= LEAD { 0 } else { before - LEAD };
    let mut shown: String = if first > 0 { "…".to_owned() } else { String::new() };
    shown.extend(line.chars().skip(first).take(WIDTH).map(printable));
    if length > first + WIDTH {
        shown.push('…');
    }
    let indent = before - first + usize::from(first > 0);
    (shown, indent, marked.min((first + WIDTH).saturating_sub(before)).max(1))
}

/// A character as it may be shown: nothing invisible, nothing that changes the direction.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    fn place(line: u32, column: u32, start: usize, end: usize) -> Location {
        Location { line, column, start, end, ..Location::file("kb/x.yaml") }
    }

    #[test]
    fn shows_both_places_and_the_hint() {
        let sources = Sources::from_files([("kb/x.yaml", "a: 1\nb: 2\na: 3\n")]);
        let fault = Diagnostic::new(Code::DuplicateKey, place(3, 1, 10, 11), "`a` stands twice")
            .with_label("again here")
            .with_related(place(1, 1, 0, 1), "first here")
            .with_hint("remove one");
        let expected = "\
error[duplicate-key]: `a` stands twice
 --> kb/x.yaml:3:1
  |
3 | a: 3
  | ^ again here
 ::: kb/x.yaml:1:1
  |
1 | a: 1
  | - first here
  = help: remove one
";
        assert_eq!(fault.render(&sources), expected);
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let line = format!("{}X{}", "a".repeat(300), "b".repeat(300));
        let (shown, indent, marked) = window(&line, 300, 400);
        assert_eq!(shown.chars().nth(indent), Some('X'));
        assert_eq!(shown.chars().count(), WIDTH + 2);
        assert_eq!(indent + marked, WIDTH + 1);
    }

    #[test]
    fn nothing_reaches_the_terminal_raw() {
        let sources = Sources::from_files([("kb/x.yaml", "a: \u{1b}[31m\u{202e}x\n")]);
        let shown = Diagnostic::new(Code::Encoding, place(1, 4, 3, 4), "no").render(&sources);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']));
    }
}
