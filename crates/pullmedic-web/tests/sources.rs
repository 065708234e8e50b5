//! The committed modules were built from these very sources, and are small; needs no wasm toolchain.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// Files below a path, relative to the root, with `/` between names.
fn files(path: &str, found: &mut Vec<String>) {
    let full = root().join(path);
    if full.is_file() {
        found.push(path.to_owned());
        return;
    }
    for entry in fs::read_dir(full).unwrap() {
        files(&format!("{path}/{}", entry.unwrap().file_name().into_string().unwrap()), found);
    }
}

/// As `.ci/wasm` does: the hash of the lines that `sha256sum` prints for each file, sorted by path.
fn hash_of_sources() -> String {
    let mut paths = Vec::new();
    for path in [
        "pullmedic-table/src",
        "pullmedic-table/Cargo.toml",
        "pullmedic-web/src",
        "pullmedic-web/Cargo.toml",
    ] {
        files(&format!("crates/{path}"), &mut paths);
    }
    paths.sort();
    let line = |path: &String| {
        let bytes = fs::read(root().join(path)).unwrap();
        format!("{}  {path}\n", hex(&Sha256::digest(bytes)))
    };
    hex(&Sha256::digest(paths.iter().map(line).collect::<String>()))
}

/// The modules, and what each may weigh, packed by gzip: the first 30 KiB, which is the goal, the other a little more than it
/// does.
const MODULES: [(&str, usize); 2] = [("pullmedic.wasm", 30_720), ("search.wasm", 11_700)];

fn script() -> String {
    fs::read_to_string(root().join("site/assets/engine.js")).unwrap()
}

fn module(name: &str) -> Vec<u8> {
    fs::read(root().join("site/assets").join(name)).unwrap()
}

#[test]
fn the_committed_modules_are_built_from_these_sources() {
    let script = script();
    let names = |hash: String| script.contains(&format!("// {hash}\n"));
    let hint = "run .ci/wasm and commit what it writes";
    assert!(names(hash_of_sources()), "the engine's sources have changed: {hint}");
    for (name, _) in MODULES {
        assert!(
            names(hex(&Sha256::digest(module(name)))),
            "engine.js was made with another {name}: {hint}"
        );
    }
}

// Whoever waits for the first answer waits for this; `crates/README.md` says which idioms keep it small.
#[test]
fn the_committed_modules_are_small() {
    for (name, most) in MODULES {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&module(name)).unwrap();
        let size = gzip.finish().unwrap().len();
        println!("{name}: {size} bytes");
        assert!(size < most, "{name} has {size} bytes, more than {most}");
    }
}

#[test]
fn the_script_holds_the_same_modules() {
    let script = script();
    let encoded = script.split('"').skip(1).step_by(2);
    for ((name, _), encoded) in MODULES.into_iter().zip(encoded) {
        // Base64 of the same length, and the same beginning: `\0asm` and version 1.
        assert_eq!(encoded.len(), module(name).len().div_ceil(3) * 4, "{name}");
        assert!(encoded.starts_with("AGFzbQEAAAA"), "{name}");
    }
    assert_eq!(script.matches('"').count(), 2 * MODULES.len());
}
