//! No secret that is planted in a log comes out of the command, whatever it is asked for.

use std::process::Command;

use crate::{run, stdout};

#[path = "../secrets/planted.rs"]
mod planted;

use planted::{KINDS, LOGS, Random, log, shows};

/// All that the command prints about a text, in each of its ways.
fn outputs(text: &str) -> Vec<(&'static str, String)> {
    let batch = format!("{}\n", serde_json::json!({ "id": 1, "text": text }));
    let runs: [(&str, &[&str], &str); 7] = [
        ("text", &["diagnose"], text),
        ("colours", &["diagnose"], text),
        ("json", &["diagnose", "--format", "json"], text),
        ("github", &["diagnose", "--format", "github"], text),
        ("batch", &["diagnose", "--batch"], &batch),
        ("explain", &["explain", "--", text], ""),
        ("search", &["search", "--", text], ""),
    ];
    let run = |(name, args, input): (&'static str, &[&str], &str)| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullmedic"));
        let is_coloured = if name == "colours" { "1" } else { "0" };
        let output = run(command.args(args).env("CLICOLOR_FORCE", is_coloured), input);
        (name, stdout(&output) + &String::from_utf8_lossy(&output.stderr))
    };
    runs.map(run).to_vec()
}

#[test]
fn no_kind_comes_out_in_any_format() {
    let mut faults = Vec::new();
    for (at, kind) in KINDS.iter().enumerate() {
        let (text, secrets) = log(kind, LOGS[at % LOGS.len()], &mut Random(at as u64));
        for (name, output) in outputs(&text) {
            if secrets.iter().any(|secret| shows(&output, secret)) {
                faults.push(format!("{name}: {kind}\n{output}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
