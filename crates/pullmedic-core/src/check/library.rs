//! Shared causes, resolutions, problems and sources: looked up near first, and all of use.

use std::collections::{BTreeMap, BTreeSet};

use super::Cx;
use crate::code::Code;
use crate::fault::Span;
use crate::layout::{Item, Kind, Layout, SHARED, Scope};
use crate::raw::{CauseFile, Named, Read, ResolutionFile, Source};
use crate::yaml::{Node, Text, Value};

/// What can be referred to, and what has been.
pub(super) struct Library<'a> {
    layout: &'a Layout,
    used: BTreeSet<Span>,
    /// Could everything that refers to something be read?
    complete: bool,
    /// By scope and id: the sources of all its source files.
    sources: BTreeMap<(&'a str, &'a str), (&'a Text, &'a Node)>,
    /// Scopes with a sources file that couldn't be parsed.
    broken_sources: BTreeSet<&'a str>,
}

/// What a look-up finds.
pub(super) enum Found {
    /// The tree, with terms replaced.
    Tree(Node, Span),
    /// A file that couldn't be parsed: reported already.
    Broken,
    Nothing,
}

impl<'a> Library<'a> {
    pub(super) fn new(layout: &'a Layout) -> Self {
        let mut library = Library {
            layout,
            used: BTreeSet::new(),
            complete: false,
            sources: BTreeMap::new(),
            broken_sources: BTreeSet::new(),
        };
        for (name, scope) in scopes(layout) {
            for (_, item) in scope.all(Kind::Sources) {
                library.add_sources(name, item);
            }
        }
        library
    }

    fn add_sources(&mut self, scope: &'a str, item: &'a Item) {
        match item.tree.as_ref().map(|tree| &tree.value) {
            Some(Value::Map(map)) => {
                for (key, node) in map {
                    self.sources.entry((scope, &key.text)).or_insert((key, node));
                }
            }
            _ => _ = self.broken_sources.insert(scope),
        }
    }

    fn item(&self, provider: &str, kind: Kind, id: &str) -> Option<(&'a Item, bool)> {
        let own = self.layout.providers.get(provider).and_then(|scope| scope.get(kind, id));
        own.map(|item| (item, false))
            .or_else(|| self.layout.shared.get(kind, id).map(|item| (item, true)))
    }

    /// The ids of a kind that a provider can refer to.
    pub(super) fn ids(&self, provider: &str, kind: Kind) -> Vec<&'a str> {
        let own = self.layout.providers.get(provider).into_iter();
        let scopes = own.chain([&self.layout.shared]);
        scopes.flat_map(|scope| scope.all(kind).map(|(id, _)| id)).collect()
    }

    pub(super) fn shared_problems(&self) -> impl Iterator<Item = &'a str> {
        self.layout.shared.all(Kind::Problem).map(|(id, _)| id)
    }

    fn source_ids(&self, provider: &str) -> impl Iterator<Item = &'a str> {
        let reachable = [provider.to_owned(), SHARED.to_owned()];
        self.sources
            .keys()
            .filter(move |(scope, _)| reachable.iter().any(|name| name == scope))
            .map(|(_, id)| *id)
    }
}

/// Every scope with its name; the shared one, too.
fn scopes(layout: &Layout) -> impl Iterator<Item = (&str, &Scope)> {
    let providers = layout.providers.iter().map(|(name, scope)| (name.as_str(), scope));
    providers.chain([(SHARED, &layout.shared)])
}

impl<'a> Cx<'a> {
    /// Looks a file up in the provider's folder, then in the shared one, in the provider's words.
    pub(super) fn find(&mut self, provider: &str, kind: Kind, id: &str) -> Found {
        let Some((item, shared)) = self.library.item(provider, kind, id) else {
            return Found::Nothing;
        };
        self.library.used.insert(item.span);
        match &item.tree {
            None => Found::Broken,
            Some(tree) if shared => Found::Tree(self.in_words_of(provider, tree), item.span),
            Some(tree) => Found::Tree(tree.clone(), item.span),
        }
    }

