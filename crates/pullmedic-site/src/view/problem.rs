//! A problem in full.

use pullmedic_core::{Cause, Check, Command, Probe, Problem, Sign, Term, TermKind};
use serde::Serialize;

use crate::html::Html;
use crate::site::Ctx;
use crate::view::command::{BlankView, CommandsView, placeholders};
use crate::view::link::{LinkView, SourceView, sources, term_title};
use crate::view::resolution::FixView;
use crate::view::symptom::SymptomView;
use crate::{command, markdown};

/// What a problem's page shows, in the reader's order.
#[derive(Debug, Serialize)]
pub(crate) struct ProblemView {
    pub(crate) id: String,
    pub(crate) title: Html,
    pub(crate) summary: Html,
    pub(crate) operations: Vec<LinkView>,
    pub(crate) messages: Vec<SymptomView>,
    /// The rest of many messages, which the page folds away.
    pub(crate) more_messages: Vec<SymptomView>,
    pub(crate) codes: Vec<SymptomView>,
    pub(crate) observations: Vec<SymptomView>,
    pub(crate) causes: Vec<CauseView>,
    pub(crate) fixes: Vec<FixView>,
    /// What the commands leave blank.
    pub(crate) blanks: Vec<BlankView>,
    pub(crate) related: Vec<LinkView>,
    pub(crate) sources: Vec<SourceView>,
    /// The latest date on which a source was checked.
    pub(crate) checked: String,
    /// The entry's file, as an editor knows it.
    pub(crate) file: String,
    pub(crate) edit_url: Option<String>,
    pub(crate) json_url: String,
}

/// One cause, with the anchor `#cause-<id>`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CauseView {
    pub(crate) id: String,
    pub(crate) title: Html,
    pub(crate) explain: Html,
    pub(crate) signs: Vec<SignView>,
    pub(crate) against: Vec<SignView>,
    pub(crate) check: Option<CheckView>,
    pub(crate) fixes: Vec<FixLink>,
}

/// Text elsewhere in the log.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SignView {
    /// Literal text, to be shown as code; otherwise words.
    pub(crate) literal: bool,
    pub(crate) html: Html,
}

/// How to prove a cause or rule it out: a command or a question.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CheckView {
    /// No variants when it is a question.
    pub(crate) commands: CommandsView,
    pub(crate) ask: Html,
    pub(crate) expect: Html,
}

/// The link from a cause to its fix on the same page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FixLink {
    pub(crate) id: String,
    pub(crate) title: Html,
}

impl ProblemView {
    pub(crate) fn new(ctx: &Ctx<'_>, problem: &Problem) -> Self {
        let symptoms: Vec<_> = problem.symptoms.iter().map(|s| SymptomView::new(ctx, s)).collect();
        let of_kind = |kind| symptoms.iter().filter(|s| s.kind == kind).cloned().collect();
        let (messages, more_messages) = folded(of_kind("message"));
        Self {
            id: problem.id.clone(),
            title: markdown::inline(ctx, &problem.title, &problem.location),
            summary: markdown::block(ctx, &problem.summary, &problem.location),
            operations: terms(ctx, &problem.operations, LinkView::operation),
            messages,
            more_messages,
            codes: of_kind("code"),
            observations: of_kind("observation"),
            causes: problem.causes.iter().map(|c| CauseView::new(ctx, problem, c)).collect(),
            fixes: problem.resolutions.iter().map(|r| FixView::new(ctx, r)).collect(),
            blanks: blanks(ctx, problem),
            related: related(ctx, problem),
            sources: sources(all_sources(problem)),
            checked: checked(problem).to_owned(),
            file: problem.location.file.clone(),
            edit_url: edit_url(ctx, problem),
            json_url: ctx.link(&format!("{}.json", problem.id)),
        }
    }
}

/// Splits off what a reader needn't scroll past: entries name their commonest messages first.
fn folded(mut messages: Vec<SymptomView>) -> (Vec<SymptomView>, Vec<SymptomView>) {
    const MOST: usize = 8;
    const SHOWN: usize = 5;
    let more = if messages.len() > MOST { messages.split_off(SHOWN) } else { Vec::new() };
    (messages, more)
}

impl CauseView {
    pub(crate) fn new(ctx: &Ctx<'_>, problem: &Problem, cause: &Cause) -> Self {
        let explain = cause.explain.as_deref().unwrap_or_default();
        Self {
            id: cause.id.clone(),
            title: markdown::inline(ctx, &cause.title, &cause.location),
            explain: markdown::block(ctx, explain, &cause.location),
            signs: signs(ctx, &cause.signs),
            against: signs(ctx, &cause.against),
            check: cause.check.as_ref().map(|check| CheckView::new(ctx, cause, check)),
            fixes: fix_links(ctx, problem, cause),
        }
    }
}

