//! Text for a terminal: colours where they are wanted, Markdown made plain, nothing that could steer the terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice, StripStream};
use anstyle::{AnsiColor, Style};

/// Standard output, to be flushed; colours are dropped where they aren't wanted.
pub(crate) type Output = Box<dyn Write>;

/// A heading.
pub(crate) const HEADING: Style = Style::new().bold();
/// A command to paste.
pub(crate) const COMMAND: Style = AnsiColor::Cyan.on_default();
/// A word of code within text.
pub(crate) const CODE: Style = AnsiColor::Cyan.on_default();
/// Something to be careful about.
pub(crate) const RISK: Style = AnsiColor::Yellow.on_default();
/// What matters less.
pub(crate) const FAINT: Style = Style::new().dimmed();

pub(crate) fn output() -> Output {
    let out = io::stdout();
    if out.is_terminal() {
        return Box::new(AutoStream::auto(out.lock()));
    }
    let choice = AutoStream::choice(&out);
    let out: Output = Box::new(BufWriter::new(out.lock()));
    if choice == ColorChoice::Never { Box::new(StripStream::new(out)) } else { out }
}

/// `text` without control characters, so that nothing pasted or written in YAML can steer the terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Markdown as text for people: code in back-ticks and coloured, emphasis bold, of links the words, and the
/// address where it leads somewhere from a terminal.
pub(crate) fn markdown(text: &str) -> String {
    let mut bold = false;
    let text = links(&clean(text));
    let pieces = text.split('`').enumerate();
    let shown = pieces.map(|(i, piece)| match i % 2 {
        0 => emphasis(piece, &mut bold),
        _ => format!("{CODE}`{piece}`{CODE:#}"),
    });
    shown.collect()
}

/// `*words*` and `**words**` in bold; an asterisk with blanks around it stays.
fn emphasis(text: &str, bold: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('*') {
        rest = after.strip_prefix('*').unwrap_or(after);
        out.push_str(before);
        if before.ends_with(' ') && rest.starts_with(' ') {
            out.push('*');
            continue;
        }
        *bold = !*bold;
        out.push_str(&if *bold { HEADING.to_string() } else { format!("{HEADING:#}") });
    }
    out + rest
}

/// `[words](address)` as `words (address)`, or as the words alone when the address is one within the site.
fn links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, words, address, after)) = next_link(rest) {
        out.push_str(before);
        out.push_str(words);
        if !address.starts_with('/') {
            out.push_str(&format!(" ({address})"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (words, after) = text.split_once("](")?;
    let (before, words) = words.rsplit_once('[')?;
    let (address, after) = after.split_once(')')?;
    Some((before, words, address, after))
}

/// Writes `text` wrapped at 100 columns, each line behind `indent` blanks, the first behind `mark` instead.
pub(crate) fn paragraph(out: &mut Output, mark: &str, indent: usize, text: &str) -> io::Result<()> {
    let mut line = format!("{mark:indent$}");
    let mut column = indent;
    let mut empty = true;
    for word in text.split_whitespace() {
        let width = visible_width(word);
        if !empty && column + 1 + width > 100 {
            writeln!(out, "{line}")?;
            line = " ".repeat(indent);
            column = indent;
            empty = true;
        }
        if !empty {
            line.push(' ');
            column += 1;
        }
        line.push_str(word);
        column += width;
        empty = false;
    }
    writeln!(out, "{line}")
}

/// Characters that take a place on the screen: all but colour sequences.
fn visible_width(word: &str) -> usize {
    let mut width = 0;
    let mut in_escape = false;
    for c in word.chars() {
        match c {
            '\u{1b}' => in_escape = true,
            'm' if in_escape => in_escape = false,
            _ if in_escape => {}
            _ => width += 1,
        }
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(&markdown(text)).to_string()
    }

    #[test]
    fn markdown_becomes_plain_text() {
        assert_eq!(
            plain(
                "Use `az *`, *then* **`x`** [read](https://x.test) on in [the table](/reference/x/)."
            ),
            "Use `az *`, then `x` read (https://x.test) on in the table."
        );
        assert_eq!(
            plain("see [this page](ibm/access-denied), 2 * 3"),
            "see this page (ibm/access-denied), 2 * 3"
        );
    }

    // What the knowledge base says must not reach a terminal as Markdown, whatever it holds.
    #[test]
    fn no_problem_shows_its_markdown() {
        for problem in pullmedic::TABLE.problems() {
            let causes = problem.causes().flat_map(|c| [Some(c.title()), c.explain()]);
            let steps = problem.resolutions().flat_map(|r| r.steps().map(|s| s.say()));
            for text in causes.chain(steps).chain([Some(problem.summary())]).flatten() {
                let shown = plain(text);
                let words: String = shown.split('`').step_by(2).collect();
                assert!(!words.contains("](") && !words.contains('*'), "{}: {shown}", problem.id());
            }
        }
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\u{7}\nc"), "a[2Jb\nc");
    }
}
