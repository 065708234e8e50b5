//! `/`: the box, and the ways in without words.

use std::cmp::Reverse;

use pullmedic_core::Problem;
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::data::examples;
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
    /// Providers of which there is an example to try.
    examples: Vec<String>,
}

page_template!(Home, "home.html");

#[derive(Serialize)]
struct ProviderCount {
    provider: ProviderView,
    problems: usize,
    common: Vec<EntryView>,
}

/// How many of a provider's commonest problems are shown.
const COMMON: usize = 4;

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
        examples: examples::of(maker.site).into_keys().map(str::to_owned).collect(),
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
