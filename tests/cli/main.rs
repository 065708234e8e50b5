//! The readers' command, as typed and as printed.
//!
//! Each file in `transcripts/` is a session; `TRYCMD=overwrite` rewrites what is printed.

use std::process::{Command, Output, Stdio};

mod secrets;

fn pullmedic(args: &[&str], input: &str) -> Output {
    run(Command::new(env!("CARGO_BIN_EXE_pullmedic")).args(args), input)
}

fn run(command: &mut Command, input: &str) -> Output {
    use std::io::Write;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("piped");
    // A command that doesn't read its input closes the pipe: that is its right.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("../../tests/cli/transcripts/*.md");
}

/// A bad line of a batch is answered in its place, and the rest goes on.
#[test]
fn a_batch_survives_bad_lines() {
    let input = "{\"id\": 7, \"text\": \"CRG0014E\"}\nnot json\n{\"id\": \"b\"}\n{\"id\": null, \"text\": \"hello\"}\n";
    let output = pullmedic(&["diagnose", "--batch"], input);
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["id"], 7);
    assert_eq!(lines[0]["findings"][0]["problem"], "ibm/authenticating-with-ibm-cloud-failed");
    assert_eq!(lines[1]["line"], 2);
    assert!(lines[1]["error"].is_string() && lines[2]["error"].is_string());
    assert_eq!(lines[3]["findings"].as_array().map(Vec::len), Some(0));
}

/// A log that is too long to keep is read as a stream: the same finding, on the same line.
#[test]
fn a_long_log_is_a_stream() {
    let mut log = "2026-11-02T10:11:12Z step 7 of 12 is done\n".repeat(400_000);
    log.push_str("Error response from daemon: Get \"https://tailspin.azurecr.io/v2/\": denied: client with IP '203.0.113.7' is not allowed access.\n");
    let output = pullmedic(&["diagnose", "--format", "json"], &log);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let finding = &answer["findings"][0];
    assert_eq!(finding["problem"], "azure/client-ip-not-allowed");
    assert_eq!(finding["captures"]["registry"], "tailspin");
    assert_eq!(finding["matches"][0]["line"], 400_001);
    let output = pullmedic(&["diagnose"], &log);
    assert!(stdout(&output).contains("400001"));
}

/// The JSON of one diagnosis has the keys that programs rely on.
#[test]
fn json_has_its_keys() {
    let log = "Error response from daemon: Get \"https://tailspin.azurecr.io/v2/\": denied: client with IP \
               '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.";
    let output = pullmedic(&["diagnose", "--format", "json"], log);
    assert_eq!(output.status.code(), Some(0));
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(answer["format"], 1);
    let finding = &answer["findings"][0];
    for key in [
        "problem",
        "provider",
        "title",
        "confidence",
        "score",
        "matches",
        "captures",
        "causes",
        "url",
    ] {
        assert!(!finding[key].is_null(), "`{key}` is missing in {finding}");
    }
    assert_eq!(finding["captures"]["registry"], "tailspin");
    assert_eq!(finding["matches"][0]["line"], 1);
    let text = finding["causes"].to_string();
    assert!(text.contains("--name tailspin"), "no command carries the registry: {text}");
}

/// Nothing found is 1, a missing file is 2, and both say what to do.
#[test]
fn exit_codes_tell_what_happened() {
    assert_eq!(pullmedic(&["diagnose"], "all is well\n").status.code(), Some(1));
    let missing = pullmedic(&["diagnose", "no/such/file"], "");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no/such/file"));
    assert_eq!(pullmedic(&["diagnose", "--provider", "nobody"], "").status.code(), Some(2));
    assert_eq!(pullmedic(&["explain", "no-such-thing"], "").status.code(), Some(1));
}

/// Bytes that are no text, and text that could steer a terminal, do no harm.
#[test]
fn any_bytes_are_an_input() {
    let output = pullmedic(&["diagnose"], "\u{1b}[2J\u{0}\u{fffd} CRG0014E \u{1b}]0;title\u{7}\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(!stdout(&output).contains('\u{1b}'), "an escape sequence got through");
}
