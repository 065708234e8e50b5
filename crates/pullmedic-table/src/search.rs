//! Finding problems by words.
//!
//! Every problem is a bag of words with weights: its id, title, codes and keywords weigh most, then its messages, then the
//! vocabulary's words for its operations and clients. The index lists for each word the problems that have it. A query's
//! words are looked for whole, as synonyms, as prefixes and, where all that fails, with typing errors; rare words count
//! more than frequent ones.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::Table;
use crate::cursor::Cursor;
use crate::format::{Record, Records};
use crate::index::{Encoded, Index};
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
        search(*self, Index::of(*self).words(*self), query, limit)
    }
}

/// A table made ready for many searches, for who does nothing else with it: a [`Matcher`](crate::Matcher) searches too.
#[derive(Debug)]
pub struct Searcher<'a> {
    table: Table<'a>,
    index: Encoded,
}

impl<'a> Searcher<'a> {
    /// Derives the index of words.
    pub fn new(table: Table<'a>) -> Self {
        Searcher { table, index: Encoded::new(&index(table)) }
    }

    /// The problems that fit a query best, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<'a>> {
        search(self.table, self.index.records(), query, limit)
    }
}

/// Weights in the index are in tenths.
const UNIT: f32 = 10.0;

/// The index: for each word, in order, the problems that have it (as differences) and with what weight.
pub(crate) fn index(table: Table<'_>) -> Vec<Record> {
    let mut bag = Bag::default();
    table.problems().for_each(|problem| bag.add_problem(table, problem));
    bag.mentions.sort_unstable();
    let mut records = Vec::new();
    bag.mentions.chunk_by(|a, b| a.0 == b.0).for_each(|same| records.push(record(same)));
    records
}

/// A word's record: each problem once, with the highest of its weights and a little for every further mention.
fn record(mentions: &[Mention]) -> Record {
    Record::new(|r| {
        r.text(&mentions[0].0);
        let mut last = 0;
        r.list(mentions.chunk_by(|a, b| a.1 == b.1), |r, same| {
            let (_, problem, highest) = same[same.len() - 1];
            r.num(problem - last);
            r.num(highest + 3 * (same.len() - 1).min(5));
            last = problem;
        });
    })
}

/// Reads a whole record of the index, to see whether it is sound.
pub(crate) fn walk(c: &mut Cursor<'_>) {
    c.text();
    for _ in 0..c.num() {
        c.num();
        c.num();
    }
}

/// A word, a problem that mentions it, and with what weight.
type Mention = (String, usize, usize);

/// The problems' words.
#[derive(Default)]
struct Bag {
    mentions: Vec<Mention>,
    problem: usize,
}

impl Bag {
    fn add(&mut self, text: &str, weight: usize) {
        for word in words(text) {
            self.mentions.push((word, self.problem, weight));
        }
    }

    fn add_problem(&mut self, table: Table<'_>, problem: Problem<'_>) {
        let record = problem.record();
        self.problem = problem.index();
        self.add(problem.id(), 30);
        self.add(record.title, 30);
        let provider = Provider::at(table, record.provider);
        self.add(provider.name(), 8);
        provider.synonyms().for_each(|synonym| self.add(synonym, 8));
        let texts = problem.words();
        texts.aliases.for_each(|alias| self.add(alias, 20));
        texts.keywords.for_each(|keyword| self.add(keyword, 25));
        for term in record.operations {
            self.add(term.title(), 10);
            term.synonyms().for_each(|synonym| self.add(synonym, 10));
        }
        for symptom in record.symptoms {
            self.add(symptom.text(), if symptom.weak() { 6 } else { 16 });
            symptom.code().into_iter().for_each(|code| self.add(code, 25));
            for client in symptom.client_terms() {
                self.add(client.title(), 12);
                client.synonyms().for_each(|synonym| self.add(synonym, 10));
            }
        }
        self.add(texts.words, 10);
    }
}

/// The problems that fit a query best, best first.
pub(crate) fn search<'a>(
    table: Table<'a>,
    index: Records<'_>,
    query: &str,
    limit: usize,
) -> Vec<Hit<'a>> {
    let search = Search { table, index, count: table.problems().len() };
    let mut scores = alloc::vec![0.0f32; search.count];
    let query = words(query);
    for (at, word) in query.iter().enumerate() {
        let best = search.word(word, at + 1 == query.len());
        scores.iter_mut().zip(best).for_each(|(score, value)| *score += value);
    }
    let mut hits: Vec<Hit<'a>> = Vec::new();
    for (index, score) in scores.into_iter().enumerate().filter(|(_, score)| *score > 0.0) {
        let hit = Hit { problem: table.problem_at(index), score };
        // Only a few are wanted, and most are worse than the worst of those.
        let at = hits.partition_point(|other| !hit.is_better(other));
        if at < limit {
            hits.truncate(limit - 1);
            hits.insert(at, hit);
        }
    }
    hits
}

impl Hit<'_> {
    fn is_better(&self, other: &Self) -> bool {
        let frequent = || self.problem.frequency().cmp(&other.problem.frequency());
        self.score.total_cmp(&other.score).then_with(frequent).is_gt()
    }
}

struct Search<'a, 'i> {
    table: Table<'a>,
    index: Records<'i>,
    count: usize,
}

