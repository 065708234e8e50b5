//! Helpers of the end-to-end checks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// What a command prints, run at the root of the workspace.
///
/// # Panics
///
/// If it can't be run or fails: the message holds what it said.
pub fn output(program: &str, args: &[&str]) -> String {
    let out = Command::new(program).args(args).current_dir(root()).output();
    let out = out.unwrap_or_else(|e| panic!("can't run {program}: {e}"));
    let stderr = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{program} {} failed:\n{stderr}", args.join(" "));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// The folder of a freshly built site; `PULLMEDIC_SITE` names one that is built already.
///
/// # Panics
///
/// If it can't be built.
pub fn site() -> PathBuf {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| std::env::var("PULLMEDIC_SITE").map_or_else(|_| build(), PathBuf::from))
        .clone()
}

fn build() -> PathBuf {
    let out = root().join("target/site-under-test");
    let command = "run --quiet --release --package pullmedic-kb -- build --out";
    let mut args: Vec<&str> = command.split(' ').collect();
    let folder = out.to_string_lossy();
    args.push(&folder);
    output(env!("CARGO"), &args);
    out
}
