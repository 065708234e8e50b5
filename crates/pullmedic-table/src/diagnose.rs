//! What the matches amount to: findings with confidence, captures, ranked causes and reasons.
//!
//! 1. [`Evidence`] is gathered: clean text, the patterns' places, the registries named.
//! 2. Each place of each symptom is weighed: which registry governs its statement, hence how sure it is ([`Confidence`]).
//! 3. The symptoms of a problem are added up to a [`Finding`]; findings are ordered, and those that another one explains
//!    are left out.
//! 4. Causes are ranked by the signs seen, and values are captured for the commands.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::clean::{Clean, clean, is_line_end};
use crate::filter::Matcher;
use crate::host::{Host, Owner, hosts};
use crate::mask::mask;
use crate::pattern::{Hit, mask_len};
use crate::view::{Cause, Problem, Symptom, SymptomKind};
use crate::{Frequency, Table, TermKind};

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

/// What placeholders hold, by the placeholders' ids. Secrets are masked.
#[derive(Debug, Clone, Default)]
pub struct Captures<'a> {
    values: Vec<(&'a str, String)>,
}

impl<'a> Captures<'a> {
    /// Values from elsewhere, such as a command line's `name=value`; a later one replaces an earlier.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut captures = Captures::default();
        pairs.into_iter().for_each(|(id, value)| captures.set(id, value));
        captures
    }

    /// The value of a placeholder.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| *name == id).map(|(_, value)| value.as_str())
    }

    /// Ids and values, sorted by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&'a str, &str)> + Clone {
        self.values.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Whether nothing was captured.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Sets a value, over one that was there.
    pub fn set(&mut self, id: &'a str, value: &str) {
        match self.values.binary_search_by_key(&id, |(name, _)| name) {
            Ok(at) => value.clone_into(&mut self.values[at].1),
            Err(at) => self.values.insert(at, (id, value.to_owned())),
        }
    }

    fn offer(&mut self, id: &'a str, value: &str) {
        if !value.is_empty() && self.get(id).is_none() {
            self.set(id, &mask(value));
        }
    }
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
        let evidence = Evidence::gather(self, text);
        let is_wanted = |p: &Problem<'_>| {
            options.provider.is_none_or(|id| p.provider().eq_ignore_ascii_case(id))
        };
        let mut drafts: Vec<Draft<'a>> = evidence
            .touched()
            .into_iter()
            .map(|index| self.table.problem_at(index))
            .filter(is_wanted)
            .filter_map(|problem| evidence.draft(problem))
            .collect();
        drafts.sort_by(Draft::order);
        let kept = leave_explained(drafts);
        Diagnosis {
            findings: kept.into_iter().map(|draft| evidence.finding(draft)).collect(),
            other_registries: evidence.other_registries(),
        }
    }
}

/// Why a symptom that stands in a text doesn't count there; none when it doesn't stand there, or counts.
pub(crate) fn refusal(
    matcher: &Matcher<'_>,
    text: &str,
    problem: Problem<'_>,
    symptom: &Symptom<'_>,
) -> Option<String> {
    let evidence = Evidence::gather(matcher, text);
    let hits = evidence.hits_of(symptom.pattern);
    if hits.is_empty() {
        return None;
    }
    let is_seen = |pattern| evidence.is_seen(pattern);
    if let Some(sign) = symptom.with().find(|sign| !sign.is_met(&is_seen)) {
        return Some(format!("its `with` sign `{}` isn't there", sign.text()));
    }
    if let Some(sign) = symptom.without().find(|sign| sign.is_met(&is_seen)) {
        return Some(format!("its `without` sign `{}` is there", sign.text()));
    }
    let provider = problem.record().provider;
    if hits.into_iter().all(|hit| evidence.confidence(provider, symptom, hit).is_none()) {
        let names: Vec<&str> = evidence.hosts.iter().map(|host| host.name.as_str()).collect();
        return Some(format!("its statement is about somebody else's registry (hosts: {})", names.join(", ")));
    }
    symptom.weak().then(|| "it is `weak`, and nothing stronger matches".to_owned())
}

