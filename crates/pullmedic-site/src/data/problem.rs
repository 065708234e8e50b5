//! `/<provider>/<id>.json`: a problem as the YAML says it, with everything shared filled in.
//!
//! Texts are Markdown, commands hold their `<placeholders>`. Keys may be added; none changes its
//! meaning while `format` stays 1.

use pullmedic_core::{
    Cause, Check, Command, Probe, Problem, Resolution, Sign, Source, Step, Symptom, SymptomKind,
    TermKind,
};
use serde::Serialize;

use super::{File, json};
use crate::url;

#[derive(Serialize)]
struct ProblemJson<'a> {
    format: u32,
    id: &'a str,
    provider: &'a str,
    url: String,
    title: &'a str,
    summary: &'a str,
    aliases: &'a [String],
    operations: &'a [String],
    keywords: &'a [String],
    symptoms: Vec<SymptomJson<'a>>,
    causes: Vec<CauseJson<'a>>,
    resolutions: Vec<ResolutionJson<'a>>,
    related: &'a [String],
    sources: Vec<SourceJson<'a>>,
}

#[derive(Serialize)]
struct SymptomJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    clients: &'a [String],
    generic: bool,
    weak: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
}

#[derive(Serialize)]
struct CauseJson<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<&'a str>,
    signs: Vec<SignJson<'a>>,
    against: Vec<SignJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<CheckJson<'a>>,
    resolutions: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum SignJson<'a> {
    Text(&'a str),
    Client(&'a str),
    Operation(&'a str),
    Stage(&'a str),
    Status(&'a str),
}

#[derive(Serialize)]
struct CheckJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<CommandJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<&'a str>,
    expect: &'a str,
}

#[derive(Serialize)]
struct ResolutionJson<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    risk: Option<&'a str>,
    steps: Vec<StepJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<&'a str>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    say: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    commands: Vec<CommandJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expect: Option<&'a str>,
}

#[derive(Serialize)]
struct CommandJson<'a> {
    run: &'a str,
    shell: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<&'a str>,
    placeholders: &'a [String],
}

#[derive(Serialize)]
struct SourceJson<'a> {
    title: &'a str,
    url: &'a str,
    checked: &'a str,
}

/// The file of one problem.
pub(crate) fn file(problem: &Problem) -> File {
    (format!("{}.json", problem.id), json(&ProblemJson::from(problem)))
}

impl<'a> From<&'a Problem> for ProblemJson<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            format: 1,
            id: &problem.id,
            provider: &problem.provider,
            url: url::problem(&problem.id),
            title: &problem.title,
            summary: &problem.summary,
            aliases: &problem.aliases,
            operations: &problem.operations,
            keywords: &problem.keywords,
            symptoms: problem.symptoms.iter().map(SymptomJson::from).collect(),
            causes: problem.causes.iter().map(CauseJson::from).collect(),
            resolutions: problem.resolutions.iter().map(ResolutionJson::from).collect(),
            related: &problem.related,
            sources: problem.sources.iter().map(SourceJson::from).collect(),
        }
    }
}

impl<'a> From<&'a Symptom> for SymptomJson<'a> {
    fn from(symptom: &'a Symptom) -> Self {
        let (message, observation) = match &symptom.kind {
            SymptomKind::Message(template) => (Some(template.source.as_str()), None),
            SymptomKind::Observation(text) => (None, Some(text.as_str())),
            SymptomKind::Code => (None, None),
        };
        Self {
            message,
            observation,
            code: symptom.code.as_deref(),
            clients: &symptom.clients,
            generic: symptom.generic,
            weak: symptom.weak,
            note: symptom.note.as_deref(),
            since: symptom.since.as_deref(),
        }
    }
}

impl<'a> From<&'a Cause> for CauseJson<'a> {
    fn from(cause: &'a Cause) -> Self {
        Self {
            id: &cause.id,
            title: &cause.title,
            explain: cause.explain.as_deref(),
            signs: cause.signs.iter().map(SignJson::from).collect(),
            against: cause.against.iter().map(SignJson::from).collect(),
            check: cause.check.as_ref().map(CheckJson::from),
            resolutions: &cause.resolutions,
        }
    }
}

impl<'a> From<&'a Sign> for SignJson<'a> {
    fn from(sign: &'a Sign) -> Self {
        match sign {
            Sign::Text(template) => Self::Text(&template.source),
            Sign::Term(TermKind::Client, id) => Self::Client(id),
            Sign::Term(TermKind::Operation, id) => Self::Operation(id),
            Sign::Term(TermKind::Stage, id) => Self::Stage(id),
            Sign::Term(TermKind::Status, id) => Self::Status(id),
        }
    }
}

impl<'a> From<&'a Check> for CheckJson<'a> {
    fn from(check: &'a Check) -> Self {
        let (run, ask) = match &check.probe {
            Probe::Run(command) => (Some(CommandJson::from(command)), None),
            Probe::Ask(question) => (None, Some(question.as_str())),
        };
        Self { run, ask, expect: &check.expect }
    }
}

impl<'a> From<&'a Resolution> for ResolutionJson<'a> {
    fn from(resolution: &'a Resolution) -> Self {
        Self {
            id: &resolution.id,
            title: &resolution.title,
            risk: resolution.risk.as_deref(),
            steps: resolution.steps.iter().map(StepJson::from).collect(),
            otherwise: resolution.otherwise.as_deref(),
        }
    }
}

impl<'a> From<&'a Step> for StepJson<'a> {
    fn from(step: &'a Step) -> Self {
        Self {
            say: step.say.as_deref(),
            commands: step.commands.iter().map(CommandJson::from).collect(),
            expect: step.expect.as_deref(),
        }
    }
}

impl<'a> From<&'a Command> for CommandJson<'a> {
    fn from(command: &'a Command) -> Self {
        Self {
            run: &command.text,
            shell: &command.shell,
            client: command.client.as_deref(),
            placeholders: &command.placeholders,
        }
    }
}

impl<'a> From<&'a Source> for SourceJson<'a> {
    fn from(source: &'a Source) -> Self {
        Self { title: &source.title, url: &source.url, checked: &source.checked }
    }
}
