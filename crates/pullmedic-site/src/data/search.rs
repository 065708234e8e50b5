//! `/data/index.js`: the words of every problem, for the search that works without WebAssembly; its messages and summary are in
//! `/data/symptoms.js`.

use pullmedic_core::{Kb, Problem};
use serde::Serialize;

use super::{File, json, script};
use crate::markdown;

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    /// Codes and former ids: an exact match beats everything.
    codes: Vec<String>,
    /// What words are looked for in, beside the messages and the summary, which `/data/symptoms.js` has.
    text: String,
}

pub(crate) fn file(kb: &Kb) -> File {
    let entries: Vec<_> = kb.problems().iter().map(Entry::from).collect();
    ("data/index.js".to_owned(), script("pullmedic.index", &[&json(&entries)]))
}

impl From<&Problem> for Entry {
    fn from(problem: &Problem) -> Self {
        Self {
            id: problem.id.clone(),
            title: markdown::plain(&problem.title),
            codes: codes(problem),
            text: text(problem),
        }
    }
}

fn codes(problem: &Problem) -> Vec<String> {
    let mut codes: Vec<String> = problem
        .symptoms
        .iter()
        .filter_map(|s| s.code.clone())
        .chain(problem.aliases.clone())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

fn text(problem: &Problem) -> String {
    let causes = problem.causes.iter().map(|c| markdown::plain(&c.title));
    let words = problem.keywords.iter().chain(&problem.operations).cloned();
    causes.chain(words).collect::<Vec<_>>().join(" ")
}
