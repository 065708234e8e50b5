//! How a problem shows: messages, codes, observations.

use pullmedic_core::{Symptom, SymptomKind};
use serde::Serialize;

use crate::html::Html;
use crate::site::Ctx;
use crate::view::link::LinkView;
use crate::{command, markdown};

/// One symptom.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SymptomView {
    /// `message`, `code` or `observation`.
    pub(crate) kind: &'static str,
    /// What is printed, with its holes marked; or the observation in words.
    pub(crate) html: Html,
    pub(crate) code: Option<LinkView>,
    pub(crate) clients: Vec<LinkView>,
    /// Others print it too.
    pub(crate) generic: bool,
    /// It supports other symptoms only.
    pub(crate) weak: bool,
    pub(crate) note: Html,
    pub(crate) since: String,
}

impl SymptomView {
    pub(crate) fn new(ctx: &Ctx<'_>, symptom: &Symptom) -> Self {
        let (kind, html) = shown(ctx, symptom);
        let note = symptom.note.as_deref().unwrap_or_default();
        Self {
            kind,
            html,
            code: symptom.code.as_deref().and_then(|code| LinkView::code(ctx, code)),
            clients: symptom.clients.iter().filter_map(|c| LinkView::client(ctx, c)).collect(),
            generic: symptom.generic,
            weak: symptom.weak,
            note: markdown::inline(ctx, note, &symptom.location),
            since: symptom.since.clone().unwrap_or_default(),
        }
    }
}

fn shown(ctx: &Ctx<'_>, symptom: &Symptom) -> (&'static str, Html) {
    match &symptom.kind {
        SymptomKind::Message(template) => ("message", command::message(ctx.site, template)),
        SymptomKind::Code => ("code", Html::text(symptom.code.as_deref().unwrap_or_default())),
        SymptomKind::Observation(text) => {
            ("observation", markdown::inline(ctx, text, &symptom.location))
        }
    }
}
