//! What every template may use: the site's own facts as `site`, and the function `asset`.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use pullmedic_core::{Diagnostics, HostKind};
use serde::Serialize;
use tera::{Kwargs, State, Tera};

use crate::data::File;
use crate::hash::{self, Print};
use crate::site::Site;
use crate::view::link::named_host;
use crate::{Options, Theme, fault, parallel};

/// Stands in addresses that must be absolute when nobody said where the site will be.
const UNPUBLISHED: &str = "https://pullmedic.example/";

/// The global `site`.
#[derive(Serialize)]
struct Shared<'a> {
    /// Hash of all data files: what scripts load belongs to the page that loads it.
    version: &'a str,
    /// Ends in `/`.
    base_url: &'a str,
    /// Whether `base_url` is real, so that pages may name their canonical address.
    published: bool,
    providers: Vec<ProviderName<'a>>,
}

#[derive(Serialize)]
struct ProviderName<'a> {
    id: &'a str,
    name: &'a str,
    short: &'a str,
    host: &'a str,
    /// What the host looks like in a text for people.
    example: &'a str,
    /// The domains of its registries, by which a text names one.
    domains: String,
}

/// The theme's templates, ready to render.
pub(crate) fn prepare(theme: &Theme) -> Result<Tera, Diagnostics> {
    let urls = asset_urls(theme);
    let asset = move |arguments: Kwargs, _: &State<'_>| -> tera::TeraResult<String> {
        let name = arguments.must_get::<&str>("name")?;
        let unknown = || tera::Error::message(format!("the theme has no asset `{name}`"));
        urls.get(name).cloned().ok_or_else(unknown)
    };
    theme
        .parse(|tera| tera.register_function("asset", asset))
        .map_err(|error| fault::template("", &error).into())
}

/// Gives templates the global `site`.
pub(crate) fn share(tera: &mut Tera, site: &Site<'_>, options: &Options, version: &str) {
    let base_url = base_url(options);
    let shared = Shared {
        version,
        base_url: &base_url,
        published: options.base_url.is_some(),
        providers: site.kb.providers().iter().map(provider).collect(),
    };
    tera.global_context().insert("site", &shared);
}

/// By what pages ask for data and for scripts that few readers need, so that none loads another version's.
pub(crate) fn version(files: &[&[File]], threads: Option<NonZeroUsize>) -> String {
    let print = |(path, bytes): &'_ File| (path.clone(), Print::new(bytes));
    let prints: Vec<_> =
        files.iter().flat_map(|files| parallel::map(files, threads, print)).collect();
    let mut version = hash::version(prints.iter().map(|(path, print)| (path.as_str(), *print)));
    version.truncate(8);
    version
}

fn provider(provider: &pullmedic_core::Provider) -> ProviderName<'_> {
    let host = named_host(provider);
    let mut examples = provider.examples.iter();
    let example = examples.find(|(id, _)| id == "login-server").map_or(host, |(_, text)| text);
    let domains = domains(provider).join(" ");
    let (id, name, short) = (&provider.id, &provider.name, &provider.short);
    ProviderName { id, name, short, host, example, domains }
}

/// The last two labels of its registries' hosts, each once.
fn domains(provider: &pullmedic_core::Provider) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for rule in provider.hosts.iter().filter(|rule| rule.kind == HostKind::Registry) {
        let mut dots = rule.pattern.rmatch_indices('.').map(|(at, _)| at + 1);
        let domain = dots.nth(1).map_or(rule.pattern.as_str(), |at| &rule.pattern[at..]);
        if !found.contains(&domain) {
            found.push(domain);
        }
    }
    found
}

/// Name → address below the root, with the content's hash so that no cache mixes versions.
fn asset_urls(theme: &Theme) -> BTreeMap<String, String> {
    let url = |name: &str, bytes: &[u8]| format!("assets/{name}?v={:08x}", hash::short(bytes));
    theme.assets().iter().map(|(name, bytes)| (name.clone(), url(name, bytes))).collect()
}

fn base_url(options: &Options) -> String {
    let url = options.base_url.as_deref().unwrap_or(UNPUBLISHED);
    format!("{}/", url.trim_end_matches('/'))
}

/// The path of the published root on its host: `/`, or `/help/` for `https://example.com/help`.
pub(crate) fn base_path(options: &Options) -> String {
    let url = base_url(options);
    let host_and_path = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let path = host_and_path.find('/').map_or("/", |at| &host_and_path[at..]);
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_what_follows_the_host() {
        let path = |url: &str| {
            base_path(&Options { base_url: Some(url.to_owned()), ..Options::default() })
        };
        assert_eq!(path("https://example.com"), "/");
        assert_eq!(path("https://example.com/help"), "/help/");
        assert_eq!(path("https://example.com/a/b/"), "/a/b/");
        assert_eq!(base_path(&Options::default()), "/");
    }
}
