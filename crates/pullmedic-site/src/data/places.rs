//! `/data/places.js`: the pages that aren't problems, and the words that lead to them.
//!
//! The engine's search knows problems only. "Which role may push?" is answered by a table, and
//! "log in with Podman by API key" by the builder with its choices made.

use std::collections::BTreeSet;

use pullmedic_core::{Provider, ReferenceTable};
use serde::Serialize;

use super::{File, json, script};
use crate::pages::login;
use crate::site::Ctx;
use crate::{markdown, url};

#[derive(Serialize)]
struct Places {
    pages: Vec<Place>,
    builders: Vec<Builder>,
}

#[derive(Serialize)]
struct Place {
    title: String,
    url: String,
    /// Lower case, each once.
    words: String,
}

/// What the login builder offers for a provider: ids, each with its title.
#[derive(Serialize)]
struct Builder {
    provider: String,
    short: String,
    words: String,
    credentials: Vec<(String, String)>,
    clients: Vec<(String, String)>,
    hosts: Vec<(String, String)>,
}

pub(crate) fn file(ctx: &Ctx<'_>) -> File {
    let providers = ctx.site.kb.providers().iter();
    let places = Places {
        pages: tables(ctx).chain(terms(ctx)).collect(),
        builders: providers.filter(|p| !p.logins.is_empty()).map(|p| builder(ctx, p)).collect(),
    };
    ("data/places.js".to_owned(), script("pullmedic.knowPlaces", &[&json(&places)]))
}

fn tables<'c>(ctx: &'c Ctx<'_>) -> impl Iterator<Item = Place> + 'c {
    ctx.site.kb.tables().iter().map(|table| Place {
        title: with_short(ctx, &table.title, &table.provider),
        url: url::table(&table.id),
        words: table_words(ctx, table),
    })
}

fn table_words(ctx: &Ctx<'_>, table: &ReferenceTable) -> String {
    let columns = table.columns.iter().map(|c| c.title.clone());
    let cells = table.rows.iter().flatten().map(|cell| markdown::plain(cell));
    let provider = ctx.site.index.provider(&table.provider).map(provider_words);
    let all = [markdown::plain(&table.title), markdown::plain(&table.summary)].into_iter();
    words(all.chain(provider).chain(columns).chain(cells))
}

/// Clients, operations and HTTP statuses.
fn terms<'c>(ctx: &'c Ctx<'_>) -> impl Iterator<Item = Place> + 'c {
    let place = |title: String, url: String, more: &str| {
        let words = words([title.clone(), more.to_owned()]);
        Place { title, url, words }
    };
    let index = &ctx.site.index;
    let clients = index.by_client.iter().map(move |g| {
        let title = markdown::plain(&g.term.title);
        place(format!("What {title} says"), url::client(&g.term.id), &g.term.id)
    });
    let operations = index.by_operation.iter().map(move |g| {
        place(markdown::plain(&g.term.title), url::operation(&g.term.id), "problems")
    });
    let statuses = index.codes.iter().filter_map(move |code| {
        let title = format!("{} {}", code.text, markdown::plain(&code.status?.title));
        Some(place(title, url::code(&code.slug), "status"))
    });
    clients.chain(operations).chain(statuses)
}

fn builder(ctx: &Ctx<'_>, provider: &Provider) -> Builder {
    let plain = |id: &str, html: &str| (id.to_owned(), html.to_owned());
    let title = |list: &[pullmedic_core::Term], id: &str| {
        list.iter().find(|t| t.id == id).map_or(id.to_owned(), |t| markdown::plain(&t.title))
    };
    let vocabulary = ctx.site.kb.vocabulary();
    let credentials = login::credentials(provider);
    Builder {
        provider: provider.id.clone(),
        short: provider.short.clone(),
        words: words([provider_words(provider)]),
        credentials: credentials
            .map(|c| plain(&c.kind, &title(&vocabulary.credentials, &c.kind)))
            .collect(),
        clients: login::clients(ctx.site, provider)
            .map(|t| plain(&t.id, &markdown::plain(&t.title)))
            .collect(),
        hosts: login::hosts(ctx, provider)
            .into_iter()
            .map(|host| (host.pattern, host.label))
            .collect(),
    }
}

fn provider_words(provider: &Provider) -> String {
    let names = [&provider.name, &provider.short, &provider.vendor];
    names.into_iter().chain(&provider.synonyms).cloned().collect::<Vec<_>>().join(" ")
}

fn with_short(ctx: &Ctx<'_>, title: &str, provider: &str) -> String {
    let short = ctx.site.index.provider(provider).map_or("", |p| p.short.as_str());
    format!("{} ({short})", markdown::plain(title))
}

fn words(texts: impl IntoIterator<Item = String>) -> String {
    let mut all = BTreeSet::new();
    for text in texts {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
        all.extend(words.map(str::to_lowercase));
    }
    all.into_iter().collect::<Vec<_>>().join(" ")
}
