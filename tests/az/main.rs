//! Every `az` command of the knowledge base is one that the Azure CLI accepts: commands, options
//! and their spelling.
//!
//! The CLI parses each line and is stopped before it runs. `AZ_PYTHON` names the Python that azure-
//! cli is installed for. Steps: gather texts (commands, and code spans of the prose and the tables)
//! → calls of `az` → `parse.py` → refusals, less the commands of extensions, whose options are listed here.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use pullmedic::TABLE;
use pullmedic_e2e::root;

/// A command of an extension of the CLI, which may not be installed here: its options are those that
/// the extension's documentation lists.
struct Foreign {
    command: &'static str,
    options: &'static [&'static str],
}

/// The extensions `azure-iot`, `k8s-extension` and `ml`.
const FOREIGN: &[Foreign] = &[
    Foreign {
        command: "az iot edge set-modules",
        options: &["--hub-name", "--device-id", "--content"],
    },
    Foreign {
        command: "az iot hub module-twin show",
        options: &["--hub-name", "--device-id", "--module-id"],
    },
    Foreign { command: "az k8s-extension create", options: K8S_EXTENSION },
    Foreign { command: "az k8s-extension delete", options: K8S_EXTENSION },
    Foreign { command: "az k8s-extension list", options: K8S_EXTENSION },
    Foreign { command: "az k8s-extension update", options: K8S_EXTENSION },
    Foreign {
        command: "az ml compute show",
        options: &["--name", "--workspace-name", "--resource-group"],
    },
    Foreign { command: "az ml workspace sync-keys", options: &["--name", "--resource-group"] },
    Foreign {
        command: "az ml workspace update",
        options: &["--name", "--resource-group", "--image-build-compute"],
    },
];

const K8S_EXTENSION: &[&str] = &[
    "--cluster-name",
    "--cluster-type",
    "--resource-group",
    "--name",
    "--extension-type",
    "--config",
    "--config-protected-file",
];

/// What every command of the CLI takes.
const GLOBAL: &[&str] = &["--query", "--output"];

/// A resource's ID; it also stands for every `$(…)`, most of which print one.
const RESOURCE: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-images\
    /providers/Microsoft.Network/virtualNetworks/vnet-prod/subnets/snet-build";

#[test]
fn every_az_command_parses() {
    let lines = az_lines();
    assert!(lines.len() > 100, "only {} az commands in the knowledge base?", lines.len());
    let (foreign, refused): (Vec<_>, Vec<_>) =
        refused(&lines).into_iter().partition(|(line, error)| is_foreign(line, error));
    let whole: BTreeSet<String> = command_lines();
    let refused =
        refused.iter().filter(|(line, error)| whole.contains(line) || !is_only_short(error));
    let refused: Vec<String> = refused.map(|(l, e)| format!("  {l}\n    {e}")).collect();
    assert!(refused.is_empty(), "the Azure CLI refuses:\n{}", refused.join("\n"));
    let needless =
        FOREIGN.iter().filter(|known| !foreign.iter().any(|(line, _)| begins(line, known.command)));
    let needless: Vec<_> = needless.map(|known| known.command).collect();
    assert!(needless.is_empty(), "the CLI knows these, or nobody uses them: {needless:?}");
}

/// Whether the CLI refuses the command itself, and an extension is known to bring it with these options.
fn is_foreign(line: &str, error: &str) -> bool {
    error.contains("misspelled or not recognized")
        && FOREIGN.iter().any(|known| begins(line, known.command) && takes(known, line))
}

fn takes(known: &Foreign, line: &str) -> bool {
    let mut options = line.split_whitespace().filter(|word| word.starts_with("--"));
    options.all(|option| known.options.contains(&option) || GLOBAL.contains(&option))
}

/// Prose may name a command without its arguments.
fn is_only_short(error: &str) -> bool {
    error.contains("expected one argument") || error.contains("arguments are required")
}

fn begins(line: &str, words: &str) -> bool {
    line.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '))
}

/// Every call of `az` in a command, with example values for placeholders.
fn command_lines() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for text in commands() {
        collect(&filled(&text), &mut lines);
    }
    lines
}

