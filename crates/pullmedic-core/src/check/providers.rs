//! Providers and other people's registries.

use super::Cx;
use super::templates::Strictness;
use crate::kb::{HostKind, HostRule, OtherRegistry, Provider};
use crate::layout::{Kind, Layout, Scope};
use crate::raw::{self, Read};

impl Cx<'_> {
    /// Other people's registries, sorted by id.
    pub(super) fn registries(&mut self, layout: &Layout) -> Vec<OtherRegistry> {
        let Some(tree) = layout.shared.tree(Kind::Registries) else { return Vec::new() };
        let raw = raw::Registries::read(tree, &mut self.faults);
        let raw = raw.map(|raw| raw.registries).unwrap_or_default();
        self.unique("registry", raw.0.iter().filter_map(|registry| registry.id.as_ref()));
        self.unique("host", raw.0.iter().flat_map(|registry| &registry.hosts.0));
        let mut registries: Vec<_> =
            raw.into_iter().map(|registry| self.registry(registry)).collect();
        registries.sort_by(|a, b| a.id.cmp(&b.id));
        registries
    }

    fn registry(&mut self, raw: raw::Registry) -> OtherRegistry {
        OtherRegistry {
            id: self.required(raw.id, Cx::code),
            name: self.required(raw.name, Cx::plain),
            hosts: self.each(raw.hosts, Cx::host),
        }
    }

    /// The providers that could be read, sorted by id.
    pub(super) fn providers(&mut self, layout: &Layout) -> Vec<Provider> {
        let scopes = layout.providers.iter();
        scopes.filter_map(|(id, scope)| self.provider(id, scope)).collect()
    }

    fn provider(&mut self, id: &str, scope: &Scope) -> Option<Provider> {
        let logins = self.logins(id, scope);
        let (_, item) = scope.all(Kind::Provider).next()?;
        let raw = raw::Provider::read(item.tree.as_ref()?, &mut self.faults)?;
        self.unique("host", raw.hosts.0.iter().filter_map(|rule| rule.host.as_ref()));
        let evidence = raw.evidence.into_iter();
        Some(Provider {
            id: id.to_owned(),
            name: self.required(raw.name, Cx::plain),
            short: self.required(raw.short, Cx::plain),
            vendor: self.required(raw.vendor, Cx::plain),
            summary: self.required(raw.summary, Cx::markdown),
            synonyms: self.each(raw.synonyms, Cx::plain),
            hosts: raw.hosts.into_iter().map(|rule| self.host_rule(rule)).collect(),
            evidence: evidence.map(|text| self.template(&text, Strictness::Sign)).collect(),
            terms: self.provider_terms(raw.terms),
            examples: self.provider_examples(raw.examples),
            credentials: logins.credentials,
            logins: logins.logins,
            sources: self.sources(id, raw.sources),
            location: self.faults.location(item.span),
        })
    }

    fn host_rule(&mut self, raw: raw::HostItem) -> HostRule {
        let kind = self.required(raw.kind, |cx, kind| cx.one_of(kind, raw::HOST_KINDS));
        HostRule {
            pattern: self.required(raw.host, Cx::host),
            kind: host_kind(&kind),
            cloud: self.optional(raw.cloud, Cx::plain),
            region: self.optional(raw.region, Cx::plain),
        }
    }

    fn provider_terms(
        &mut self,
        raw: Option<raw::Named<crate::yaml::Text>>,
    ) -> Vec<(String, String)> {
        let mut terms = Vec::new();
        for (key, value) in raw.into_iter().flat_map(|raw| raw.entries) {
            terms.push((self.id("term", &key), self.plain(&value)));
        }
        terms.sort();
        terms
    }

    fn provider_examples(
        &mut self,
        raw: Option<raw::Named<crate::yaml::Text>>,
    ) -> Vec<(String, String)> {
        let mut examples = Vec::new();
        for (key, value) in raw.into_iter().flat_map(|raw| raw.entries) {
            if self.words.placeholder(&key.text).is_none() {
                self.unknown_placeholder(&key, &key.text, "placeholders are in vocabulary.yaml");
            }
            examples.push((key.text.clone(), self.plain(&value)));
        }
        examples.sort();
        examples
    }
}

fn host_kind(kind: &str) -> HostKind {
    match kind {
        "data" => HostKind::Data,
        "private" => HostKind::Private,
        "retired" => HostKind::Retired,
        _ => HostKind::Registry,
    }
}
