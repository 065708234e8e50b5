//! `/sw.js`: the theme's worker, told which files belong to this version of the site.
//!
//! The list holds each file's length and hash, so that the worker takes nothing from another
//! version while a new one is being published.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{File, json};
use crate::{Files, hash, url};

/// The name of the theme's worker among its assets.
pub(crate) const ASSET: &str = "worker.js";

#[derive(Serialize)]
struct Manifest<'a> {
    version: String,
    /// What pages ask for data files by.
    data: &'a str,
    /// Path → length and hash.
    files: BTreeMap<&'a str, (usize, u32)>,
}

/// The worker for a finished site.
pub(crate) fn file(files: &Files, data: &str, worker: &[u8]) -> File {
    let wanted = files.iter().filter(|(path, _)| is_for_offline(path));
    let manifest = Manifest {
        version: hash::version(files.iter().map(|(p, b)| (p.as_str(), b.as_slice()))),
        data,
        files: wanted.map(|(p, b)| (p.as_str(), (b.len(), hash::short(b)))).collect(),
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