impl<'i> Search<'_, 'i> {
    /// What a query's word gives each problem.
    fn word(&self, word: &str, is_last: bool) -> Vec<f32> {
        let mut best = alloc::vec![0.0f32; self.count];
        let mut is_known = self.exact(word, 1.0, &mut best);
        for synonym in self.synonyms(word).iter().filter(|synonym| *synonym != word) {
            is_known |= self.exact(synonym, 0.6, &mut best);
        }
        if word.len() >= 3 || is_last && word.len() >= 2 {
            is_known |= self.longer(word, &mut best);
        }
        if !is_known && word.len() >= 4 {
            self.misspelt(word, &mut best);
        }
        best
    }

    /// The place of the first indexed word that isn't before `word`.
    fn place(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.index.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.index.get(middle).text() < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Indexed words from `word` on, each with what follows it in its record.
    fn from(&self, word: &str) -> impl Iterator<Item = (&'i str, Cursor<'i>)> + use<'i> {
        let index = self.index;
        (self.place(word)..index.len()).map(move |at| {
            let mut cursor = index.get(at);
            (cursor.text(), cursor)
        })
    }

    fn exact(&self, word: &str, factor: f32, best: &mut [f32]) -> bool {
        let found = self.from(word).next().filter(|(found, _)| *found == word);
        found.inspect(|(_, entries)| self.give(*entries, factor, best)).is_some()
    }

    fn longer(&self, word: &str, best: &mut [f32]) -> bool {
        let longer = self.from(word).take_while(|(found, _)| found.starts_with(word));
        let mut count = 0;
        for (found, entries) in longer.take(64) {
            let factor = if found.len() == word.len() { 1.0 } else { 0.6 };
            self.give(entries, factor, best);
            count += 1;
        }
        count > 0
    }

    /// Words with the same first letter that differ in one letter, or in two of a long word.
    fn misspelt(&self, word: &str, best: &mut [f32]) {
        let Some(first) = word.chars().next().map(char::len_utf8) else { return };
        let limit = if word.len() >= 7 { 2 } else { 1 };
        let alike =
            self.from(&word[..first]).take_while(|(found, _)| found.starts_with(&word[..first]));
        for (found, entries) in alike {
            if distance_within(word.as_bytes(), found.as_bytes(), limit) {
                self.give(entries, 0.5, best);
            }
        }
    }

    /// Words that mean the same, by the vocabulary's groups.
    fn synonyms(&self, word: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for group in self.table.synonyms() {
            if group.clone().any(|synonym| words(synonym) == [word]) {
                group.for_each(|synonym| found.append(&mut words(synonym)));
            }
        }
        found
    }

    fn give(&self, mut entries: Cursor<'_>, factor: f32, best: &mut [f32]) {
        let found = entries.num();
        let value = factor * rarity(self.count, found) / UNIT;
        let mut problem = 0;
        for _ in 0..found.min(self.count) {
            problem += entries.num();
            let value = value * entries.num() as f32;
            if let Some(entry) = best.get_mut(problem) {
                *entry = entry.max(value);
            }
        }
    }
}

/// How much a word says that stands in `found` of `count` problems: about the logarithm of the ratio.
fn rarity(count: usize, found: usize) -> f32 {
    let ratio = (count + 1) as f32 / (found as f32 + 0.5);
    let bits = (ratio as u32).max(1).ilog2();
    bits as f32 + ratio / (1u32 << bits) as f32
}

/// The words of a text as search compares them: lower case, without English endings; names with `_` stay whole and also
/// count in parts.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    for run in lower.split(|c| !is_letter(c)) {
        if run.is_empty() || STOP.contains(&run) {
            continue;
        }
        found.push(stem(run));
        if run.contains('_') {
            run.split('_').filter(|part| part.len() > 2).for_each(|part| found.push(stem(part)));
        }
    }
    found
}

/// Whether a character is part of a word: beyond ASCII, all but what the blocks of punctuation and symbols hold.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || c == '_',
        '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' => {
            false
        }
        _ => true,
    }
}

/// Words that say nothing.
const STOP: [&str; 30] = [
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "but", "for", "from", "has", "in",
    "is", "isn", "it", "its", "my", "of", "on", "or", "s", "t", "the", "this", "to", "was", "when",
    "with",
];

/// A word without the endings that English gives it.
fn stem(word: &str) -> String {
    const ENDINGS: [(&str, &str); 6] =
        [("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")];
    let mut stem = word.to_string();
    let is_plain = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !is_plain || word.ends_with("ss") {
        return stem;
    }
    let is_it = |(end, _): &&(&str, &str)| word.len() >= end.len() + 3 && word.ends_with(end);
    if let Some((end, keep)) = ENDINGS.iter().find(is_it) {
        stem.truncate(word.len() - end.len());
        stem.push_str(keep);
    }
    stem
}

/// Whether two words differ by at most `limit` insertions, deletions, replacements or swaps.
fn distance_within(a: &[u8], b: &[u8], limit: usize) -> bool {
    /// No word that could be misspelt is longer.
    const LONGEST: usize = 32;
    if a.len().abs_diff(b.len()) > limit || a.len() >= LONGEST || b.len() >= LONGEST {
        return false;
    }
    let mut before = [0; LONGEST + 1];
    let mut above: [usize; LONGEST + 1] = core::array::from_fn(|j| j);
    for i in 0..a.len() {
        let mut row = [0; LONGEST + 1];
        row[0] = i + 1;
        for j in 0..b.len() {
            let cost = usize::from(a[i] != b[j]);
            row[j + 1] = (above[j] + cost).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        if row[..=b.len()].iter().all(|least| *least > limit) {
            return false;
        }
        before = core::mem::replace(&mut above, row);
    }
    above[b.len()] <= limit
}
