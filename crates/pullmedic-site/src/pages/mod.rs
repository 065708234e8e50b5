//! One module per kind of page: a typed context, its template's name, and how it is filled.
//!
//! [`Job::all`] lists every page of a site; [`Job::render`] makes one of them, on any thread.

mod all;
mod clients;
mod codes;
pub(crate) mod frame;
mod home;
pub(crate) mod login;
mod operations;
mod problem;
mod prose;
mod provider;
mod redirect;
mod reference;

use std::num::NonZeroUsize;

use pullmedic_core::{Diagnostic, Diagnostics, Location, Problem, Provider, ReferenceTable};
use serde::Serialize;
use tera::{Context, Tera};

use crate::index::{Code, Group};
use crate::site::{Ctx, Site};
use crate::{Theme, fault, parallel, url};
use frame::Frame;

/// A page's context; its fields are what the template may use.
pub(crate) trait Template: Serialize {
    /// The template's file name.
    const NAME: &'static str;
}

/// The context of a whole page.
pub(crate) trait PageTemplate: Template {
    /// What `base.html` reads.
    fn frame(&self) -> &Frame;
}

/// Ties a page's context to its template.
macro_rules! page_template {
    ($context:ident, $name:literal) => {
        impl crate::pages::Template for $context {
            const NAME: &'static str = $name;
        }
        impl crate::pages::PageTemplate for $context {
            fn frame(&self) -> &crate::pages::frame::Frame {
                &self.page
            }
        }
    };
}
use page_template;

/// A page that is done.
pub(crate) struct Page {
    pub(crate) address: String,
    /// Whether search engines may list it.
    pub(crate) listed: bool,
    /// Its file, from the site's root.
    pub(crate) file: String,
    pub(crate) html: String,
    /// The entry it was made from.
    pub(crate) origin: Location,
    pub(crate) faults: Vec<Diagnostic>,
}

/// Makes every page, in the order of their files.
pub(crate) fn all(
    site: &Site<'_>,
    tera: &Tera,
    theme: &Theme,
    threads: Option<NonZeroUsize>,
) -> Result<Vec<Page>, Diagnostics> {
    let prose: Vec<_> = theme.pages().iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let jobs = Job::all(site, &prose);
    let mut pages = parallel::map(&jobs, threads, |job| job.render(site, tera));
    Diagnostics::refuse(pages.iter_mut().flat_map(|p| std::mem::take(&mut p.faults)))?;
    pages.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(pages)
}

/// One page to be made.
pub(crate) enum Job<'s> {
    Home,
    Provider(&'s Provider),
    Problem(&'s Problem),
    Redirect(&'s str, &'s Problem),
    Codes,
    Code(&'s Code<'s>),
    Clients,
    Client(&'s Group<'s>),
    Operations,
    Operation(&'s Group<'s>),
    References,
    Reference(&'s ReferenceTable),
    Credentials(&'s Provider),
    Login,
    All,
    Prose(&'s str, &'s str),
    NotFound,
}

impl<'s> Job<'s> {
    /// Every page of the site; `prose` are the theme's Markdown pages.
    pub(crate) fn all(site: &'s Site<'s>, prose: &[(&'s str, &'s str)]) -> Vec<Self> {
        let kb = site.kb;
        let index = &site.index;
        let mut jobs = vec![Self::Home, Self::Codes, Self::Clients, Self::Operations];
        jobs.extend([Self::References, Self::Login, Self::All, Self::NotFound]);
        jobs.extend(kb.providers().iter().map(Self::Provider));
        jobs.extend(
            kb.providers().iter().filter(|p| !p.credentials.is_empty()).map(Self::Credentials),
        );
        jobs.extend(index.codes.iter().map(Self::Code));
        jobs.extend(index.by_client.iter().map(Self::Client));
        jobs.extend(index.by_operation.iter().map(Self::Operation));
        jobs.extend(kb.tables().iter().map(Self::Reference));
        jobs.extend(prose.iter().map(|(name, text)| Self::Prose(name, text)));
        for problem in kb.problems() {
            jobs.push(Self::Problem(problem));
            jobs.extend(problem.aliases.iter().map(|alias| Self::Redirect(alias, problem)));
        }
        jobs
    }

    /// Makes the page.
    pub(crate) fn render(&self, site: &Site<'_>, tera: &Tera) -> Page {
        let maker = Maker { site, tera };
        match *self {
            Self::Home => home::page(&maker),
            Self::Provider(provider) => provider::page(&maker, provider),
            Self::Problem(problem) => problem::page(&maker, problem),
            Self::Redirect(alias, problem) => redirect::page(&maker, alias, problem),
            Self::Codes => codes::list(&maker),
            Self::Code(code) => codes::page(&maker, code),
            Self::Clients => clients::list(&maker),
            Self::Client(group) => clients::page(&maker, group),
            Self::Operations => operations::list(&maker),
            Self::Operation(group) => operations::page(&maker, group),
            Self::References => reference::list(&maker),
            Self::Reference(table) => reference::page(&maker, table),
            Self::Credentials(provider) => reference::credentials(&maker, provider),
            Self::Login => login::page(&maker),
            Self::All => all::page(&maker),
            Self::Prose(name, text) => prose::page(&maker, name, text),
            Self::NotFound => prose::not_found(&maker),
        }
    }
}

/// What every page module needs to make its page.
pub(crate) struct Maker<'s> {
    pub(crate) site: &'s Site<'s>,
    tera: &'s Tera,
}

impl<'s> Maker<'s> {
    fn ctx(&self, address: impl Into<String>) -> Ctx<'s> {
        Ctx::new(self.site, address)
    }

    /// Renders the context to the page at the context's address.
    fn page<T: PageTemplate>(&self, ctx: &Ctx<'_>, origin: &Location, context: &T) -> Page {
        let file = url::file_of(&ctx.address);
        self.file(ctx, file, origin, context)
    }

    fn file<T: PageTemplate>(
        &self,
        ctx: &Ctx<'_>,
        file: String,
        at: &Location,
        context: &T,
    ) -> Page {
        let html = render(self.tera, context).unwrap_or_else(|faults| {
            ctx.faults.extend(faults);
            String::new()
        });
        Page {
            address: ctx.address.clone(),
            listed: context.frame().listed,
            file,
            html,
            origin: at.clone(),
            faults: ctx.faults.take(),
        }
    }
}

/// Renders one template.
pub(crate) fn render<T: Template>(tera: &Tera, context: &T) -> Result<String, Diagnostics> {
    Context::from_serialize(context)
        .and_then(|context| tera.render(T::NAME, &context))
        .map_err(|error| fault::template(T::NAME, &error).into())
}

/// For pages that come from no single entry.
fn nowhere() -> Location {
    Location::file("kb")
}
