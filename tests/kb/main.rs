//! The editors' command: faults, formats, the output folder, the same bytes every time.
//!
//! Each file in `transcripts/` is a session; `TRYCMD=overwrite` rewrites what is printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A small knowledge base without faults.
const SMALL: &str = "crates/pullmedic-core/tests/base";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn kb(args: &[&str]) -> Output {
    let command =
        Command::new(env!("CARGO_BIN_EXE_pullmedic-kb")).args(args).current_dir(root()).output();
    command.expect("the command starts")
}

fn build(out: &Path, more: &[&str]) {
    let out = out.to_str().expect("UTF-8");
    let output = kb(&[&["build", "--out", out], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Path → content of every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_owned();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("../../tests/kb/transcripts/*.md");
}

/// The same input gives the same bytes: twice, and with any number of threads.
#[test]
fn the_site_is_the_same_every_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    build(&one, &["--threads", "1"]);
    build(&two, &["--threads", "2"]);
    let (one, two) = (files(&one), files(&two));
    assert!(one.len() > 1000, "only {} files", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{} differs", name.display());
    }
}

/// A published site leads to the files that its pages were written in.
#[test]
fn pages_lead_to_their_entries() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("site");
    build(&out, &["--kb", SMALL, "--edit-url", "https://example.com/edit/"]);
    let of_a_problem = |path: &Path| path.to_string_lossy().matches('/').count() == 2;
    let pages = files(&out).into_iter().filter(|(path, _)| of_a_problem(path));
    let texts = pages.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    let led: Vec<String> = texts.filter(|text| text.contains("example.com/edit/")).collect();
    assert!(!led.is_empty(), "no page leads to its entry");
    for text in led {
        let (_, link) = text.split_once("https://example.com/edit/").expect("a link");
        let file = link.split('"').next().unwrap_or_default();
        assert!(root().join(file).is_file(), "there is no {file}");
    }
}

/// The table is the same every time, and `--check` says whether a file is up to date.
#[test]
fn the_table_is_the_same_every_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("table.bin");
    let file = file.to_str().expect("UTF-8");
    assert!(kb(&["table", "--emit", "bin", "--out", file]).status.success());
    assert!(kb(&["table", "--emit", "bin", "--out", file, "--check"]).status.success());
    fs::write(file, "stale").expect("a file");
    let stale = kb(&["table", "--emit", "bin", "--out", file, "--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert_eq!(fs::read_to_string(file).expect("a file"), "stale", "--check must not write");
}

/// A folder that we didn't make is left alone; one that we made is replaced whole.
#[test]
fn the_output_folder_is_ours_or_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let foreign = folder.path().join("photos");
    fs::create_dir(&foreign).expect("a folder");
    fs::write(foreign.join("cat.png"), "meow").expect("a file");
    let refused = kb(&["build", "--out", foreign.to_str().expect("UTF-8")]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(files(&foreign).len(), 1);

    let (ours, small) = (folder.path().join("site"), ["--kb", SMALL]);
    build(&ours, &small);
    fs::write(ours.join("left-over.html"), "old").expect("a file");
    build(&ours, &small);
    assert!(!ours.join("left-over.html").exists());
    let names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert_eq!(names.len(), 2, "temporary folders stay behind: {names:?}");
}

/// A faulty knowledge base leaves the last good site as it was, and the reports agree on what is wrong.
#[test]
fn faults_are_reported_in_every_format_and_write_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("kb");
    for (name, bytes) in files(&root().join("crates/pullmedic-macros/tests/five-faults")) {
        let file = copy.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    let copy = copy.to_str().expect("UTF-8");
    let run = |format: &str| {
        let output = kb(&["check", copy, "--format", format]);
        assert_eq!(output.status.code(), Some(1), "{format}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let json: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    let count = json["diagnostics"].as_array().map_or(0, Vec::len);
    assert_eq!(count, 5);
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(count));
    assert_eq!(run("github").lines().filter(|l| l.starts_with("::error file=")).count(), count);
    assert!(run("text").contains("5 faults in the knowledge base"));

    let out = folder.path().join("site");
    let output = kb(&["build", "--kb", copy, "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!out.exists(), "a faulty knowledge base must not write a site");
}

/// A new entry is found faulty only where its blanks are, and is without fault once they are filled in.
#[test]
fn a_new_entry_names_its_blanks() {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("kb");
    for (name, bytes) in files(&root().join(SMALL)) {
        let file = copy.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    let copy = copy.to_str().expect("UTF-8");
    assert!(kb(&["new", "azure/my-problem", "--kb", copy]).status.success());
    let again = kb(&["new", "azure/my-problem", "--kb", copy]);
    assert_eq!(again.status.code(), Some(2), "an entry that is there is never overwritten");
    let output = kb(&["check", copy, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let faults = json["diagnostics"].as_array().expect("a list");
    assert!(!faults.is_empty());
    for fault in faults {
        let file = fault["location"]["file"].as_str().unwrap_or_default();
        assert!(file.ends_with("azure/problems/my-problem.yaml"), "{fault}");
    }
    fill(&Path::new(copy).join("azure/problems/my-problem.yaml"));
    let output = kb(&["check", copy]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Writes something into each blank of a new entry.
fn fill(file: &Path) {
    let entry = fs::read_to_string(file).expect("the entry");
    let message = "the repository is frozen";
    let filled = entry
        .replace("https://…", "https://learn.microsoft.com/azure")
        .replace("message: \"…\"", &format!("message: {message}"))
        .replace("|\n      …", &format!("|\n      contoso.azurecr.io: {message}"))
        .replace('…', "filled in");
    fs::write(file, filled).expect("a file");
}

/// The schema is JSON Schema and knows an entry's keys.
#[test]
fn the_schema_knows_an_entry() {
    let output = kb(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let keys = &schema["$defs"]["problem"]["properties"];
    for key in ["title", "symptoms", "causes", "examples"] {
        assert!(keys[key].is_object(), "`{key}` is missing in {keys}");
    }
}
