//! How many bytes a reader waits for: until the first answer, and for a page of each kind.
//!
//! Measured on the built site as a web host sends it, each file packed by gzip. The figures are
//! printed with `--nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};

/// All that is fetched before a pasted log has its answer. The goal is 70 kB; this bound keeps what was measured from growing.
const FIRST_ANSWER: usize = 200 * 1000;
/// One page, without the styles and scripts that all pages share.
const PAGE: usize = 20 * 1000;

/// The problem whose steps the first answer shows: one of those that most pastes are about.
const PROBLEM: &str = "azure/client-ip-not-allowed";

// A log pasted on the first visit is answered after a known number of bytes.
#[test]
fn the_first_answer_is_small() {
    let site = pullmedic_e2e::site();
    let mut files: Vec<String> = vec!["index.html".to_owned()];
    files.extend(loaded_by(&site, "index.html"));
    files.extend(fetched_for_an_answer(&site));
    let sizes: BTreeMap<&str, usize> =
        files.iter().map(|path| (path.as_str(), packed(&site.join(path)))).collect();
    let total: usize = sizes.values().sum();
    let table: Vec<String> = sizes.iter().map(|(path, n)| format!("{n:>7}  {path}")).collect();
    let table = format!("{}\n{total:>7}  until the first answer", table.join("\n"));
    println!("{table}");
    assert!(total < FIRST_ANSWER, "more than {FIRST_ANSWER} bytes:\n{table}");
}

// No page, of whatever kind, is more than 20 KB.
#[test]
fn every_page_is_small() {
    let site = pullmedic_e2e::site();
    let mut largest: BTreeMap<String, (usize, PathBuf)> = BTreeMap::new();
    for page in pages(&site) {
        let size = packed(&page);
        let kind = kind_of(&page);
        if largest.get(&kind).is_none_or(|(most, _)| size > *most) {
            largest.insert(kind, (size, page));
        }
    }
    assert!(largest.len() > 10, "only these kinds of page: {:?}", largest.keys());
    let row = |(kind, (size, page)): (&String, &(usize, PathBuf))| {
        format!("{size:>7}  {kind:<12} {}", page.strip_prefix(&site).unwrap_or(page).display())
    };
    let table: Vec<String> = largest.iter().map(row).collect();
    println!("{}", table.join("\n"));
    let over: Vec<String> = largest.iter().filter(|(_, (n, _))| *n > PAGE).map(row).collect();
    assert!(over.is_empty(), "pages of more than {PAGE} bytes:\n{}", over.join("\n"));
}

/// Styles, scripts and the icon that a page's head names; the styles for paper come later.
fn loaded_by(site: &Path, page: &str) -> Vec<String> {
    let markup = text(&site.join(page));
    let head = markup.split("</head>").next().unwrap_or_default();
    let tags = head.split('<').filter(|tag| {
        let style = tag.contains("rel=\"stylesheet\"") && !tag.contains("media=\"print\"");
        style || tag.contains("rel=\"icon\"") || tag.starts_with("script ")
    });
    let addresses = tags.filter_map(|tag| attribute(tag, "href").or(attribute(tag, "src")));
    addresses.map(|address| address.split('?').next().unwrap_or(address).to_owned()).collect()
}

/// What the scripts fetch by themselves: the engine, its table, the texts of one problem.
fn fetched_for_an_answer(site: &Path) -> Vec<String> {
    let markup = text(&site.join("index.html"));
    let engine = attribute(&markup, "data-wasm").expect("the engine's address in the page");
    let engine = engine.split('?').next().unwrap_or(engine);
    vec![engine.to_owned(), "data/table.bin".to_owned(), format!("{PROBLEM}.js")]
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut pages = Vec::new();
    for entry in entries.map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            pages.extend(self::pages(&entry));
        } else if entry.extension().is_some_and(|e| e == "html") {
            pages.push(entry);
        }
    }
    pages
}

/// The kind that a page says it is of; former addresses, which only lead on, have none.
fn kind_of(page: &Path) -> String {
    attribute(&text(page), "data-kind").unwrap_or("moved").to_owned()
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn packed(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut gzip, &bytes).expect("memory");
    gzip.finish().expect("memory").len()
}
