//! What programs read: JSON, the table for the engine, the feed, the sitemap, the service worker.

pub(crate) mod examples;
pub(crate) mod feeds;
pub(crate) mod fragments;
pub(crate) mod places;
pub(crate) mod problem;
pub(crate) mod search;
pub(crate) mod signs;
pub(crate) mod symptoms;
pub(crate) mod table;
pub(crate) mod terms;
pub(crate) mod worker;

use std::num::NonZeroUsize;

use pullmedic_core::{Diagnostic, Diagnostics, Problem};
use pullmedic_pack::Packed;
use serde::Serialize;
use tera::Tera;

use crate::parallel;
use crate::site::{Ctx, Site};

/// A file that is done: its path from the site's root, and its bytes.
pub(crate) type File = (String, Vec<u8>);

/// The data that pages and programs load, in no particular order.
pub(crate) fn files(
    site: &Site<'_>,
    tera: &Tera,
    packed: &Packed,
    threads: Option<NonZeroUsize>,
) -> Result<Vec<File>, Diagnostics> {
    let of = |problem: &Problem| -> (Vec<File>, Vec<Diagnostic>) {
        let (fragments, faults) = fragments::file(site, tera, problem);
        (vec![problem::file(problem), fragments], faults)
    };
    let done = parallel::map(site.kb.problems(), threads, of);
    let (files, faults): (Vec<_>, Vec<_>) = done.into_iter().unzip();
    Diagnostics::refuse(faults.into_iter().flatten())?;
    let places = places::file(&Ctx::new(site, ""));
    let signs = signs::file(site.kb, &site.index);
    let terms = terms::file(site.kb);
    let symptoms = symptoms::file(site.kb);
    let shared = [search::file(site.kb), places, terms, signs, symptoms, examples::file(site)];
    let shared = table::files(site.kb, packed).into_iter().chain(shared);
    Ok(files.into_iter().flatten().chain(shared).collect())
}

/// Compact JSON with a final newline; a value of this crate's own types always has one.
fn json<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// `call(<JSON>, <JSON> …);`, for data that must load from a disk, where only scripts do.
fn script(call: &str, arguments: &[&[u8]]) -> Vec<u8> {
    let mut out = format!("{call}(").into_bytes();
    for (i, argument) in arguments.iter().enumerate() {
        if i > 0 {
            out.extend(b", ");
        }
        out.extend(argument.trim_ascii_end());
    }
    out.extend(b");\n");
    out
}
