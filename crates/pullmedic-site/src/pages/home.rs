//! `/`: the box, and the ways in without words.

use std::cmp::Reverse;

use pullmedic_core::{Expectation, Problem};
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::site::Ctx;
use crate::view::link::{LinkView, ProviderView};
use crate::view::listing::EntryView;

#[derive(Serialize)]
struct Home {
    page: Frame,
    providers: Vec<ProviderCount>,
    clients: Vec<LinkView>,
    operations: Vec<LinkView>,
    problems: usize,
    messages: usize,
    examples: Vec<ExampleView>,
}

page_template!(Home, "home.html");

#[derive(Serialize)]
struct ProviderCount {
    provider: ProviderView,
    problems: usize,
    common: Vec<EntryView>,
}

/// A log for people who want to see what happens.
#[derive(Serialize)]
struct ExampleView {
    provider: String,
    text: String,
}

/// How many of a provider's commonest problems are shown.
const COMMON: usize = 6;

/// How many clients are shown; the rest is a page away.
const CLIENTS: usize = 12;

pub(super) fn page(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("");
    let kb = maker.site.kb;
    let description = "Paste what docker, kubectl or a pipeline printed: the cause, how to tell, \
                       and the commands that fix it.";
    let operations = maker.site.index.by_operation.iter();
    let context = Home {
        page: Frame::new(&ctx, "home", "", description),
        providers: providers(&ctx),
        clients: clients(&ctx),
        operations: operations.filter_map(|g| LinkView::operation(&ctx, &g.term.id)).collect(),
        problems: kb.problems().len(),
        messages: kb.problems().iter().map(|p| p.symptoms.len()).sum(),
        examples: examples(&ctx),
    };
    maker.page(&ctx, &nowhere(), &context)
}

fn providers(ctx: &Ctx<'_>) -> Vec<ProviderCount> {
    let all = |id: &str| ctx.site.kb.problems().iter().filter(|p| p.provider == id).count();
    let common = |id: &str| -> Vec<&Problem> {
        ctx.site.index.commonest(ctx.site.kb, id).into_iter().take(COMMON).collect()
    };
    let providers = ctx.site.kb.providers().iter();
    providers
        .map(|p| ProviderCount {
            provider: ProviderView::new(ctx, p),
            problems: all(&p.id),
            common: common(&p.id).into_iter().map(|p| EntryView::new(ctx, p)).collect(),
        })
        .collect()
}

/// The clients of which most is known.
fn clients(ctx: &Ctx<'_>) -> Vec<LinkView> {
    let mut groups: Vec<_> = ctx.site.index.by_client.iter().collect();
    groups.sort_by_key(|group| Reverse(group.problems.len()));
    groups.iter().take(CLIENTS).filter_map(|g| LinkView::client(ctx, &g.term.id)).collect()
}

/// For each provider the longest short example that is found for certain.
fn examples(ctx: &Ctx<'_>) -> Vec<ExampleView> {
    let kb = ctx.site.kb;
    let of = |provider: &str| -> Option<ExampleView> {
        kb.problems()
            .iter()
            .filter(|p| p.provider == provider)
            .flat_map(|p| &p.examples)
            .filter(|e| is_certain(&e.expect) && e.text.len() <= 700)
            .max_by_key(|e| e.text.lines().count().min(4))
            .map(|e| ExampleView { provider: provider.to_owned(), text: e.text.clone() })
    };
    kb.providers().iter().filter_map(|p| of(&p.id)).collect()
}

fn is_certain(expect: &Expectation) -> bool {
    matches!(expect, Expectation::Found { confidence: Some(c), captures, .. }
        if c == "certain" && !captures.is_empty())
}
