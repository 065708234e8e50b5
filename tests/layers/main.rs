//! Which crate may depend on what, and whether the code map lists the crates there are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use pullmedic_e2e::{output, root};

/// What must not be in a crate's graph.
struct Rule {
    package: &'static str,
    /// `cargo tree --edges`.
    edges: &'static str,
    never: &'static [&'static str],
    because: &'static str,
}

/// Edges of what is linked into a program that depends on the package.
const TARGET: &str = "normal,no-proc-macro";
/// Edges of all that is compiled, host side included.
const ALL: &str = "normal,build";

const YAML: [&str; 3] = ["yaml_serde", "saphyr-parser", "walkdir"];

const RULES: &[Rule] = &[
    Rule {
        package: "pullmedic-cli",
        edges: TARGET,
        never: &[
            YAML[0],
            YAML[1],
            YAML[2],
            "tera",
            "pulldown-cmark",
            "pullmedic-core",
            "pullmedic-pack",
        ],
        because: "the readers' tool carries a table, not the means to make one",
    },
    Rule {
        package: "pullmedic-web",
        edges: TARGET,
        never: &[YAML[0], YAML[1], YAML[2], "serde", "pullmedic-core"],
        because: "every byte of it is sent to readers",
    },
    Rule {
        package: "pullmedic-core",
        edges: ALL,
        never: &["tera", "pulldown-cmark", "proc-macro2-diagnostics", "pullmedic-table"],
        because: "the model knows nothing of what is made of it",
    },
    Rule {
        package: "pullmedic-pack",
        edges: TARGET,
        never: &["syn", "tera", "pulldown-cmark"],
        because: "packing needs tokens, not a parser of Rust",
    },
    Rule {
        package: "pullmedic-macros",
        edges: ALL,
        never: &["tera", "pulldown-cmark", "pullmedic-site", "clap"],
        because: "a dependent compiles all of the macro's graph",
    },
    Rule {
        package: "pullmedic-site",
        edges: ALL,
        never: &["clap", "pullmedic-macros"],
        because: "rendering is a library, not a command",
    },
];

#[test]
fn no_crate_reaches_what_it_must_not() {
    for rule in RULES {
        let found = graph(rule.package, rule.edges);
        for never in rule.never {
            assert!(
                !found.contains_key(*never),
                "{} depends on {never}, but {}; see: cargo tree -p {} -e {} -i {never}",
                rule.package,
                rule.because,
                rule.package,
                rule.edges
            );
        }
    }
}

#[test]
fn a_dependent_links_the_table_and_nothing_else() {
    let linked: Vec<String> = graph("pullmedic", TARGET).into_keys().collect();
    assert_eq!(linked, ["pullmedic", "pullmedic-table"]);
}

#[test]
fn the_macro_has_one_syn() {
    let versions = &graph("pullmedic-macros", ALL)["syn"];
    assert_eq!(
        versions.len(),
        1,
        "two versions of syn cost a dependent 1.2 times the build: {versions:?}"
    );
}

#[test]
fn only_the_commands_print() {
    for (package, files) in sources() {
        if ["pullmedic-cli", "pullmedic-kb"].contains(&package.as_str()) {
            continue;
        }
        for (name, text) in files {
            for word in ["println!", "eprintln!", "print!("] {
                let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
                let at = code.into_iter().position(|line| line.contains(word));
                assert!(at.is_none(), "{package}/{name} prints: leave that to the commands");
            }
        }
    }
}

#[test]
fn the_disk_has_one_door_per_crate() {
    for (package, files) in sources() {
        let doors: Vec<&String> =
            files.iter().filter(|(_, text)| uses_disk(text)).map(|(name, _)| name).collect();
        let most = if package == "pullmedic-kb" { 3 } else { 1 };
        assert!(doors.len() <= most, "{package} uses std::fs in {doors:?}; keep it in one module");
    }
}

fn uses_disk(text: &str) -> bool {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.contains("std::fs") || code.contains("use std::{fs")
}

#[test]
fn the_code_map_lists_every_crate() {
    let map = fs::read_to_string(root().join("crates/README.md")).expect("the code map");
    let rows = map.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next());
    let listed: BTreeSet<String> = rows.map(str::to_owned).collect();
    let there: BTreeSet<String> = sources().into_keys().collect();
    assert_eq!(listed, there, "crates/README.md and the folder disagree");
    let lines = map.lines().count();
    assert!(lines <= 100, "the code map has {lines} lines; keep it to two screens");
}

/// Packages by name, with their versions.
fn graph(package: &str, edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let args =
        ["tree", "--package", package, "--edges", edges, "--prefix", "none", "--format", "{p}"];
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for line in output(env!("CARGO"), &args).lines() {
        let mut words = line.split_whitespace();
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            found.entry(name.to_owned()).or_default().insert(version.to_owned());
        }
    }
    found
}

/// Every crate's Rust files: name, text.
fn sources() -> BTreeMap<String, Vec<(String, String)>> {
    let mut crates = BTreeMap::new();
    for folder in fs::read_dir(root().join("crates")).expect("crates").flatten() {
        if folder.path().join("Cargo.toml").is_file() {
            let mut files = Vec::new();
            collect(&folder.path().join("src"), &mut files);
            files.sort();
            crates.insert(folder.file_name().to_string_lossy().into_owned(), files);
        }
    }
    crates
}

fn collect(folder: &std::path::Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a source folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push((path.display().to_string(), fs::read_to_string(&path).expect("a source")));
        }
    }
}
