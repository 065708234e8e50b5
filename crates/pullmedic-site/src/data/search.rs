//! `/data/index.js`: the words of every problem, for the search that works without WebAssembly.

use pullmedic_core::{Kb, Problem, SymptomKind};
use serde::Serialize;

use super::{File, json, script};
use crate::markdown;

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    /// Codes and former ids: an exact match beats everything.
    codes: Vec<String>,
    /// Messages, summary, keywords: what words are looked for in.
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
    let messages = problem.symptoms.iter().filter_map(|s| match &s.kind {
        SymptomKind::Message(template) => Some(template.source.clone()),
        SymptomKind::Observation(text) => Some(markdown::plain(text)),
        SymptomKind::Code => None,
    });
    let causes = problem.causes.iter().map(|c| markdown::plain(&c.title));
    let words = problem.keywords.iter().chain(&problem.operations).cloned();
    let all = messages.chain([markdown::plain(&problem.summary)]).chain(causes).chain(words);
    all.collect::<Vec<_>>().join(" ")
}
