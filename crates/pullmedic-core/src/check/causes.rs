//! Causes: a problem's own, and shared ones with what the problem adds.

use super::Cx;
use super::library::Found;
use crate::code::Code;
use crate::fault::Span;
use crate::kb::{Cause, Check, Probe};
use crate::layout::Kind;
use crate::raw::{self, CauseItem, List, Read};
use crate::yaml::Text;

/// A cause, and the references to its resolutions that are still to be followed.
pub(super) struct Draft {
    pub(super) id: Text,
    pub(super) cause: Cause,
    pub(super) resolutions: Vec<Text>,
}

impl Cx<'_> {
    /// All causes of a problem that could be read.
    pub(super) fn causes(&mut self, provider: &str, raw: List<CauseItem>) -> Vec<Draft> {
        let drafts: Vec<_> = raw
            .into_iter()
            .filter_map(|item| match item {
                CauseItem::Own(cause) => self.own_cause(*cause),
                CauseItem::Use(shared) => self.used_cause(provider, shared),
            })
            .collect();
        self.unique("cause", drafts.iter().map(|draft| &draft.id));
        drafts
    }

    fn own_cause(&mut self, raw: raw::Cause) -> Option<Draft> {
        let id = raw.id?;
        let cause = Cause {
            id: self.id("cause", &id),
            title: self.required(raw.title, Cx::title),
            explain: self.optional(raw.explain, Cx::markdown),
            signs: self.signs(raw.signs),
            against: self.signs(raw.against),
            check: raw.check.map(|check| self.check(check)),
            resolutions: Vec::new(),
            sources: Vec::new(),
            location: self.faults.location(raw.span),
        };
        Some(Draft { id, cause, resolutions: raw.resolutions.0 })
    }

    fn used_cause(&mut self, provider: &str, raw: raw::CauseUse) -> Option<Draft> {
        let id = raw.uses?;
        let (tree, span) = match self.find(provider, Kind::Cause, &id.text) {
            Found::Tree(tree, span) => (tree, span),
            Found::Broken => return None,
            Found::Nothing => {
                self.no_such_cause(provider, &id);
                return None;
            }
        };
        let shared = raw::CauseFile::read(&tree, &mut self.faults)?;
        let mut draft = self.shared_cause(provider, id, shared, span);
        draft.cause.signs.extend(self.signs(raw.signs));
        draft.cause.against.extend(self.signs(raw.against));
        draft.resolutions.extend(raw.resolutions);
        Some(draft)
    }

    fn shared_cause(&mut self, provider: &str, id: Text, raw: raw::CauseFile, span: Span) -> Draft {
        let cause = Cause {
            id: id.text.clone(),
            title: self.required(raw.title, Cx::title),
            explain: self.optional(raw.explain, Cx::markdown),
            signs: self.signs(raw.signs),
            against: self.signs(raw.against),
            check: raw.check.map(|check| self.check(check)),
            resolutions: Vec::new(),
            sources: self.sources(provider, raw.sources),
            location: self.faults.location(span),
        };
        Draft { id, cause, resolutions: raw.resolutions.0 }
    }

    fn no_such_cause(&mut self, provider: &str, id: &Text) {
        let known = self.library.ids(provider, Kind::Cause);
        self.faults
            .add(
                Code::UnknownReference,
                id.span,
                format!("`{provider}` has no cause `{}`", id.text),
            )
            .suggest_id(&id.text, known)
            .help(format!(
                "shared causes are {provider}/causes/<id>.yaml and shared/causes/<id>.yaml"
            ));
    }

    fn check(&mut self, raw: raw::Check) -> Check {
        if raw.run.is_some() == raw.ask.is_some() && !self.faults.touch(raw.span) {
            self.faults
                .add(Code::KeyConflict, raw.span, "a check is a command or a question")
                .help("give it either `run` or `ask`");
        }
        let probe = match raw.ask {
            Some(ask) => Probe::Ask(self.markdown(&ask)),
            None => Probe::Run(self.command(raw.run, raw.shell, None)),
        };
        Check { probe, expect: self.required(raw.expect, Cx::markdown) }
    }
}
