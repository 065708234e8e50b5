//! What every page is made from, and the view of it that one page has.

use pullmedic_core::Kb;

use crate::fault::Faults;
use crate::index::Index;
use crate::{Options, globals, url};

/// The knowledge base and its indexes.
pub(crate) struct Site<'kb> {
    pub(crate) kb: &'kb Kb,
    pub(crate) index: Index<'kb>,
    /// Where an entry's file can be edited, without the path.
    pub(crate) edit_url: Option<String>,
    /// The path of the published root on its host, `/` unless the base URL says more.
    pub(crate) base_path: String,
}

impl<'kb> Site<'kb> {
    pub(crate) fn new(kb: &'kb Kb, options: &Options) -> Self {
        Self {
            kb,
            index: Index::new(kb),
            edit_url: options.edit_url.clone(),
            base_path: globals::base_path(options),
        }
    }
}

/// One page being made: its address, so that links are relative to it, and the faults found.
pub(crate) struct Ctx<'s> {
    pub(crate) site: &'s Site<'s>,
    pub(crate) address: String,
    /// The way to the site's root, put before every internal link.
    pub(crate) root: String,
    /// Put before names that must be unique in a document (radio groups).
    pub(crate) scope: String,
    pub(crate) faults: Faults,
}

impl<'s> Ctx<'s> {
    pub(crate) fn new(site: &'s Site<'s>, address: impl Into<String>) -> Self {
        let address = address.into();
        let root = url::root_of(&address);
        Self { site, address, root, scope: String::new(), faults: Faults::default() }
    }

    /// For markup that is shown inside other pages: the script there puts its own root in.
    pub(crate) fn portable(site: &'s Site<'s>, scope: impl Into<String>) -> Self {
        let (address, root) = (String::new(), ROOT_MARK.to_owned());
        Self { site, address, root, scope: scope.into(), faults: Faults::default() }
    }

    /// A link from this page to `address`.
    pub(crate) fn link(&self, address: &str) -> String {
        format!("{}{address}", self.root)
    }
}

/// Stands for the root in portable markup.
pub(crate) const ROOT_MARK: &str = "%ROOT%/";
