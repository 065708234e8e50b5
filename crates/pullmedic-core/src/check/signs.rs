//! Symptoms and signs: what is looked for in a log.

use super::Cx;
use super::templates::Strictness;
use super::vocabulary::WordList;
use crate::code::Code;
use crate::fault::Span;
use crate::kb::{Sign, Symptom, SymptomKind, TermKind};
use crate::raw::{self, List};

impl Cx<'_> {
    pub(super) fn signs(&mut self, raw: List<raw::Sign>) -> Vec<Sign> {
        raw.into_iter().filter_map(|sign| self.sign(sign)).collect()
    }

    fn sign(&mut self, raw: raw::Sign) -> Option<Sign> {
        match raw {
            raw::Sign::Text(text) => Some(Sign::Text(self.template(&text, Strictness::Sign))),
            raw::Sign::Term(term) => self.sign_term(term),
        }
    }

    fn sign_term(&mut self, raw: raw::SignTerm) -> Option<Sign> {
        let mut terms = [
            (TermKind::Operation, WordList::Operations, raw.operation),
            (TermKind::Client, WordList::Clients, raw.client),
            (TermKind::Stage, WordList::Stages, raw.stage),
            (TermKind::Status, WordList::Statuses, raw.status),
        ]
        .into_iter()
        .filter_map(|(kind, list, word)| Some((kind, list, word?)));
        let (kind, list, word) = terms.next()?;
        if terms.next().is_some() {
            self.faults
                .add(Code::KeyConflict, raw.span, "a sign is one term of the vocabulary")
                .help("write each as an item of its own");
        }
        Some(Sign::Term(kind, self.word(list, &word)))
    }

    pub(super) fn symptoms(&mut self, raw: List<raw::Symptom>) -> Vec<Symptom> {
        let mut symptoms: Vec<(Span, Symptom)> = Vec::new();
        for raw in raw {
            let (span, symptom) = (raw.span, self.symptom(raw));
            if let Some((first, _)) = symptoms.iter().find(|(_, known)| same(known, &symptom)) {
                self.faults
                    .add(Code::Duplicate, span, "this symptom is listed twice")
                    .label("again here")
                    .see(*first, "first here");
            }
            symptoms.push((span, symptom));
        }
        symptoms.into_iter().map(|(_, symptom)| symptom).collect()
    }

    fn symptom(&mut self, raw: raw::Symptom) -> Symptom {
        self.symptom_keys(&raw);
        self.code_of_one(&raw);
        let kind = match (raw.message, raw.observation) {
            (Some(message), _) => {
                SymptomKind::Message(self.template(&message, Strictness::Message))
            }
            (None, Some(observation)) => SymptomKind::Observation(self.markdown(&observation)),
            (None, None) => SymptomKind::Code,
        };
        Symptom {
            kind,
            code: self.optional(raw.code, Cx::code),
            clients: self.each(raw.clients, Cx::client),
            generic: raw.generic.unwrap_or(false),
            weak: raw.weak.unwrap_or(false),
            with: self.signs(raw.with),
            without: self.signs(raw.without),
            note: self.optional(raw.note, Cx::markdown),
            since: self.optional(raw.since, Cx::plain),
            location: self.faults.location(raw.span),
        }
    }

    /// A code alone identifies the problem, unless everybody prints it.
    fn code_of_one(&mut self, raw: &raw::Symptom) {
        let Some(code) = raw.code.as_ref().filter(|_| raw.message.is_none()) else { return };
        let of_all = CODES_OF_ALL.contains(&code.text.as_str())
            || code.text.bytes().all(|b| b.is_ascii_digit());
        if of_all && raw.generic != Some(true) && raw.weak != Some(true) {
            self.faults
                .add(Code::BadCode, code.span, format!("every registry prints `{}`", code.text))
                .help("add `generic: true`: then it counts together with the provider's host");
        }
    }

    /// One of message, code and observation; what only makes sense for text in a log, only there.
    fn symptom_keys(&mut self, raw: &raw::Symptom) {
        let in_log = raw.message.is_some() || raw.code.is_some();
        if !in_log && raw.observation.is_none() && !self.faults.touch(raw.span) {
            self.faults
                .add(
                    Code::KeyConflict,
                    raw.span,
                    "a symptom shows as a message, a code or an observation",
                )
                .help("give it one of the keys `message`, `code` and `observation`");
        }
        let Some(observation) = &raw.observation else { return };
        let matched = raw.generic.is_some() || raw.weak.is_some();
        let conditional = !raw.with.0.is_empty() || !raw.without.0.is_empty();
        if in_log || matched || conditional {
            self.faults
                .add(Code::KeyConflict, observation.span, "an observation is in no log")
                .help(
                    "it goes without `message`, `code`, `generic`, `weak`, `with` and `without`; \
                     make it a symptom of its own",
                );
        }
    }
}

/// Codes of the distribution protocol, which every registry answers with.
const CODES_OF_ALL: &[&str] = &[
    "BLOB_UNKNOWN",
    "BLOB_UPLOAD_INVALID",
    "BLOB_UPLOAD_UNKNOWN",
    "DENIED",
    "DIGEST_INVALID",
    "MANIFEST_BLOB_UNKNOWN",
    "MANIFEST_INVALID",
    "MANIFEST_UNKNOWN",
    "NAME_INVALID",
    "NAME_UNKNOWN",
    "SIZE_INVALID",
    "TOOMANYREQUESTS",
    "UNAUTHORIZED",
    "UNSUPPORTED",
];

/// Do two symptoms match the same texts? The same words under other conditions are another one.
fn same(a: &Symptom, b: &Symptom) -> bool {
    let words = match (&a.kind, &b.kind) {
        (SymptomKind::Message(a), SymptomKind::Message(b)) => a.source == b.source,
        (SymptomKind::Observation(a), SymptomKind::Observation(b)) => a == b,
        (SymptomKind::Code, SymptomKind::Code) => a.code == b.code,
        _ => false,
    };
    words && a.with == b.with && a.without == b.without
}
