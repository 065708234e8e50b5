//! `/data/terms.js`: what the clients, operations, stages, statuses and credential kinds are called that the engine
//! recognises in a text, by the keys under which a finding names them.

use std::collections::BTreeMap;

use pullmedic_core::{Kb, Term};

use super::{File, json, script};

pub(crate) fn file(kb: &Kb) -> File {
    let vocabulary = kb.vocabulary();
    let lists: BTreeMap<&str, BTreeMap<&str, &str>> = [
        ("clients", &vocabulary.clients),
        ("operations", &vocabulary.operations),
        ("stages", &vocabulary.stages),
        ("statuses", &vocabulary.statuses),
        ("credentials", &vocabulary.credentials),
    ]
    .map(|(key, terms)| (key, recognised(terms)))
    .into();
    ("data/terms.js".to_owned(), script("pullmedic.knowTerms", &[&json(&lists)]))
}

fn recognised(terms: &[Term]) -> BTreeMap<&str, &str> {
    let terms = terms.iter().filter(|term| !term.signs.is_empty());
    terms.map(|term| (term.id.as_str(), term.title.as_str())).collect()
}
