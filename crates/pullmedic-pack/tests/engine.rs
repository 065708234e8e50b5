//! The engine, on a small knowledge base of its own: what `suite/*.txt` says must come of each text, whatever carries the
//! table and however the text is fed.
//!
//! The vocabulary, the providers and other people's registries are the shipped ones; the problems are in `kb/`. To add a
//! case, add it to a file in `suite/`.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use pullmedic_core::Sources;
use pullmedic_pack::{Layers, Packed};
use pullmedic_table::{Diagnosis, Finding, Matcher, Options, Stream, Table, mask};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn add(files: &mut BTreeMap<String, Vec<u8>>, from: &Path, to: &str) {
    if from.is_dir() {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            add(files, &entry.path(), &format!("{to}/{}", entry.file_name().to_str().unwrap()));
        }
    } else {
        files.insert(to.to_owned(), fs::read(from).unwrap());
    }
}

static PACKED: LazyLock<Packed> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    let shipped =
        ["vocabulary.yaml", "shared/registries.yaml", "azure/provider.yaml", "ibm/provider.yaml"];
    for name in shipped {
        add(&mut files, &root().join("../../kb").join(name), &format!("kb/{name}"));
    }
    add(&mut files, &root().join("tests/kb"), "kb");
    let kb = pullmedic_core::compile(&Sources::from_files(files)).unwrap_or_else(|e| panic!("{e}"));
    let packed = Packed::new(&kb);
    pullmedic_pack::verify(&kb, &packed).unwrap_or_else(|e| panic!("{e}"));
    packed
});

struct Case {
    title: String,
    text: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut paths: Vec<_> =
        fs::read_dir(root().join("tests/suite")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let content = fs::read_to_string(&path).unwrap();
        for line in content.split_inclusive('\n').skip_while(|line| !line.starts_with("== ")) {
            if let Some(title) = line.strip_prefix("== ") {
                let title = format!("{name}: {}", title.trim());
                cases.push(Case { title, text: String::new(), expected: Vec::new() });
                continue;
            }
            let case = cases.last_mut().unwrap();
            match line.strip_prefix("=> ") {
                Some(expected) => case.expected.push(expected.trim().to_owned()),
                None if case.expected.is_empty() => case.text.push_str(line),
                None => {}
            }
        }
    }
    assert!(cases.len() > 50);
    cases
}

