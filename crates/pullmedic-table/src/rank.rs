//! From places to problems in order: what each adds up to, which comes first, and which needn't be said.

use alloc::vec::Vec;

use crate::TermKind;
use crate::bytes::{find, partition, words};
use crate::diagnose::{Confidence, Options};
use crate::evidence::Evidence;
use crate::pattern::{Hit, fixed_len};
use crate::view::{Problem, Symptom, SymptomKind};

/// A problem that may become a finding.
pub(crate) struct Draft<'a> {
    pub(crate) problem: Problem<'a>,
    pub(crate) confidence: Confidence,
    /// How specific, and how much evidence.
    pub(crate) weight: f32,
    pub(crate) places: Vec<Place>,
    /// Where the first place is.
    pub(crate) first: usize,
    over: Vec<usize>,
    /// Whether it stands only in what a client tried after the first error.
    is_retry: bool,
    /// Whether nothing but a client's frame was seen.
    is_frame: bool,
    /// Whether it needn't be said.
    is_left_out: bool,
    /// The first and the last place, where the text tells of other problems too.
    pub(crate) stretch: Option<(usize, usize)>,
}

/// A place where a symptom counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) symptom: usize,
    pub(crate) hit: usize,
    pub(crate) start: usize,
    /// Where the logical line begins.
    line: usize,
    /// The registry that governs it.
    pub(crate) host: Option<usize>,
    is_weak: bool,
    is_retry: bool,
    is_frame: bool,
}

/// The problems in a text, best first.
pub(crate) fn drafts<'a>(evidence: &Evidence<'_, 'a, '_>, options: &Options<'_>) -> Vec<Draft<'a>> {
    let frames = frames(evidence);
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    for index in evidence.touched() {
        let problem = evidence.matcher.table.problem_at(index as usize);
        if options.provider.is_none_or(|id| problem.provider().eq_ignore_ascii_case(id))
            && let Some(draft) = Draft::of(evidence, problem, &frames)
        {
            drafts.push(draft);
        }
    }
    favour_first(&mut drafts);
    favour_special(&mut drafts);
    let mut drafts = in_order(drafts);
    mark_frames(&mut drafts);
    leave_out(&mut drafts);
    mark_explained(&mut drafts);
    leave_out(&mut drafts);
    if drafts.len() > 1 {
        drafts.iter_mut().for_each(Draft::mark_stretch);
    }
    drafts
}

/// The places of the texts by which clients are recognised: they frame a registry's words, and follow every problem.
fn frames(evidence: &Evidence<'_, '_, '_>) -> Vec<Frame> {
    let mut frames = Vec::new();
    for term in evidence.matcher.table.terms(TermKind::Client) {
        for pattern in term.signs() {
            for hit in evidence.hits_of(pattern) {
                frames.push((evidence.hits[hit].start as u128) << 32 | pattern as u128);
            }
        }
    }
    frames.sort_unstable();
    frames
}

/// Where a frame begins, and below that its pattern.
type Frame = u128;

/// How much longer than a frame a symptom may be to be no more than that.
const FRAME_REST: usize = 4;

impl<'a> Draft<'a> {
    fn of(evidence: &Evidence<'_, 'a, '_>, problem: Problem<'a>, frames: &[Frame]) -> Option<Self> {
        let record = problem.record();
        let mut places: Vec<Place> = Vec::new();
        let mut confidence = None;
        let mut weight = problem_weight(evidence, problem);
        for (index, symptom) in record.symptoms.enumerate() {
            if symptom.kind() == SymptomKind::Observation || !evidence.conditions_hold(&symptom) {
                continue;
            }
            let first = places.len();
            for hit in evidence.hits_of(symptom.pattern) {
                let Some((sure, host)) = evidence.confidence(record.provider, &symptom, hit) else {
                    continue;
                };
                places.push(Place::of(evidence, index, &symptom, hit, host, frames));
                confidence = confidence.max(Some(sure).filter(|_| !symptom.weak()));
            }
            if let Some(place) = places.get(first) {
                weight += symptom_weight(evidence, &symptom, place);
            }
        }
        let strong = || places.iter().filter(|place| !place.is_weak);
        let (is_retry, is_frame) =
            (strong().all(|place| place.is_retry), strong().all(|place| place.is_frame));
        let mut over = Vec::new();
        record.over.for_each(|problem| over.push(problem.index()));
        let first = places.iter().map(|place| place.start).min().unwrap_or_default();
        Some(Draft {
            problem,
            confidence: confidence?,
            weight,
            places,
            first,
            over,
            is_retry,
            is_frame,
            is_left_out: false,
            stretch: None,
        })
    }

    /// A number by which drafts are ordered: the surest first, then those that a client didn't only come to by trying
    /// again, the weightiest, what stands first.
    fn order(&self) -> u128 {
        let rank = 2 * (Confidence::Certain as u128 - self.confidence as u128);
        // Of numbers that aren't negative, the bits are in the order of the numbers.
        let weight = u128::from(!self.weight.to_bits());
        (rank | u128::from(self.is_retry)) << 64 | weight << 32 | u128::from(self.first as u32)
    }

    fn mark_stretch(&mut self) {
        let last = self.places.iter().map(|place| place.start).max();
        self.stretch = last.map(|last| (self.first, last));
    }

    /// The first line that tells of it.
    fn line(&self) -> usize {
        let strong = self.places.iter().filter(|place| !place.is_weak && !place.is_frame);
        strong.map(|place| place.line).min().unwrap_or(usize::MAX)
    }

    /// Whether this problem is what the `other`, more general one is about.
    fn is_about(&self, other: &Self) -> bool {
        self.over.contains(&other.problem.index())
    }

