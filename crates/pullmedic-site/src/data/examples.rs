//! `/data/examples.js`: for each provider a log for people who want to see what happens.

use std::collections::BTreeMap;

use pullmedic_core::{Example, Expectation, Problem};

use super::{File, json, script};
use crate::site::Site;

pub(crate) fn file(site: &Site<'_>) -> File {
    ("data/examples.js".to_owned(), script("pullmedic.knowExamples", &[&json(&of(site))]))
}

/// For each provider a short example that is found for certain: of the commonest problem that has one, the one of which most is read.
pub(crate) fn of<'kb>(site: &Site<'kb>) -> BTreeMap<&'kb str, &'kb str> {
    let of = |provider: &str| {
        let all = site.kb.problems().iter().filter(|problem| problem.provider == provider);
        let mut problems = site.index.commonest(site.kb, provider).into_iter().chain(all);
        problems.find_map(best)
    };
    let ids = site.kb.providers().iter().map(|provider| provider.id.as_str());
    ids.filter_map(|id| Some((id, of(id)?.text.trim()))).collect()
}

fn best(problem: &Problem) -> Option<&Example> {
    let short = problem.examples.iter().filter(|example| example.text.len() <= 700);
    let read = short.filter_map(|example| Some((read_for_certain(&example.expect)?, example)));
    read.max_by_key(|(read, example)| (*read, example.text.lines().count().min(4)))
        .map(|(_, example)| example)
}

/// How many values are read from it.
fn read_for_certain(expect: &Expectation) -> Option<usize> {
    match expect {
        Expectation::Found { confidence: Some(c), captures, .. } if c == "certain" => {
            Some(captures.len()).filter(|&read| read > 0)
        }
        _ => None,
    }
}
