//! `/<provider>/<id>.js`: a problem's causes and fixes as markup, for the page that shows a finding.
//!
//! The engine's table holds only what matching needs. When a finding is shown, its texts come from
//! this script, rendered by the same templates as the problem's page. It is a script rather than
//! JSON because nothing else loads from a disk.

use std::collections::BTreeMap;

use pullmedic_core::{Diagnostic, Problem};
use serde::Serialize;
use tera::Tera;

use super::{File, json, script};
use crate::pages::{Template, render};
use crate::site::{Ctx, Site};
use crate::view::command::BlankView;
use crate::view::link::named_host;
use crate::view::problem::{CauseView, blanks};
use crate::view::resolution::FixView;

#[derive(Serialize)]
struct CauseFragment {
    cause: CauseView,
}

impl Template for CauseFragment {
    const NAME: &'static str = "cause.html";
}

#[derive(Serialize)]
struct FixFragment {
    fix: FixView,
    /// Anchors belong to the problem's own page.
    anchors: bool,
}

impl Template for FixFragment {
    const NAME: &'static str = "fix.html";
}

#[derive(Serialize)]
struct ValuesFragment<'a> {
    blanks: Vec<BlankView>,
    provider: &'a str,
    host: &'a str,
}

impl Template for ValuesFragment<'_> {
    const NAME: &'static str = "values.html";
}

#[derive(Serialize)]
struct Fragments<'a> {
    /// The inputs for the blanks.
    values: String,
    causes: BTreeMap<&'a str, CauseText<'a>>,
    fixes: BTreeMap<&'a str, String>,
}

#[derive(Serialize)]
struct CauseText<'a> {
    title: String,
    html: String,
    fixes: &'a [String],
}

/// The file of one problem, and the faults of its templates.
pub(crate) fn file(site: &Site<'_>, tera: &Tera, problem: &Problem) -> (File, Vec<Diagnostic>) {
    let ctx = Ctx::portable(site, format!("{}/", problem.id));
    let fragments = Fragments {
        values: fragment(&ctx, tera, &values(&ctx, problem)),
        causes: causes(&ctx, tera, problem),
        fixes: fixes(&ctx, tera, problem),
    };
    let (id, body) = (json(&problem.id), json(&fragments));
    ((format!("{}.js", problem.id), script("pullmedic.load", &[&id, &body])), ctx.faults.take())
}

fn values<'s>(ctx: &Ctx<'s>, problem: &'s Problem) -> ValuesFragment<'s> {
    let blanks = blanks(ctx, problem);
    let host = ctx.site.index.provider(&problem.provider).map_or("", named_host);
    ValuesFragment { blanks, provider: &problem.provider, host }
}

fn causes<'a>(
    ctx: &Ctx<'_>,
    tera: &Tera,
    problem: &'a Problem,
) -> BTreeMap<&'a str, CauseText<'a>> {
    let text = |cause: &'a pullmedic_core::Cause| {
        let mut view = CauseView::new(ctx, problem, cause);
        // Under a finding the lines that speak for a cause stand beside it.
        (view.signs, view.against) = Default::default();
        let title = view.title.as_str().to_owned();
        let html = fragment(ctx, tera, &CauseFragment { cause: view });
        CauseText { title, html, fixes: &cause.resolutions }
    };
    problem.causes.iter().map(|c| (c.id.as_str(), text(c))).collect()
}

fn fixes<'a>(ctx: &Ctx<'_>, tera: &Tera, problem: &'a Problem) -> BTreeMap<&'a str, String> {
    let html =
        |fix| fragment(ctx, tera, &FixFragment { fix: FixView::new(ctx, fix), anchors: false });
    problem.resolutions.iter().map(|r| (r.id.as_str(), html(r))).collect()
}

fn fragment<T: Template>(ctx: &Ctx<'_>, tera: &Tera, context: &T) -> String {
    render(tera, context).unwrap_or_else(|faults| {
        ctx.faults.extend(faults);
        String::new()
    })
}
