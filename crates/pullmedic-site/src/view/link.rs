//! Links, sources and words of the vocabulary.

use std::collections::BTreeSet;

use pullmedic_core::{Location, Problem, Provider, Source, Term};
use serde::Serialize;

use crate::html::Html;
use crate::site::Ctx;
use crate::{markdown, url};

/// A link within the site.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LinkView {
    /// Stable id of what it leads to.
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) title: Html,
}

impl LinkView {
    pub(crate) fn problem(ctx: &Ctx<'_>, problem: &Problem) -> Self {
        Self {
            id: problem.id.clone(),
            url: ctx.link(&url::problem(&problem.id)),
            title: markdown::inline(ctx, &problem.title, &problem.location),
        }
    }

    pub(crate) fn operation(ctx: &Ctx<'_>, id: &str) -> Option<Self> {
        let group = ctx.site.index.by_operation.iter().find(|g| g.term.id == id)?;
        Some(Self::term(ctx, group.term, &url::operation(id)))
    }

    pub(crate) fn client(ctx: &Ctx<'_>, id: &str) -> Option<Self> {
        let group = ctx.site.index.by_client.iter().find(|g| g.term.id == id)?;
        Some(Self::term(ctx, group.term, &url::client(id)))
    }

    pub(crate) fn code(ctx: &Ctx<'_>, code: &str) -> Option<Self> {
        let known = ctx.site.index.code(code)?;
        let url = ctx.link(&url::code(&known.slug));
        Some(Self { id: known.text.to_owned(), url, title: Html::text(code) })
    }

    fn term(ctx: &Ctx<'_>, term: &Term, address: &str) -> Self {
        Self { id: term.id.clone(), url: ctx.link(address), title: term_title(ctx, term) }
    }
}

/// A word of the vocabulary, whose titles are Markdown.
pub(crate) fn term_title(ctx: &Ctx<'_>, term: &Term) -> Html {
    markdown::inline(ctx, &term.title, &Location::file("kb/vocabulary.yaml"))
}

/// The provider that a page is about.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProviderView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) short: String,
    pub(crate) vendor: String,
    /// Its registries' host with `<registry>` in it; that placeholder alone when it is the host.
    pub(crate) host: String,
    pub(crate) url: String,
}

impl ProviderView {
    pub(crate) fn new(ctx: &Ctx<'_>, provider: &Provider) -> Self {
        Self {
            id: provider.id.clone(),
            name: provider.name.clone(),
            short: provider.short.clone(),
            vendor: provider.vendor.clone(),
            host: named_host(provider).to_owned(),
            url: ctx.link(&url::provider(&provider.id)),
        }
    }
}

/// The first host pattern that names a registry.
pub(crate) fn named_host(provider: &Provider) -> &str {
    let mut patterns = provider.hosts.iter().map(|h| h.pattern.as_str());
    patterns.find(|p| p.contains("<registry>")).unwrap_or("<registry>")
}

/// Where a fact was read.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourceView {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) checked: String,
}

/// All sources, each page once, in order of first mention.
pub(crate) fn sources<'a>(lists: impl IntoIterator<Item = &'a [Source]>) -> Vec<SourceView> {
    let mut seen = BTreeSet::new();
    lists
        .into_iter()
        .flatten()
        .filter(|source| seen.insert(source.url.as_str()))
        .map(|source| SourceView {
            title: source.title.clone(),
            url: source.url.clone(),
            checked: source.checked.clone(),
        })
        .collect()
}
