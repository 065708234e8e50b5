//! `/data/symptoms.js`: of every problem the messages and what it is in words, so that a page that was found by words can
//! be shown with those that have them.

use std::collections::BTreeMap;

use pullmedic_core::{Kb, Problem, SymptomKind};
use serde::Serialize;

use super::{File, json, script};
use crate::markdown;

#[derive(Serialize)]
struct Texts<'kb> {
    messages: Vec<&'kb str>,
    /// The summary, and what one may see.
    words: Vec<String>,
}

pub(crate) fn file(kb: &Kb) -> File {
    let problems = kb.problems().iter();
    let texts: BTreeMap<&str, Texts<'_>> =
        problems.map(|p| (p.id.as_str(), Texts::of(p))).collect();
    ("data/symptoms.js".to_owned(), script("pullmedic.knowSymptoms", &[&json(&texts)]))
}

impl<'kb> Texts<'kb> {
    fn of(problem: &'kb Problem) -> Self {
        let words = vec![markdown::plain(&problem.summary)];
        let mut texts = Self { messages: Vec::new(), words };
        for symptom in &problem.symptoms {
            match &symptom.kind {
                SymptomKind::Message(template) => texts.messages.push(&template.source),
                SymptomKind::Observation(text) => texts.words.push(markdown::plain(text)),
                SymptomKind::Code => {}
            }
        }
        texts
    }
}
