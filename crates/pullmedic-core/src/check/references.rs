//! References between problems, and to sources.

use super::Cx;
use super::library::Found;
use super::problems::Entry;
use crate::code::Code;
use crate::kb::Source;
use crate::raw::{self, List, Read, SourceItem};
use crate::yaml::Text;

impl Cx<'_> {
    /// Makes every id and alias known.
    pub(super) fn collect_problem_ids(&mut self, entries: &[Entry]) {
        for entry in entries {
            let id = entry.full_id();
            self.problem_ids.insert(id.clone(), id);
        }
        for entry in entries {
            for alias in entry.raw.iter().flat_map(|raw| &raw.aliases.0) {
                self.alias(entry, alias);
            }
        }
    }

    fn alias(&mut self, entry: &Entry, alias: &Text) {
        let full = format!("{}/{}", entry.provider, alias.text);
        if let Some(owner) = self.problem_ids.get(&full) {
            let message = if *owner == full {
                format!("there is a problem `{full}`")
            } else {
                format!("`{full}` is an alias of `{owner}` already")
            };
            self.faults
                .add(Code::Duplicate, alias.span, message)
                .help("an alias is a former id that nothing else uses");
        } else {
            self.problem_ids.insert(full, entry.full_id());
        }
    }

    /// Follows a reference to another problem. Without a provider it means the same one.
    pub(super) fn problem(&mut self, provider: &str, from: &str, id: &Text) -> Option<String> {
        let full =
            if id.text.contains('/') { id.text.clone() } else { format!("{provider}/{}", id.text) };
        let found = self.problem_ids.get(&full).cloned();
        match &found {
            None => {
                let known = self.problem_ids.keys().map(String::as_str);
                self.faults
                    .add(Code::UnknownReference, id.span, format!("there is no problem `{full}`"))
                    .suggest(&full, known);
            }
            Some(to) if to == from => {
                self.faults.add(Code::UnknownReference, id.span, "a problem can't refer to itself");
            }
            Some(_) => {}
        }
        found
    }

    /// Follows a list of references to other problems; each is kept once.
    pub(super) fn problem_list(
        &mut self,
        provider: &str,
        from: &str,
        ids: List<Text>,
    ) -> Vec<String> {
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.problem(provider, from, &id).filter(|id| !found.contains(id)));
        }
        found
    }

    /// Sources in place and by id; each is kept once.
    pub(super) fn sources(&mut self, provider: &str, raw: List<SourceItem>) -> Vec<Source> {
        let mut sources = Vec::new();
        for item in raw {
            let source = match item {
                SourceItem::Own(source) => Some(self.source(&source)),
                SourceItem::Id(id) => self.source_by_id(provider, &id),
            };
            sources.extend(source.filter(|source| !sources.contains(source)));
        }
        sources
    }

    fn source_by_id(&mut self, provider: &str, reference: &Text) -> Option<Source> {
        let (id, anchor) = match reference.text.split_once('#') {
            Some((id, anchor)) => (id, Some(anchor)),
            None => (reference.text.as_str(), None),
        };
        let Found::Tree(tree, _) = self.find_source(provider, reference, id) else { return None };
        let raw = raw::Source::read(&tree, &mut self.faults)?;
        let mut source = self.source(&raw);
        if let Some(anchor) = anchor {
            self.anchor(reference, &source.url, anchor);
            source.url = format!("{}#{anchor}", source.url);
        }
        Some(source)
    }

    fn anchor(&mut self, reference: &Text, url: &str, anchor: &str) {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_.~:".contains(c);
        if url.contains('#') {
            let message = format!("`{url}` has an anchor already");
            self.faults.add(Code::Url, reference.span, message);
        } else if anchor.is_empty() || !anchor.chars().all(fits) {
            let message = format!("`#{anchor}` isn't an anchor");
            self.faults.add(Code::Url, reference.span, message);
        }
    }

    pub(super) fn source(&mut self, raw: &raw::Source) -> Source {
        Source {
            title: self.required(raw.title.clone(), Cx::plain),
            url: self.required(raw.url.clone(), Cx::url),
            checked: self.required(raw.checked.clone(), Cx::date),
        }
    }
}
