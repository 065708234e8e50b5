//! What is said about a problem that was found: where, with which values, which causes, and why.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::captures::Captures;
use crate::clean::is_line_end;
use crate::diagnose::{Finding, Match, RankedCause, SignSeen, Why};
use crate::evidence::Evidence;
use crate::host::Host;
use crate::pattern::{Hit, mask_len};
use crate::rank::{Draft, Place, score};
use crate::reference::Provider;
use crate::view::{Problem, Sign};

/// How many registries named around a finding are looked at for captures.
const CONTEXT: usize = 32;

impl<'a> Evidence<'_, 'a, '_> {
    pub(crate) fn finding(&self, draft: Draft<'a>) -> Finding<'a> {
        let matches: Vec<Match> = draft.places.iter().map(|place| self.place(place)).collect();
        Finding {
            problem: draft.problem,
            confidence: draft.confidence,
            score: score(draft.weight),
            captures: self.captures(&draft),
            causes: self.ranked_causes(draft.problem),
            why: self.why(&draft, &matches),
            matches,
        }
    }

    fn place(&self, place: &Place) -> Match {
        let hit = &self.hits[place.hit];
        let start = self.clean.origin(hit.start);
        let end = self.clean.origin(hit.end.saturating_sub(1)) + 1;
        let (line, column) = self.excerpt.line_and_column(start);
        let (start, end) = (self.excerpt.origin(start), self.excerpt.origin(end - 1) + 1);
        Match { line, column, start, end, symptom: place.symptom }
    }

    /// The line (from 1) in the original of a clean byte.
    fn line_of(&self, at: usize) -> u32 {
        self.excerpt.line_and_column(self.clean.origin(at)).0
    }

    /// Those that most speaks for first; otherwise in the entry's order, most common first.
    fn ranked_causes(&self, problem: Problem<'a>) -> Vec<RankedCause<'a>> {
        let count = |signs: &mut dyn Iterator<Item = Sign<'a>>| {
            signs.filter(|sign| self.meets(*sign)).count()
        };
        let rank = |cause: crate::Cause<'a>| RankedCause {
            signs: count(&mut cause.signs()),
            against: count(&mut cause.against()),
            cause,
        };
        let mut causes: Vec<RankedCause<'a>> = problem.causes().map(rank).collect();
        causes.sort_by_key(|ranked| Reverse(ranked.signs as i32 - ranked.against as i32));
        causes
    }

    fn captures(&self, draft: &Draft<'a>) -> Captures<'a> {
        let mut captures = Captures::default();
        let names: Vec<&'a str> =
            self.matcher.table.placeholders().map(super::reference::Placeholder::id).collect();
        for place in &draft.places {
            self.capture_holes(&self.hits[place.hit], &names, &mut captures);
        }
        self.capture_context(draft, &names, &mut captures);
        self.capture_evidence(draft.problem, &names, &mut captures);
        captures
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
        let bytes =
            self.clean.text[start..end].iter().copied().filter(|b| !is_line_end(*b)).collect();
        String::from_utf8(bytes).unwrap_or_default().trim().to_owned()
    }

    /// What the registries named around the matches tell: those that govern them first, then those in the same lines,
    /// then the first of the text.
    fn capture_context(&self, draft: &Draft<'a>, names: &[&'a str], captures: &mut Captures<'a>) {
        let provider = draft.problem.record().provider;
        let governing = draft.places.iter().filter_map(|place| place.host);
        let in_lines = draft.places.iter().flat_map(|place| {
            let (start, end) = self.clean.line(place.start);
            let first = self.hosts.partition_point(|host| host.start < start);
            (first..self.hosts.len()).take_while(move |index| self.hosts[*index].end <= end)
        });
        let own = |index: &usize| self.hosts[*index].is_of(provider);
        let first = (0..self.hosts.len()).find(own);
        for index in governing.chain(in_lines.filter(own)).take(CONTEXT).chain(first) {
            self.hosts[index].captures(&mut |id, value| {
                if let Some(name) = names.iter().find(|name| **name == id) {
                    captures.offer(name, value);
                }
            });
        }
    }

    /// What a provider's firm signs hold, such as the registry's name in a command.
    fn capture_evidence(
        &self,
        problem: Problem<'a>,
        names: &[&'a str],
        captures: &mut Captures<'a>,
    ) {
        let provider = Provider::at(self.matcher.table, problem.record().provider);
        for hit in provider.record().evidence.flat_map(|pattern| self.hits_of(pattern)) {
            self.capture_holes(&self.hits[hit], names, captures);
        }
    }

    fn why(&self, draft: &Draft<'a>, matches: &[Match]) -> Why<'a> {
        let host: Option<&Host> =
            draft.places.iter().find_map(|place| place.host).map(|index| &self.hosts[index]);
        let mut lines: Vec<u32> = matches.iter().map(|m| m.line).collect();
        lines.sort_unstable();
        lines.dedup();
        Why {
            host: host.map(|host| host.name.clone()),
            host_line: host.map(|host| self.line_of(host.start)),
            lines,
            seen: self.terms.clone(),
            signs: self.seen_signs(draft.problem),
        }
    }

    fn seen_signs(&self, problem: Problem<'a>) -> Vec<SignSeen<'a>> {
        let mut seen = Vec::new();
        for cause in problem.causes() {
            let both = cause.signs().map(|s| (s, true)).chain(cause.against().map(|s| (s, false)));
            for (sign, speaks_for) in both {
                let hit = sign.patterns().find_map(|pattern| self.hits_of(pattern).next());
                if let Some(hit) = hit {
                    let line = self.line_of(self.hits[hit].start);
                    seen.push(SignSeen { cause: cause.id(), text: sign.text(), speaks_for, line });
                }
            }
        }
        seen
    }
}
