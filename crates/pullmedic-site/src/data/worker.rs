//! `/sw.js`: the theme's worker, told which files belong to this version of the site.
//!
//! The list holds each file's length and hash, so that the worker takes nothing from another
//! version while a new one is being published.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use serde::Serialize;

use super::{File, json};
use crate::hash::{self, Print};
use crate::{Files, parallel, url};

/// The name of the theme's worker among its assets.
pub(crate) const ASSET: &str = "worker.js";

#[derive(Serialize)]
struct Manifest<'a> {
    version: String,
    /// What pages ask for data files by.
    data: &'a str,
    /// Path → length and hash.
    files: BTreeMap<&'a str, Print>,
}

/// The worker for a finished site.
pub(crate) fn file(
    files: &Files,
    data: &str,
    worker: &[u8],
    threads: Option<NonZeroUsize>,
) -> File {
    let all: Vec<_> = files.iter().collect();
    let prints = parallel::map(&all, threads, |(path, bytes)| (path.as_str(), Print::new(bytes)));
    let manifest = Manifest {
        version: hash::version(prints.iter().copied()),
        data,
        files: prints.into_iter().filter(|(path, _)| is_for_offline(path)).collect(),
    };
    let mut out = b"const SITE = ".to_vec();
    out.extend(json(&manifest).trim_ascii_end());
    out.extend(b";\n");
    out.extend(worker);
    ("sw.js".to_owned(), out)
}

/// Left out: what only machines read, and what pages on a disk load instead.
fn is_for_offline(path: &str) -> bool {
    let for_machines = ["json", "xml"].iter().any(|kind| url::has_extension(path, kind));
    !for_machines && !["data/table.js", "assets/engine.js"].contains(&path)
}