/// What of an expectation doesn't hold.
fn fault(diagnosis: &Diagnosis<'_>, expected: &str) -> Option<String> {
    let find = |id: &str| diagnosis.findings.iter().find(|f| f.problem.id() == id);
    let (word, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    let holds = match word {
        "nothing" => diagnosis.findings.is_empty(),
        "no" => find(rest).is_none(),
        "other" => diagnosis.other_registries.iter().any(|name| name == rest),
        "then" => {
            let id = rest.split(' ').next().unwrap();
            let is_first = diagnosis.findings.first().is_some_and(|f| f.problem.id() == id);
            return match find(id) {
                Some(found) if !is_first => fault_of(found, rest),
                _ => Some(format!("no further {id}")),
            };
        }
        _ => {
            return diagnosis
                .findings
                .first()
                .map_or(Some("nothing was found".to_owned()), |found| fault_of(found, expected));
        }
    };
    (!holds).then(|| expected.to_owned())
}

fn fault_of(found: &Finding<'_>, expected: &str) -> Option<String> {
    let mut words = expected.split(' ');
    let (id, confidence) = (words.next().unwrap(), words.next().unwrap());
    if found.problem.id() != id || found.confidence.id() != confidence {
        return Some(format!("{} {}, not {expected}", found.problem.id(), found.confidence));
    }
    words.find_map(|word| {
        let (name, value) = word.split_once('=').unwrap();
        let actual = match name {
            "cause" => found.causes.first().map(|ranked| ranked.cause.id()),
            _ => found.captures.get(name),
        };
        (actual.unwrap_or_default() != value).then(|| format!("{name} is {actual:?}, not {value}"))
    })
}

fn ids(diagnosis: &Diagnosis<'_>) -> Vec<(String, &'static str)> {
    let id = |f: &Finding<'_>| (f.problem.id().to_owned(), f.confidence.id());
    diagnosis.findings.iter().map(id).collect()
}

#[test]
fn every_case_comes_out_whatever_carries_the_table() {
    let (all, small) = (PACKED.bytes(Layers::All), PACKED.bytes(Layers::Match));
    let tables = [
        ("parts", PACKED.table()),
        ("bytes", Table::from_bytes(&all).unwrap()),
        ("match layer", Table::from_bytes(&small).unwrap()),
    ];
    let mut faults = Vec::new();
    for (name, table) in tables {
        let matcher = Matcher::new(table);
        for case in cases() {
            let diagnosis = matcher.diagnose(&case.text, &Options::default());
            for expected in &case.expected {
                if let Some(fault) = fault(&diagnosis, expected) {
                    faults.push(format!(
                        "{name}: {}: {fault}; found {:?}",
                        case.title,
                        ids(&diagnosis)
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_stream_comes_to_the_same_however_it_is_cut() {
    let matcher = Matcher::new(PACKED.table());
    for case in cases() {
        let whole = matcher.diagnose(&case.text, &Options::default());
        for size in [1, 7, 64] {
            let mut stream = Stream::new(&matcher, Options::default());
            case.text.as_bytes().chunks(size).for_each(|chunk| stream.feed(chunk));
            assert_eq!(ids(&stream.finish()), ids(&whole), "{}", case.title);
        }
    }
}

#[test]
fn a_long_text_comes_to_the_same_as_a_short_one() {
    let matcher = Matcher::new(PACKED.table());
    let noise = "2026-03-01T12:00:00Z INFO compiled another module without a word about it\n";
    for case in cases() {
        let short = matcher.diagnose(&case.text, &Options::default());
        let before = noise.repeat(20_000);
        let long = format!("{before}\n{}\n{}", case.text, noise.repeat(2_000));
        let long = matcher.diagnose(&long, &Options::default());
        assert_eq!(ids(&long), ids(&short), "{}", case.title);
        for (in_long, in_short) in long.findings.iter().zip(&short.findings) {
            for (a, b) in in_long.matches.iter().zip(&in_short.matches) {
                assert_eq!(a.line, b.line + 20_001, "{}", case.title);
                assert_eq!(
                    (a.column, a.start),
                    (b.column, b.start + before.len() + 1),
                    "{}",
                    case.title
                );
            }
        }
    }
}

/// What may be done to a text without changing what is found in it.
fn disguises() -> Vec<(&'static str, fn(&str) -> String)> {
    fn each_line(text: &str, change: impl Fn(usize, &str) -> String) -> String {
        text.lines().enumerate().map(|(i, line)| change(i, line) + "\n").collect()
    }
    vec![
        ("timestamps", |t| {
            each_line(t, |i, l| format!("2026-03-01T12:00:{:02}.1234567Z {l}", i % 60))
        }),
        ("timestamps in brackets", |t| {
            each_line(t, |i, l| format!("[2026-03-01 12:00:{:02},123] {l}", i % 60))
        }),
        ("Windows line ends", |t| each_line(t, |_, l| format!("{l}\r"))),
        ("colours", |t| each_line(t, |_, l| format!("\u{1b}[31m{l}\u{1b}[0m"))),
        ("a frame", |t| each_line(t, |_, l| format!("│ {l}"))),
        ("a quotation", |t| each_line(t, |_, l| format!("> {l}"))),
        ("wide spaces", |t| t.replace(' ', "   ")),
        ("JSON", |t| pullmedic_table::json::string(t)),
        ("JSON in JSON", |t| pullmedic_table::json::string(&pullmedic_table::json::string(t))),
        ("HTML", |t| {
            t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
        }),
        ("zero-width characters", |t| t.replace("re", "r\u{200b}e")),
        ("twice", |t| format!("{t}{t}")),
    ]
}

#[test]
fn disguises_change_nothing() {
    let matcher = Matcher::new(PACKED.table());
    for case in cases() {
        let plain = matcher.diagnose(&case.text, &Options::default());
        for (name, disguise) in disguises() {
            let text = disguise(&case.text);
            let found = matcher.diagnose(&text, &Options::default());
            assert_eq!(ids(&found), ids(&plain), "{name}: {}\n{text}", case.title);
        }
    }
}

#[test]
fn wrapped_lines_change_nothing() {
    let matcher = Matcher::new(PACKED.table());
    let wrap = |text: &str, width: usize| -> String {
        let lines = text.lines().map(|line| {
            let chars: Vec<char> = line.chars().collect();
            chars.chunks(width).map(|c| c.iter().collect::<String>() + "\n").collect::<String>()
        });
        lines.collect()
    };
    for case in cases().iter().filter(|case| case.text.lines().any(|line| line.len() > 240)) {
        let plain = matcher.diagnose(&case.text, &Options::default());
        for width in [80, 97] {
            let found = matcher.diagnose(&wrap(&case.text, width), &Options::default());
            assert_eq!(ids(&found), ids(&plain), "{width} columns: {}", case.title);
        }
    }
}

#[test]
fn matches_stand_where_they_say() {
    let text = "one\n  \u{1b}[31mError\u{1b}[0m: denied: client with IP \\u0027203.0.113.7\\u0027 is not allowed \
                access. Refer https://aka.ms/acr/firewall to grant access.\n";
    let diagnosis = PACKED.table().diagnose(text, &Options::default());
    let place = diagnosis.findings[0].matches[0];
    assert_eq!((place.line, place.column), (2, 27));
    assert!(text[place.start..place.end].starts_with("client with IP \\u0027203"));
    assert!(text[place.start..place.end].ends_with("to grant access"));
}

/// As builders and clients draw progress into a pipe: lines that are gone over again, bars that a carriage return overwrites.
fn progress(bytes: usize) -> String {
    let mut log = String::from("\u{1b}[?25l");
    for step in 0.. {
        let (done, second) = (step % 40, step / 10);
        log += &format!(
            "\u{1b}[1A\u{1b}[1B\u{1b}[0G\u{1b}[?25l[+] Building {second}.{}s ({step}/214)\n",
            step % 10
        );
        log +=
            &format!("\u{1b}[34m => => extracting sha256:{step:064x} {done}.1s\u{1b}[0m\u{1b}[K\n");
        let bar = "=".repeat(done);
        log += &format!("5f70bf18a086: Pushing [{bar}>{:1$}] {done}MB/40MB\r", "", 40 - done);
        log += "\u{1b}[2K\u{1b}]0;build\u{7}5f70bf18a086: Pushed\u{1b}[3A\u{1b}8\n";
        if log.len() > bytes {
            return log + "\u{1b}[?25h";
        }
    }
    log
}

#[test]
fn what_stands_behind_much_progress_is_found_on_its_line() {
    let log = progress(20 << 10);
    let error = "\u{1b}[31mERROR\u{1b}[0m: failed to push contoso.azurecr.io/team/web:1: unauthorized: authentication required\n";
    let text = format!("{log}{error}");
    let diagnosis = PACKED.table().diagnose(&text, &Options::default());
    assert_eq!(ids(&diagnosis), [("azure/unauthorized".to_owned(), "certain")]);
    let found = &diagnosis.findings[0];
    let place = found.matches[0];
    assert_eq!(place.line as usize, log.matches('\n').count() + 1);
    assert_eq!(&text[place.start..place.end], "unauthorized: authentication required");
    assert_eq!(found.why.lines, [place.line]);
    assert_eq!(found.captures.get("repository"), Some("team/web"));
}

#[test]
fn only_one_providers_problems_when_asked() {
    let options = Options::default().provider(Some("ibm"));
    let diagnosis = PACKED.table().diagnose("unauthorized: authentication required", &options);
    assert_eq!(ids(&diagnosis), [("ibm/unauthorized".to_owned(), "possible")]);
}

#[test]
fn damaged_bytes_are_refused_or_read_without_a_panic() {
    let (all, small) = (PACKED.bytes(Layers::All), PACKED.bytes(Layers::Match));
    for bytes in [small, all] {
        for at in (0..bytes.len()).step_by(bytes.len() / 997) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            if let Ok(table) = Table::from_bytes(&damaged) {
                table.diagnose("unauthorized: authentication required", &Options::default());
                table.search("login", 3);
                table.by_code("CRG0014E").for_each(drop);
                table.problem("azure/unauthorized");
            }
            assert!(Table::from_bytes(&bytes[..at]).is_err());
        }
    }
}

#[test]
fn a_secret_is_no_capture() {
    let text = "contoso.azurecr.io: can't log in alice with --password Tailspin-2026";
    let diagnosis = PACKED.table().diagnose(text, &Options::default());
    let captures = &diagnosis.findings[0].captures;
    assert_eq!((captures.get("user"), captures.get("secret")), (Some("alice"), None));
}

#[test]
fn searching_forgives_typing_errors_and_knows_synonyms() {
    let first = |query: &str| PACKED.table().search(query, 3).first().map(|hit| hit.problem.id());
    assert_eq!(first("firewall address"), Some("azure/client-ip-not-allowed"));
    assert_eq!(first("firewal adress"), Some("azure/client-ip-not-allowed"));
    assert_eq!(first("CRG0014E"), Some("ibm/quota"));
    assert_eq!(first("crg0014e"), Some("ibm/quota"));
    assert_eq!(first("storage quo"), Some("ibm/quota"));
    assert_eq!(first("zzzzzz"), None);
}

#[test]
fn look_ups() {
    let table = PACKED.table();
    assert_eq!(table.problem("AZURE/Unauthorized").map(|p| p.url()), Some("azure/unauthorized/"));
    assert!(table.problem("azure/none").is_none());
    let codes: Vec<_> = table.codes().map(|code| code.code()).collect();
    assert!(codes.contains(&"CRG0014E") && codes.is_sorted());
    assert_eq!(table.by_code("crg0014e").map(|p| p.id()).collect::<Vec<_>>(), ["ibm/quota"]);
    let registry = table.registry("https://Contoso.azurecr.io/v2/").unwrap();
    assert_eq!((registry.provider(), registry.name()), (Some("azure"), "contoso"));
    let registry = table.registry("private.de.icr.io").unwrap();
    assert_eq!((registry.provider(), registry.kind().id()), (Some("ibm"), "private"));
    assert_eq!(table.registry("mcrprod.azurecr.io").unwrap().provider(), None);
    assert_eq!(table.registry("index.docker.io").unwrap().other().map(|o| o.0), Some("docker.io"));
    assert!(table.registry("www.example.com").is_none());
}

/// A table that brings its names and one that doesn't find the same by them.
#[test]
fn names_find_what_a_scan_finds() {
    let bytes = PACKED.bytes(Layers::Search);
    let (named, scanned) = (PACKED.table(), Table::from_bytes(&bytes).unwrap());
    let by_code = |table: Table<'_>, code: &str| {
        table.by_code(code).map(|problem| problem.index()).collect::<Vec<_>>()
    };
    let by_id = |table: Table<'_>, id: &str| table.problem(id).map(|problem| problem.index());
    let names: Vec<&str> = named
        .problems()
        .flat_map(|problem| {
            [problem.id()].into_iter().chain(problem.aliases()).chain(problem.codes())
        })
        .collect();
    assert!(names.len() > named.problems().len());
    for name in names {
        for name in [
            name.to_owned(),
            name.to_lowercase(),
            name.to_uppercase(),
            format!("{name}0"),
            name[1..].to_owned(),
        ] {
            assert_eq!(by_code(named, &name), by_code(scanned, &name), "{name}");
            assert_eq!(by_id(named, &name), by_id(scanned, &name), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Anything at all may be pasted.
    #[test]
    fn no_text_is_a_panic(text in "\\PC{0,300}|(denied|\\\\|\"|'|\n|\\[|<|>|%3|&#39;|\u{1b}\\[|https://|contoso.azurecr.io|[a-z :]){0,60}") {
        let diagnosis = PACKED.table().diagnose(&text, &Options::default());
        for place in diagnosis.findings.iter().flat_map(|found| &found.matches) {
            prop_assert!(place.start < place.end && place.end <= text.len());
            prop_assert!(place.line >= 1 && place.column >= 1);
        }
        let masked = mask(&text);
        prop_assert!(masked.lines().count() == text.lines().count() && masked.is_empty() == text.is_empty());
        PACKED.table().search(&text, 5);
    }

    /// Any bytes may be a stream, and any may be taken for a table.
    #[test]
    fn no_bytes_are_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let matcher = Matcher::new(PACKED.table());
        let mut stream = Stream::new(&matcher, Options::default());
        stream.feed(&bytes);
        stream.finish();
        let _ = Table::from_bytes(&bytes);
    }
}