/// Signs that read the same are shown once.
fn signs(ctx: &Ctx<'_>, signs: &[Sign]) -> Vec<SignView> {
    let mut shown: Vec<SignView> = Vec::new();
    for sign in signs.iter().map(|sign| SignView::new(ctx, sign)) {
        if shown.iter().all(|other| other.html.as_str() != sign.html.as_str()) {
            shown.push(sign);
        }
    }
    shown
}

impl CheckView {
    fn new(ctx: &Ctx<'_>, cause: &Cause, check: &Check) -> Self {
        let group = format!("check-{}", cause.id);
        let (commands, ask) = match &check.probe {
            Probe::Run(command) => (std::slice::from_ref(command), Html::default()),
            Probe::Ask(question) => {
                (&[] as &[Command], markdown::inline(ctx, question, &cause.location))
            }
        };
        Self {
            commands: CommandsView::new(ctx, commands, &group),
            ask,
            expect: markdown::inline(ctx, &check.expect, &cause.location),
        }
    }
}

impl SignView {
    fn new(ctx: &Ctx<'_>, sign: &Sign) -> Self {
        match sign {
            Sign::Text(template) => {
                Self { literal: true, html: command::message(ctx.site, template) }
            }
            Sign::Term(kind, id) => Self { literal: false, html: term_sign(ctx, *kind, id) },
        }
    }
}

/// A term as a sign, in words: who printed the log, what was being done, where it failed.
fn term_sign(ctx: &Ctx<'_>, kind: TermKind, id: &str) -> Html {
    let vocabulary = ctx.site.kb.vocabulary();
    let (before, list): (&str, &[Term]) = match kind {
        TermKind::Client => ("the log is from ", &vocabulary.clients),
        TermKind::Operation => ("what you did: ", &vocabulary.operations),
        TermKind::Stage => ("it failed at ", &vocabulary.stages),
        TermKind::Status => ("HTTP status ", &vocabulary.statuses),
    };
    let number = if kind == TermKind::Status { format!("{id} ") } else { String::new() };
    let title = list.iter().find(|t| t.id == id).map(|t| term_title(ctx, t)).unwrap_or_default();
    Html::trusted(format!("{before}{}{}", Html::text(&number).as_str(), title.as_str()))
}

fn fix_links(ctx: &Ctx<'_>, problem: &Problem, cause: &Cause) -> Vec<FixLink> {
    let find = |id: &String| problem.resolutions.iter().find(|r| r.id == *id);
    cause
        .resolutions
        .iter()
        .filter_map(find)
        .map(|fix| FixLink {
            id: fix.id.clone(),
            title: markdown::inline(ctx, &fix.title, &fix.location),
        })
        .collect()
}

fn terms(
    ctx: &Ctx<'_>,
    ids: &[String],
    link: impl Fn(&Ctx<'_>, &str) -> Option<LinkView>,
) -> Vec<LinkView> {
    ids.iter().filter_map(|id| link(ctx, id)).collect()
}

fn related(ctx: &Ctx<'_>, problem: &Problem) -> Vec<LinkView> {
    let known = problem.related.iter().filter_map(|id| ctx.site.index.problem(id));
    known.map(|other| LinkView::problem(ctx, other)).collect()
}

/// Every command of a problem: of its steps, then of its checks.
fn commands(problem: &Problem) -> Vec<&Command> {
    let steps = problem.resolutions.iter().flat_map(|r| &r.steps).flat_map(|s| &s.commands);
    let checks = problem.causes.iter().filter_map(|cause| match &cause.check.as_ref()?.probe {
        Probe::Run(command) => Some(command),
        Probe::Ask(_) => None,
    });
    steps.chain(checks).collect()
}

/// What a problem's commands leave blank.
pub(crate) fn blanks(ctx: &Ctx<'_>, problem: &Problem) -> Vec<BlankView> {
    let provider = ctx.site.index.provider(&problem.provider);
    BlankView::all(ctx, provider, &placeholders(commands(problem)))
}

/// The lists of sources of a problem, its causes and its resolutions.
pub(crate) fn all_sources(problem: &Problem) -> Vec<&[pullmedic_core::Source]> {
    let causes = problem.causes.iter().map(|c| c.sources.as_slice());
    let fixes = problem.resolutions.iter().map(|r| r.sources.as_slice());
    [problem.sources.as_slice()].into_iter().chain(causes).chain(fixes).collect()
}

/// The latest date on which one of a problem's sources was checked; empty without sources.
pub(crate) fn checked(problem: &Problem) -> &str {
    let dates = all_sources(problem).into_iter().flatten().map(|s| s.checked.as_str());
    dates.max().unwrap_or_default()
}

fn edit_url(ctx: &Ctx<'_>, problem: &Problem) -> Option<String> {
    let base = ctx.site.edit_url.as_deref()?;
    Some(format!("{base}{}", crate::url::encode(&problem.location.file)))
}
