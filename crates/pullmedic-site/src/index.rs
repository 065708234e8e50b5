//! The knowledge base turned round: from a word to the problems that use it.
//!
//! [`Index::new`] walks the problems once; every list page reads from here, so the whole site is linear in the number
//! of problems. All lists keep the order of the knowledge base.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use pullmedic_core::{
    Frequency, Kb, Placeholder, Problem, Provider, Sign, Symptom, SymptomKind, Term, TermKind,
};

use crate::url;

/// Everything that pages look up.
pub(crate) struct Index<'kb> {
    problems: BTreeMap<&'kb str, &'kb Problem>,
    providers: BTreeMap<&'kb str, &'kb Provider>,
    placeholders: BTreeMap<&'kb str, &'kb Placeholder>,
    clients: BTreeMap<&'kb str, &'kb Term>,
    shells: BTreeMap<&'kb str, &'kb Term>,
    credentials: BTreeMap<&'kb str, &'kb Term>,
    /// How many problems name a problem as related.
    mentions: BTreeMap<&'kb str, usize>,
    /// Codes and HTTP statuses in alphabetical order.
    pub(crate) codes: Vec<Code<'kb>>,
    /// Clients of which something is known, in the vocabulary's order.
    pub(crate) by_client: Vec<Group<'kb>>,
    /// Operations of which something is known, in the vocabulary's order.
    pub(crate) by_operation: Vec<Group<'kb>>,
}

/// A problem, and those of its symptoms that a list is about.
pub(crate) struct Listed<'kb> {
    pub(crate) problem: &'kb Problem,
    pub(crate) symptoms: Vec<&'kb Symptom>,
}

/// A word of the vocabulary and its problems.
pub(crate) struct Group<'kb> {
    pub(crate) term: &'kb Term,
    pub(crate) problems: Vec<Listed<'kb>>,
}

/// A code and its problems.
pub(crate) struct Code<'kb> {
    /// As first written.
    pub(crate) text: &'kb str,
    /// Its folder below `codes/`.
    pub(crate) slug: String,
    /// The status's words, when the code is an HTTP status.
    pub(crate) status: Option<&'kb Term>,
    pub(crate) problems: Vec<Listed<'kb>>,
}

impl<'kb> Index<'kb> {
    pub(crate) fn new(kb: &'kb Kb) -> Self {
        let vocabulary = kb.vocabulary();
        let terms = |list: &'kb [Term]| list.iter().map(|t| (t.id.as_str(), t)).collect();
        Self {
            problems: ids(kb.problems()),
            providers: kb.providers().iter().map(|p| (p.id.as_str(), p)).collect(),
            placeholders: vocabulary.placeholders.iter().map(|p| (p.id.as_str(), p)).collect(),
            clients: terms(&vocabulary.clients),
            shells: terms(&vocabulary.shells),
            credentials: terms(&vocabulary.credentials),
            mentions: mentions(kb),
            codes: codes(kb),
            by_client: clients(kb),
            by_operation: operations(kb),
        }
    }

    /// The problem with this id or former id.
    pub(crate) fn problem(&self, id: &str) -> Option<&'kb Problem> {
        self.problems.get(id).copied()
    }

    pub(crate) fn provider(&self, id: &str) -> Option<&'kb Provider> {
        self.providers.get(id).copied()
    }

    pub(crate) fn placeholder(&self, id: &str) -> Option<&'kb Placeholder> {
        self.placeholders.get(id).copied()
    }

    /// A provider's common problems, those first that most others lead to.
    pub(crate) fn commonest(&self, kb: &'kb Kb, provider: &str) -> Vec<&'kb Problem> {
        let mine = kb.problems().iter().filter(|p| p.provider == provider);
        let mut common: Vec<_> = mine.filter(|p| p.frequency == Frequency::Common).collect();
        let mentions = |p: &Problem| self.mentions.get(p.id.as_str()).copied().unwrap_or_default();
        common.sort_by_key(|p| Reverse(mentions(p)));
        common
    }

    /// The entry of this code, whatever its letters' case.
    pub(crate) fn code(&self, code: &str) -> Option<&Code<'kb>> {
        let key = |c: &Code<'_>| c.text.to_ascii_uppercase();
        let at = self.codes.binary_search_by(|c| key(c).cmp(&code.to_ascii_uppercase())).ok()?;
        self.codes.get(at)
    }

    pub(crate) fn client(&self, id: &str) -> Option<&'kb Term> {
        self.clients.get(id).copied()
    }

    pub(crate) fn shell(&self, id: &str) -> Option<&'kb Term> {
        self.shells.get(id).copied()
    }

    pub(crate) fn credential(&self, id: &str) -> Option<&'kb Term> {
        self.credentials.get(id).copied()
    }
}

fn ids(problems: &[Problem]) -> BTreeMap<&str, &Problem> {
    problems
        .iter()
        .flat_map(|p| p.aliases.iter().chain([&p.id]).map(move |id| (id.as_str(), p)))
        .collect()
}

