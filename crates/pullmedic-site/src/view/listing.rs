//! A problem as a line of a list.

use pullmedic_core::{Frequency, Problem, SymptomKind};
use serde::Serialize;

use crate::html::Html;
use crate::index::Listed;
use crate::site::Ctx;
use crate::view::symptom::SymptomView;
use crate::{command, markdown, url};

/// How many symptoms an entry shows.
const SYMPTOMS: usize = 3;

/// One entry of a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EntryView {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) provider: String,
    /// `ACR`, shown as a badge.
    pub(crate) provider_short: String,
    pub(crate) title: Html,
    /// The message by which it is known best; empty when there is none.
    pub(crate) message: Html,
    /// The symptoms that the list is about.
    pub(crate) symptoms: Vec<SymptomView>,
    /// How many more of them the problem's own page shows.
    pub(crate) more: usize,
    /// Met often.
    pub(crate) common: bool,
}

impl EntryView {
    pub(crate) fn new(ctx: &Ctx<'_>, problem: &Problem) -> Self {
        let short = ctx.site.index.provider(&problem.provider).map(|p| p.short.clone());
        Self {
            id: problem.id.clone(),
            url: ctx.link(&url::problem(&problem.id)),
            provider: problem.provider.clone(),
            provider_short: short.unwrap_or_default(),
            title: markdown::inline(ctx, &problem.title, &problem.location),
            message: first_message(ctx, problem),
            symptoms: Vec::new(),
            more: 0,
            common: problem.frequency == Frequency::Common,
        }
    }

    /// Without the message, for lists that are long.
    pub(crate) fn short(self) -> Self {
        Self { message: Html::default(), ..self }
    }

    /// With the symptoms that put it on the list, instead of its best-known message.
    pub(crate) fn listed(ctx: &Ctx<'_>, listed: &Listed<'_>) -> Self {
        let mut symptoms: Vec<_> =
            listed.symptoms.iter().map(|s| SymptomView::new(ctx, s)).filter(shows_words).collect();
        let entry = Self::new(ctx, listed.problem);
        let message = if symptoms.is_empty() { entry.message } else { Html::default() };
        let more = symptoms.len().saturating_sub(SYMPTOMS);
        symptoms.truncate(SYMPTOMS);
        Self { message, symptoms, more, ..entry }
    }
}

/// A code alone says nothing that the list's heading doesn't.
fn shows_words(symptom: &SymptomView) -> bool {
    symptom.kind != "code"
}

fn first_message(ctx: &Ctx<'_>, problem: &Problem) -> Html {
    let title = markdown::plain(&problem.title);
    let mut own = problem.symptoms.iter().filter(|s| !s.weak).chain(&problem.symptoms);
    own.find_map(|s| match &s.kind {
        // What the title says already isn't said twice.
        SymptomKind::Message(template) if !title.contains(&template.source) => {
            Some(command::message(ctx.site, template))
        }
        _ => None,
    })
    .unwrap_or_default()
}
