//! Finding problems by words.
//!
//! Every problem is a bag of words with weights: its id and title weigh most, then codes and keywords, then the vocabulary's
//! words for its operations and clients, then its messages. A query's words are looked for whole, as prefixes, as synonyms
//! and with a typing error; rare words count more.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::Table;
use crate::reference::Provider;
use crate::view::Problem;

/// A problem found by words.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Hit<'a> {
    /// Which.
    pub problem: Problem<'a>,
    /// How well it fits; only good for comparing hits of one query.
    pub score: f32,
}

impl<'a> Table<'a> {
    /// The problems that fit a query best, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'a>> {
        Index::new(*self).search(query, limit)
    }
}

/// The words of all problems.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    table: Table<'a>,
    /// Word → (problem, weight).
    words: BTreeMap<String, Vec<(u32, f32)>>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(table: Table<'a>) -> Self {
        let mut index = Index { table, words: BTreeMap::new() };
        for problem in table.problems() {
            index.add_problem(problem);
        }
        index
    }

    fn add_problem(&mut self, problem: Problem<'a>) {
        let record = problem.record();
        let mut bag: BTreeMap<String, f32> = BTreeMap::new();
        let mut add = |text: &str, weight: f32| {
            for word in words(text) {
                let entry = bag.entry(word).or_insert(0.0);
                *entry = if *entry > 0.0 { entry.max(weight) + 0.3 } else { weight };
            }
        };
        add(problem.id(), 3.0);
        add(record.title, 3.0);
        let provider = Provider::at(self.table, record.provider);
        add(provider.name(), 0.8);
        provider.synonyms().for_each(|synonym| add(synonym, 0.8));
        record.aliases.for_each(|alias| add(alias, 2.0));
        record.keywords.for_each(|keyword| add(keyword, 2.5));
        for term in record.operations {
            add(term.title(), 1.0);
            term.synonyms().for_each(|synonym| add(synonym, 1.0));
        }
        for symptom in record.symptoms {
            add(symptom.text(), if symptom.weak() { 0.6 } else { 1.6 });
            symptom.code().into_iter().for_each(|code| add(code, 2.5));
            for client in symptom.client_terms() {
                add(client.title(), 1.2);
                client.synonyms().for_each(|synonym| add(synonym, 1.0));
            }
        }
        add(record.words, 1.0);
        for (word, weight) in bag {
            self.words.entry(word).or_default().push((problem.index() as u32, weight));
        }
    }

    pub(crate) fn search(&self, query: &str, limit: usize) -> Vec<Hit<'a>> {
        let count = self.table.problems().len();
        let mut scores = alloc::vec![0.0f32; count];
        let query = words(query);
        for (at, word) in query.iter().enumerate() {
            let is_last = at + 1 == query.len();
            let mut best = alloc::vec![0.0f32; count];
            for (factor, found) in self.variants(word, is_last) {
                let Some(problems) = self.words.get(&found) else { continue };
                let rarity = rarity(count, problems.len());
                for (problem, weight) in problems {
                    let value = factor * weight * rarity;
                    let entry = &mut best[*problem as usize];
                    *entry = entry.max(value);
                }
            }
            scores.iter_mut().zip(best).for_each(|(score, value)| *score += value);
        }
        self.ranked(&scores, limit)
    }

    fn ranked(&self, scores: &[f32], limit: usize) -> Vec<Hit<'a>> {
        let mut hits: Vec<Hit<'a>> = self
            .table
            .problems()
            .zip(scores)
            .filter(|(_, score)| **score > 0.0)
            .map(|(problem, score)| Hit { problem, score: *score })
            .collect();
        hits.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then(b.problem.frequency().cmp(&a.problem.frequency()))
        });
        hits.truncate(limit);
        hits
    }

    /// The indexed words that a query's word may mean, with how much each counts.
    fn variants(&self, word: &str, is_last: bool) -> Vec<(f32, String)> {
        let mut variants = Vec::new();
        if self.words.contains_key(word) {
            variants.push((1.0, word.to_string()));
        }
        if word.len() >= 3 || is_last && word.len() >= 2 {
            let longer = self.words.range(word.to_string()..).take_while(|(w, _)| w.starts_with(word));
            variants.extend(longer.skip_while(|(w, _)| *w == word).take(64).map(|(w, _)| (0.6, w.clone())));
        }
        for group in self.table.synonyms() {
            if group.clone().any(|synonym| words(synonym).iter().any(|part| part == word) && words(synonym).len() == 1) {
                variants.extend(group.flat_map(words).filter(|w| w != word).map(|w| (0.6, w)));
            }
        }
        if variants.is_empty() && word.len() >= 4 {
            let limit = if word.len() >= 7 { 2 } else { 1 };
            let close = self.words.keys().filter(|w| distance_within(word, w, limit));
            variants.extend(close.map(|w| (0.5, w.clone())));
        }
        variants
    }
}

/// How much a word says that stands in `found` of `count` problems.
fn rarity(count: usize, found: usize) -> f32 {
    let ratio = (count + 1) as f32 / (found as f32 + 0.5);
    // A logarithm without `std`: bits of the integer part, then linear.
    let bits = 31 - (ratio as u32).max(1).leading_zeros();
    bits as f32 + ratio / (1u32 << bits) as f32
}

/// The words of a text, lower case; codes and names with `_` stay whole and also count in parts.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    for run in lower.split(|c: char| !(c.is_alphanumeric() || c == '_')) {
        if run.is_empty() || STOP.contains(&run) {
            continue;
        }
        found.push(stem(run));
        if run.contains('_') {
            found.extend(run.split('_').filter(|part| part.len() > 2).map(stem));
        }
    }
    found
}

/// Words that say nothing.
const STOP: [&str; 30] = [
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "but", "for", "from", "has", "in", "is", "isn", "it", "its", "my", "of",
    "on", "or", "s", "t", "the", "this", "to", "was", "when", "with",
];

/// A word without the endings that English gives it.
fn stem(word: &str) -> String {
    let is_plain = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !is_plain {
        return word.to_string();
    }
    for (end, keep) in [("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")] {
        if let Some(base) = word.strip_suffix(end) {
            if base.len() >= 3 && !word.ends_with("ss") {
                let mut stem = base.to_string();
                stem.push_str(keep);
                return stem;
            }
        }
    }
    word.to_string()
}

/// Whether two words differ by at most `limit` insertions, deletions, replacements or swaps.
fn distance_within(a: &str, b: &str, limit: usize) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > limit || a.first() != b.first() {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = alloc::vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let cost = usize::from(a[i] != b[j]);
            row[j + 1] = (above[j] + cost).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        if row.iter().min().is_some_and(|least| *least > limit) {
            return false;
        }
        before = core::mem::replace(&mut above, row);
    }
    above[b.len()] <= limit
}
