//! `/data/examples.js`: for each provider a log for people who want to see what happens.

use std::collections::BTreeMap;

use pullmedic_core::{Expectation, Kb};

use super::{File, json, script};

pub(crate) fn file(kb: &Kb) -> File {
    ("data/examples.js".to_owned(), script("pullmedic.knowExamples", &[&json(&of(kb))]))
}

/// For each provider the longest short example that is found for certain.
pub(crate) fn of(kb: &Kb) -> BTreeMap<&str, &str> {
    let of = |provider: &str| {
        let problems = kb.problems().iter().filter(|problem| problem.provider == provider);
        let examples = problems.flat_map(|problem| &problem.examples);
        examples
            .filter(|example| is_certain(&example.expect) && example.text.len() <= 700)
            .max_by_key(|example| example.text.lines().count().min(4))
    };
    let ids = kb.providers().iter().map(|provider| provider.id.as_str());
    ids.filter_map(|id| Some((id, of(id)?.text.trim()))).collect()
}

fn is_certain(expect: &Expectation) -> bool {
    matches!(expect, Expectation::Found { confidence: Some(c), captures, .. }
        if c == "certain" && !captures.is_empty())
}
