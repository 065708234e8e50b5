//! What a text says before it is weighed, and whose registry each statement is about.
//!
//! A *statement* is a logical line, or the lines that a match spans. A registry that it names governs it; where it names
//! none, the nearest one named before it in the output of the same command does, unless it names another server.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

use crate::TermKind;
use crate::bytes::{
    ends_with, find, insert, is_in, is_one_of, partition, run, split_once, trim_end, words,
};
use crate::clean::{Clean, clean, is_command, is_line_end};
use crate::cursor::List;
use crate::diagnose::Confidence;
use crate::excerpt::Excerpt;
use crate::filter::Matcher;
use crate::host::{Host, Owner, hosts, is_host_byte};
use crate::pattern::Hit;
use crate::view::{Sign, Symptom};

/// How many lines a registry's name governs.
pub(crate) const BLOCK: usize = 60;

/// All that a text says.
pub(crate) struct Evidence<'m, 'a, 't> {
    pub(crate) matcher: &'m Matcher<'a>,
    pub(crate) excerpt: &'t Excerpt<'t>,
    pub(crate) clean: Clean,
    pub(crate) hits: Vec<Hit>,
    pub(crate) hosts: Vec<Host>,
    /// The terms whose signs are in the text, with their kinds: index and id.
    pub(crate) terms: Vec<(TermKind, &'a str)>,
    /// For each provider: whether one of its firm signs is in the text.
    firm: Vec<bool>,
    /// A statement and whose it is though it names no registry: a long line may hold thousands of matches.
    unnamed: Cell<((usize, usize), Unnamed)>,
}

impl<'m, 'a, 't> Evidence<'m, 'a, 't> {
    pub(crate) fn gather(matcher: &'m Matcher<'a>, excerpt: &'t Excerpt<'t>) -> Self {
        let clean = clean(&excerpt.text, excerpt.widest);
        let hits = matcher.hits(&clean);
        let hosts = hosts(&matcher.registries, &clean);
        let (terms, firm) = (Vec::new(), Vec::new());
        let unnamed = Cell::new(((0, 0), Unnamed::Anyones));
        let mut evidence = Evidence { matcher, excerpt, clean, hits, hosts, terms, firm, unnamed };
        for term in matcher.table.all_terms() {
            if evidence.first_of(term.signs()).is_some() {
                evidence.terms.push((term.kind(), term.id()));
            }
        }
        for provider in matcher.table.providers() {
            let is_firm = evidence.first_of(provider.record().evidence).is_some();
            evidence.firm.push(is_firm);
        }
        evidence
    }

    /// Whether a sign of this term is in the text.
    pub(crate) fn has_term(&self, kind: TermKind, id: &str) -> bool {
        self.terms.iter().any(|term| term.0 == kind && term.1 == id)
    }

    /// The terms whose signs stand between two lines, or before the first one in the output of the same command.
    pub(crate) fn terms_about(&self, first: usize, last: usize) -> Vec<(TermKind, &'a str)> {
        let (start, end) = (self.clean.line(first).0, self.clean.line(last).1);
        let mut terms = Vec::new();
        for term in self.matcher.table.all_terms() {
            let is_about = term.signs().any(|pattern| {
                let hits = &self.hits[self.hits_of(pattern)];
                let before = partition(hits.len(), &|hit| hits[hit].start < end).checked_sub(1);
                before.is_some_and(|hit| !self.is_far(hits[hit].start, start))
            });
            if is_about {
                terms.push((term.kind(), term.id()));
            }
        }
        terms
    }

    /// The problems that have a symptom in the text, in order.
    pub(crate) fn touched(&self) -> Vec<u32> {
        let mut problems = Vec::new();
        let mut last = usize::MAX;
        for hit in &self.hits {
            if hit.pattern != last {
                last = hit.pattern;
                self.matcher.users(last).for_each(|problem| insert(&mut problems, problem as u32));
            }
        }
        problems
    }

    /// The places of a pattern.
    pub(crate) fn hits_of(&self, pattern: usize) -> core::ops::Range<usize> {
        let from = |pattern| partition(self.hits.len(), &|hit| self.hits[hit].pattern < pattern);
        from(pattern)..from(pattern + 1)
    }

    /// The first place of the first of these patterns that is in the text.
    fn first_of(&self, mut patterns: List<'_, usize>) -> Option<usize> {
        patterns.find_map(|pattern| self.hits_of(pattern).next())
    }

