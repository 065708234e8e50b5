//! Problems: merged with the shared problem they extend, then checked as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Cx;
use super::examples::Home;
use super::library::Found;
use crate::code::Code;
use crate::fault::Span;
use crate::kb::{Frequency, Problem};
use crate::layout::{Item, Kind, Layout};
use crate::raw::{self, Read};
use crate::yaml::{Node, Text, Value};

/// A problem's file, read.
pub(super) struct Entry {
    pub(super) provider: String,
    pub(super) id: String,
    pub(super) span: Span,
    /// `None` when it couldn't be read: its id is known all the same.
    pub(super) raw: Option<raw::Problem>,
}

impl Entry {
    /// `provider/id`
    pub(super) fn full_id(&self) -> String {
        format!("{}/{}", self.provider, self.id)
    }
}

impl Cx<'_> {
    /// Reads the problems of all providers, sorted by full id.
    pub(super) fn read_problems(&mut self, layout: &Layout) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (provider, scope) in &layout.providers {
            for (id, item) in scope.all(Kind::Problem) {
                entries.push(self.read_problem(provider, id, item));
            }
        }
        entries
    }

    fn read_problem(&mut self, provider: &str, id: &str, item: &Item) -> Entry {
        let raw = item.tree.as_ref().and_then(|tree| {
            self.refuse_terms(tree);
            let merged = self.extend(provider, tree)?;
            raw::Problem::read(&merged, &mut self.faults)
        });
        Entry { provider: provider.to_owned(), id: id.to_owned(), span: item.span, raw }
    }

    /// The entry with what it extends; `None` when that can't be read.
    fn extend(&mut self, provider: &str, own: &Node) -> Option<Node> {
        let Some(Value::Text(base)) = own.get("extends").map(|node| &node.value) else {
            return Some(own.clone());
        };
        match self.find_shared_problem(provider, &base.text) {
            Found::Tree(shared, _) => Some(self.merge(own, &shared)),
            Found::Broken => None,
            Found::Nothing => {
                self.no_such_base(base);
                None
            }
        }
    }

    fn no_such_base(&mut self, base: &Text) {
        let known: Vec<_> = self.library.shared_problems().collect();
        self.faults
            .add(
                Code::UnknownReference,
                base.span,
                format!("there is no shared problem `{}`", base.text),
            )
            .suggest(&base.text, known)
            .help("shared problems are shared/problems/<id>.yaml");
    }

    /// Lists are appended to the entry's own, other keys fill its gaps.
    fn merge(&mut self, own: &Node, shared: &Node) -> Node {
        let (Value::Map(own_map), Value::Map(shared_map)) = (&own.value, &shared.value) else {
            return own.clone();
        };
        let mut merged = own_map.clone();
        for (key, node) in shared_map {
            if matches!(key.text.as_str(), "extends" | "aliases") {
                self.only_in_entries(key);
                continue;
            }
            let twin = merged.iter_mut().find(|(name, _)| name.text == key.text);
            match (twin.map(|(_, node)| &mut node.value), &node.value) {
                (None, _) => merged.push((key.clone(), node.clone())),
                (Some(Value::List(list)), Value::List(more)) => list.extend_from_slice(more),
                (Some(_), _) => {}
            }
        }
        Node { span: own.span, value: Value::Map(merged) }
    }

    fn only_in_entries(&mut self, key: &Text) {
        if !self.faults.has(Code::KeyConflict, key.span) {
            let message = format!("a shared problem can't have `{}`", key.text);
            self.faults
                .add(Code::KeyConflict, key.span, message)
                .help("write it in the provider's entry");
        }
    }

    /// Checks the problems; the model has them sorted by id.
    pub(super) fn problems(&mut self, entries: Vec<Entry>) -> Vec<Problem> {
        let mut overs = Vec::new();
        let mut problems = Vec::new();
        for Entry { provider, id, span, raw } in entries {
            let Some(raw) = raw else { continue };
            let id = format!("{provider}/{id}");
            overs.extend(raw.over.0.first().map(|over| (id.clone(), over.span)));
            problems.push(self.checked_problem(provider, id, span, raw));
        }
        problems.sort_by(|a, b| a.id.cmp(&b.id));
        self.circles(&problems, &overs);
        problems
    }

    fn checked_problem(
        &mut self,
        provider: String,
        id: String,
        span: Span,
        raw: raw::Problem,
    ) -> Problem {
        let own = self.own_resolutions(raw.resolutions);
        let drafts = self.causes(&provider, raw.causes);
        let (causes, resolutions) = self.resolve(&provider, drafts, own);
        let symptoms = self.symptoms(raw.symptoms);
        let home =
            Home { provider: &provider, id: &id, causes: &causes, symptoms: &symptoms, span };
        let examples = self.examples(&home, raw.examples);
        self.unique("keyword", &raw.keywords.0);
        let frequency = self.optional(raw.frequency, |cx, f| cx.one_of(f, raw::FREQUENCIES));
        Problem {
            aliases: self
                .each(raw.aliases, |cx, alias| cx.id("problem", alias))
                .iter()
                .map(|a| format!("{provider}/{a}"))
                .collect(),
            title: self.required(raw.title, Cx::title),
            summary: self.required(raw.summary, Cx::markdown),
            operations: self.each(raw.operations, Cx::operation),
            keywords: self.each(raw.keywords, Cx::plain),
            frequency: frequency_of(frequency.as_deref()),
            over: self.problem_list(&provider, &id, raw.over),
            symptoms,
            causes,
            resolutions,
            related: self.problem_list(&provider, &id, raw.related),
            sources: self.sources(&provider, raw.sources),
            examples,
            location: self.faults.location(span),
            id,
            provider,
        }
    }

    /// Two problems can't each be the more general one.
    fn circles(&mut self, problems: &[Problem], overs: &[(String, Span)]) {
        let over: BTreeMap<_, _> = problems.iter().map(|p| (p.id.as_str(), &p.over[..])).collect();
        for (id, span) in overs.iter().filter(|(id, _)| reaches_itself(id, &over)) {
            let message = format!("by way of `over`, `{id}` is more general than itself");
            self.faults
                .add(Code::KeyConflict, *span, message)
                .help("only the more specific of two problems is `over` the other");
        }
    }

    /// The entry to copy is checked like one of Azure's, but isn't part of the model.
    pub(super) fn example_file(&mut self, layout: &Layout) {
        let Some(item) = &layout.example else { return };
        let azure = layout.providers.keys().find(|provider| *provider == "azure");
        let Some(provider) = azure.or(layout.providers.keys().next()) else { return };
        let entry = self.read_problem(provider, "example", item);
        if let Some(raw) = entry.raw {
            self.checked_problem(entry.provider, format!("{provider}/example"), entry.span, raw);
        }
    }
}

fn reaches_itself(id: &str, over: &BTreeMap<&str, &[String]>) -> bool {
    let general = |id: &str| over.get(id).copied().unwrap_or_default().iter();
    let mut next: Vec<&String> = general(id).collect();
    let mut seen = BTreeSet::new();
    while let Some(reached) = next.pop() {
        if reached == id {
            return true;
        }
        if seen.insert(reached) {
            next.extend(general(reached));
        }
    }
    false
}

fn frequency_of(word: Option<&str>) -> Frequency {
    match word {
        Some("common") => Frequency::Common,
        Some("rare") => Frequency::Rare,
        _ => Frequency::Occasional,
    }
}
