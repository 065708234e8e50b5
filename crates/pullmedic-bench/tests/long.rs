//! A long text, of which only excerpts are read, comes to the same as one that is read whole.
//!
//! Statements are planted in logs that are short enough to be read whole, in many shapes: with their registry on the line,
//! on the line before, far before, or somebody else's; escaped, quoted, in capitals, cut short. The same log with enough
//! harmless lines behind it goes through the sieve. (A registry that no table knows counts in a long text only where a
//! statement names it, so all that are planted are known.)
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::BTreeMap;
use std::fmt::Write;

use fastrand::Rng;
use pullmedic_bench::kb;
use pullmedic_bench::log::{Kind, Writer};
use pullmedic_bench::template::Template;
use pullmedic_table::{Diagnosis, Matcher, Options, Table};

/// Read whole: up to a MiB.
const SHORT: usize = 900 << 10;
/// Harmless lines behind it.
const BEHIND: usize = 300 << 10;

const HOSTS: [&str; 5] =
    ["contoso.azurecr.io", "de.icr.io", "docker.io", "quay.io", "fabrikam.azurecr.io"];

/// What a diagnosis says, of each problem: confidence, captures, and where it was first.
fn said(diagnosis: &Diagnosis<'_>) -> BTreeMap<String, (&'static str, Vec<String>, usize)> {
    let findings = diagnosis.findings.iter().map(|finding| {
        let captures = finding.captures.iter().map(|(id, value)| format!("{id}={value}"));
        let first = finding.matches.iter().map(|place| place.start).min().unwrap();
        (finding.problem.id().to_owned(), (finding.confidence.id(), captures.collect(), first))
    });
    findings.collect()
}

/// Appends a statement in one of its shapes.
fn plant(template: &Template, hosts: &[&str], rng: &mut Rng, text: &mut String) {
    let host = hosts[rng.usize(..hosts.len())];
    let message = template.fill(rng);
    match rng.u32(..9) {
        0 => writeln!(text, "Error response from daemon: https://{host}/v2/: {message}"),
        1 => writeln!(text, "Pulling {host}/shop/web:1.4\n{message}"),
        2 => writeln!(text, "ready\n{message}\nready"),
        3 => writeln!(text, "{{\"level\":\"error\",\"msg\":{message:?}}}"),
        4 if !template.is_code => writeln!(text, "{host}: {}", message.to_uppercase()),
        5 => writeln!(text, "\u{1b}[31m{message}\u{1b}[0m while reading {host}"),
        6 => {
            let part = message.len() * rng.usize(50..96) / 100;
            writeln!(text, "{}", &message[..message.floor_char_boundary(part)])
        }
        7 => {
            writeln!(text, "$ docker pull {host}/shop/web:1.4\n{}{message}", "waiting\n".repeat(9))
        }
        _ => writeln!(text, "2026-11-20T10:03:22.1Z '{message}' ({host})"),
    }
    .unwrap();
}

fn log(kind: Kind, templates: &[Template], hosts: &[&str], rng: &mut Rng) -> String {
    let mut writer = Writer::new(kind, templates);
    let mut text = String::new();
    while text.len() < SHORT {
        for _ in 0..rng.usize(1..200) {
            writer.line(&mut text);
        }
        plant(&templates[rng.usize(..templates.len())], hosts, rng, &mut text);
    }
    text
}

/// What is shorter is seen in a long text only beside something else: a code like `EOF`.
const SHORTEST: usize = 5;

