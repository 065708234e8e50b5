//! How many bytes a reader waits for: until the first answer, and for a page of each kind.
//!
//! Measured on the built site as a web host sends it, each file packed by gzip. The figures are
//! printed with `--nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};
use pullmedic::Table;
use pullmedic_bench::{first_answer::FirstAnswer, kb};
use pullmedic_pack::Packed;
use pullmedic_table::parts::Parts;

/// All that is fetched before a pasted log has its answer: 70 kB are the goal.
const FIRST_ANSWER: usize = 70 * 1000;
/// The same with a thousand problems, and how many messages each has: as many as ours.
const FIRST_ANSWER_OF_MANY: usize = 80 * 1000;
const MANY: usize = 1000;
const MESSAGES: usize = 4;
/// All of the table that matching needs, for each symptom.
const PER_SYMPTOM: usize = 56;
/// One page, without the styles and scripts that all pages share.
const PAGE: usize = 20 * 1000;

/// What is pasted, and the problem whose steps the first answer shows: one of those that most pastes are about.
const PASTE: &str = "Error response from daemon: Get \"https://contoso.azurecr.io/v2/\": denied: client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.";
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

// The goal for knowledge bases three times as large: what all pages share stays, what is loaded for an answer hardly grows.
#[test]
fn the_first_answer_of_a_larger_knowledge_base_is_small() {
    let site = pullmedic_e2e::site();
    let mut files = vec!["index.html".to_owned(), engine(&site)];
    files.extend(steps());
    files.extend(loaded_by(&site, "index.html"));
    let page: usize = files.iter().map(|path| packed(&site.join(path))).sum();
    let kb = kb::made_up(MANY * MESSAGES, MESSAGES).unwrap_or_else(|faults| panic!("{faults}"));
    let answer = FirstAnswer::new(&kb, &Packed::new(&kb), gzipped);
    let (count, shards) = answer.median();
    let total = page + answer.core + shards;
    println!("{page} page and engine, {} core, {shards} in {count} shards: {total}", answer.core);
    assert!(total < FIRST_ANSWER_OF_MANY, "{total} bytes");
}

#[test]
fn what_matching_needs_is_small() {
    let site = pullmedic_e2e::site();
    let parts = fs::read_dir(site.join("data"))
        .expect("the data")
        .map(|entry| entry.expect("an entry").path());
    let is_part = |path: &PathBuf| {
        path.extension().is_some_and(|e| e == "bin") && !path.ends_with("table.bin")
    };
    let bytes: usize = parts.filter(is_part).map(|path| packed(&path)).sum();
    let symptoms =
        pullmedic::TABLE.problems().map(|problem| problem.symptoms().len()).sum::<usize>();
    println!("{bytes} bytes for {symptoms} symptoms");
    assert!(bytes < PER_SYMPTOM * symptoms, "{bytes} bytes for {symptoms} symptoms");
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

/// Styles, scripts and the icon that a page names; the styles for paper come later.
fn loaded_by(site: &Path, page: &str) -> Vec<String> {
    let markup = text(&site.join(page));
    let tags = markup.split('<').filter(|tag| {
        let style = tag.contains("rel=\"stylesheet\"") && !tag.contains("media=\"print\"");
        style || tag.contains("rel=\"icon\"") || tag.starts_with("script ")
    });
    let addresses = tags.filter_map(|tag| attribute(tag, "href").or(attribute(tag, "src")));
    addresses.map(|address| address.split('?').next().unwrap_or(address).to_owned()).collect()
}

/// What the scripts fetch by themselves: the engine, of its table what the paste needs, the texts of one problem.
fn fetched_for_an_answer(site: &Path) -> Vec<String> {
    let named = ["data/front.bin", "data/core.bin"];
    let core = named.map(|name| fs::read(site.join(name)).expect("the core")).concat();
    let parts = Table::from_bytes(&core).ok().and_then(Parts::new).expect("a core");
    let shards = parts.needed(PASTE).into_iter().map(|shard| format!("data/shard-{shard}.bin"));
    let others = [engine(site)].into_iter().chain(steps());
    others.chain(named.map(str::to_owned)).chain(shards).collect()
}

/// What shows causes and steps below the first answer.
fn steps() -> [String; 3] {
    ["assets/steps.js".to_owned(), "assets/steps.css".to_owned(), format!("{PROBLEM}.js")]
}

fn engine(site: &Path) -> String {
    let markup = text(&site.join("index.html"));
    let engine = attribute(&markup, "data-wasm").expect("the engine's address in the page");
    engine.split('?').next().unwrap_or(engine).to_owned()
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
    gzipped(&fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut gzip, bytes).expect("memory");
    gzip.finish().expect("memory").len()
}
