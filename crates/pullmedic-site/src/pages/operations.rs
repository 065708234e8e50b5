//! `/operations/` and `/operations/<op>/`: by what you were doing.

use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::html::Html;
use crate::index::Group;
use crate::markdown;
use crate::url;
use crate::view::link::{LinkView, ProviderView, term_title};
use crate::view::listing::EntryView;

#[derive(Serialize)]
struct Operations {
    page: Frame,
    operations: Vec<OperationLink>,
}

page_template!(Operations, "operations.html");

#[derive(Serialize)]
struct OperationLink {
    link: LinkView,
    problems: usize,
}

#[derive(Serialize)]
struct OperationPage {
    page: Frame,
    title: Html,
    providers: Vec<ProviderGroup>,
}

page_template!(OperationPage, "operation.html");

#[derive(Serialize)]
struct ProviderGroup {
    provider: ProviderView,
    /// Of all of them.
    count: usize,
    /// What is met often, with messages.
    common: Vec<EntryView>,
    /// The others.
    problems: Vec<EntryView>,
}

pub(super) fn list(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("operations/");
    let operations = maker
        .site
        .index
        .by_operation
        .iter()
        .filter_map(|g| {
            let link = LinkView::operation(&ctx, &g.term.id)?;
            Some(OperationLink { link, problems: g.problems.len() })
        })
        .collect();
    let description = "Registry problems by what you were doing: log in, pull, push and the rest.";
    let page = Frame::new(&ctx, "operations", "Tasks", description);
    maker.page(&ctx, &nowhere(), &Operations { page, operations })
}

pub(super) fn page(maker: &Maker<'_>, group: &Group<'_>) -> Page {
    let ctx = maker.ctx(url::operation(&group.term.id));
    let title = markdown::plain(&group.term.title);
    let providers = maker
        .site
        .kb
        .providers()
        .iter()
        .map(|provider| {
            let mine = group.problems.iter().filter(|l| l.problem.provider == provider.id);
            let mine = mine.map(|l| EntryView::new(&ctx, l.problem));
            let (common, problems): (Vec<_>, Vec<_>) = mine.partition(|entry| entry.common);
            let count = common.len() + problems.len();
            ProviderGroup { provider: ProviderView::new(&ctx, provider), count, common, problems }
        })
        .filter(|group| group.count > 0)
        .collect();
    let description = format!("{title}: what can go wrong with the registry, and how to fix it.");
    let frame = Frame::new(&ctx, "operation", format!("{title}: problems"), description).below(
        &ctx,
        "Tasks",
        "operations/",
    );
    let context = OperationPage { page: frame, title: term_title(&ctx, group.term), providers };
    maker.page(&ctx, &nowhere(), &context)
}
