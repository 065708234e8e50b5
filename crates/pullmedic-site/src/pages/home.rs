//! `/`: the box, and the ways in without words.

use std::collections::BTreeMap;

use pullmedic_core::{Expectation, Frequency, Problem};
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
    common: Vec<EntryView>,
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
}

/// A log for people who want to see what happens.
#[derive(Serialize)]
struct ExampleView {
    provider: String,
    text: String,
}

/// How many of the commonest problems are shown.
const COMMON: usize = 8;

pub(super) fn page(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("");
    let kb = maker.site.kb;
    let description = "Paste what docker, kubectl or a pipeline printed: the cause, how to tell, \
                       and the commands that fix it.";
    let link = |groups: &[crate::index::Group<'_>], f: fn(&Ctx<'_>, &str) -> Option<LinkView>| {
        groups.iter().filter_map(|g| f(&ctx, &g.term.id)).collect()
    };
    let context = Home {
        page: Frame::new(&ctx, "home", "", description),
        providers: providers(&ctx),
        common: common(kb.problems()).map(|p| EntryView::new(&ctx, p)).collect(),
        clients: link(&maker.site.index.by_client, LinkView::client),
        operations: link(&maker.site.index.by_operation, LinkView::operation),
        problems: kb.problems().len(),
        messages: kb.problems().iter().map(|p| p.symptoms.len()).sum(),
        examples: examples(&ctx),
    };
    maker.page(&ctx, &nowhere(), &context)
}

fn providers(ctx: &Ctx<'_>) -> Vec<ProviderCount> {
    let count = |id: &str| ctx.site.kb.problems().iter().filter(|p| p.provider == id).count();
    ctx.site
        .kb
        .providers()
        .iter()
        .map(|p| ProviderCount { provider: ProviderView::new(ctx, p), problems: count(&p.id) })
        .collect()
}

/// The commonest problems, the providers taking turns.
fn common(problems: &[Problem]) -> impl Iterator<Item = &Problem> {
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, &Problem)> = Vec::new();
    for problem in problems.iter().filter(|p| p.frequency == Frequency::Common) {
        let turn = turns.entry(&problem.provider).or_default();
        ranked.push((*turn, problem));
        *turn += 1;
    }
    ranked.sort_by_key(|(turn, _)| *turn);
    ranked.into_iter().map(|(_, problem)| problem).take(COMMON)
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
