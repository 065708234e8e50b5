//! `/login/`: provider → credential → client → registry, and the command that follows.

use pullmedic_core::{Credential, HostKind, HostRule, Provider, Term};
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::html::Html;
use crate::markdown;
use crate::site::{Ctx, Site};
use crate::view::command::{BlankView, placeholders};
use crate::view::credential::{CredentialView, LoginView, client_title};
use crate::view::link::ProviderView;

#[derive(Serialize)]
struct Login {
    page: Frame,
    providers: Vec<Builder>,
}

page_template!(Login, "login.html");

/// What one provider offers.
#[derive(Serialize)]
struct Builder {
    provider: ProviderView,
    hosts: Vec<HostView>,
    clients: Vec<Choice>,
    credentials: Vec<CredentialView>,
    logins: Vec<LoginView>,
    blanks: Vec<BlankView>,
}

/// A choice of a list.
#[derive(Serialize)]
struct Choice {
    id: String,
    title: Html,
}

/// A registry host to choose.
#[derive(Serialize)]
pub(crate) struct HostView {
    /// `<registry>.azurecr.io` or `de.icr.io`.
    pub(crate) pattern: String,
    /// What the list says.
    pub(crate) label: String,
}

pub(super) fn page(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("login/");
    let providers = maker.site.kb.providers().iter().filter(|p| !p.logins.is_empty());
    let description = "Choose provider, credential and client: the login command, ready to paste.";
    let context = Login {
        page: Frame::new(&ctx, "login", "Log in: build the command", description),
        providers: providers.map(|p| builder(&ctx, p)).collect(),
    };
    maker.page(&ctx, &nowhere(), &context)
}

fn builder(ctx: &Ctx<'_>, provider: &Provider) -> Builder {
    let choice = |t: &Term| Choice { id: t.id.clone(), title: client_title(ctx, &t.id) };
    Builder {
        provider: ProviderView::new(ctx, provider),
        hosts: hosts(ctx, provider),
        clients: clients(ctx.site, provider).map(choice).collect(),
        credentials: credentials(provider).map(|c| CredentialView::new(ctx, provider, c)).collect(),
        logins: provider.logins.iter().map(|l| LoginView::new(ctx, l)).collect(),
        blanks: blanks(ctx, provider),
    }
}

fn blanks(ctx: &Ctx<'_>, provider: &Provider) -> Vec<BlankView> {
    let used = placeholders(provider.logins.iter().map(|l| &l.command));
    BlankView::all(ctx, Some(provider), &used)
}

/// The credentials with a command.
pub(crate) fn credentials(provider: &Provider) -> impl Iterator<Item = &Credential> {
    let used = |kind: &str| provider.logins.iter().any(|l| l.credential == kind);
    provider.credentials.iter().filter(move |c| used(&c.kind))
}

/// The clients with a command, in the vocabulary's order.
pub(crate) fn clients<'s>(
    site: &Site<'s>,
    provider: &'s Provider,
) -> impl Iterator<Item = &'s Term> {
    let used = |id: &str| provider.logins.iter().any(|l| l.client == id);
    site.kb.vocabulary().clients.iter().filter(move |t| used(&t.id))
}

/// The hosts to choose among.
pub(crate) fn hosts(ctx: &Ctx<'_>, provider: &Provider) -> Vec<HostView> {
    let plain = |h: &&HostRule| {
        h.kind == HostKind::Registry && !h.pattern.contains('*') && !h.pattern.contains("<region>")
    };
    let rules = provider.hosts.iter().filter(plain);
    rules
        .map(|rule| HostView { pattern: rule.pattern.clone(), label: label(ctx, provider, rule) })
        .collect()
}

/// What the reference tables call the region, or the region's or cloud's id.
fn label(ctx: &Ctx<'_>, provider: &Provider, rule: &HostRule) -> String {
    let host = rule.pattern.replace("<registry>", "*");
    let place = location(ctx, provider, rule);
    let place = place.or_else(|| rule.region.clone()).or_else(|| rule.cloud.clone());
    place.map_or_else(|| host.clone(), |place| format!("{place} ({host})"))
}

/// The location in the row of the provider's regions that names this host.
fn location(ctx: &Ctx<'_>, provider: &Provider, rule: &HostRule) -> Option<String> {
    let tables = ctx.site.kb.tables().iter();
    let regions = tables.filter(|t| t.provider == provider.id && t.id.ends_with("-regions"));
    regions.into_iter().find_map(|table| {
        let column = table.columns.iter().position(|c| c.id == "location")?;
        let has_host = |row: &&Vec<String>| row.iter().any(|c| markdown::plain(c) == rule.pattern);
        let row = table.rows.iter().find(has_host)?;
        row.get(column).map(|cell| markdown::plain(cell)).filter(|name| !name.is_empty())
    })
}
