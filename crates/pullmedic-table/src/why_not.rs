//! Why a problem isn't found in a text: for editors, whose example says that it should be.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::clean::{Clean, clean};
use crate::diagnose::Options;
use crate::evidence::Evidence;
use crate::excerpt::Excerpt;
use crate::filter::Matcher;
use crate::pattern::literals;
use crate::view::{Problem, Symptom, SymptomKind};

impl Matcher<'_> {
    /// For each symptom, what is missing; for those that match, why they don't count.
    pub fn why_not(&self, text: &str, problem: Problem<'_>) -> Vec<String> {
        let cleaned = clean(text, 0);
        let mut reasons: Vec<(usize, String)> = problem
            .symptoms()
            .filter(|symptom| symptom.kind() != SymptomKind::Observation)
            .map(|symptom| self.missing(&cleaned, text, problem, &symptom))
            .collect();
        reasons.sort_by_key(|(missing, _)| *missing);
        let diagnosis = self.diagnose(text, &Options::default());
        let over = diagnosis.findings.iter().find(|f| f.problem.over().any(|p| p == problem));
        let over = over.map(|f| format!("`{}` is declared `over` this one", f.problem.id()));
        over.into_iter().chain(reasons.into_iter().map(|(_, reason)| reason)).collect()
    }

    /// What of a symptom is missing in a text, or why it doesn't count; and how many bytes of it are missing.
    pub fn why_not_symptom(
        &self,
        text: &str,
        problem: Problem<'_>,
        symptom: usize,
    ) -> Option<(usize, String)> {
        let symptom = problem.symptoms().nth(symptom)?;
        Some(self.missing(&clean(text, 0), text, problem, &symptom))
    }

    /// How many bytes of a symptom's fixed text are missing, and what to say about it.
    fn missing(
        &self,
        clean: &Clean,
        text: &str,
        problem: Problem<'_>,
        symptom: &Symptom<'_>,
    ) -> (usize, String) {
        let shown = symptom.text();
        if let Some(reason) = refusal(self, text, problem, symptom) {
            return (0, format!("`{shown}` matches, but {reason}"));
        }
        let program = self.program_text(symptom.pattern);
        let mut missing = 0;
        let mut first = None;
        for literal in literals(&program) {
            let found = longest_start(literal, clean);
            if found < literal.len() {
                missing += literal.len() - found;
                first.get_or_insert_with(|| {
                    (literal[..found].to_string(), literal[found..].to_string())
                });
            }
        }
        match first {
            None => (
                1,
                format!(
                    "`{shown}`: all its words are there, but not in order in one line, not as whole words, or a placeholder holds something of another type"
                ),
            ),
            Some((found, rest)) if found.trim().is_empty() => {
                (missing, format!("`{shown}`: there is no `{rest}`"))
            }
            Some((found, rest)) => {
                (missing, format!("`{shown}`: behind `{found}` there is no `{rest}`"))
            }
        }
    }
}

/// Why a symptom that stands in a text doesn't count there; none when it doesn't stand there, or counts.
fn refusal(
    matcher: &Matcher<'_>,
    text: &str,
    problem: Problem<'_>,
    symptom: &Symptom<'_>,
) -> Option<String> {
    let excerpt = Excerpt::whole(text);
    let evidence = Evidence::gather(matcher, &excerpt);
    let hits = evidence.hits_of(symptom.pattern);
    if hits.is_empty() {
        return None;
    }
    if let Some(sign) = symptom.with().find(|sign| !evidence.meets(*sign)) {
        return Some(format!("its `with` sign `{}` isn't there", sign.text()));
    }
    if let Some(sign) = symptom.without().find(|sign| evidence.meets(*sign)) {
        return Some(format!("its `without` sign `{}` is there", sign.text()));
    }
    let provider = problem.record().provider;
    if hits.into_iter().all(|hit| evidence.confidence(provider, symptom, hit).is_none()) {
        let names: Vec<&str> = evidence.hosts.iter().map(|host| host.name.as_str()).collect();
        let names = names.join(", ");
        return Some(format!("its statement is about somebody else's registry (hosts: {names})"));
    }
    Some(if symptom.weak() {
        "it is `weak`, and nothing stronger matches".to_string()
    } else {
        "it is only how a client is recognised, and another problem says more".to_string()
    })
}

/// How much of the beginning of a literal stands somewhere in the text.
fn longest_start(literal: &str, clean: &Clean) -> usize {
    let bytes = literal.as_bytes();
    let common = |at: usize| {
        bytes
            .iter()
            .zip(&clean.fold[at..])
            .take_while(|(a, b)| a == b || **a == b' ' && **b < b' ')
            .count()
    };
    let longest = (0..clean.fold.len()).map(common).max().unwrap_or(0);
    (0..=longest).rev().find(|len| literal.is_char_boundary(*len)).unwrap_or(0)
}
