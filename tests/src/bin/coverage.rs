//! How much of a folder of research notes is in the knowledge base. An optional developer tool: nothing needs it.
//!
//! ```sh
//! cargo run --release --package pullmedic-e2e --bin coverage -- NOTES_DIR [--missing]
//! ```
//!
//! The notes are `ids.txt` (an id per line, then a tab), and Markdown in which exact messages stand either in a
//! `symptoms` fence below a heading with ids (`[client] message`; a client ending in `~` or `?` marks a weak line), or as
//! code spans in the second column of a table whose other cells hold an id.
//! Each message, its placeholders replaced by made-up values, is given to the shipped matcher.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// A message of the notes, and the ids it is said to belong to.
struct Fact {
    ids: Vec<String>,
    text: String,
    weak: bool,
}

/// How many of how many.
#[derive(Default)]
struct Count {
    have: usize,
    of: usize,
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a command that prints a report")]
fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = args.first() else {
        eprintln!("usage: coverage NOTES_DIR [--missing]");
        return ExitCode::from(2);
    };
    let verbose = args.iter().any(|a| a == "--missing");
    match report(Path::new(folder), verbose) {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("coverage: {error}");
            ExitCode::from(2)
        }
    }
}

fn report(folder: &Path, verbose: bool) -> std::io::Result<String> {
    let mut missing = Vec::new();
    let mut rows = Vec::new();
    let notes = fs::read_to_string(folder.join("ids.txt"))?;
    for provider in ["azure", "ibm"] {
        let ids = ids(&notes, provider);
        rows.push((format!("{provider}: ids"), count_ids(&ids, &mut missing)));
        let text = fs::read_to_string(folder.join(format!("{provider}.md")))?;
        let facts = facts(&text, &ids);
        for weak in [false, true] {
            let name = if weak { "weak or unverified messages" } else { "messages" };
            let some = facts.iter().filter(|f| f.weak == weak);
            rows.push((format!("{provider}: {name}"), count_facts(provider, some, &mut missing)));
        }
        rows.push((format!("{provider}: codes"), count_codes(&text, &mut missing)));
    }
    let tables = pullmedic::TABLE.reference_tables().count();
    let mut out = String::from("| what | in the notes | in the knowledge base | |\n|---|---|---|---|\n");
    for (name, Count { have, of }) in rows {
        let percent = 100.0 * have as f64 / of.max(1) as f64;
        out.push_str(&format!("| {name} | {of} | {have} | {percent:.1} % |\n"));
    }
    out.push_str(&format!("| reference tables | | {tables} | |\n"));
    if verbose {
        out.push_str("\nMissing:\n");
        out.extend(missing.iter().map(|m| format!("- {m}\n")));
    }
    Ok(out)
}

fn ids(notes: &str, provider: &str) -> BTreeSet<String> {
    let lines = notes.lines().filter(|l| !l.starts_with('#'));
    let ids = lines.filter_map(|l| l.split('\t').next());
    ids.filter(|id| id.split_once('/').is_some_and(|(p, _)| p == provider)).map(str::to_owned).collect()
}

fn count_ids(ids: &BTreeSet<String>, missing: &mut Vec<String>) -> Count {
    let absent: Vec<&String> = ids.iter().filter(|id| pullmedic::find(id).is_none()).collect();
    missing.extend(absent.iter().map(|id| format!("id {id}")));
    Count { have: ids.len() - absent.len(), of: ids.len() }
}

/// A message counts when the matcher finds one of its problems, given the provider's name beside it.
fn count_facts<'f>(
    provider: &str,
    facts: impl Iterator<Item = &'f Fact>,
    missing: &mut Vec<String>,
) -> Count {
    let mut count = Count::default();
    for fact in facts {
        count.of += 1;
        let host = if provider == "azure" { "contoso.azurecr.io" } else { "de.icr.io" };
        let text = fill(&fact.text, host);
        let log = format!("{text}\n\nregistry: https://{host}/v2/\n");
        let found: Vec<_> =
            pullmedic::diagnose(&log).findings.into_iter().map(|f| f.problem.id()).collect();
        let wanted = |id: &String| pullmedic::find(id).is_some_and(|p| found.contains(&p.id()));
        if fact.ids.iter().any(wanted) {
            count.have += 1;
        } else {
            let ids = fact.ids.join(", ");
            missing.push(format!("message of {ids}: `{}` (found {found:?})", fact.text));
        }
    }
    count
}

