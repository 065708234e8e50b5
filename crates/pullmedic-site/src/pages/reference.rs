//! `/reference/` and `/reference/<table>/`: facts as tables, among them each provider's credentials.

use std::collections::BTreeSet;

use pullmedic_core::{Provider, ReferenceTable};
use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::html::Html;
use crate::markdown;
use crate::site::Ctx;
use crate::url;
use crate::view::credential::CredentialView;
use crate::view::link::{LinkView, ProviderView, SourceView, sources};

#[derive(Serialize)]
struct References {
    page: Frame,
    providers: Vec<ProviderTables>,
}

page_template!(References, "references.html");

#[derive(Serialize)]
struct ProviderTables {
    provider: ProviderView,
    tables: Vec<LinkView>,
}

#[derive(Serialize)]
struct ReferencePage {
    page: Frame,
    title: Html,
    summary: Html,
    columns: Vec<Html>,
    rows: Vec<Row>,
    sources: Vec<SourceView>,
}

page_template!(ReferencePage, "reference.html");

#[derive(Serialize)]
struct Row {
    /// The row's anchor, made of its key.
    anchor: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    /// Its column, said again where there is no room for columns.
    of: String,
    text: Html,
}

#[derive(Serialize)]
struct CredentialsPage {
    page: Frame,
    provider: ProviderView,
    credentials: Vec<CredentialView>,
}

page_template!(CredentialsPage, "credentials.html");

pub(super) fn list(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("reference/");
    let providers = maker.site.kb.providers().iter();
    let providers = providers
        .map(|p| ProviderTables {
            provider: ProviderView::new(&ctx, p),
            tables: links(&ctx, &p.id),
        })
        .filter(|p| !p.tables.is_empty())
        .collect();
    let description = "Regions, roles, limits, ports and credential kinds of the registries.";
    let page = Frame::new(&ctx, "references", "Reference", description);
    maker.page(&ctx, &nowhere(), &References { page, providers })
}

/// Links to a provider's tables: its credentials, then from A to Z.
pub(super) fn links(ctx: &Ctx<'_>, provider: &str) -> Vec<LinkView> {
    let credentials = ctx.site.index.provider(provider).filter(|p| !p.credentials.is_empty());
    let credentials = credentials.map(|p| LinkView {
        id: credentials_id(p),
        url: ctx.link(&url::table(&credentials_id(p))),
        title: Html::text("Credentials and how to log in"),
    });
    let mut tables: Vec<_> =
        ctx.site.kb.tables().iter().filter(|t| t.provider == provider).collect();
    tables.sort_by_cached_key(|t| markdown::plain(&t.title).to_lowercase());
    let tables = tables.into_iter().map(|t| LinkView {
        id: t.id.clone(),
        url: ctx.link(&url::table(&t.id)),
        title: markdown::inline(ctx, &t.title, &t.location),
    });
    credentials.into_iter().chain(tables).collect()
}

fn credentials_id(provider: &Provider) -> String {
    format!("{}-credentials", provider.id)
}

pub(super) fn page(maker: &Maker<'_>, table: &ReferenceTable) -> Page {
    let ctx = maker.ctx(url::table(&table.id));
    let inline = |text: &str| markdown::inline(&ctx, text, &table.location);
    let short = maker.site.index.provider(&table.provider).map_or("", |p| p.short.as_str());
    let title = format!("{} ({short})", markdown::plain(&table.title));
    let frame = Frame::new(&ctx, "reference", title, markdown::plain(&table.summary))
        .about(&table.provider)
        .below(&ctx, "Reference", "reference/");
    let context = ReferencePage {
        page: frame,
        title: inline(&table.title),
        summary: markdown::block(&ctx, &table.summary, &table.location),
        columns: table.columns.iter().map(|c| inline(&c.title).breakable()).collect(),
        rows: rows(table, inline),
        sources: sources([table.sources.as_slice()]),
    };
    maker.page(&ctx, &table.location, &context)
}

fn rows(table: &ReferenceTable, inline: impl Fn(&str) -> Html) -> Vec<Row> {
    let mut taken = BTreeSet::new();
    let columns: Vec<String> = table.columns.iter().map(|c| markdown::plain(&c.title)).collect();
    let rows = table.rows.iter().map(|cells| {
        let key = cells.get(table.key).map_or("", String::as_str);
        let cells = columns.iter().zip(cells);
        Row {
            anchor: anchor(&mut taken, key),
            cells: cells
                .map(|(of, text)| Cell { of: of.clone(), text: inline(text).breakable() })
                .collect(),
        }
    });
    rows.collect()
}

/// `row-eu-de`; a second row with the same key gets a number.
fn anchor(taken: &mut BTreeSet<String>, key: &str) -> String {
    let words: Vec<String> = markdown::plain(key)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let base = format!("row-{}", words.join("-"));
    let mut name = base.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{base}-{number}");
    }
    name
}

pub(super) fn credentials(maker: &Maker<'_>, provider: &Provider) -> Page {
    let ctx = maker.ctx(url::table(&credentials_id(provider)));
    let title = format!("Credentials for {} ({})", provider.name, provider.short);
    let description = format!(
        "Every way to log in to {}: user name, password, lifetime and how to get one.",
        provider.name
    );
    let credentials = provider.credentials.iter();
    let context = CredentialsPage {
        page: Frame::new(&ctx, "reference", title, description).about(&provider.id).below(
            &ctx,
            "Reference",
            "reference/",
        ),
        provider: ProviderView::new(&ctx, provider),
        credentials: credentials.map(|c| CredentialView::new(&ctx, provider, c)).collect(),
    };
    maker.page(&ctx, &provider.location, &context)
}