/// All that a text says, before it is weighed.
struct Evidence<'m, 'a, 't> {
    matcher: &'m Matcher<'a>,
    text: &'t str,
    clean: Clean,
    hits: Vec<Hit>,
    hosts: Vec<Host>,
    /// For each provider: whether one of its firm signs is in the text.
    firm: Vec<bool>,
    line_starts: Vec<usize>,
}

/// A problem that may become a finding.
struct Draft<'a> {
    problem: Problem<'a>,
    confidence: Confidence,
    weight: f32,
    frequency: Frequency,
    over: Vec<usize>,
    /// Symptom, hit, governing host.
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    symptom: usize,
    hit: usize,
    start: usize,
    line: usize,
    host: Option<usize>,
}

impl Draft<'_> {
    fn order(&self, other: &Self) -> core::cmp::Ordering {
        other
            .confidence
            .cmp(&self.confidence)
            .then(other.weight.total_cmp(&self.weight))
            .then(other.frequency.cmp(&self.frequency))
            .then(self.first().cmp(&other.first()))
            .then(self.problem.index().cmp(&other.problem.index()))
    }

    fn first(&self) -> usize {
        self.places.iter().map(|place| place.start).min().unwrap_or(usize::MAX)
    }
}

/// Leaves out problems that a more special one explains on the same lines, and puts the special one before them.
fn leave_explained(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut kept: Vec<Draft<'_>> = Vec::with_capacity(drafts.len());
    let is_explained = |general: &Draft<'_>, special: &Draft<'_>| {
        special.over.contains(&general.problem.index())
            && special.confidence >= general.confidence
            && general.places.iter().all(|g| special.places.iter().any(|s| s.line == g.line))
    };
    let explained: Vec<bool> =
        drafts.iter().map(|general| drafts.iter().any(|special| is_explained(general, special))).collect();
    for (draft, is_left_out) in drafts.into_iter().zip(explained) {
        if !is_left_out {
            kept.push(draft);
        }
    }
    kept
}

impl<'m, 'a, 't> Evidence<'m, 'a, 't> {
    fn gather(matcher: &'m Matcher<'a>, text: &'t str) -> Self {
        let clean = clean(text);
        let hits = matcher.hits(&clean);
        let hosts = hosts(matcher.table, &clean);
        let line_starts =
            core::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut evidence =
            Evidence { matcher, text, clean, hits, hosts, firm: Vec::new(), line_starts };
        evidence.firm = matcher
            .table
            .providers()
            .map(|provider| provider.record().evidence.clone().any(|pattern| evidence.is_seen(pattern)))
            .collect();
        evidence
    }

    /// The problems that have a symptom in the text, in order.
    fn touched(&self) -> Vec<usize> {
        let mut patterns: Vec<usize> = self.hits.iter().map(|hit| hit.pattern).collect();
        patterns.dedup();
        let mut problems: Vec<usize> =
            patterns.into_iter().flat_map(|pattern| self.matcher.users(pattern)).collect();
        problems.sort_unstable();
        problems.dedup();
        problems
    }

    fn hits_of(&self, pattern: usize) -> core::ops::Range<usize> {
        let first = self.hits.partition_point(|hit| hit.pattern < pattern);
        let len = self.hits[first..].partition_point(|hit| hit.pattern == pattern);
        first..first + len
    }

    fn is_seen(&self, pattern: usize) -> bool {
        !self.hits_of(pattern).is_empty()
    }

