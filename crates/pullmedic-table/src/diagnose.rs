//! What the matches amount to: findings with confidence, captures, ranked causes and reasons.
//!
//! 1. `evidence` is gathered: clean text, the patterns' places, the registries named; and for each place of a symptom,
//!    which registry governs its statement, hence how sure it is ([`Confidence`]).
//! 2. `rank` adds up the symptoms of each problem, orders the problems and leaves out those that another one explains.
//! 3. `finding` ranks the causes of what is left, captures values for the commands and says why.

use alloc::string::String;
use alloc::vec::Vec;

use crate::captures::Captures;
use crate::evidence::Evidence;
use crate::excerpt::{Excerpt, hot_lines};
use crate::filter::Matcher;
use crate::view::{Cause, Problem};
use crate::{Table, TermKind, rank};

/// What a diagnosis may be limited to.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Options<'o> {
    /// Only this provider's problems.
    pub provider: Option<&'o str>,
}

impl<'o> Options<'o> {
    /// Only this provider's problems.
    #[must_use]
    pub fn provider(mut self, provider: Option<&'o str>) -> Self {
        self.provider = provider;
        self
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A text that many registries print, and nothing tells whose it was.
    Possible,
    /// A text that many registries print, and this provider's host or another firm sign of it elsewhere.
    Likely,
    /// A text that only this provider prints, or this provider's host in the same statement.
    Certain,
}

impl Confidence {
    /// The word for it: `certain`, `likely`, `possible`.
    pub fn id(self) -> &'static str {
        match self {
            Confidence::Possible => "possible",
            Confidence::Likely => "likely",
            Confidence::Certain => "certain",
        }
    }
}

impl core::fmt::Display for Confidence {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.id())
    }
}

/// All that was found in a text.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Diagnosis<'a> {
    /// Best first.
    pub findings: Vec<Finding<'a>>,
    /// Short names of other people's registries that the text names, in order of appearance.
    pub other_registries: Vec<String>,
}

/// One problem recognised in a text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// Which.
    pub problem: Problem<'a>,
    /// How sure.
    pub confidence: Confidence,
    /// How much evidence, between 0 and 1: findings of the same confidence are ordered by it.
    pub score: f32,
    /// Where the symptoms are.
    pub matches: Vec<Match>,
    /// What the placeholders hold.
    pub captures: Captures<'a>,
    /// Most likely first.
    pub causes: Vec<RankedCause<'a>>,
    /// Why this answer.
    pub why: Why<'a>,
}

/// A place where a symptom is, in the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// The first byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    /// Index into [`Problem::symptoms`].
    pub symptom: usize,
}

/// A cause and what the text says about it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RankedCause<'a> {
    /// Which.
    pub cause: Cause<'a>,
    /// How many of its signs were seen.
    pub signs: usize,
    /// How many signs against it were seen.
    pub against: usize,
}

/// Why a finding is as it is.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Why<'a> {
    /// The registry that the finding is about, as named in the text.
    pub host: Option<String>,
    /// The line (from 1) that names it.
    pub host_line: Option<u32>,
    /// The lines (from 1) with its symptoms.
    pub lines: Vec<u32>,
    /// What the person was doing, where it failed and how, by the vocabulary's titles.
    pub seen: Vec<(TermKind, &'a str)>,
    /// The signs seen for and against its causes.
    pub signs: Vec<SignSeen<'a>>,
}

/// A sign that was seen in the text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SignSeen<'a> {
    /// Of which cause (its id).
    pub cause: &'a str,
    /// The template, or a vocabulary title.
    pub text: &'a str,
    /// Whether it speaks for the cause, or against it.
    pub speaks_for: bool,
    /// On which line (from 1).
    pub line: u32,
}

impl<'a> Table<'a> {
    /// Recognises the problems in a pasted text.
    pub fn diagnose(&self, text: &str, options: &Options<'_>) -> Diagnosis<'a> {
        Matcher::new(*self).diagnose(text, options)
    }
}

impl<'a> Matcher<'a> {
    /// Recognises the problems in a pasted text.
    pub fn diagnose(&self, text: &str, options: &Options<'_>) -> Diagnosis<'a> {
        self.diagnose_excerpt(&hot_lines(self, text), options)
    }

    pub(crate) fn diagnose_excerpt(
        &self,
        excerpt: &Excerpt<'_>,
        options: &Options<'_>,
    ) -> Diagnosis<'a> {
        let evidence = Evidence::gather(self, excerpt);
        let mut findings = Vec::new();
        for draft in rank::drafts(&evidence, options) {
            findings.push(evidence.finding(draft));
        }
        Diagnosis { findings, other_registries: evidence.other_registries() }
    }
}
