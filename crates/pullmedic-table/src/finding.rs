//! What is said about a problem that was found: where, with which values, which causes, and why.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::TermKind;
use crate::bytes::{insert, partition};
use crate::captures::Captures;
use crate::cursor::List;
use crate::diagnose::{Finding, Match, RankedCause, SignSeen, Why};
use crate::evidence::Evidence;
use crate::host::Host;
use crate::mask::{BACK, hides};
use crate::pattern::{Hit, mask_len};
use crate::rank::{Draft, Place, score};
use crate::reference::Provider;
use crate::view::{Cause, Problem, Sign};

/// How many registries named around a finding are looked at for captures.
const CONTEXT: usize = 32;

impl<'a> Evidence<'_, 'a, '_> {
    pub(crate) fn finding(&self, draft: Draft<'a>) -> Finding<'a> {
        let mut matches: Vec<Match> = Vec::with_capacity(draft.places.len());
        for place in &draft.places {
            matches.push(self.place(place));
        }
        let (causes, signs) = self.causes(draft.problem);
        Finding {
            problem: draft.problem,
            confidence: draft.confidence,
            score: score(draft.weight),
            captures: self.captures(&draft),
            causes,
            why: self.why(&draft, &matches, signs),
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

    /// The causes, those that most speaks for first, otherwise in the entry's order, most common first; and the signs seen.
    fn causes(&self, problem: Problem<'a>) -> (Vec<RankedCause<'a>>, Vec<SignSeen<'a>>) {
        let weight = |ranked: &RankedCause<'_>| ranked.signs as i32 - ranked.against as i32;
        let mut causes: Vec<RankedCause<'a>> = Vec::new();
        let mut seen = Vec::new();
        for cause in problem.causes() {
            let signs = self.add_seen(cause, cause.signs(), true, &mut seen);
            let against = self.add_seen(cause, cause.against(), false, &mut seen);
            let ranked = RankedCause { cause, signs, against };
            let at = partition(causes.len(), &|at| weight(&causes[at]) >= weight(&ranked));
            causes.insert(at, ranked);
        }
        (causes, seen)
    }

    /// Adds those of a cause's signs that are in the text; how many.
    fn add_seen(
        &self,
        cause: Cause<'a>,
        signs: List<'a, Sign<'a>>,
        speaks_for: bool,
        seen: &mut Vec<SignSeen<'a>>,
    ) -> usize {
        let before = seen.len();
        for sign in signs {
            if let Some(hit) = self.first(sign) {
                let line = self.line_of(self.hits[hit].start);
                seen.push(SignSeen { cause: cause.id(), text: sign.text(), speaks_for, line });
            }
        }
        seen.len() - before
    }

    fn captures(&self, draft: &Draft<'a>) -> Captures<'a> {
        let mut captures = Captures::default();
        let names = self.matcher.table.placeholder_ids();
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
            let is_masked = || {
                (0..value.len()).any(|at| mask_len(&value.as_bytes()[at..]) > 0)
                    || !value.bytes().any(|b| b.is_ascii_alphanumeric())
            };
            // A repository with its host, the end of one, or one within the API's path: what the host tells is better.
            let is_end = |host: &Host| {
                let whole = host.captured("repository").map(String::as_bytes).unwrap_or_default();
                whole.len() > value.len() && whole.ends_with(value.as_bytes())
            };
            let is_told = |host: &Host| host.start == *start || is_end(host);
            let is_more = || {
                *name == "repository"
                    && (value.starts_with("v2/") || self.hosts.iter().any(is_told))
            };
            // What stands before a value may make it a secret: `--password <value>`.
            let from = start.saturating_sub(BACK);
            let is_secret = || hides(&self.clean.text[from..*end], start - from);
            let is_wanted = *name != "any" && captures.get(name).is_none();
            if is_wanted && !is_masked() && !is_more() && !is_secret() {
                captures.offer(name, &value);
            }
        }
    }

    fn value(&self, start: usize, end: usize) -> String {
        self.clean.original(start, end).trim_ascii().to_owned()
    }

    /// What the registries named around the matches tell: those that govern them first, then those in the same lines,
    /// then the first of the text.
    fn capture_context(&self, draft: &Draft<'a>, names: &[&'a str], captures: &mut Captures<'a>) {
        let provider = draft.problem.record().provider;
        let mut context: Vec<&Host> = Vec::new();
        for index in draft.places.iter().filter_map(|place| place.host) {
            context.push(&self.hosts[index]);
        }
        for place in &draft.places {
            if context.len() >= CONTEXT {
                break;
            }
            let named = &self.hosts[self.hosts_within(self.clean.line(place.start))];
            named.iter().filter(|host| host.is_of(provider)).for_each(|host| context.push(host));
        }
        context.truncate(CONTEXT);
        context.extend(self.elsewhere(draft, context.first().copied()));
        for host in context {
            for (id, value) in &host.captures {
                if let Some(name) = names.iter().find(|name| *name == id) {
                    captures.offer(name, value);
                }
            }
        }
    }

    /// What tells more of the registry: the nearest command before the first match that names it, if all such commands
    /// name one repository; or else the first registry of the text, unless it is another.
    fn elsewhere(&self, draft: &Draft<'a>, own: Option<&Host>) -> Option<&Host> {
        let provider = draft.problem.record().provider;
        let own = own.and_then(|host| host.captured("registry"));
        let is_own = |host: &Host| own.is_none() || host.captured("registry") == own;
        let (mut first, mut named): (Option<&Host>, Option<&Host>) = (None, None);
        for host in self.hosts.iter().filter(|host| host.is_of(provider)) {
            first = first.or(Some(host));
            if host.is_in_command && host.start < draft.first && is_own(host) {
                let before = named.replace(host);
                let repository = host.captured("repository");
                if before.is_some_and(|host| host.captured("repository") != repository) {
                    return None;
                }
            }
        }
        named.or(first).filter(|host| is_own(host))
    }

    /// What a provider's firm signs hold, such as the registry's name in a command.
    fn capture_evidence(
        &self,
        problem: Problem<'a>,
        names: &[&'a str],
        captures: &mut Captures<'a>,
    ) {
        let provider = Provider::at(self.matcher.table, problem.record().provider);
        for pattern in provider.record().evidence {
            for hit in self.hits_of(pattern) {
                self.capture_holes(&self.hits[hit], names, captures);
            }
        }
    }

    fn why(&self, draft: &Draft<'a>, matches: &[Match], signs: Vec<SignSeen<'a>>) -> Why<'a> {
        let host: Option<&Host> =
            draft.places.iter().find_map(|place| place.host).map(|index| &self.hosts[index]);
        let mut lines: Vec<u32> = Vec::new();
        for found in matches {
            insert(&mut lines, found.line);
        }
        Why {
            host: host.map(|host| host.name.clone()),
            host_line: host.map(|host| self.line_of(host.start)),
            lines,
            seen: self.seen(draft),
            signs,
        }
    }

    /// What the text shows around a problem; all that it shows where there is no other.
    fn seen(&self, draft: &Draft<'a>) -> Vec<(TermKind, &'a str)> {
        match draft.stretch {
            Some((first, last)) => self.terms_about(first, last),
            None => self.terms.clone(),
        }
    }
}
