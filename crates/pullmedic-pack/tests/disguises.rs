//! Every example of the shipped knowledge base comes to the same findings, confidence and captures when it is pasted in
//! another way.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::Path;

use pullmedic_core::{Kb, Sources};
use pullmedic_pack::Packed;
use pullmedic_table::{Diagnosis, Matcher, Options, json};

fn shipped() -> Kb {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    pullmedic_core::compile(&Sources::read(&root).unwrap()).unwrap_or_else(|e| panic!("{e}"))
}

/// What must stay: each problem, how sure it is, and what was captured.
fn outcome(diagnosis: &Diagnosis<'_>) -> Vec<(String, &'static str, Vec<(String, String)>)> {
    let outcome = |found: &pullmedic_table::Finding<'_>| {
        let captures = found.captures.iter().map(|(id, value)| (id.to_owned(), value.to_owned()));
        (found.problem.id().to_owned(), found.confidence.id(), captures.collect())
    };
    diagnosis.findings.iter().map(outcome).collect()
}

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

/// As Go's JSON writer escapes.
fn go_json(text: &str) -> String {
    let escapes = [("'", "\\u0027"), ("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")];
    escapes.iter().fold(json::string(text), |json, (c, escape)| json.replace(c, escape))
}

type Disguise = fn(&str) -> String;

const DISGUISES: [(&str, Disguise); 11] = [
    ("colours", |t| each_line(t, |l| format!("\u{1b}[31m{l}\u{1b}[0m"))),
    ("JSON", go_json),
    ("JSON in JSON", |t| json::string(&json::string(t))),
    ("timestamps", |t| each_line(t, |l| format!("2026-03-01T12:00:00.1234567Z {l}"))),
    ("timestamps in brackets", |t| each_line(t, |l| format!("[2026-03-01 12:00:00,123] {l}"))),
    ("Windows line ends", |t| each_line(t, |l| format!("{l}\r"))),
    ("a fence", |t| format!("I get this:\n\n```console\n{t}```\n\nWhy?\n")),
    ("a quotation", |t| each_line(t, |l| format!("> {l}"))),
    ("a block of YAML", |t| {
        format!("      message: |\n{}", each_line(t, |l| format!("        {l}")))
    }),
    ("HTML", |t| {
        t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    }),
    ("zero-width characters", |t| t.replace("re", "r\u{200b}e")),
];

#[test]
fn every_example_is_found_the_same_in_any_disguise() {
    let kb = shipped();
    let packed = Packed::new(&kb);
    let matcher = Matcher::new(packed.table());
    let read = |text: &str| outcome(&matcher.diagnose(text, &Options::default()));
    let mut faults = Vec::new();
    for (problem, example) in
        kb.problems().iter().flat_map(|p| p.examples.iter().map(move |e| (p, e)))
    {
        let plain = read(&example.text);
        for (name, disguise) in DISGUISES {
            let found = read(&disguise(&example.text));
            if found != plain {
                faults.push(format!(
                    "{name}: {}: {found:?}, not {plain:?}\n{}",
                    problem.id, example.text
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Lines that a terminal of 80 columns cut lose some of what only the whole statement tells (a registry of nobody we know,
/// the end of a link); the problem that comes first must survive.
#[test]
fn nearly_every_example_survives_a_terminal_of_80_columns() {
    let kb = shipped();
    let packed = Packed::new(&kb);
    let matcher = Matcher::new(packed.table());
    let first = |text: &str| {
        let diagnosis = matcher.diagnose(text, &Options::default());
        diagnosis.findings.first().map(|found| found.problem.id().to_owned())
    };
    let wrap = |line: &str| {
        let chars: Vec<char> = line.chars().collect();
        chars.chunks(80).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
    };
    let texts: Vec<&str> =
        kb.problems().iter().flat_map(|p| &p.examples).map(|e| e.text.as_str()).collect();
    let is_long = |text: &&&str| text.lines().any(|line| line.chars().count() > 80);
    let long: Vec<&&str> = texts.iter().filter(is_long).collect();
    let lost: Vec<_> = long.iter().filter(|t| first(&each_line(t, wrap)) != first(t)).collect();
    assert!(50 * lost.len() <= long.len(), "{} of {}: {lost:#?}", lost.len(), long.len());
}
