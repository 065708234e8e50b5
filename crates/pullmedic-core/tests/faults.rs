//! Every diagnostic code of this crate has a failing example, a golden rendering, and a heading
//! in `DIAGNOSTICS.md`.
//!
//! `base/` is a small knowledge base without faults. `faults/<code>/` holds files that are laid
//! over it, and `expected.txt`: how the faults are shown. `UPDATE_GOLDENS=1` writes that file.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use pullmedic_core::{Code, Diagnostics, Sources, Stage, compile};

/// How the faults are shown.
const GOLDEN: &str = "expected.txt";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The files below a folder, as paths below `kb/`.
fn files(root: &Path, below: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(root).unwrap().map(Result::unwrap) {
        let path = format!("{below}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &path, found);
        } else if entry.file_name() != GOLDEN {
            found.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

fn sources(case: Option<&Path>) -> Sources {
    let mut found = BTreeMap::new();
    files(&folder("base"), "kb", &mut found);
    if let Some(case) = case {
        files(case, "kb", &mut found);
    }
    Sources::from_files(found)
}

fn faults(case: &Path) -> (Sources, Diagnostics) {
    let sources = sources(Some(case));
    let faults = compile(&sources).expect_err(case.to_str().unwrap());
    (sources, faults)
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<_> =
        fs::read_dir(folder("faults")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn code_of(case: &Path) -> &str {
    case.file_name().unwrap().to_str().unwrap()
}

/// Codes that this crate raises.
fn own_codes() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().filter(|code| code.stage() == Stage::Check).map(|code| code.as_str())
}

#[test]
fn the_base_has_no_faults() {
    let sources = sources(None);
    let kb = compile(&sources).map_err(|faults| panic!("{}", faults.render(&sources))).unwrap();
    assert_eq!(kb.problems().len(), 3);
}

/// The emitter of every code is proven by its example, and an example is about nothing else.
#[test]
fn every_code_has_an_example_of_its_own() {
    let with_example: BTreeSet<_> = cases().iter().map(|case| code_of(case).to_owned()).collect();
    assert_eq!(with_example, own_codes().map(str::to_owned).collect());
    for case in cases() {
        for fault in &faults(&case).1 {
            assert_eq!(fault.code.as_str(), code_of(&case), "{fault}");
        }
    }
}

#[test]
fn faults_are_shown_as_expected() {
    let update = env::var_os("UPDATE_GOLDENS").is_some();
    let mut different = Vec::new();
    for case in cases() {
        let (sources, faults) = faults(&case);
        let shown = faults.render(&sources);
        let golden = case.join(GOLDEN);
        if update {
            fs::write(&golden, shown).unwrap();
        } else if fs::read_to_string(&golden).ok().as_ref() != Some(&shown) {
            different.push(format!("{}:\n{shown}", golden.display()));
        }
    }
    assert!(
        different.is_empty(),
        "run the test with UPDATE_GOLDENS=1 and review the difference:\n{}",
        different.join("\n")
    );
}

#[test]
fn every_code_is_documented_in_order() {
    let text = fs::read_to_string(folder("../DIAGNOSTICS.md")).unwrap();
    let headings: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let codes: Vec<_> = Code::ALL.iter().map(|code| format!("`{code}`")).collect();
    assert_eq!(headings, codes);
    for section in text.split("\n### ").skip(1) {
        let words = section.split_whitespace().count();
        assert!(words > 20, "say more about {}", section.lines().next().unwrap());
    }
}

#[test]
fn faults_do_not_depend_on_the_order_of_the_files() {
    for case in cases() {
        let mut found = BTreeMap::new();
        files(&folder("base"), "kb", &mut found);
        files(&case, "kb", &mut found);
        let backwards = compile(&Sources::from_files(found.into_iter().rev())).unwrap_err();
        assert_eq!(backwards, faults(&case).1, "{}", case.display());
    }
}
