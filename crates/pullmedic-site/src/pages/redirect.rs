//! A former id: its address leads to where the problem is now.

use pullmedic_core::Problem;
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, page_template};
use crate::url;
use crate::view::link::LinkView;

#[derive(Serialize)]
struct Redirect {
    page: Frame,
    target: LinkView,
    /// The target's address below the root, for the canonical link.
    address: String,
}

page_template!(Redirect, "redirect.html");

pub(super) fn page(maker: &Maker<'_>, alias: &str, problem: &Problem) -> Page {
    let ctx = maker.ctx(url::problem(alias));
    let title = crate::markdown::plain(&problem.title);
    let context = Redirect {
        page: Frame::new(&ctx, "redirect", title, "This entry has moved.").unlisted(),
        target: LinkView::problem(&ctx, problem),
        address: url::problem(&problem.id),
    };
    maker.page(&ctx, &problem.location, &context)
}
