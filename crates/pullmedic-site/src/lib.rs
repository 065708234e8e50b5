//! Renders a checked knowledge base as a static site: a map from path to bytes.
//!
//! [`render`] takes these steps, each in a module of its own:
//!
//! 1. `index`: turns the knowledge base round (codes, clients, operations → problems);
//! 2. `data`: what scripts and programs read; its hash is the version that pages carry;
//! 3. `pages`: one module per kind of page, each filling a typed context (`view`) for one template;
//! 4. `check`: every internal link and anchor of the rendered pages leads somewhere;
//! 5. `data::worker`: the service worker, which knows every file's hash.
//!
//! Nothing is written and `kb/` isn't read. The same input gives the same bytes, with any number
//! of threads. No text of the knowledge base reaches HTML unescaped: templates escape everything
//! but `html::Html`, which only this crate's renderers make.

mod check;
mod command;
mod data;
mod fault;
mod globals;
mod hash;
mod html;
mod index;
mod join;
mod markdown;
mod pages;
mod parallel;
mod site;
mod theme;
mod url;
mod view;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use pullmedic_core::{Diagnostics, Kb, Location};
use pullmedic_pack::Packed;

use crate::data::File;
use crate::site::Site;

pub use theme::{Theme, ThemeError};

/// The finished site: path from its root → content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a site is built with, besides content and theme.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Where the site will be published (`https://example.com/help/`): canonical links, feed,
    /// sitemap and the page for unknown addresses need it.
    pub base_url: Option<String>,
    /// What is put before an entry's path to edit it (`https://example.com/edit/main/`).
    pub edit_url: Option<String>,
    /// How many threads render pages; one per core when `None`.
    pub threads: Option<NonZeroUsize>,
}

/// Renders the whole site.
pub fn render(
    kb: &Kb,
    packed: &Packed,
    theme: &Theme,
    options: &Options,
) -> Result<Files, Diagnostics> {
    let site = Site::new(kb, options);
    let theme = &join::joined(theme);
    let mut tera = globals::prepare(theme)?;
    let data = data::files(&site, &tera, packed, options.threads)?;
    let assets: Vec<File> = assets(theme).collect();
    let version = globals::version(&[&data, &assets], options.threads);
    globals::share(&mut tera, &site, options, &version);
    let pages = pages::all(&site, &tera, theme, options.threads)?;
    let feeds = data::feeds::files(&site, &tera, &pages)?;
    let origins = pages.iter().map(|p| (p.file.clone(), p.origin.clone())).collect();
    let pages = pages.into_iter().map(|p| (p.file, p.html.into_bytes()));
    let mut files = gather(data.into_iter().chain(pages).chain(feeds).chain(assets))?;
    Diagnostics::refuse(check::links(&files, &origins, &site.base_path, options.threads))?;
    if let Some(worker) = theme.assets().get(data::worker::ASSET) {
        files.extend([data::worker::file(&files, &version, worker, options.threads)]);
    }
    Ok(files)
}

/// Checks the Markdown of the whole knowledge base without a theme: every text is rendered, and
/// the result thrown away.
pub fn check_markdown(kb: &Kb) -> Result<(), Diagnostics> {
    let site = Site::new(kb, &Options::default());
    Diagnostics::refuse(view::faults(&site))
}

/// The theme's assets at their places; the worker is written last, at the root.
fn assets(theme: &Theme) -> impl Iterator<Item = File> {
    let assets = theme.assets().iter().filter(|(name, _)| *name != data::worker::ASSET);
    assets.map(|(name, bytes)| (format!("assets/{name}"), bytes.clone()))
}

/// One map of all files; two files at one address are a fault.
fn gather(files: impl Iterator<Item = File>) -> Result<Files, Diagnostics> {
    let mut all = Files::new();
    let mut faults = Vec::new();
    for (path, bytes) in files {
        if all.contains_key(&path) {
            faults.push(fault::same_page(&path, Location::file("kb")));
        }
        all.insert(path, bytes);
    }
    Diagnostics::refuse(faults).map(|()| all)
}
