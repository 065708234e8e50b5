//! The theme's own Markdown pages, and the page for addresses that don't exist.

use pullmedic_core::Location;
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::html::Html;
use crate::markdown;

#[derive(Serialize)]
struct Prose {
    page: Frame,
    title: Html,
    body: Html,
}

page_template!(Prose, "page.html");

#[derive(Serialize)]
struct NotFound {
    page: Frame,
}

page_template!(NotFound, "404.html");

/// `pages/about.md` becomes `/about/`; its first line is `# The title`.
pub(super) fn page(maker: &Maker<'_>, name: &str, text: &str) -> Page {
    let at = Location::file(format!("pages/{name}"));
    let ctx = maker.ctx(address(name));
    let (title, body) = split_title(text);
    let first = body.trim_start().split("\n\n").next().unwrap_or_default();
    let context = Prose {
        page: Frame::new(&ctx, "prose", markdown::plain(title), markdown::plain(first)),
        title: markdown::inline(&ctx, title, &at),
        body: markdown::page(&ctx, body, &at),
    };
    maker.page(&ctx, &at, &context)
}

/// Where a Markdown page lives.
fn address(name: &str) -> String {
    format!("{}/", name.strip_suffix(".md").unwrap_or(name))
}

fn split_title(text: &str) -> (&str, &str) {
    let first = text.trim_start();
    let line = first.lines().next().unwrap_or_default();
    match line.strip_prefix("# ") {
        Some(title) => (title, &first[line.len()..]),
        None => ("", text),
    }
}

/// Servers show it at any address, so its links start at the root of the host.
pub(super) fn not_found(maker: &Maker<'_>) -> Page {
    let mut ctx = maker.ctx("");
    ctx.root.clone_from(&maker.site.base_path);
    let description = "There is no page at this address.";
    let page = Frame::new(&ctx, "not-found", "Page not found", description).unlisted();
    maker.file(&ctx, "404.html".to_owned(), &nowhere(), &NotFound { page })
}
