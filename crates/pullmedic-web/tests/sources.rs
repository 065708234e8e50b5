//! The committed module was built from these very sources; needs no wasm toolchain.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

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

#[test]
fn the_committed_module_is_built_from_these_sources() {
    let module = fs::read(root().join("site/assets/pullmedic.wasm")).unwrap();
    let hash = hash_of_sources();
    let is_there = module.windows(hash.len()).any(|window| window == hash.as_bytes());
    assert!(is_there, "the engine's sources have changed: run .ci/wasm and commit what it writes");
}

#[test]
fn the_script_holds_the_same_module() {
    let module = fs::read(root().join("site/assets/pullmedic.wasm")).unwrap();
    let script = fs::read_to_string(root().join("site/assets/engine.js")).unwrap();
    let encoded = script.split('"').nth(1).unwrap();
    // Base64 of the same length, and the same beginning: `\0asm` and version 1.
    assert_eq!(encoded.len(), module.len().div_ceil(3) * 4);
    assert!(encoded.starts_with("AGFzbQEAAAA"));
}