    /// Whether this problem makes it needless to tell of the `other` one.
    fn explains(&self, other: &Self) -> bool {
        self.is_about(other)
            && self.confidence >= other.confidence
            && self.is_retry <= other.is_retry
            && other.places.iter().all(|place| self.places.iter().any(|own| own.line == place.line))
    }
}

impl Place {
    fn of(
        evidence: &Evidence<'_, '_, '_>,
        index: usize,
        symptom: &Symptom<'_>,
        hit: usize,
        host: Option<usize>,
        frames: &[Frame],
    ) -> Self {
        let Hit { start, end, pattern, .. } = evidence.hits[hit];
        let line = evidence.clean.line(start).0;
        let len = pattern_len(evidence, pattern);
        let first = partition(frames.len(), &|frame| ((frames[frame] >> 32) as usize) < start);
        let mut here = frames[first..].iter().take_while(|frame| (*frame >> 32) as usize == start);
        Place {
            symptom: index,
            hit,
            start,
            line,
            host,
            is_weak: symptom.weak(),
            is_retry: is_retry(&evidence.clean.fold[line..end]),
            is_frame: symptom.generic()
                && symptom.with().is_empty()
                && here
                    .any(|frame| len <= pattern_len(evidence, *frame as u32 as usize) + FRAME_REST),
        }
    }
}

fn pattern_len(evidence: &Evidence<'_, '_, '_>, pattern: usize) -> usize {
    let programs = evidence.matcher.index.programs(evidence.matcher.table);
    let mut program = programs.get(pattern);
    program.num();
    fixed_len(program.text())
}

/// Whether a joined error, `[first, second]`, has begun its second part: clients join what they got with a credential and
/// what they got when they tried again without.
fn is_retry(before: &[u8]) -> bool {
    const SECONDS: &str = ", rpc error: |, failed to pull and unpack |, error response from ";
    let Some(open) = before.iter().position(|byte| *byte == b'[') else { return false };
    words(SECONDS).any(|second| find(&before[open..], second).is_some())
}

/// How much a symptom says: the more of it is fixed text, and the fewer print it, the more.
fn symptom_weight(evidence: &Evidence<'_, '_, '_>, symptom: &Symptom<'_>, place: &Place) -> f32 {
    let hit = &evidence.hits[place.hit];
    let fixed = match symptom.kind() {
        SymptomKind::Code => 60,
        _ => pattern_len(evidence, hit.pattern).min(160),
    };
    let is_seen = |id: &str| evidence.has_term(TermKind::Client, id);
    let clients = if symptom.clients().any(is_seen) { 12 } else { 0 };
    let more = 8 * symptom.with().len() + 4 * hit.holes.len().min(3) + clients;
    let share = match (symptom.weak(), symptom.generic()) {
        (true, _) => 0.2,
        (false, true) => 0.7,
        (false, false) => 1.0,
    };
    (fixed + more) as f32 * share
}

/// What speaks for a problem besides its symptoms.
fn problem_weight(evidence: &Evidence<'_, '_, '_>, problem: Problem<'_>) -> f32 {
    let is_seen = |id: &str| evidence.has_term(TermKind::Operation, id);
    let operations = if problem.operations().any(is_seen) { 4.0 } else { 0.0 };
    operations + [0.0, 2.0, 4.0][problem.frequency() as usize]
}

/// Drafts by [`Draft::order`]; those that are alike stay in the order of their problems.
fn in_order(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut order: Vec<u128> = Vec::new();
    let mut places = Vec::new();
    for draft in drafts {
        order.push(draft.order() << 32 | places.len() as u128);
        places.push(Some(draft));
    }
    order.sort_unstable();
    let mut sorted = Vec::new();
    for key in order {
        sorted.extend(places[key as u32 as usize].take());
    }
    sorted
}

/// What came first is more likely to be the cause of what came after it.
fn favour_first(drafts: &mut [Draft<'_>]) {
    let first = drafts.iter().map(Draft::line).min();
    drafts
        .iter_mut()
        .filter(|draft| Some(draft.line()) == first)
        .for_each(|draft| draft.weight += 10.0);
}

/// What a more general problem is about comes before it, wherever the two stand.
fn favour_special(drafts: &mut [Draft<'_>]) {
    for at in 0..drafts.len() {
        let special = &drafts[at];
        let mut weight = special.weight;
        for general in &*drafts {
            if special.is_about(general) && !general.is_about(special) {
                weight = weight.max(general.weight + 1.0);
            }
        }
        drafts[at].weight = weight;
    }
}

/// Marks what only frames another problem that is firm, or at least as sure: a frame names the image, and often stands
/// alone in its line.
fn mark_frames(drafts: &mut [Draft<'_>]) {
    let others = drafts.iter().filter(|draft| !draft.is_frame);
    let surest = others.map(|draft| draft.confidence).max();
    for draft in drafts {
        let needed = draft.confidence.min(Confidence::Likely);
        draft.is_left_out = draft.is_frame && surest >= Some(needed);
    }
}

/// Marks problems that a more special one explains on the same lines.
fn mark_explained(drafts: &mut [Draft<'_>]) {
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        let is_explained = drafts.iter().enumerate().any(|(other_at, other)| {
            // Two that are declared over each other: the first one stays.
            other.explains(draft) && !(draft.explains(other) && at < other_at)
        });
        drafts[at].is_left_out = is_explained;
    }
}

fn leave_out(drafts: &mut Vec<Draft<'_>>) {
    drafts.retain(|draft| !draft.is_left_out);
}

/// A weight as a number between 0 and 1.
pub(crate) fn score(weight: f32) -> f32 {
    let score = weight / (weight + 20.0);
    (score * 100.0) as u32 as f32 / 100.0
}
