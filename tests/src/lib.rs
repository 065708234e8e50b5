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
    let built = || build("kb", "target/site-under-test");
    SITE.get_or_init(|| std::env::var("PULLMEDIC_SITE").map_or_else(|_| built(), PathBuf::from))
        .clone()
}

/// The folder of another site: of a small knowledge base, with the same home page and few others.
///
/// # Panics
///
/// If it can't be built.
pub fn small_site() -> PathBuf {
    build("crates/pullmedic-site/tests/kb", "target/small-site-under-test")
}

fn build(kb: &str, out: &str) -> PathBuf {
    let command = "run --quiet --release --package pullmedic-kb -- build --kb";
    let mut args: Vec<&str> = command.split(' ').collect();
    args.extend([kb, "--out", out]);
    output(env!("CARGO"), &args);
    root().join(out)
}