    fn draft(&self, problem: Problem<'a>) -> Option<Draft<'a>> {
        let record = problem.record();
        let mut places = Vec::new();
        let mut confidence = None;
        let mut weight = 0.0;
        for (index, symptom) in record.symptoms.clone().enumerate() {
            if symptom.kind() == SymptomKind::Observation || !self.conditions_hold(&symptom) {
                continue;
            }
            let mut best = None;
            for hit in self.hits_of(symptom.pattern) {
                let Some((sure, host)) = self.confidence(record.provider, &symptom, hit) else { continue };
                let start = self.hits[hit].start;
                let line = self.clean.line(start).0;
                places.push(Place { symptom: index, hit, start, line, host });
                best = best.max(Some(sure));
            }
            if let Some(sure) = best {
                weight += self.weight(&symptom);
                if !symptom.weak() {
                    confidence = confidence.max(Some(sure));
                }
            }
        }
        let confidence = confidence?;
        Some(Draft {
            problem,
            confidence,
            weight,
            frequency: problem.frequency(),
            over: record.over.map(Problem::index).collect(),
            places,
        })
    }

    fn conditions_hold(&self, symptom: &Symptom<'a>) -> bool {
        let is_seen = |pattern| self.is_seen(pattern);
        symptom.with().all(|sign| sign.is_met(&is_seen)) && !symptom.without().any(|sign| sign.is_met(&is_seen))
    }

    /// How much a symptom says: the more of it is fixed text, the more.
    fn weight(&self, symptom: &Symptom<'a>) -> f32 {
        let fixed = symptom.text().len() as f32;
        let base = if symptom.kind() == SymptomKind::Code { 40.0 } else { fixed.min(160.0) };
        let conditions = symptom.with().len() as f32 * 8.0;
        let factor = if symptom.weak() { 0.2 } else { 1.0 };
        (base + conditions) * factor
    }

    /// How sure a symptom's place is, and which host says so; none when it is somebody else's.
    fn confidence(&self, provider: usize, symptom: &Symptom<'a>, hit: usize) -> Option<(Confidence, Option<usize>)> {
        let (start, end) = (self.hits[hit].start, self.hits[hit].end);
        let (line_start, line_end) = (self.clean.line(start).0, self.clean.line(end).1);
        let in_statement = || {
            self.hosts.iter().enumerate().filter(move |(_, h)| h.start >= line_start && h.end <= line_end)
        };
        let own = in_statement().find(|(_, host)| host.owner == Owner::Provider(provider));
        if let Some((index, _)) = own {
            return Some((Confidence::Certain, Some(index)));
        }
        if !symptom.generic() {
            let is_twin = |host: &Host| matches!(&host.owner, Owner::Other { twin, .. } if *twin == Some(provider));
            if in_statement().any(|(_, host)| is_twin(host)) {
                return None;
            }
            return Some((Confidence::Certain, self.governing(provider, line_start).ok().flatten()));
        }
        if in_statement().next().is_some() {
            return None;
        }
        self.unlocated(provider, (line_start, line_end))
    }

    /// How sure a generic text is whose statement names no registry.
    fn unlocated(&self, provider: usize, line: (usize, usize)) -> Option<(Confidence, Option<usize>)> {
        if let Some(host) = self.governing(provider, line.0).ok()? {
            return Some((Confidence::Likely, Some(host)));
        }
        let own = self.hosts.iter().position(|host| host.owner == Owner::Provider(provider));
        if own.is_some() || self.firm[provider] {
            return Some((Confidence::Likely, own));
        }
        let is_others = !self.hosts.is_empty() || self.firm.iter().any(|firm| *firm);
        let is_others = is_others || names_docker_hub(&self.clean.fold[line.0..line.1]);
        (!is_others).then_some((Confidence::Possible, None))
    }

    /// The nearest registry named before a statement within the output of the same command: this provider's, nobody's, or
    /// (an error) somebody else's.
    fn governing(&self, provider: usize, line_start: usize) -> Result<Option<usize>, ()> {
        let before = self.hosts.partition_point(|host| host.start < line_start);
        let Some(index) = before.checked_sub(1) else { return Ok(None) };
        let host = &self.hosts[index];
        if self.is_far(host.start, line_start) {
            return Ok(None);
        }
        if host.owner == Owner::Provider(provider) { Ok(Some(index)) } else { Err(()) }
    }

    /// Whether another command, or too much text, stands between a host and a statement.
    fn is_far(&self, host: usize, line_start: usize) -> bool {
        let between = &self.clean.text[host..line_start];
        let mut lines = between.split(|b| is_line_end(*b)).skip(1);
        lines.clone().count() > BLOCK || lines.any(is_command)
    }

    fn other_registries(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for host in &self.hosts {
            if let Owner::Other { id, .. } = &host.owner {
                if !names.contains(id) {
                    names.push(id.clone());
                }
            }
        }
        names
    }

    fn finding(&self, draft: Draft<'a>) -> Finding<'a> {
        let matches: Vec<Match> = draft.places.iter().map(|place| self.place_in_text(place)).collect();
        let mut causes = self.rank(draft.problem);
        causes.sort_by_key(|ranked| core::cmp::Reverse(ranked.signs as isize - ranked.against as isize));
        let captures = self.captures(&draft);
        let why = self.why(&draft, &matches);
        Finding {
            problem: draft.problem,
            confidence: draft.confidence,
            score: score(draft.weight),
            matches,
            captures,
            causes,
            why,
        }
    }

    fn rank(&self, problem: Problem<'a>) -> Vec<RankedCause<'a>> {
        let is_seen = |pattern| self.is_seen(pattern);
        problem
            .causes()
            .map(|cause| RankedCause {
                signs: cause.signs().filter(|sign| sign.is_met(&is_seen)).count(),
                against: cause.against().filter(|sign| sign.is_met(&is_seen)).count(),
                cause,
            })
            .collect()
    }

    fn place_in_text(&self, place: &Place) -> Match {
        let hit = &self.hits[place.hit];
        let start = self.clean.origin(hit.start);
        let end = self.clean.origin(hit.end.saturating_sub(1)) + 1;
        let line = self.line_of(start);
        let from = self.line_starts[line as usize - 1];
        let column = self.text.get(from..start).map_or(1, |s| s.chars().count() as u32 + 1);
        Match { line, column, start, end, symptom: place.symptom }
    }

    /// The line (from 1) of a byte of the original.
    fn line_of(&self, at: usize) -> u32 {
        self.line_starts.partition_point(|start| *start <= at) as u32
    }

    fn captures(&self, draft: &Draft<'a>) -> Captures<'a> {
        let mut captures = Captures::default();
        let names: Vec<&'a str> = self.matcher.table.placeholders().map(|p| p.id()).collect();
        for place in &draft.places {
            self.capture_holes(&self.hits[place.hit], &names, &mut captures);
        }
        self.capture_context(draft, &names, &mut captures);
        self.capture_evidence(draft.problem.record().provider, &names, &mut captures);
        captures
    }

    /// What a provider's firm signs hold, such as the registry's name in a command.
    fn capture_evidence(&self, provider: usize, names: &[&'a str], captures: &mut Captures<'a>) {
        let provider = crate::Provider::at(self.matcher.table, provider);
        for hit in provider.record().evidence.flat_map(|pattern| self.hits_of(pattern)) {
            self.capture_holes(&self.hits[hit], names, captures);
        }
    }

    fn capture_holes(&self, hit: &Hit, names: &[&'a str], captures: &mut Captures<'a>) {
        for (placeholder, start, end) in &hit.holes {
            let Some(name) = names.get(*placeholder) else { continue };
            let value = self.value(*start, *end);
            if mask_len(value.as_bytes()) != value.len() && *name != "any" {
                captures.offer(name, &value);
            }
        }
    }

    fn value(&self, start: usize, end: usize) -> String {
        let bytes = self.clean.text[start..end].iter().copied().filter(|b| !is_line_end(*b)).collect();
        String::from_utf8(bytes).unwrap_or_default().trim().to_owned()
    }

    /// What the registries named around the matches tell.
    fn capture_context(&self, draft: &Draft<'a>, names: &[&'a str], captures: &mut Captures<'a>) {
        let provider = draft.problem.record().provider;
        let mut order: Vec<usize> = draft.places.iter().filter_map(|place| place.host).collect();
        let lines: Vec<(usize, usize)> = draft.places.iter().map(|p| self.clean.line(p.start)).collect();
        let in_line = |host: &Host| lines.iter().any(|(start, end)| host.start >= *start && host.end <= *end);
        order.extend((0..self.hosts.len()).filter(|i| in_line(&self.hosts[*i])));
        order.extend(0..self.hosts.len());
        let own = order.iter().map(|i| &self.hosts[*i]).filter(|h| h.owner == Owner::Provider(provider));
        let mut offer = |id: &str, value: Option<&str>| {
            if let (Some(name), Some(value)) = (names.iter().find(|name| **name == id), value) {
                captures.offer(name, value);
            }
        };
        for host in own {
            offer("registry", host.registry.as_deref());
            offer("login-server", host.registry.as_ref().map(|_| host.name.as_str()));
            offer("repository", host.repository.as_deref());
            offer("tag", host.tag.as_deref());
            offer("digest", host.digest.as_deref());
            offer("image", host.image.as_deref());
        }
    }

    fn why(&self, draft: &Draft<'a>, matches: &[Match]) -> Why<'a> {
        let host = draft.places.iter().find_map(|place| place.host).map(|index| &self.hosts[index]);
        let mut lines: Vec<u32> = matches.iter().map(|m| m.line).collect();
        lines.sort_unstable();
        lines.dedup();
        Why {
            host: host.map(|host| host.name.clone()),
            host_line: host.map(|host| self.line_of(self.clean.origin(host.start))),
            lines,
            seen: self.seen_terms(),
            signs: self.seen_signs(draft.problem),
        }
    }

    fn seen_terms(&self) -> Vec<(TermKind, &'a str)> {
        let terms = self.matcher.table.all_terms();
        let seen = terms.filter(|term| term.signs().any(|pattern| self.is_seen(pattern)));
        seen.map(|term| (term.kind(), term.id())).collect()
    }

    fn seen_signs(&self, problem: Problem<'a>) -> Vec<SignSeen<'a>> {
        let mut seen = Vec::new();
        for cause in problem.causes() {
            let both = cause.signs().map(|s| (s, true)).chain(cause.against().map(|s| (s, false)));
            for (sign, speaks_for) in both {
                let hit = sign.patterns().find_map(|pattern| self.hits_of(pattern).next());
                if let Some(hit) = hit {
                    let line = self.line_of(self.clean.origin(self.hits[hit].start));
                    seen.push(SignSeen { cause: cause.id(), text: sign.text(), speaks_for, line });
                }
            }
        }
        seen
    }
}

/// How many lines a registry's name governs.
const BLOCK: usize = 60;

/// Whether a line is a command at a shell's prompt, or as a CI system repeats it.
fn is_command(line: &[u8]) -> bool {
    let prompts: [&[u8]; 7] = [b"$ ", b"# ", b"PS ", b"% ", b"+ ", b"##[command]", b"Run "];
    prompts.iter().any(|prompt| line.starts_with(prompt))
}

/// Whether a statement of Docker's names an image without a host: such an image is on Docker Hub, because Docker names
/// the host of every other.
fn names_docker_hub(statement: &[u8]) -> bool {
    let phrases: [&[u8]; 3] = [b"pull access denied for ", b"manifest for ", b"unable to find image "];
    phrases.iter().any(|phrase| {
        let at = statement.windows(phrase.len()).position(|window| window == *phrase);
        let image = at.map(|at| &statement[at + phrase.len()..]).unwrap_or_default();
        let len = image.iter().take_while(|b| !b"/ ,:".contains(b)).count();
        len > 0 && image[..len].iter().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(b)) && image[..len] != *b"localhost"
    })
}

/// A weight as a number between 0 and 1.
fn score(weight: f32) -> f32 {
    let score = weight / (weight + 20.0);
    (score * 100.0) as u32 as f32 / 100.0
}