fn check(table: Table<'_>, kind: Kind, seeds: std::ops::Range<u64>) {
    let mut templates = Template::all(table);
    templates.retain(|template| template.fill(&mut Rng::with_seed(0)).len() >= SHORTEST);
    let matcher = Matcher::new(table);
    let hosts: Vec<&str> =
        HOSTS.into_iter().filter(|host| table.registry(host).is_some()).collect();
    let mut faults = String::new();
    for seed in seeds {
        let mut text = log(kind, &templates, &hosts, &mut Rng::with_seed(seed));
        let short = matcher.diagnose(&text, &Options::default());
        let end = text.len();
        while text.len() < end + BEHIND {
            text.push_str(
                "INFO compiled another module without a word about it, nothing to do here\n",
            );
        }
        let long = matcher.diagnose(&text, &Options::default());
        assert!(short.findings.len() > 5);
        let (short_said, long_said) = (said(&short), said(&long));
        for (id, value) in &short_said {
            if long_said.get(id) != Some(value) {
                let line = text[value.2..].lines().next().unwrap_or_default();
                writeln!(
                    faults,
                    "{seed} {id}: {value:?}\n  but {:?}\n  at {line}",
                    long_said.get(id)
                )
                .unwrap();
            }
        }
        for id in long_said.keys().filter(|id| !short_said.contains_key(*id)) {
            writeln!(faults, "{seed} {id}: only in the long text: {:?}", long_said[id]).unwrap();
        }
        if short.other_registries != long.other_registries {
            writeln!(
                faults,
                "{seed} {:?}\n  but {:?}",
                short.other_registries, long.other_registries
            )
            .unwrap();
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// On which lines each problem's statements were.
fn lines(diagnosis: &Diagnosis<'_>) -> BTreeMap<String, Vec<u32>> {
    let findings = diagnosis.findings.iter().map(|finding| {
        let mut lines: Vec<u32> = finding.matches.iter().map(|place| place.line).collect();
        lines.sort_unstable();
        lines.dedup();
        (finding.problem.id().to_owned(), lines)
    });
    findings.collect()
}

/// The sieve samples a text at every eighth or fourth byte, and what it looks for may be hardly longer than that.
#[test]
fn wherever_a_message_stands() {
    const HARMLESS: &str = "INFO compiled another module, nothing to do\n";
    let templates = Template::all(pullmedic::TABLE);
    let matcher = Matcher::new(pullmedic::TABLE);
    let mut rng = Rng::with_seed(0);
    for some in (0..2).flat_map(|_| templates.chunks(200)) {
        let mut text = String::new();
        for template in some {
            let before = ["", "_", "\u{1b}[31m", "\\n", "\\t", "%20", "contoso.azurecr.io: ", "\""];
            let before = before[rng.usize(..before.len())];
            let behind = ["", "_", ".", "\u{1b}[0m"][rng.usize(..4)];
            let shift = "~".repeat(rng.usize(..8));
            writeln!(text, "{shift} {before}{}{behind}", template.fill(&mut rng)).unwrap();
            text.push_str(&HARMLESS.repeat(70));
        }
        let short = lines(&matcher.diagnose(&text, &Options::default()));
        text.push_str(&HARMLESS.repeat((1 << 20) / HARMLESS.len() + 1));
        let long = lines(&matcher.diagnose(&text, &Options::default()));
        for (id, lines) in &short {
            let found = long.get(id).cloned().unwrap_or_default();
            let missed = lines.iter().find(|line| !found.contains(line)).map(|line| *line as usize);
            let line = missed.map(|line| text.lines().nth(line - 1).unwrap_or_default());
            assert_eq!(line, None, "{id}, missed in the long text");
        }
    }
}

/// Much of a text that is full of pieces of messages lets the sieve choose others; no message is missed because of that.
#[test]
fn after_much_that_resembles_it() {
    let packed = kb::packed(300).unwrap();
    let templates = Template::all(packed.table());
    let matcher = Matcher::new(packed.table());
    let mut rng = Rng::with_seed(0);
    let mut text = String::new();
    for template in &templates {
        writeln!(text, "{}{}\nready", "~".repeat(rng.usize(..8)), template.fill(&mut rng)).unwrap();
    }
    let alone = lines(&matcher.diagnose(&text, &Options::default()));
    let count: usize = alone.values().map(Vec::len).sum();
    assert!(count > templates.len() / 2, "{count} lines");
    let messages: Vec<String> = templates.iter().map(|template| template.fill(&mut rng)).collect();
    let mut piece = || {
        let message = messages[rng.usize(..messages.len())].as_bytes();
        String::from_utf8_lossy(&message[rng.usize(..message.len() - 12)..][..12]).into_owned()
    };
    let mut before = String::new();
    while before.len() < 4 << 20 {
        writeln!(before, "{}~{}", piece(), piece()).unwrap();
    }
    let count = before.lines().count() as u32;
    let behind = lines(&matcher.diagnose(&(before + &text), &Options::default()));
    for (id, lines) in alone {
        let found = behind.get(&id).cloned().unwrap_or_default();
        let is_missed = lines.iter().any(|line| !found.contains(&(count + line)));
        assert!(
            !is_missed,
            "{id} on {lines:?} of the text, found on {found:?} with {count} before"
        );
    }
}

/// That a pipeline prints the log is seen at its beginning only, far from the statement.
#[test]
fn what_a_symptom_depends_on_may_stand_anywhere() {
    const HARMLESS: &str = "compiled another module, nothing to do\n";
    let matcher = Matcher::new(pullmedic::TABLE);
    for count in [100, (2 << 20) / HARMLESS.len()] {
        let between = HARMLESS.repeat(count);
        let text = format!(
            "##[section]Starting: Push the image\n{between}The push refers to repository [contoso.azurecr.io/shop/web]\n\
             unauthorized: authentication required\n{between}"
        );
        let diagnosis = matcher.diagnose(&text, &Options::default());
        let found: Vec<&str> = diagnosis.findings.iter().map(|f| f.problem.id()).collect();
        assert_eq!(found, ["azure/azure-pipelines-docker-unauthorized"], "{} bytes", text.len());
    }
}

#[test]
fn of_generated_templates() {
    check(kb::packed(300).unwrap().table(), Kind::Mixed, 0..2);
}

#[test]
fn of_the_knowledge_base() {
    check(pullmedic::TABLE, Kind::Mixed, 0..2);
    check(pullmedic::TABLE, Kind::Hostile, 2..4);
}
