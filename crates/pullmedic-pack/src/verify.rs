//! Running every example of the knowledge base through the shipped matcher.

use pullmedic_core::{
    Code, Diagnostic, Diagnostics, Example, Expectation, Kb, Problem, SymptomKind,
};
use pullmedic_table::{Diagnosis, Finding, Matcher, Options};

use crate::Packed;

/// Every example must be found as it says, no near miss may be, and every message and code needs an example.
pub fn verify(kb: &Kb, packed: &Packed) -> Result<(), Diagnostics> {
    let matcher = Matcher::new(packed.table());
    let faults = kb.problems().iter().flat_map(|problem| check_problem(&matcher, problem));
    Diagnostics::refuse(faults)
}

fn check_problem(matcher: &Matcher<'_>, problem: &Problem) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut is_matched = vec![false; problem.symptoms.len()];
    for example in &problem.examples {
        let diagnosis = matcher.diagnose(&example.text, &Options::default());
        for found in diagnosis.findings.iter().filter(|f| f.problem.id() == problem.id) {
            found.matches.iter().for_each(|m| is_matched[m.symptom] = true);
        }
        faults.extend(check_example(matcher, problem, example, &diagnosis));
    }
    let unmatched = is_matched.iter().enumerate().filter(|(_, is_matched)| !**is_matched);
    faults.extend(unmatched.filter_map(|(index, _)| never_matched(matcher, problem, index)));
    faults
}

/// A message or a code without an example; the hint says what the closest example lacks.
fn never_matched(matcher: &Matcher<'_>, problem: &Problem, index: usize) -> Option<Diagnostic> {
    let symptom = &problem.symptoms[index];
    let text = match &symptom.kind {
        SymptomKind::Message(template) => &template.source,
        SymptomKind::Code => symptom.code.as_ref()?,
        SymptomKind::Observation(_) => return None,
    };
    let message = format!("no example of this problem is matched by the symptom `{text}`");
    let fault = Diagnostic::new(Code::SymptomNeverMatched, symptom.location.clone(), message);
    let view = matcher.table().problem(&problem.id)?;
    let found = |example: &&Example| matches!(example.expect, Expectation::Found { .. });
    let nearest = problem
        .examples
        .iter()
        .filter(found)
        .filter_map(|example| matcher.why_not_symptom(&example.text, view, index))
        .min();
    let reason = nearest.map(|(_, reason)| format!("in the closest example, {reason}"));
    let advice = "add an example with this message, or correct the symptom".to_owned();
    Some(with_hints(fault, reason.into_iter().chain([advice]).collect()))
}

fn check_example(
    matcher: &Matcher<'_>,
    problem: &Problem,
    example: &Example,
    diagnosis: &Diagnosis<'_>,
) -> Vec<Diagnostic> {
    let rank = diagnosis.findings.iter().position(|found| found.problem.id() == problem.id);
    let fault = |code, message: String| Diagnostic::new(code, example.location.clone(), message);
    match &example.expect {
        Expectation::Found { within, confidence, cause, captures, .. } => match rank {
            Some(rank) if rank < *within => {
                let found = &diagnosis.findings[rank];
                check_details(example, found, confidence.as_deref(), cause.as_deref(), captures)
            }
            _ => vec![not_found(matcher, problem, example, diagnosis, *within)],
        },
        Expectation::NotFound if rank.is_some() => {
            let places = places(&diagnosis.findings[rank.unwrap_or_default()], problem);
            let message = format!("this near miss is found: {places}");
            let hint =
                "make the symptom more special, mark it `generic`, or give it `with`/`without`";
            vec![fault(Code::NearMissFound, message).with_hint(hint)]
        }
        Expectation::NotFound => Vec::new(),
        Expectation::Other(other) => {
            let first = diagnosis.findings.first().map(|found| found.problem.id());
            if first == Some(other) {
                return Vec::new();
            }
            let message =
                format!("`{other}` should come first here; found: {}", found_ids(diagnosis));
            let problem = matcher.table().problem(other);
            let reasons = problem.map(|p| matcher.why_not(&example.text, p)).unwrap_or_default();
            vec![with_hints(fault(Code::NearMissFound, message), reasons)]
        }
        _ => Vec::new(),
    }
}

