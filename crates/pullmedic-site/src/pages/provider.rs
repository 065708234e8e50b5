//! `/azure/`, `/ibm/`: everything about one provider.

use pullmedic_core::{Problem, Provider};
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, page_template};
use crate::html::Html;
use crate::markdown;
use crate::site::Ctx;
use crate::url;
use crate::view::link::{LinkView, ProviderView, SourceView, sources};
use crate::view::listing::EntryView;

#[derive(Serialize)]
struct ProviderPage {
    page: Frame,
    provider: ProviderView,
    summary: Html,
    problems: usize,
    common: Vec<EntryView>,
    groups: Vec<GroupView>,
    tables: Vec<LinkView>,
    sources: Vec<SourceView>,
}

page_template!(ProviderPage, "provider.html");

/// The problems of one operation.
#[derive(Serialize)]
struct GroupView {
    operation: LinkView,
    problems: Vec<EntryView>,
}

/// How many of the commonest problems are shown before the whole list.
const COMMON: usize = 10;

pub(super) fn page(maker: &Maker<'_>, provider: &Provider) -> Page {
    let ctx = maker.ctx(url::provider(&provider.id));
    let title = format!("{} ({}): access problems", provider.name, provider.short);
    let problems: Vec<&Problem> =
        maker.site.kb.problems().iter().filter(|p| p.provider == provider.id).collect();
    let common = maker.site.index.commonest(maker.site.kb, &provider.id).into_iter().take(COMMON);
    let context = ProviderPage {
        page: Frame::new(&ctx, "provider", title, markdown::plain(&provider.summary))
            .about(&provider.id),
        provider: ProviderView::new(&ctx, provider),
        summary: markdown::block(&ctx, &provider.summary, &provider.location),
        problems: problems.len(),
        common: common.map(|p| EntryView::new(&ctx, p)).collect(),
        groups: groups(&ctx, &problems),
        tables: super::reference::links(&ctx, &provider.id),
        sources: sources([provider.sources.as_slice()]),
    };
    maker.page(&ctx, &provider.location, &context)
}

/// Each problem once, under the first thing that people were doing.
fn groups(ctx: &Ctx<'_>, problems: &[&Problem]) -> Vec<GroupView> {
    let of = |id: &str| -> Vec<EntryView> {
        let first = problems.iter().filter(|p| p.operations.first().is_some_and(|o| o == id));
        first.map(|p| EntryView::new(ctx, p)).collect()
    };
    ctx.site
        .index
        .by_operation
        .iter()
        .filter_map(|group| {
            let problems = of(&group.term.id);
            let operation = LinkView::operation(ctx, &group.term.id)?;
            (!problems.is_empty()).then_some(GroupView { operation, problems })
        })
        .collect()
}