    /// A place of a sign.
    pub(crate) fn first(&self, sign: Sign<'_>) -> Option<usize> {
        match sign.term() {
            Some(term) => self.first_of(term.signs()),
            None => self.hits_of(sign.pattern()?).next(),
        }
    }

    /// Whether a sign is in the text.
    pub(crate) fn meets(&self, sign: Sign<'_>) -> bool {
        self.first(sign).is_some()
    }

    /// The hosts within a line.
    pub(crate) fn hosts_within(&self, (start, end): (usize, usize)) -> core::ops::Range<usize> {
        let ends = partition(self.hosts.len(), &|host| self.hosts[host].end <= end);
        self.hosts_before(start)..ends
    }

    fn hosts_before(&self, at: usize) -> usize {
        partition(self.hosts.len(), &|host| self.hosts[host].start < at)
    }

    /// Whether a symptom's conditions hold.
    pub(crate) fn conditions_hold(&self, symptom: &Symptom<'a>) -> bool {
        symptom.with().all(|sign| self.meets(sign))
            && !symptom.without().any(|sign| self.meets(sign))
    }

    /// How sure a symptom's place is, and which host says so; none when it is somebody else's.
    pub(crate) fn confidence(
        &self,
        provider: usize,
        symptom: &Symptom<'a>,
        hit: usize,
    ) -> Option<(Confidence, Option<usize>)> {
        let hit = &self.hits[hit];
        let (start, end) = (self.clean.line(hit.start).0, self.clean.line(hit.end).1);
        if reports_success(&self.clean.fold[start..end]) {
            return None;
        }
        let (mut own, mut is_others) = (None, false);
        for index in self.hosts_within((start, end)) {
            let host = &self.hosts[index];
            // Of several, the last one before a text's end is what it is said of.
            if host.start >= hit.end && own.is_some() {
                break;
            }
            if host.is_of(provider) {
                own = own.or(Some(index));
                is_others = false;
            } else if !self.tells_of(symptom, hit, host) {
                is_others = true;
            }
        }
        if is_others && (own.is_none() || symptom.generic()) {
            return None;
        }
        if own.is_some() {
            return Some((Confidence::Certain, own));
        }
        if !symptom.generic() {
            let governing = self.governing(provider, start).ok().flatten();
            return Some((Confidence::Certain, governing));
        }
        self.unlocated(provider, (start, end))
    }

    /// Whether a match is itself about somebody else's registry, such as the source of an import, or a platform's words
    /// about an image: the host stands in its fixed text, or (unless all print that text) where its template expects one that
    /// may be anybody's.
    fn tells_of(&self, symptom: &Symptom<'a>, hit: &Hit, host: &Host) -> bool {
        let is_in = hit.start < host.end && host.start < hit.end;
        let hole =
            hit.holes.iter().find(|(_, start, end)| *start <= host.start && host.end <= *end);
        let placeholder = hole.and_then(|(id, ..)| self.matcher.table.placeholders().nth(*id));
        let anyones = match host.owner {
            Owner::Private(_) => "source-image|host|image",
            _ => "source-image|host",
        };
        let is_anyones = |id: &str| is_one_of(id.as_bytes(), anyones);
        is_in && placeholder.is_none_or(|p| !symptom.generic() && is_anyones(p.id()))
    }

    /// How sure a generic text is whose statement names no registry.
    fn unlocated(
        &self,
        provider: usize,
        line: (usize, usize),
    ) -> Option<(Confidence, Option<usize>)> {
        let unnamed = self.unnamed(line);
        if unnamed == Unnamed::Others {
            return None;
        }
        let confidence = match unnamed {
            Unnamed::Strangers => Confidence::Possible,
            _ => Confidence::Likely,
        };
        if let Some(host) = self.governing(provider, line.0).ok()? {
            return Some((confidence, Some(host)));
        }
        let own = self.hosts.iter().position(|host| host.is_of(provider));
        if own.is_some() || self.firm.get(provider) == Some(&true) {
            return Some((confidence, own));
        }
        let is_others = !self.hosts.is_empty()
            || self.firm.iter().any(|firm| *firm)
            || unnamed == Unnamed::DockerHubs;
        (!is_others).then_some((Confidence::Possible, None))
    }

    fn unnamed(&self, line: (usize, usize)) -> Unnamed {
        if self.unnamed.get().0 != line {
            self.unnamed.set((line, Unnamed::of(&self.clean.fold[line.0..line.1])));
        }
        self.unnamed.get().1
    }

