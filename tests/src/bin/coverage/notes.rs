//! Reads research notes. [`ids`], [`facts`], [`codes`] and [`cells`] are the ways in.
//!
//! Exact messages stand in three places: in a `symptoms` fence below a heading with ids (`[client]
//! message`; a client that ends in `~` or `?` marks a weak line); as code spans of a `- Symptoms:`
//! line below such a heading; and as code spans of a table whose rows name an id, in the column
//! that its header calls a text or a message. Reference tables are those below a heading such as
//! `### T1` or `### R1`.

use std::collections::BTreeSet;

/// A message of the notes, and the ids it is said to belong to.
pub(crate) struct Fact {
    pub(crate) ids: Vec<String>,
    pub(crate) text: String,
    pub(crate) weak: bool,
}

impl Fact {
    /// For the list of what is missing; the text stands last.
    pub(crate) fn shown(&self) -> String {
        format!("message of {}: {}", self.ids.join(", "), self.text)
    }
}

/// A cell's fact, and the table it stands in.
pub(crate) struct Cell {
    pub(crate) table: String,
    pub(crate) text: String,
}

/// The ids of a provider; behind a `; ` a line's title may name a further one.
pub(crate) fn ids(listed: &str, provider: &str) -> BTreeSet<String> {
    let lines = listed.lines().filter(|l| !l.starts_with('#'));
    let parts = lines.flat_map(|line| {
        let title = line.split('\t').nth(2).unwrap_or_default();
        line.split('\t').take(1).chain(title.split("; ").skip(1))
    });
    let words = parts.filter_map(|part| part.split(' ').next());
    words
        .filter(|w| w.split_once('/').is_some_and(|(p, _)| p == provider))
        .map(str::to_owned)
        .collect()
}

/// Every exact message.
pub(crate) fn facts(text: &str, ids: &BTreeSet<String>) -> Vec<Fact> {
    let mut reader =
        Reader { ids, current: Vec::new(), fenced: false, column: None, facts: Vec::new() };
    text.lines().for_each(|line| reader.line(line));
    reader.facts
}

struct Reader<'n> {
    ids: &'n BTreeSet<String>,
    /// Whose heading was the last one.
    current: Vec<String>,
    fenced: bool,
    /// The column of the current table that holds messages.
    column: Option<usize>,
    facts: Vec<Fact>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        if line.starts_with("### ") || line.starts_with("**") {
            self.current = self.named(line);
        }
        match line {
            "```symptoms" => self.fenced = true,
            "```" => self.fenced = false,
            _ if self.fenced => self.fenced_fact(line),
            _ if line.starts_with('|') => self.row(line),
            _ => {
                self.column = None;
                if let Some(list) = line.strip_prefix("- Symptoms: ") {
                    self.spans_of(&self.current.clone(), list);
                }
            }
        }
    }

    fn named(&self, text: &str) -> Vec<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '/'));
        words.filter(|w| self.ids.contains(*w)).map(str::to_owned).collect()
    }

    /// The ids that a table's last column names without their provider.
    fn named_short(&self, cell: &str) -> Vec<String> {
        let words = cell
            .split([' ', '/', '(', ')', ','])
            .filter(|w| w.contains('-') && !w.starts_with('-'));
        let is_meant =
            |id: &&String, word: &str| id.split_once('/').is_some_and(|(_, short)| short == word);
        words.filter_map(|w| self.ids.iter().find(|id| is_meant(id, w)).cloned()).collect()
    }

    fn fenced_fact(&mut self, line: &str) {
        if let Some((client, text)) = line.strip_prefix('[').and_then(|l| l.split_once("] ")) {
            let weak = client.ends_with(['~', '?']);
            self.facts.push(Fact { ids: self.current.clone(), text: plain(text), weak });
        }
    }

    fn row(&mut self, line: &str) {
        let cells = columns(line);
        let Some(column) = self.column else {
            self.column = Some(message_column(&cells).unwrap_or(usize::MAX));
            return;
        };
        let mut named = self.named(line);
        if named.is_empty() {
            named = self.named_short(cells.last().map_or("", String::as_str));
        }
        if let Some(cell) = cells.get(column).filter(|_| !named.is_empty()) {
            self.spans_of(&named, cell);
        }
    }

    /// The code spans of a list or cell; one that begins with a blank continues the one before it.
    fn spans_of(&mut self, ids: &[String], text: &str) {
        let mut before = String::new();
        for (said, span) in spans(text) {
            let whole =
                if span.starts_with(' ') { format!("{before}{span}") } else { span.clone() };
            if is_message(&whole) && !said.contains("swagger") {
                self.facts.push(Fact { ids: ids.to_vec(), text: plain(&whole), weak: false });
            }
            before = if span.starts_with(' ') { before } else { span };
        }
    }
}

fn message_column(header: &[String]) -> Option<usize> {
    let titles = ["exact text", "Runtime text", "Fixed message"];
    header.iter().position(|cell| titles.iter().any(|title| cell.contains(title)))
}

/// A sentence or a part of one: not a name, a prefix or a command.
fn is_message(span: &str) -> bool {
    let command = ["docker ", "ibmcloud ", "kubectl ", "helm ", "az ", "oc "];
    let is_command = command.iter().any(|c| span.trim_start_matches('\'').starts_with(c));
    span.len() >= 10 && span.contains(' ') && !span.ends_with(':') && !is_command
}

