//! `/codes/` and `/codes/<CODE>/`: what a code can mean.

use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::html::Html;
use crate::index::Code;
use crate::site::Ctx;
use crate::url;
use crate::view::link::{LinkView, term_title};
use crate::view::listing::EntryView;

#[derive(Serialize)]
struct Codes {
    page: Frame,
    statuses: Vec<CodeLink>,
    others: Vec<CodeLink>,
}

page_template!(Codes, "codes.html");

#[derive(Serialize)]
struct CodeLink {
    link: LinkView,
    /// `Unauthorized`, when the code is an HTTP status.
    status: Html,
    problems: Vec<EntryView>,
}

#[derive(Serialize)]
struct CodePage {
    page: Frame,
    code: String,
    status: Html,
    problems: Vec<EntryView>,
}

page_template!(CodePage, "code.html");

pub(super) fn list(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("codes/");
    let all = maker.site.index.codes.iter().filter_map(|code| code_link(&ctx, code));
    let (statuses, others) = all.partition(|link| !link.status.as_str().is_empty());
    let description = "Error codes and HTTP statuses of container registries, and what they mean.";
    let page = Frame::new(&ctx, "codes", "Codes", description);
    maker.page(&ctx, &nowhere(), &Codes { page, statuses, others })
}

fn code_link(ctx: &Ctx<'_>, code: &Code<'_>) -> Option<CodeLink> {
    let link = LinkView::code(ctx, code.text)?;
    let problems = code.problems.iter().map(|l| EntryView::new(ctx, l.problem).short()).collect();
    Some(CodeLink { link, status: status(ctx, code), problems })
}

fn status(ctx: &Ctx<'_>, code: &Code<'_>) -> Html {
    code.status.map(|term| term_title(ctx, term)).unwrap_or_default()
}

pub(super) fn page(maker: &Maker<'_>, code: &Code<'_>) -> Page {
    let ctx = maker.ctx(url::code(&code.slug));
    let status_text = code.status.map(|t| format!(" {}", t.title)).unwrap_or_default();
    let count = code.problems.len();
    let title = format!("{}{status_text}", code.text);
    let noun = if count == 1 { "cause" } else { "different problems" };
    let description = format!("What {title} means when it comes from a registry: {count} {noun}.");
    let context = CodePage {
        page: Frame::new(&ctx, "code", &title, description).below(&ctx, "Codes", "codes/"),
        code: code.text.to_owned(),
        status: status(&ctx, code),
        problems: code.problems.iter().map(|l| EntryView::listed(&ctx, l)).collect(),
    };
    maker.page(&ctx, &nowhere(), &context)
}
