//! Resolutions and their steps; following the references from causes to them.

use std::collections::BTreeMap;

use super::Cx;
use super::causes::Draft;
use super::library::Found;
use crate::code::Code;
use crate::fault::Span;
use crate::kb::{Cause, Resolution, Step};
use crate::layout::Kind;
use crate::raw::{self, List, Read};
use crate::yaml::Text;

/// A problem's own resolutions by id, and where they stand; taken when a cause names them.
#[derive(Default)]
pub(super) struct Own(BTreeMap<String, (Span, Option<Resolution>)>);

impl Own {
    fn take(&mut self, id: &str) -> Option<Resolution> {
        self.0.get_mut(id).and_then(|(_, resolution)| resolution.take())
    }
}

impl Cx<'_> {
    /// A problem's own resolutions.
    pub(super) fn own_resolutions(&mut self, raw: List<raw::Resolution>) -> Own {
        self.unique("resolution", raw.0.iter().filter_map(|resolution| resolution.id.as_ref()));
        let resolutions = raw
            .into_iter()
            .filter_map(|raw| {
                let id = raw.id.clone()?;
                let resolution = self.own_resolution(raw);
                Some((id.text, (id.span, Some(resolution))))
            })
            .collect();
        Own(resolutions)
    }

    fn own_resolution(&mut self, raw: raw::Resolution) -> Resolution {
        Resolution {
            id: self.required(raw.id, |cx, id| cx.id("resolution", id)),
            title: self.required(raw.title, Cx::title),
            risk: self.optional(raw.risk, Cx::markdown),
            steps: self.steps(raw.steps),
            otherwise: self.optional(raw.otherwise, Cx::markdown),
            sources: Vec::new(),
            location: self.faults.location(raw.span),
        }
    }

    /// Follows the causes' references: the resolutions come back in order of first mention.
    pub(super) fn resolve(
        &mut self,
        provider: &str,
        drafts: Vec<Draft>,
        mut own: Own,
    ) -> (Vec<Cause>, Vec<Resolution>) {
        let mut resolutions: Vec<Resolution> = Vec::new();
        let mut causes = Vec::new();
        for Draft { mut cause, resolutions: named, .. } in drafts {
            for id in named {
                if resolutions.iter().all(|known| known.id != id.text) {
                    match own.take(&id.text) {
                        Some(resolution) => resolutions.push(resolution),
                        None => resolutions.extend(self.resolution(provider, &id, &own)),
                    }
                }
                if !cause.resolutions.contains(&id.text) {
                    cause.resolutions.push(id.text);
                }
            }
            causes.push(cause);
        }
        self.unnamed(&own);
        (causes, resolutions)
    }

    fn unnamed(&mut self, own: &Own) {
        for (id, (span, _)) in own.0.iter().filter(|(_, (_, left))| left.is_some()) {
            self.faults
                .add(
                    Code::Unused,
                    *span,
                    format!("no cause of this problem names the resolution `{id}`"),
                )
                .help("name it in the `resolutions` of a cause, or remove it");
        }
    }

    /// A resolution from the provider's folder or the shared one.
    fn resolution(&mut self, provider: &str, id: &Text, own: &Own) -> Option<Resolution> {
        match self.find(provider, Kind::Resolution, &id.text) {
            Found::Tree(tree, span) => {
                let raw = raw::ResolutionFile::read(&tree, &mut self.faults)?;
                Some(self.shared_resolution(provider, id, raw, span))
            }
            Found::Broken => None,
            Found::Nothing => {
                let mut known = self.library.ids(provider, Kind::Resolution);
                known.extend(own.0.keys().map(String::as_str));
                let message = format!("`{provider}` has no resolution `{}`", id.text);
                self.faults
                    .add(Code::UnknownReference, id.span, message)
                    .suggest_id(&id.text, known)
                    .help(
                        "resolutions are in the entry itself, in the provider's `resolutions/` \
                         or in `shared/resolutions/`",
                    );
                None
            }
        }
    }

    /// Resolutions that are named outside of a problem.
    pub(super) fn named_resolutions(&mut self, provider: &str, ids: List<Text>) -> Vec<Resolution> {
        let own = Own::default();
        ids.into_iter().filter_map(|id| self.resolution(provider, &id, &own)).collect()
    }

    fn shared_resolution(
        &mut self,
        provider: &str,
        id: &Text,
        raw: raw::ResolutionFile,
        span: Span,
    ) -> Resolution {
        Resolution {
            id: id.text.clone(),
            title: self.required(raw.title, Cx::title),
            risk: self.optional(raw.risk, Cx::markdown),
            steps: self.steps(raw.steps),
            otherwise: self.optional(raw.otherwise, Cx::markdown),
            sources: self.sources(provider, raw.sources),
            location: self.faults.location(span),
        }
    }

    fn steps(&mut self, raw: List<raw::Step>) -> Vec<Step> {
        raw.into_iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, raw: raw::Step) -> Step {
        self.step_keys(&raw);
        let say = self.optional(raw.say, Cx::markdown);
        let mut commands = Vec::new();
        if raw.run.is_some() {
            commands.push(self.command(raw.run, raw.shell, None));
        }
        commands.extend(raw.variants.into_iter().map(|v| self.command(v.run, v.shell, v.client)));
        Step { say, commands, expect: self.optional(raw.expect, Cx::markdown) }
    }

    fn step_keys(&mut self, raw: &raw::Step) {
        let (run, variants) = (raw.run.is_some(), !raw.variants.0.is_empty());
        if run && variants {
            self.faults.add(
                Code::KeyConflict,
                raw.span,
                "a step has `run` or `variants`, not both",
            );
        }
        if !run && !variants && raw.say.is_none() && !self.faults.touch(raw.span) {
            self.faults
                .add(Code::KeyConflict, raw.span, "a step that says nothing")
                .help("give it `say`, `run` or `variants`");
        }
        if let Some(shell) = raw.shell.as_ref().filter(|_| !run) {
            self.faults
                .add(Code::KeyConflict, shell.span, "`shell` without `run`")
                .help("variants have a `shell` of their own");
        }
        for variant in raw.variants.0.iter().filter(|v| v.client.is_none() && v.shell.is_none()) {
            self.faults
                .add(Code::KeyConflict, variant.span, "a variant is for a client or a shell")
                .help("give it `client` or `shell`, so that readers can choose");
        }
    }
}
