//! Whatever is in a file, the answer is quick, and it is a fault and not a panic.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use pullmedic_core::{Code, Diagnostics, Sources, compile};

/// Far more than any of these needs, even in a debug build on a busy machine.
const QUICKLY: Duration = Duration::from_secs(30);

fn faults_of(bytes: impl Into<Vec<u8>>) -> Diagnostics {
    let start = Instant::now();
    let sources = Sources::from_files([("kb/azure/problems/x.yaml", bytes)]);
    let faults = compile(&sources).unwrap_err();
    let shown = faults.render(&sources);
    assert!(start.elapsed() < QUICKLY, "{:?}", start.elapsed());
    assert!(shown.len() < 16 << 20, "{} bytes of faults", shown.len());
    faults
}

fn has(faults: &Diagnostics, code: Code) -> bool {
    faults.iter().any(|fault| fault.code == code)
}

#[test]
fn alias_bomb() {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, last) in ('b'..='z').zip('a'..) {
        let list = format!("*{last}, ").repeat(9);
        writeln!(text, "{name}: &{name} [{list}]").unwrap();
    }
    assert!(has(&faults_of(text), Code::YamlFeature));
}

#[test]
fn deep_nesting() {
    for open in ["[", "{a: ", "- ", "? ", "- - ", "[{a: "] {
        let faults = faults_of(open.repeat(200_000 / open.len()) + "\n");
        let refused = [Code::TooLarge, Code::Syntax, Code::YamlFeature];
        assert!(refused.iter().any(|code| has(&faults, *code)), "{open}: {faults}");
    }
    let lines: Vec<_> = (0..500).map(|n| " ".repeat(n) + "a:").collect();
    assert!(has(&faults_of(lines.join("\n")), Code::TooLarge));
}

#[test]
fn large_files() {
    assert!(has(&faults_of("a".repeat((1 << 20) + 1)), Code::TooLarge));
    assert!(has(&faults_of(format!("title: \"{}\"\n", "a".repeat(1 << 19))), Code::TooLarge));
    assert!(has(&faults_of("- a\n".repeat(1 << 18)), Code::TooLarge));
}

#[test]
fn many_keys() {
    let keys: Vec<_> = (0..5_000).map(|n| format!("k{n}: 1\n")).collect();
    assert!(has(&faults_of(keys.concat()), Code::UnknownKey));
}

#[test]
fn bytes_that_are_no_text() {
    assert!(has(&faults_of([0xff, 0xfe, 0x00]), Code::Encoding));
    assert!(has(&faults_of("a: \0\n"), Code::Encoding));
    assert!(has(&faults_of("\u{feff}a: b\n"), Code::Encoding));
    assert!(has(&faults_of("a\r\rb\r"), Code::Encoding));
    assert!(has(&faults_of(""), Code::Empty));
    assert!(has(&faults_of("---\n...\n"), Code::Empty));
}

#[test]
fn texts_that_never_end() {
    for piece in ["<a", "<", "](", "[](", "[", "{{", "\\", "` `` ", "*", "<any>", "<a>", "[x](y) "]
    {
        let text = piece.repeat(60_000 / piece.len());
        for key in ["title", "summary", "extends", "symptoms: [{ message"] {
            let close = if key.contains('[') { " }]" } else { "" };
            faults_of(format!("{key}: '{text}'{close}\n"));
        }
    }
    assert!(has(&faults_of("\0".repeat(1 << 20)), Code::Encoding));
    assert!(has(&faults_of(format!("a: [{}b]\n", "\t".repeat(1 << 19))), Code::Tab));
}

/// A generator of numbers that are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Pieces that mean something to YAML, to templates or to Markdown.
const PIECES: &[&str] = &[
    "\n", " ", "  ", "\t", ": ", " #", "- ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!str ",
    "|", ">-", "\"", "'", "\\", "<", ">", "<any>", "`", "~", "null", "{{", "}}", "{{x}}", "---\n",
    "...\n", "%", "@", "é", "\u{85}", "\u{a0}", "\r\n", "[x](y)", "<<: ", "0x1", "1_000", ".", "=",
];

/// `ROUNDS=20000` tries harder.
#[test]
fn mutated_files_never_panic() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let sources = Sources::read(&root).unwrap();
    let below = |path: &str| format!("kb{}", path.strip_prefix(sources.root()).unwrap());
    let files = sources.files().iter();
    let files: Vec<_> = files.map(|f| (below(f.path()), f.text().to_owned())).collect();
    assert!(compile(&Sources::from_files(files.clone())).is_ok());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    for _ in 0..rounds {
        let victim = dice.below(files.len());
        let mut files = files.clone();
        for _ in 0..=dice.below(3) {
            mutate(&mut files[victim].1, &mut dice);
        }
        let mutated = Sources::from_files(files);
        if let Err(faults) = compile(&mutated) {
            faults.render(&mutated);
        }
    }
}

fn mutate(text: &mut String, dice: &mut Dice) {
    let mut at = dice.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    match dice.below(3) {
        0 => text.insert_str(at, PIECES[dice.below(PIECES.len())]),
        1 => drop(text.pop()),
        _ => {
            let end =
                (at..=text.len()).filter(|&end| text.is_char_boundary(end)).nth(dice.below(4));
            text.replace_range(at..end.unwrap_or(text.len()), PIECES[dice.below(PIECES.len())]);
        }
    }
}