fn not_found(
    matcher: &Matcher<'_>,
    problem: &Problem,
    example: &Example,
    diagnosis: &Diagnosis<'_>,
    within: usize,
) -> Diagnostic {
    let rank = diagnosis.findings.iter().position(|found| found.problem.id() == problem.id);
    let message = match rank {
        Some(rank) => format!(
            "found only in place {} (the first {within} count); found: {}",
            rank + 1,
            found_ids(diagnosis)
        ),
        None if diagnosis.findings.is_empty() => "nothing is found in this example".to_owned(),
        None => format!("not found in this example; found: {}", found_ids(diagnosis)),
    };
    let reasons = match (rank, matcher.table().problem(&problem.id)) {
        (None, Some(view)) => matcher.why_not(&example.text, view),
        (Some(_), _) => vec![
            "`over: [id]` puts a special problem before a general one that matches the same lines"
                .to_owned(),
        ],
        _ => Vec::new(),
    };
    with_hints(Diagnostic::new(Code::ExampleNotFound, example.location.clone(), message), reasons)
}

fn check_details(
    example: &Example,
    found: &Finding<'_>,
    confidence: Option<&str>,
    cause: Option<&str>,
    captures: &[(String, String)],
) -> Vec<Diagnostic> {
    let fault = |code, message| Diagnostic::new(code, example.location.clone(), message);
    let mut faults = Vec::new();
    let actual = found.confidence.id();
    if let Some(expected) = confidence.filter(|expected| *expected != actual) {
        let host = found.why.host.as_deref().unwrap_or("none");
        let message =
            format!("the confidence is `{actual}`, not `{expected}` (registry host: {host})");
        faults.push(fault(Code::ExampleWrongConfidence, message));
    }
    let first = found.causes.first();
    if let (Some(expected), Some(first)) = (cause, first)
        && first.cause.id() != expected
    {
        let counted = |c: &pullmedic_table::RankedCause<'_>| {
            format!("`{}` ({} signs, {} against)", c.cause.id(), c.signs, c.against)
        };
        let all: Vec<String> = found.causes.iter().map(counted).collect();
        let message = format!("`{expected}` doesn't rank first: {}", all.join(", "));
        faults.push(fault(Code::ExampleWrongCause, message));
    }
    for (name, expected) in captures {
        let actual = found.captures.get(name);
        if actual != Some(expected) {
            let actual = actual.map_or("nothing".to_owned(), |value| format!("`{value}`"));
            let message = format!("`{name}` captures {actual}, not `{expected}`");
            faults.push(fault(Code::ExampleWrongCapture, message));
        }
    }
    faults
}

fn found_ids(diagnosis: &Diagnosis<'_>) -> String {
    let id =
        |f: &Finding<'_>| format!("`{}` ({}, {:.2})", f.problem.id(), f.confidence.id(), f.score);
    match diagnosis.findings.as_slice() {
        [] => "nothing".to_owned(),
        found => found.iter().take(4).map(id).collect::<Vec<_>>().join(", "),
    }
}

/// Which symptoms matched where.
fn places(found: &Finding<'_>, problem: &Problem) -> String {
    let place = |m: &pullmedic_table::Match| {
        let symptom = &problem.symptoms[m.symptom];
        let text = match &symptom.kind {
            SymptomKind::Message(template) => template.source.as_str(),
            _ => symptom.code.as_deref().unwrap_or_default(),
        };
        format!("`{text}` matches its line {}, column {}", m.line, m.column)
    };
    found.matches.iter().take(3).map(place).collect::<Vec<_>>().join("; ")
}

fn with_hints(diagnostic: Diagnostic, hints: Vec<String>) -> Diagnostic {
    hints.into_iter().take(4).fold(diagnostic, Diagnostic::with_hint)
}