/// Every call of `az`.
fn az_lines() -> Vec<String> {
    let mut lines = command_lines();
    for span in prose().iter().flat_map(|text| spans(text)) {
        let is_whole = span.contains(" -") && !span.contains(['…', '[']) && !span.contains("...");
        if span.starts_with("az ") && is_whole {
            collect(&filled(&span), &mut lines);
        }
    }
    lines.into_iter().collect()
}

fn commands() -> Vec<String> {
    let mut texts = Vec::new();
    for problem in TABLE.problems() {
        let steps = problem.resolutions().flat_map(pullmedic::Resolution::steps);
        texts.extend(steps.flat_map(|s| s.commands()).map(|c| c.text().to_owned()));
        let checks = problem.causes().filter_map(|c| c.check()?.command());
        texts.extend(checks.map(|c| c.text().to_owned()));
    }
    texts.extend(TABLE.logins().map(|login| login.command().text().to_owned()));
    texts
}

/// The Markdown in which commands are named: of problems, causes, steps and reference tables.
fn prose() -> Vec<String> {
    let mut texts = Vec::new();
    for problem in TABLE.problems() {
        texts.push(problem.summary().to_owned());
        for cause in problem.causes() {
            texts.extend(cause.explain().map(str::to_owned));
            texts.extend(cause.check().map(|check| check.expect().to_owned()));
            texts.extend(cause.check().and_then(|check| check.question()).map(str::to_owned));
        }
        for resolution in problem.resolutions() {
            texts.extend(resolution.otherwise().map(str::to_owned));
            texts.extend(resolution.steps().filter_map(|step| step.say()).map(str::to_owned));
            texts.extend(resolution.steps().filter_map(|step| step.expect()).map(str::to_owned));
        }
    }
    let cells = TABLE.reference_tables().flat_map(|table| table.rows());
    texts.extend(cells.flatten().map(str::to_owned));
    texts
}

/// The code spans of a Markdown text.
fn spans(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Example values; those that a shell would split or expand are replaced by a word.
fn filled(text: &str) -> String {
    let mut text = text.to_owned();
    for placeholder in TABLE.placeholders() {
        let example = placeholder.example();
        let plain = example.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:@~".contains(c));
        let value = match placeholder.id() {
            "resource-id" | "subnet-id" => RESOURCE,
            _ if plain => example,
            _ => "value",
        };
        text = text.replace(&format!("<{}>", placeholder.id()), value);
    }
    text
}

/// The calls of `az` in a shell text: on lines of their own, in pipes, in `$(…)`.
fn collect(text: &str, lines: &mut BTreeSet<String>) {
    let mut rest = text.replace("\\\n", " ");
    while let Some((start, end)) = substitution(&rest) {
        collect(&rest[start + 2..end], lines);
        rest.replace_range(start..=end, RESOURCE);
    }
    for call in split_unquoted(&rest) {
        let call = call.trim();
        let call = call.split_once("az ").filter(|(before, _)| is_prefix(before));
        if let Some((_, arguments)) = call {
            lines.insert(format!("az {arguments}"));
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

/// At line ends, `|`, `;`, `&&`, redirections and comments, outside quotes.
fn split_unquoted(text: &str) -> Vec<String> {
    let mut calls = vec![String::new()];
    let (mut quote, mut comment, mut blank_before) = (None, false, true);
    for c in text.chars() {
        let outside = quote.is_none();
        comment = c != '\n' && (comment || outside && c == '#' && blank_before);
        if comment {
            continue;
        }
        match c {
            '\'' | '"' if outside => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            _ => {}
        }
        if outside && "\n|;&<>".contains(c) {
            calls.push(String::new());
        } else if let Some(last) = calls.last_mut() {
            last.push(c);
        }
        blank_before = c.is_whitespace();
    }
    calls
}

/// The lines that the CLI refuses, and what it says.
fn refused(lines: &[String]) -> Vec<(String, String)> {
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
    let rows: Vec<String> =
        lines.iter().map(|line| serde_json::json!({ "command": line }).to_string()).collect();
    let writer = std::thread::spawn(move || input.write_all(rows.join("\n").as_bytes()));
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("no panic").expect("it reads its input");
    assert!(output.status.success(), "parse.py failed");
    let answers: Vec<Option<String>> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|row| serde_json::from_str(row).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), lines.len(), "parse.py answers every line");
    lines.iter().cloned().zip(answers).filter_map(|(line, error)| Some((line, error?))).collect()
}
