//! Every example of the shipped knowledge base comes to the same findings, confidence and captures when it is pasted in
//! another way.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::Path;

use pullmedic_core::{Kb, Sources};
use pullmedic_pack::Packed;
use pullmedic_table::{Diagnosis, Matcher, Options, json, mask};

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

const DISGUISES: [(&str, Disguise); 18] = [
    // The site reads what is left when secrets are taken out.
    ("masked", |t| mask(t).into_owned()),
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
    ("80 columns", |t| each_line(t, |l| wrapped(l, 80))),
    ("100 columns", |t| each_line(t, |l| wrapped(l, 100))),
    ("120 columns", |t| each_line(t, |l| wrapped(l, 120))),
    ("Terraform's bar", barred),
    ("syslog", |t| each_line(t, |l| format!("Nov 29 12:00:00 build-7 agent[811]: {l}"))),
    ("a clock", |t| each_line(t, |l| format!("12:00:00 {l}"))),
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

/// As a terminal of so many columns shows a line.
fn wrapped(line: &str, width: usize) -> String {
    let chars: Vec<char> = line.chars().collect();
    let rows = chars.chunks(width).map(|row| row.iter().collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

/// As a mail program or an editor fills lines; a word that is wider than a line has one for itself.
fn filled(line: &str, width: usize) -> String {
    let mut rows = vec![String::new()];
    for word in line.split(' ') {
        let row = rows.last_mut().unwrap();
        if row.is_empty() {
            row.push_str(word);
        } else if row.chars().count() + 1 + word.chars().count() <= width {
            *row = format!("{row} {word}");
        } else {
            rows.push(word.to_owned());
        }
    }
    rows.join("\n")
}

/// As Terraform frames an error.
fn barred(text: &str) -> String {
    format!("\u{2577}\n{}\u{2575}\n", each_line(text, |l| format!("\u{2502} {l}")))
}

/// As a tool draws a box around a message, 76 columns wide inside.
fn boxed(text: &str, row: fn(&str, usize) -> String) -> String {
    let bar = "\u{2500}".repeat(78);
    let text = each_line(text, |line| row(line, 76));
    let row = |line: &str| format!("\u{2502} {line:76} \u{2502}");
    format!("\u{250c}{bar}\u{2510}\n{}\u{2514}{bar}\u{2518}\n", each_line(&text, row))
}

/// Where lines end says less in these: words that were moved to the next line leave rows of any width, so a statement's end
/// and a row's end look alike. In how many of a thousand the problem that comes first may be another one, and in how many
/// anything may differ.
const LOOSE: [(&str, Disguise, usize, usize); 4] = [
    ("words at 80 columns", |t| each_line(t, |l| filled(l, 80)), 6, 24),
    ("words at 100 columns", |t| each_line(t, |l| filled(l, 100)), 5, 18),
    ("a box", |t| boxed(t, filled), 9, 24),
    ("a box that cuts", |t| boxed(t, wrapped), 1, 4),
];

#[test]
fn nearly_every_example_is_found_where_lines_were_filled() {
    let kb = shipped();
    let packed = Packed::new(&kb);
    let matcher = Matcher::new(packed.table());
    let read = |text: &str| outcome(&matcher.diagnose(text, &Options::default()));
    for (name, disguise, most_first, most) in LOOSE {
        let (mut other_first, mut other) = (Vec::new(), Vec::new());
        for example in kb.problems().iter().flat_map(|p| &p.examples) {
            let (plain, found) = (read(&example.text), read(&disguise(&example.text)));
            if plain.first().map(|found| &found.0) != found.first().map(|found| &found.0) {
                other_first.push(&example.text);
            }
            if plain != found {
                other.push(&example.text);
            }
        }
        let count = kb.problems().iter().map(|p| p.examples.len()).sum::<usize>();
        for (texts, most) in [(other_first, most_first), (other, most)] {
            assert!(
                1000 * texts.len() <= most * count,
                "{name}: {} of {count}: {texts:#?}",
                texts.len()
            );
        }
    }
}
