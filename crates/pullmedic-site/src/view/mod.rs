//! The knowledge base as templates see it: small structs of escaped text and relative links.
//!
//! One module per thing that templates show. Every constructor takes the [`Ctx`](crate::site::Ctx)
//! of the page it is for.

use pullmedic_core::Diagnostic;

use crate::markdown;
use crate::site::{Ctx, Site};

pub(crate) mod command;
pub(crate) mod credential;
pub(crate) mod link;
pub(crate) mod listing;
pub(crate) mod problem;
pub(crate) mod resolution;
pub(crate) mod symptom;

/// Renders every text of the knowledge base, for its faults alone.
pub(crate) fn faults(site: &Site<'_>) -> Vec<Diagnostic> {
    let ctx = Ctx::new(site, "");
    for problem in site.kb.problems() {
        drop(problem::ProblemView::new(&ctx, problem));
    }
    for provider in site.kb.providers() {
        markdown::block(&ctx, &provider.summary, &provider.location);
        for credential in &provider.credentials {
            drop(credential::CredentialView::new(&ctx, provider, credential));
        }
        for login in &provider.logins {
            drop(credential::LoginView::new(&ctx, login));
        }
    }
    for table in site.kb.tables() {
        let columns = table.columns.iter().map(|column| &column.title);
        let cells =
            table.rows.iter().flatten().chain([&table.title, &table.summary]).chain(columns);
        for cell in cells {
            markdown::block(&ctx, cell, &table.location);
        }
    }
    ctx.faults.take()
}
