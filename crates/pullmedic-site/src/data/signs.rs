//! `/data/signs.js`: what a text shows in which nothing is found: whose registry it names, by the short names that the
//! engine prints, and which clients' words are in it.

use std::collections::BTreeMap;

use pullmedic_core::{Kb, Part, Template};
use serde::Serialize;

use super::{File, json, script};
use crate::index::Index;
use crate::{markdown, url};

#[derive(Serialize)]
struct Signs<'kb> {
    registries: BTreeMap<&'kb str, &'kb str>,
    clients: Vec<Client<'kb>>,
}

/// A client of which there is a page.
#[derive(Serialize)]
struct Client<'kb> {
    title: String,
    url: String,
    signs: Vec<&'kb str>,
}

pub(crate) fn file(kb: &Kb, index: &Index<'_>) -> File {
    let clients = index.by_client.iter().map(|group| Client {
        title: markdown::plain(&group.term.title),
        url: url::client(&group.term.id),
        signs: group.term.signs.iter().filter_map(literal).collect(),
    });
    let signs = Signs {
        registries: kb.registries().iter().map(|r| (r.id.as_str(), r.name.as_str())).collect(),
        clients: clients.filter(|client| !client.signs.is_empty()).collect(),
    };
    ("data/signs.js".to_owned(), script("pullmedic.knowSigns", &[&json(&signs)]))
}

/// A sign that is one text without placeholders.
fn literal(sign: &Template) -> Option<&str> {
    match sign.parts.as_slice() {
        [Part::Literal(text)] => Some(text),
        _ => None,
    }
}