    /// A shared problem that a provider's entry extends.
    pub(super) fn find_shared_problem(&mut self, provider: &str, id: &str) -> Found {
        let Some(item) = self.library.layout.shared.get(Kind::Problem, id) else {
            return Found::Nothing;
        };
        self.library.used.insert(item.span);
        match &item.tree {
            None => Found::Broken,
            Some(tree) => Found::Tree(self.in_words_of(provider, tree), item.span),
        }
    }

    /// The source with this id, near first.
    pub(super) fn find_source(&mut self, provider: &str, reference: &Text, id: &str) -> Found {
        let library = &mut self.library;
        let found = [provider, SHARED].into_iter().find_map(|s| library.sources.get(&(s, id)));
        let Some(&(key, node)) = found else {
            let broken = [provider, SHARED].iter().any(|s| library.broken_sources.contains(s));
            if !broken {
                self.no_such_source(provider, id, reference.span);
            }
            return if broken { Found::Broken } else { Found::Nothing };
        };
        library.used.insert(key.span);
        Found::Tree(node.clone(), key.span)
    }

    /// Reports a reference to a source that isn't there.
    fn no_such_source(&mut self, provider: &str, id: &str, span: Span) {
        let known: Vec<_> = self.library.source_ids(provider).collect();
        self.faults
            .add(Code::UnknownReference, span, format!("`{provider}` has no source `{id}`"))
            .suggest_id(id, known)
            .help("sources are defined in `sources/*.yaml`, or in place as a mapping");
    }

    /// Checks what nobody refers to, too, and says that nobody does: unless a file couldn't be
    /// read, which may be the one that does.
    pub(super) fn unused(&mut self, layout: &'a Layout, complete: bool) {
        self.library.complete = complete;
        for (name, scope) in scopes(layout) {
            self.unused_files(name, scope);
            self.check_source_files(name, scope);
        }
    }

    fn unused_files(&mut self, name: &str, scope: &'a Scope) {
        for kind in [Kind::Problem, Kind::Cause, Kind::Resolution] {
            // A provider's problems are pages: nobody needs to refer to them.
            if kind == Kind::Problem && name != SHARED {
                continue;
            }
            for (id, item) in scope.all(kind) {
                if self.unneeded(item.span) {
                    self.report_unused(kind, id, item);
                }
                self.check_structure(name, kind, item);
            }
        }
    }

    fn unneeded(&self, span: Span) -> bool {
        self.library.complete && !self.library.used.contains(&span)
    }

    fn report_unused(&mut self, kind: Kind, id: &str, item: &Item) {
        let (what, how) = match kind {
            Kind::Problem => ("problem", "no provider's entry extends it"),
            Kind::Cause => ("cause", "no problem has it with `use:`"),
            _ => ("resolution", "no cause names it"),
        };
        let message = format!("nobody refers to the {what} `{id}`: {how}");
        self.faults.add(Code::Unused, item.span, message).help("refer to it, or remove the file");
    }

    /// Reads a library file on its own: what is reported here and at its uses is reported once.
    fn check_structure(&mut self, scope: &str, kind: Kind, item: &Item) {
        let Some(tree) = &item.tree else { return };
        if scope != SHARED {
            self.refuse_terms(tree);
        }
        match kind {
            Kind::Cause => _ = CauseFile::read(tree, &mut self.faults),
            Kind::Resolution => _ = ResolutionFile::read(tree, &mut self.faults),
            // A shared problem may have gaps, so it is read where it is extended.
            _ => {}
        }
    }

    fn check_source_files(&mut self, name: &str, scope: &'a Scope) {
        let trees = scope.all(Kind::Sources).filter_map(|(_, item)| item.tree.as_ref());
        for (key, source) in trees
            .filter_map(|tree| Named::<Source>::read(tree, &mut self.faults))
            .flat_map(|s| s.entries)
            .collect::<Vec<_>>()
        {
            self.source_id(name, &key);
            self.source(&source);
        }
    }

    fn source_id(&mut self, scope: &str, key: &Text) {
        self.id("source", key);
        let first =
            self.library.sources.get(&(scope, key.text.as_str())).map(|(first, _)| first.span);
        if let Some(first) = first.filter(|first| *first != key.span) {
            self.duplicate("source", key, first);
        } else if self.unneeded(key.span) {
            self.faults
                .add(Code::Unused, key.span, format!("nobody refers to the source `{}`", key.text))
                .help("refer to it, or remove it");
        }
    }
}
