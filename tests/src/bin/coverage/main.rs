//! How much of a folder of research notes is in the knowledge base. An optional developer tool:
//! nothing needs it.
//!
//! ```sh
//! cargo run --release --package pullmedic-e2e --bin coverage -- NOTES_DIR [--missing]
//! ```
//!
//! The notes are `ids.txt` (an id per line, then a tab) and one Markdown file per provider (see
//! `notes`). Counted are ids, messages (the shipped matcher finds their problem, or a symptom holds
//! them that counts only in company), codes, and the cells of reference tables. What is left out on
//! purpose stands in `left-out.tsv`, with the reason. Steps: read the notes → count each kind
//! against the compiled knowledge base → one Markdown table.

mod known;
mod notes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use known::{Known, Taken, is_known_code, said};
use notes::Fact;

/// What is left out on purpose: the text as the notes have it, a tab, the reason.
const LEFT_OUT: &str = include_str!("left-out.tsv");

/// How many there are, and how many of them are there, or left out on purpose.
#[derive(Default)]
struct Count {
    of: usize,
    have: usize,
    excused: usize,
}

/// The rows of the report, and what it lacks.
#[derive(Default)]
struct Report {
    rows: Vec<(String, Count)>,
    missing: Vec<String>,
    /// Messages that only support others.
    company: Vec<String>,
    excused: BTreeSet<&'static str>,
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command that prints a report")]
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = args.first() else {
        eprintln!("usage: coverage NOTES_DIR [--missing]");
        return ExitCode::from(2);
    };
    let verbose = args.iter().any(|a| a == "--missing");
    match report(Path::new(folder)) {
        Ok(report) => {
            print!("{}", report.markdown(verbose));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("coverage: {error}");
            ExitCode::from(2)
        }
    }
}

fn report(folder: &Path) -> std::io::Result<Report> {
    let mut report = Report::default();
    let listed = fs::read_to_string(folder.join("ids.txt"))?;
    for provider in ["azure", "ibm"] {
        let text = fs::read_to_string(folder.join(format!("{provider}.md")))?;
        report.ids(provider, &notes::ids(&listed, provider));
        report.messages(provider, &notes::facts(&text, &notes::ids(&listed, provider)));
        report.codes(provider, &text);
        report.tables(provider, &text);
    }
    report.stale_excuses();
    Ok(report)
}

impl Report {
    fn ids(&mut self, provider: &str, ids: &BTreeSet<String>) {
        let all = ids.iter().map(|id| (format!("id {id}"), pullmedic::find(id).is_some()));
        self.count(format!("{provider}: ids"), all.collect());
    }

    fn messages(&mut self, provider: &str, facts: &[Fact]) {
        for weak in [false, true] {
            let kind = if weak { "weak or unverified messages" } else { "messages" };
            let some = facts.iter().filter(|f| f.weak == weak);
            let all: Vec<(String, Taken)> =
                some.map(|f| (f.shown(), known::taken(f, provider))).collect();
            let company = all.iter().filter(|(_, taken)| *taken == Taken::InCompany);
            self.company.extend(company.clone().map(|(shown, _)| shown.clone()));
            let company = company.count();
            let have = all.into_iter().map(|(shown, taken)| (shown, taken != Taken::Not));
            self.count(
                format!("{provider}: {kind} ({company} of them count only in company)"),
                have.collect(),
            );
        }
    }

    fn codes(&mut self, provider: &str, text: &str) {
        let codes = notes::codes(text);
        let all = codes.into_iter().map(|code| (format!("code {code}"), is_known_code(&code)));
        self.count(format!("{provider}: codes"), all.collect());
    }

    fn tables(&mut self, provider: &str, text: &str) {
        let known = Known::of(provider);
        let mut tables: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        for cell in notes::cells(text) {
            let entry = (format!("cell of {}: {}", cell.table, cell.text), known.says(&cell.text));
            tables.entry(cell.table).or_default().push(entry);
        }
        for (table, cells) in tables {
            self.count(format!("{provider}: cells of table {table}"), cells);
        }
    }

    fn count(&mut self, name: String, all: Vec<(String, bool)>) {
        let mut count = Count { of: all.len(), ..Count::default() };
        for (what, have) in all {
            let reason = excuse(&what);
            match (have, reason) {
                (true, _) => count.have += 1,
                (false, Some((key, _))) => {
                    count.excused += 1;
                    self.excused.insert(key);
                }
                (false, None) => self.missing.push(what),
            }
        }
        self.rows.push((name, count));
    }

    /// Reasons that nothing needs any more are listed as missing: the file is to be kept short.
    fn stale_excuses(&mut self) {
        let stale = excuses().map(|(key, _)| key).filter(|key| !self.excused.contains(key));
        self.missing.extend(stale.map(|key| format!("needless line in left-out.tsv: {key}")));
    }

    fn markdown(&self, verbose: bool) -> String {
        let mut out = String::from(
            "| what | in the notes | in the knowledge base | left out, with a reason | |\n|---|---|---|---|---|\n",
        );
        for (name, Count { of, have, excused }) in &self.rows {
            let tenths = if *of == 0 { 1000 } else { 1000 * (have + excused) / of };
            let (percent, tenth) = (tenths / 10, tenths % 10);
            writeln!(out, "| {name} | {of} | {have} | {excused} | {percent}.{tenth} % |").ok();
        }
        if verbose {
            out.push_str("\nLeft out:\n");
            let used = excuses().filter(|(key, _)| self.excused.contains(key));
            used.for_each(|(key, reason)| _ = writeln!(out, "- {key}: {reason}"));
            out.push_str("\nOnly in company:\n");
            self.company.iter().for_each(|m| _ = writeln!(out, "- {m}"));
            out.push_str("\nMissing:\n");
            self.missing.iter().for_each(|m| _ = writeln!(out, "- {m}"));
        }
        out
    }
}

fn excuses() -> impl Iterator<Item = (&'static str, &'static str)> {
    LEFT_OUT.lines().filter(|l| !l.starts_with("# ")).filter_map(|line| line.split_once('\t'))
}

fn excuse(what: &str) -> Option<(&'static str, &'static str)> {
    excuses().find(|(key, _)| said(what).ends_with(&said(key)))
}
