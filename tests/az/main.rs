//! Every `az` command of the knowledge base is one that the Azure CLI accepts: commands, options and their spelling.
//!
//! The CLI parses each line and is stopped before it runs. `AZ_PYTHON` names the Python that azure-cli is installed for.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use pullmedic::TABLE;
use pullmedic_e2e::root;

#[test]
fn every_az_command_parses() {
    let lines = az_lines();
    assert!(lines.len() > 20, "only {} az commands in the knowledge base?", lines.len());
    let refused = refused(&lines);
    assert!(refused.is_empty(), "the Azure CLI refuses:\n{}", refused.join("\n"));
}

/// Every call of `az` in every command, with example values for placeholders.
fn az_lines() -> Vec<String> {
    let mut lines = BTreeSet::new();
    for problem in TABLE.problems() {
        let steps = problem.resolutions().flat_map(|r| r.steps());
        let fixes = steps.flat_map(|s| s.commands());
        let checks = problem.causes().filter_map(|c| c.check()?.command());
        for command in fixes.chain(checks) {
            collect(&filled(command.text()), &mut lines);
        }
    }
    for login in TABLE.logins() {
        collect(&filled(login.command().text()), &mut lines);
    }
    lines.into_iter().collect()
}

/// Example values; those that a shell would split or expand are replaced by a word.
fn filled(text: &str) -> String {
    let mut text = text.to_owned();
    for placeholder in TABLE.placeholders() {
        let example = placeholder.example();
        let plain = example.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@~".contains(c));
        let value = if plain { example } else { "value" };
        text = text.replace(&format!("<{}>", placeholder.id()), value);
    }
    text
}

/// The calls of `az` in a shell text: on lines of their own, in pipes, in `$(…)`.
fn collect(text: &str, lines: &mut BTreeSet<String>) {
    let joined = text.replace("\\\n", " ");
    for line in joined.lines() {
        let mut rest = line.to_owned();
        while let Some((start, end)) = substitution(&rest) {
            collect(&rest[start + 2..end], lines);
            rest.replace_range(start..=end, "value");
        }
        for call in split_unquoted(&rest) {
            let call = call.trim();
            let call = call.split_once("az ").filter(|(before, _)| is_prefix(before));
            if let Some((_, arguments)) = call {
                lines.insert(format!("az {arguments}"));
            }
        }
    }
}

/// Nothing, or assignments such as `DOCKER_COMMAND=podman`.
fn is_prefix(before: &str) -> bool {
    before.split_whitespace().all(|word| word.contains('='))
}

/// The innermost `$(…)`: where it starts, and where its `)` is.
fn substitution(text: &str) -> Option<(usize, usize)> {
    let start = text.rfind("$(")?;
    let end = start + text[start..].find(')')?;
    Some((start, end))
}

/// At `|`, `;`, `&&`, redirections and comments, outside quotes.
fn split_unquoted(line: &str) -> Vec<String> {
    let mut calls = vec![String::new()];
    let mut quote = None;
    let mut blank_before = true;
    for c in line.chars() {
        let outside = quote.is_none();
        if outside && c == '#' && blank_before {
            break;
        }
        match c {
            '\'' | '"' if outside => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            _ => {}
        }
        if outside && "|;&<>".contains(c) {
            calls.push(String::new());
        } else if let Some(last) = calls.last_mut() {
            last.push(c);
        }
        blank_before = c.is_whitespace();
    }
    calls
}

fn refused(lines: &[String]) -> Vec<String> {
    let python = std::env::var("AZ_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let config = root().join("target/az-config");
    let mut child = Command::new(&python)
        .arg(root().join("tests/az/parse.py"))
        .env("AZURE_CONFIG_DIR", &config)
        .env("AZURE_CORE_COLLECT_TELEMETRY", "no")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("can't run {python}: {e}"));
    let mut input = child.stdin.take().expect("piped");
    let rows: Vec<String> = lines
        .iter()
        .map(|line| serde_json::json!({ "id": line, "command": line }).to_string())
        .collect();
    let writer = std::thread::spawn(move || input.write_all(rows.join("\n").as_bytes()));
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("no panic").expect("it reads its input");
    assert!(output.status.success(), "parse.py failed");
    let answers = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows = answers.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON"));
    rows.map(|row| format!("  {}\n    {}", row["id"], row["error"])).collect()
}