/// Codes of the shapes that the two providers print.
fn count_codes(text: &str, missing: &mut Vec<String>) -> Count {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let codes: BTreeSet<&str> = words.filter(|w| is_code(w)).collect();
    let absent: Vec<&&str> =
        codes.iter().filter(|c| pullmedic::by_code(c).next().is_none()).collect();
    missing.extend(absent.iter().map(|c| format!("code {c}")));
    Count { have: codes.len() - absent.len(), of: codes.len() }
}

fn is_code(word: &str) -> bool {
    let digits = |s: &str| s.len() >= 5 && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(number) = word.strip_prefix("AADSTS") {
        return digits(number);
    }
    let ibm = ["CRG", "CRC", "CRI", "CRT", "BXNVA", "BXNIM"];
    ibm.iter().any(|p| {
        let body = word.strip_prefix(p).and_then(|rest| rest.strip_suffix('E'));
        body.is_some_and(|b| b.len() == 4 && b.bytes().all(|c| c.is_ascii_digit()))
    }) || (word.ends_with("_ERROR") && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
}

fn facts(text: &str, ids: &BTreeSet<String>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let (mut current, mut fenced) = (Vec::new(), false);
    for line in text.lines() {
        if line.starts_with("### ") || line.starts_with("**") {
            let named: Vec<String> = named_ids(line, ids);
            current = if named.is_empty() { current } else { named };
        }
        match line {
            "```symptoms" => fenced = true,
            "```" => fenced = false,
            _ if fenced => facts.extend(fenced_fact(line, &current)),
            _ if line.starts_with('|') => facts.extend(table_facts(line, ids)),
            _ => {}
        }
    }
    facts
}

fn named_ids(line: &str, ids: &BTreeSet<String>) -> Vec<String> {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '/'));
    words.filter(|w| ids.contains(*w)).map(str::to_owned).collect()
}

fn fenced_fact(line: &str, ids: &[String]) -> Option<Fact> {
    let (client, text) = line.strip_prefix('[')?.split_once("] ")?;
    let weak = client.ends_with(['~', '?']);
    Some(Fact { ids: ids.to_vec(), text: text.to_owned(), weak })
}

fn table_facts(line: &str, ids: &BTreeSet<String>) -> Vec<Fact> {
    let named = named_ids(line, ids);
    if named.is_empty() {
        return Vec::new();
    }
    let spans = line.split('`').skip(1).step_by(2).filter(|s| s.len() > 20 && s.contains(' '));
    spans.map(|s| Fact { ids: named.clone(), text: s.replace("\\|", "|"), weak: false }).collect()
}

/// Placeholders as made-up values.
fn fill(text: &str, host: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('>') else { break };
        out.push_str(&value(name, host, tail));
        rest = tail;
    }
    out + rest
}

fn value(name: &str, host: &str, tail: &str) -> String {
    match name {
        "login-server" => host.to_owned(),
        "registry" | "reg" if host.ends_with("icr.io") || !tail.starts_with(".azurecr") => host.into(),
        "registry" | "reg" => "contoso".to_owned(),
        "ref" | "image" | "img" | "repo-ref" => format!("{host}/fabrikam/api:1.4"),
        "repo" | "repository" => "fabrikam/api".to_owned(),
        "url" => format!("https://{host}/v2/fabrikam/api/manifests/1.4"),
        "digest" => format!("sha256:{}", "4c1d".repeat(16)),
        "ip" => "203.0.113.7".to_owned(),
        "guid" | "id" | "app" | "tenant" => "11111111-2222-3333-4444-555555555555".to_owned(),
        "n" | "port" | "number" | "seconds" => "443".to_owned(),
        "status" => "403 Forbidden".to_owned(),
        _ => "sample".to_owned(),
    }
}