/// Back-ticks and bars that Markdown needs to be escaped, as printed; text left out becomes a
/// placeholder.
fn plain(text: &str) -> String {
    text.replace("\\`", "`")
        .replace("\\|", "|")
        .replace('…', "<rest>")
        .replace("'{}'", "'<login-server>'")
        .replace("{}", "<code>")
        .trim()
        .to_owned()
}

/// Code spans with what stands before each; an escaped back-tick doesn't end one.
fn spans(text: &str) -> Vec<(String, String)> {
    let hidden = text.replace("\\`", "\u{1}");
    let parts: Vec<&str> = hidden.split('`').collect();
    let pairs = parts.chunks_exact(2);
    pairs.map(|p| (p[0].to_owned(), p[1].replace('\u{1}', "\\`"))).collect()
}

/// The cells of a row of a Markdown table.
fn columns(line: &str) -> Vec<String> {
    let hidden = line.trim().trim_matches('|').replace("\\|", "\u{2}");
    hidden.split('|').map(|cell| cell.trim().replace('\u{2}', "|")).collect()
}

/// Codes of the shapes that the two providers print, wherever they stand.
pub(crate) fn codes(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|w| is_code(w)).map(str::to_owned).collect()
}

fn is_code(word: &str) -> bool {
    let digits = |s: &str| s.len() >= 3 && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(number) = word.strip_prefix("AADSTS") {
        return digits(number);
    }
    let is_ibm =
        ["CRG", "CRC", "CRI", "CRT", "CRN", "BXNVA", "BXNIM", "CAE", "NHC"].iter().any(|p| {
            word.strip_prefix(p).is_some_and(|rest| digits(rest.strip_suffix('E').unwrap_or(rest)))
        });
    let screams = word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let printed =
        ["_ERROR", "_UNKNOWN", "_INVALID", "_OPERATION"].iter().any(|end| word.ends_with(end));
    is_ibm || screams && printed && !word.starts_with('_')
}

/// The facts of the reference tables: the code spans of each row, and the words of the first cell
/// if it has none. Tables that lead to entries are indexes, not facts; columns of messages are read
/// by [`facts`].
pub(crate) fn cells(text: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let (mut table, mut row, mut messages) = (None, 0, None);
    for line in text.lines() {
        if line.starts_with('#') {
            table = line.strip_prefix("### ").and_then(table_name);
        }
        row = if line.starts_with('|') { row + 1 } else { 0 };
        let columns = columns(line);
        if row == 1 {
            messages = message_column(&columns);
            table = table.filter(|_| columns.last().is_none_or(|last| last != "Entry"));
        }
        let Some(table) = table.as_ref() else { continue };
        let facts = match row {
            0 => list_facts(line),
            1 | 2 => Vec::new(),
            _ => row_facts(&columns, messages),
        };
        cells.extend(facts.into_iter().map(|text| Cell { table: table.clone(), text }));
    }
    cells
}

/// The facts of a row, less its messages.
fn row_facts(columns: &[String], messages: Option<usize>) -> Vec<String> {
    let facts = columns.iter().enumerate().filter(|(n, _)| Some(*n) != messages);
    facts.flat_map(|(n, cell)| cell_facts(n, cell)).collect()
}

/// The facts of a section without a table: code spans divided by `·`.
fn list_facts(line: &str) -> Vec<String> {
    let parts = line.split(" · ").filter(|_| line.contains(" · `"));
    let firsts = parts.filter_map(|part| spans(part).into_iter().next());
    let spans =
        firsts.map(|(_, span)| plain(&without_optional(&span))).filter(|span| is_word(span));
    spans.flat_map(|span| methods(&span)).collect()
}

fn cell_facts(column: usize, cell: &str) -> Vec<String> {
    let spans: Vec<String> =
        spans(cell).iter().map(|(_, span)| plain(&without_optional(span))).collect();
    if column > 0 || !spans.is_empty() {
        return spans.into_iter().filter(|span| is_word(span)).collect();
    }
    let outer = cell.split(['(', '[']).next().unwrap_or(cell);
    outer
        .split([',', '/'])
        .map(|part| part.trim().to_owned())
        .filter(|part| is_word(part))
        .collect()
}

/// `GET/PATCH /api/v1/plans` names two calls.
fn methods(span: &str) -> Vec<String> {
    let Some((both, path)) = span.split_once(' ').filter(|(both, path)| {
        both.bytes().all(|b| b.is_ascii_uppercase() || b == b'/') && path.starts_with('/')
    }) else {
        return vec![span.to_owned()];
    };
    both.split('/').map(|method| format!("{method} {path}")).collect()
}

/// `Storage[.<Region>]` → `Storage`.
fn without_optional(span: &str) -> String {
    match (span.find('['), span.rfind(']')) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &span[..start], &span[end + 1..])
        }
        _ => span.to_owned(),
    }
}

/// Has letters outside its placeholders.
fn is_word(text: &str) -> bool {
    let mut outside = text.split('<').map(|part| part.rsplit('>').next().unwrap_or(part));
    outside.any(|part| part.chars().filter(char::is_ascii_alphabetic).count() > 2)
}

/// Sections that guide whoever reads the notes: which hosts and words decide, which entry wins,
/// where a statement went.
const GUIDES: &[&str] = &["T8", "T9", "T10", "R10"];

/// `T1` of `T1 — roles`, `R3` of `R3. Operation …`.
fn table_name(heading: &str) -> Option<String> {
    let name = heading.split([' ', '.']).next()?;
    let number = name.strip_prefix(['T', 'R'])?;
    let is_data = !number.is_empty() && !GUIDES.contains(&name);
    (is_data && number.bytes().all(|b| b.is_ascii_digit())).then(|| name.to_owned())
}
