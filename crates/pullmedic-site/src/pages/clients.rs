//! `/clients/` and `/clients/<client>/`: what a program prints, and how to log in with it.

use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::html::Html;
use crate::index::Group;
use crate::markdown;
use crate::site::Ctx;
use crate::url;
use crate::view::credential::LoginView;
use crate::view::link::{LinkView, ProviderView, term_title};
use crate::view::listing::EntryView;

#[derive(Serialize)]
struct Clients {
    page: Frame,
    clients: Vec<ClientLink>,
}

page_template!(Clients, "clients.html");

#[derive(Serialize)]
struct ClientLink {
    link: LinkView,
    problems: usize,
}

#[derive(Serialize)]
struct ClientPage {
    page: Frame,
    title: Html,
    says: Vec<ProviderProblems>,
    logins: Vec<ProviderLogins>,
}

page_template!(ClientPage, "client.html");

#[derive(Serialize)]
struct ProviderProblems {
    provider: ProviderView,
    problems: Vec<EntryView>,
}

#[derive(Serialize)]
struct ProviderLogins {
    provider: ProviderView,
    logins: Vec<LoginView>,
}

pub(super) fn list(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("clients/");
    let groups = maker.site.index.by_client.iter();
    let clients = groups
        .filter_map(|g| {
            let link = LinkView::client(&ctx, &g.term.id)?;
            Some(ClientLink { link, problems: g.problems.len() })
        })
        .collect();
    let description = "What each client prints when a registry refuses it, and how it logs in.";
    let page = Frame::new(&ctx, "clients", "Clients", description);
    maker.page(&ctx, &nowhere(), &Clients { page, clients })
}

pub(super) fn page(maker: &Maker<'_>, group: &Group<'_>) -> Page {
    let ctx = maker.ctx(url::client(&group.term.id));
    let name = markdown::plain(&group.term.title);
    let title = format!("{name}: what it says, and what it means");
    let description = format!("Registry errors as {name} prints them, and its login commands.");
    let context = ClientPage {
        page: Frame::new(&ctx, "client", title, description).below(&ctx, "Clients", "clients/"),
        title: term_title(&ctx, group.term),
        says: says(&ctx, group),
        logins: logins(&ctx, &group.term.id),
    };
    maker.page(&ctx, &nowhere(), &context)
}

/// Per provider, what is met often first.
fn says(ctx: &Ctx<'_>, group: &Group<'_>) -> Vec<ProviderProblems> {
    let of = |provider: &pullmedic_core::Provider| -> Vec<EntryView> {
        let mine = group.problems.iter().filter(|l| l.problem.provider == provider.id);
        let mut entries: Vec<_> = mine.map(|l| EntryView::listed(ctx, l)).collect();
        entries.sort_by_key(|entry| !entry.common);
        entries
    };
    let providers = ctx.site.kb.providers().iter();
    let all = providers
        .map(|p| ProviderProblems { provider: ProviderView::new(ctx, p), problems: of(p) });
    all.filter(|p| !p.problems.is_empty()).collect()
}

fn logins(ctx: &Ctx<'_>, client: &str) -> Vec<ProviderLogins> {
    let of = |provider: &pullmedic_core::Provider| -> Vec<LoginView> {
        let mine = provider.logins.iter().filter(|l| l.client == client);
        mine.map(|l| LoginView::new(ctx, l)).collect()
    };
    ctx.site
        .kb
        .providers()
        .iter()
        .map(|p| ProviderLogins { provider: ProviderView::new(ctx, p), logins: of(p) })
        .filter(|p| !p.logins.is_empty())
        .collect()
}