fn mentions(kb: &Kb) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for id in kb.problems().iter().flat_map(|p| &p.related) {
        *counts.entry(id.as_str()).or_default() += 1;
    }
    counts
}

/// One entry per code whatever its letters' case, and one per HTTP status that a problem speaks of.
fn codes(kb: &Kb) -> Vec<Code<'_>> {
    let mut found: BTreeMap<String, Code<'_>> = BTreeMap::new();
    for problem in kb.problems() {
        for (code, symptoms) in codes_of(problem) {
            let entry =
                found.entry(code.to_ascii_uppercase()).or_insert_with(|| new_code(kb, code));
            entry.problems.push(Listed { problem, symptoms });
        }
    }
    for status in &kb.vocabulary().statuses {
        let entry = found.entry(status.id.clone()).or_insert_with(|| new_code(kb, &status.id));
        add_status(kb, entry, status);
    }
    found.into_values().filter(|code| !code.problems.is_empty()).collect()
}

fn new_code<'kb>(kb: &'kb Kb, code: &'kb str) -> Code<'kb> {
    let status = kb.vocabulary().statuses.iter().find(|s| s.id == code);
    Code { text: code, slug: url::code_slug(code), status, problems: Vec::new() }
}

/// The codes of one problem, each with the symptoms that carry it.
fn codes_of(problem: &Problem) -> Vec<(&str, Vec<&Symptom>)> {
    let mut found: Vec<(&str, Vec<&Symptom>)> = Vec::new();
    for symptom in &problem.symptoms {
        let Some(code) = symptom.code.as_deref() else { continue };
        match found.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(code)) {
            Some((_, symptoms)) => symptoms.push(symptom),
            None => found.push((code, vec![symptom])),
        }
    }
    found
}

/// Adds the problems that speak of `status` without carrying it as a code.
fn add_status<'kb>(kb: &'kb Kb, entry: &mut Code<'kb>, status: &Term) {
    for problem in kb.problems() {
        let symptoms: Vec<_> =
            problem.symptoms.iter().filter(|s| symptom_says(s, &status.id)).collect();
        let signed =
            problem.causes.iter().any(|c| c.signs.iter().any(|s| is_status(s, &status.id)));
        let known = entry.problems.iter().any(|l| l.problem.id == problem.id);
        if !known && (signed || !symptoms.is_empty()) {
            entry.problems.push(Listed { problem, symptoms });
        }
    }
}

fn symptom_says(symptom: &Symptom, status: &str) -> bool {
    let in_text = match &symptom.kind {
        SymptomKind::Message(template) => has_word(&template.source, status),
        SymptomKind::Code | SymptomKind::Observation(_) => false,
    };
    in_text || symptom.with.iter().any(|sign| is_status(sign, status))
}

fn is_status(sign: &Sign, status: &str) -> bool {
    matches!(sign, Sign::Term(TermKind::Status, id) if id == status)
}

/// Whether `word` stands in `text` with no letter or digit on either side.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

fn clients(kb: &Kb) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = groups(&kb.vocabulary().clients);
    let at: BTreeMap<&str, usize> = positions(&kb.vocabulary().clients);
    for problem in kb.problems() {
        for symptom in &problem.symptoms {
            for client in &symptom.clients {
                let Some(&i) = at.get(client.as_str()) else { continue };
                match groups[i].problems.last_mut().filter(|l| l.problem.id == problem.id) {
                    Some(listed) => listed.symptoms.push(symptom),
                    None => groups[i].problems.push(Listed { problem, symptoms: vec![symptom] }),
                }
            }
        }
    }
    let logins: Vec<&str> =
        kb.providers().iter().flat_map(|p| p.logins.iter().map(|l| l.client.as_str())).collect();
    groups.retain(|g| !g.problems.is_empty() || logins.contains(&g.term.id.as_str()));
    groups
}

fn operations(kb: &Kb) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = groups(&kb.vocabulary().operations);
    let at: BTreeMap<&str, usize> = positions(&kb.vocabulary().operations);
    for problem in kb.problems() {
        for operation in &problem.operations {
            if let Some(&i) = at.get(operation.as_str()) {
                groups[i].problems.push(Listed { problem, symptoms: Vec::new() });
            }
        }
    }
    groups.retain(|g| !g.problems.is_empty());
    groups
}

fn groups(terms: &[Term]) -> Vec<Group<'_>> {
    terms.iter().map(|term| Group { term, problems: Vec::new() }).collect()
}

fn positions(terms: &[Term]) -> BTreeMap<&str, usize> {
    terms.iter().enumerate().map(|(i, t)| (t.id.as_str(), i)).collect()
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn a_status_is_a_word_of_its_own() {
        assert!(has_word("status: 401 Unauthorized", "401"));
        assert!(has_word("401", "401"));
        assert!(!has_word("error 14012", "401"));
    }
}
