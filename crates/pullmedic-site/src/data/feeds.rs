//! `/feed.xml`, `/sitemap.xml` and `/opensearch.xml`: for readers, crawlers and browsers.
//!
//! There is no clock in here: dates are those on which an entry's sources were last checked.

use pullmedic_core::{Diagnostics, Problem};
use serde::Serialize;
use tera::Tera;

use super::File;
use crate::markdown;
use crate::pages::{Page, Template, render};
use crate::site::Site;
use crate::url;
use crate::view::problem::checked;

#[derive(Serialize)]
struct Feed {
    updated: String,
    entries: Vec<FeedEntry>,
}

impl Template for Feed {
    const NAME: &'static str = "feed.xml";
}

#[derive(Serialize)]
struct FeedEntry {
    address: String,
    title: String,
    summary: String,
    updated: String,
}

#[derive(Serialize)]
struct Sitemap {
    pages: Vec<SitemapEntry>,
}

impl Template for Sitemap {
    const NAME: &'static str = "sitemap.xml";
}

#[derive(Serialize)]
struct SitemapEntry {
    address: String,
    /// Empty for pages that come from no single entry.
    updated: String,
}

#[derive(Serialize)]
struct OpenSearch {}

impl Template for OpenSearch {
    const NAME: &'static str = "opensearch.xml";
}

/// How many entries the feed holds.
const LATEST: usize = 50;

/// The three files.
pub(crate) fn files(
    site: &Site<'_>,
    tera: &Tera,
    pages: &[Page],
) -> Result<Vec<File>, Diagnostics> {
    Ok(vec![
        ("feed.xml".to_owned(), render(tera, &feed(site))?.into_bytes()),
        ("sitemap.xml".to_owned(), render(tera, &sitemap(site, pages))?.into_bytes()),
        ("opensearch.xml".to_owned(), render(tera, &OpenSearch {})?.into_bytes()),
    ])
}

/// The entries whose sources were checked last.
fn feed(site: &Site<'_>) -> Feed {
    let mut dated: Vec<(&str, &Problem)> =
        site.kb.problems().iter().map(|p| (checked(p), p)).collect();
    dated.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.id.cmp(&y.id)));
    let entries = dated.iter().take(LATEST).map(|(date, problem)| FeedEntry {
        address: url::problem(&problem.id),
        title: markdown::plain(&problem.title),
        summary: markdown::plain(&problem.summary),
        updated: (*date).to_owned(),
    });
    let updated = dated.first().map_or("1970-01-01", |(date, _)| *date).to_owned();
    Feed { updated, entries: entries.collect() }
}

/// The pages that search engines may list.
fn sitemap(site: &Site<'_>, pages: &[Page]) -> Sitemap {
    let updated = |address: &str| {
        let problem = site.index.problem(address.trim_end_matches('/'));
        problem.map_or_else(String::new, |p| checked(p).to_owned())
    };
    let entry = |page: &Page| SitemapEntry {
        address: page.address.clone(),
        updated: updated(&page.address),
    };
    Sitemap { pages: pages.iter().filter(|p| p.listed).map(entry).collect() }
}
