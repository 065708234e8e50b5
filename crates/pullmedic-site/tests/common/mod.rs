//! What the tests share: a small knowledge base from `tests/kb`, and the theme that is shipped.
#![allow(dead_code, reason = "each test file uses some of it")]

use std::fs;
use std::path::{Path, PathBuf};

use pullmedic_core::{Kb, Sources, compile};
use pullmedic_pack::Packed;
use pullmedic_site::{Files, Options, Theme, render};

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The small knowledge base, with files replaced or added.
pub(crate) fn kb(changes: &[(&str, &str)]) -> Kb {
    let small = Sources::read(&folder("kb")).unwrap();
    let path = |p: &str| format!("kb/{}", p.split_once("tests/kb/").unwrap().1);
    let files = small.files().iter().map(|f| (path(f.path()), f.text().to_owned()));
    let mut files: Vec<(String, String)> = files.collect();
    for (path, text) in changes {
        files.retain(|(known, _)| known != path);
        files.push(((*path).to_owned(), (*text).to_owned()));
    }
    compile(&Sources::from_files(files)).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The theme in `site/`, with the engine's module left out, which is large and beside the point.
pub(crate) fn theme() -> Theme {
    let theme = Theme::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../site")).unwrap();
    let engine =
        ["pullmedic.wasm", "search.wasm", "engine.js"].map(|name| (format!("assets/{name}"), b""));
    Theme::from_files(engine).unwrap().over(theme)
}

pub(crate) fn site_of(kb: &Kb, theme: &Theme, options: &Options) -> Files {
    render(kb, &Packed::new(kb), theme, options).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The small knowledge base with the shipped theme.
pub(crate) fn site() -> Files {
    site_of(&kb(&[]), &theme(), &Options::default())
}

pub(crate) fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

/// The files of one kind, as text.
pub(crate) fn all<'f>(
    files: &'f Files,
    extension: &'f str,
) -> impl Iterator<Item = (&'f str, &'f str)> {
    let is_wanted = move |path: &str| path.rsplit_once('.').is_some_and(|(_, e)| e == extension);
    files.keys().filter(move |path| is_wanted(path)).map(|path| (path.as_str(), text(files, path)))
}

/// A page's `<main>`, which goldens hold: what is around it is the same everywhere.
pub(crate) fn main_of(html: &str) -> &str {
    let start = html.find("<main").unwrap();
    let end = html.find("</main>").unwrap() + "</main>".len();
    &html[start..end]
}

/// Compares with `tests/golden/<name>`; `UPDATE_GOLDENS=1` writes it.
pub(crate) fn assert_golden(name: &str, found: &str) {
    let path = folder("golden").join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == found,
        "tests/golden/{name} differs; look at the new one with UPDATE_GOLDENS=1 and git diff"
    );
}