    /// The nearest registry named before a statement within the output of the same command: this provider's, nobody's, or
    /// (an error) somebody else's.
    fn governing(&self, provider: usize, line_start: usize) -> Result<Option<usize>, ()> {
        let before = self.hosts_before(line_start);
        let Some(index) = before.checked_sub(1) else { return Ok(None) };
        let host = &self.hosts[index];
        if self.is_far(host.start, line_start) {
            return Ok(None);
        }
        if host.is_of(provider) { Ok(Some(index)) } else { Err(()) }
    }

    /// Whether another command, or too much text, stands between a host and a statement.
    fn is_far(&self, host: usize, line_start: usize) -> bool {
        let between = &self.clean.text[host.min(line_start)..line_start];
        let mut lines = 0;
        between.iter().enumerate().any(|(at, byte)| {
            lines += usize::from(is_line_end(*byte));
            is_line_end(*byte) && (lines > BLOCK || is_command(&between[at + 1..]))
        })
    }

    /// Short names of other people's registries in the text, in order of appearance.
    pub(crate) fn other_registries(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for id in self.hosts.iter().filter_map(Host::other) {
            if !names.iter().any(|name| name == id) {
                names.push(id.into());
            }
        }
        names
    }
}

/// Whether a line says that all is well: checks print their verdict at the end.
fn reports_success(line: &[u8]) -> bool {
    line.trim_ascii_end()
        .strip_suffix(b"ok")
        .is_some_and(|line| line.trim_ascii_end().ends_with(b":"))
}

/// Whose a statement is that names no registry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unnamed {
    /// It may be about any registry.
    Anyones,
    /// It names an image without a host, as Docker does of Docker Hub's only; but the host may have been forgotten.
    DockerHubs,
    /// It names an image on a host that may be a registry or stand before one.
    Strangers,
    /// It is about another server, another step, or an image that Docker Hub was asked for.
    Others,
}

impl Unnamed {
    fn of(statement: &[u8]) -> Unnamed {
        match docker_hub_phrase(statement) {
            _ if asks_another(statement) || is_elsewhere(statement) => Unnamed::Others,
            Some(0) => Unnamed::Others,
            Some(_) => Unnamed::DockerHubs,
            None if names_image(statement) => Unnamed::Strangers,
            None => Unnamed::Anyones,
        }
    }
}

/// Which of Docker's phrases, if any, names an image without a host.
fn docker_hub_phrase(statement: &[u8]) -> Option<usize> {
    const PHRASES: &str = ": manifest for |pull access denied for |unable to find image |docker://";
    words(PHRASES).position(|phrase| {
        let Some(at) = find(statement, phrase) else { return false };
        let image = &statement[at + phrase.len()..];
        let len = run(image, |b| !is_in(b, b"/ ,:"));
        let is_plain = |b: &u8| b.is_ascii_alphanumeric() || is_in(*b, b"-_");
        len > 0 && image[..len].iter().all(is_plain) && image[..len] != *b"localhost"
    })
}

/// Whether a statement names an image with its host and its tag, as Go's errors do before the reason.
fn names_image(statement: &[u8]) -> bool {
    statement.split(|byte| *byte == b' ').any(|word| {
        let Some(image) = word.strip_suffix(b":") else { return false };
        let (host, path) = split_once(image, b"/").unwrap_or_default();
        is_in(b'.', host)
            && host.iter().all(|b| is_host_byte(*b) || *b == b':')
            && path.get(run(path, |b| b != b'.' && b != b':')) == Some(&b':')
    })
}

/// Whether a statement is of a step of a pod's life that asks no registry.
fn is_elsewhere(statement: &[u8]) -> bool {
    words("probe failed|mountvolume.|attachvolume.").any(|step| find(statement, step).is_some())
}

/// Whether a statement says which server was asked, and that is none that registries send their clients to.
fn asks_another(statement: &[u8]) -> bool {
    const ASKED: &str = "get http|head http|post http|request to http|url: http|lookup |resolve host: |connect to |\
        pool(host=|enotfound |hostexception: |_url=|the registry ";
    const OURS: &str = "windows.net|microsoftonline.com|management.azure.com|cloudapp.azure.com|\
        cloud.ibm.com|169.254.169.254|127.0.0.1";
    words(ASKED).any(|phrase| {
        let Some(at) = find(statement, phrase) else { return false };
        let server = &statement[at + phrase.len()..];
        let server = &server[run(server, |b| is_in(b, b"s:/"))..];
        let server = trim_end(&server[..run(server, is_host_byte)], b".");
        is_in(b'.', server) && !ends_with(server, OURS)
    })
}
