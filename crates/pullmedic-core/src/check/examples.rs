//! Examples: what the matcher must find, and what it must not.

use super::Cx;
use crate::code::Code;
use crate::fault::Span;
use crate::kb::{Cause, Example, Expectation, Symptom, SymptomKind};
use crate::raw::{self, CONFIDENCES, Finds, List, Named};
use crate::yaml::Text;

/// The most findings that an example may allow in front.
const MAX_WITHIN: usize = 10;

/// The problem that the examples belong to.
pub(super) struct Home<'h> {
    pub(super) provider: &'h str,
    pub(super) id: &'h str,
    pub(super) causes: &'h [Cause],
    pub(super) symptoms: &'h [Symptom],
    /// Where to say that an example is missing.
    pub(super) span: Span,
}

impl Cx<'_> {
    pub(super) fn examples(&mut self, home: &Home<'_>, raw: List<raw::Example>) -> Vec<Example> {
        let written = raw.0.len();
        let examples: Vec<_> =
            raw.into_iter().filter_map(|example| self.example(home, example)).collect();
        // What is missing or couldn't be read is reported already.
        if written > 0 && written == examples.len() {
            self.enough_examples(home, &examples);
        }
        examples
    }

    fn example(&mut self, home: &Home<'_>, raw: raw::Example) -> Option<Example> {
        let text = self.required(raw.text, Cx::plain);
        let expect = match raw.finds? {
            Finds::Word(word) if word.text == "none" => Expectation::NotFound,
            Finds::Word(word) => {
                Expectation::Other(self.problem(home.provider, home.id, &word).unwrap_or_default())
            }
            Finds::This(wanted) => self.expectation(home, &wanted),
        };
        Some(Example { text, expect, location: self.faults.location(raw.span) })
    }

    fn expectation(&mut self, home: &Home<'_>, wanted: &Named<Text>) -> Expectation {
        let (mut within, mut confidence, mut cause, mut captures) = (1, None, None, Vec::new());
        for (key, value) in &wanted.entries {
            match key.text.as_str() {
                "within" => within = self.within(value),
                "confidence" => confidence = Some(self.one_of(value, CONFIDENCES)),
                "cause" => cause = Some(self.expected_cause(home, value)),
                name => {
                    self.expected_capture(key);
                    captures.push((name.to_owned(), value.text.clone()));
                }
            }
        }
        Expectation::Found { within, confidence, cause, captures }
    }

    fn within(&mut self, value: &Text) -> usize {
        let number = value.text.parse().ok().filter(|n| (1..=MAX_WITHIN).contains(n));
        if number.is_none() {
            let message = format!("`within` is a number from 1 to {MAX_WITHIN}");
            self.faults.add(Code::BadExpectation, value.span, message);
        }
        number.unwrap_or(1)
    }

    fn expected_cause(&mut self, home: &Home<'_>, cause: &Text) -> String {
        let known = || home.causes.iter().map(|cause| cause.id.as_str());
        if known().all(|id| id != cause.text) {
            let message = format!("the problem has no cause `{}`", cause.text);
            self.faults
                .add(Code::BadExpectation, cause.span, message)
                .suggest(&cause.text, known());
        }
        cause.text.clone()
    }

    fn expected_capture(&mut self, key: &Text) {
        if self.words.placeholder(&key.text).is_none() && self.words.known() {
            let known = ["confidence", "cause", "within"].into_iter();
            let known: Vec<_> = known.chain(self.words.placeholder_names()).collect();
            self.faults
                .add(
                    Code::BadExpectation,
                    key.span,
                    format!("`finds` can't ask for `{}`", key.text),
                )
                .suggest(&key.text, known)
                .help("it asks for `confidence`, `cause`, `within` and placeholders");
        }
    }

    /// At least one text that must be found (if a symptom identifies the problem in a text), and
    /// one that must not.
    fn enough_examples(&mut self, home: &Home<'_>, examples: &[Example]) {
        let positive = |example: &Example| matches!(example.expect, Expectation::Found { .. });
        let identifies = |symptom: &Symptom| {
            !symptom.weak && !matches!(symptom.kind, SymptomKind::Observation(_))
        };
        if home.symptoms.iter().any(identifies) && !examples.iter().any(positive) {
            self.faults
                .add(Code::MissingExample, home.span, "no example that this problem is found in")
                .help("add a text as readers paste it, with `finds: { confidence: … }`")
                .help("if no text can identify the problem, its symptoms are `weak: true`");
        }
        if examples.iter().all(positive) {
            self.faults
                .add(
                    Code::MissingExample,
                    home.span,
                    "no text that this problem must not be found in",
                )
                .help(
                    "add a near miss: a text that looks alike, with `finds: none` or the id of the \
                     problem that explains it",
                );
        }
    }
}
