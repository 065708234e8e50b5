//! Finding problems by words.
//!
//! Every problem is a bag of words with weights: its id, title, codes and keywords weigh most, then its messages, then the
//! vocabulary's words for its operations and clients. The index lists for each word the problems that have it. A query's
//! words are looked for whole, as synonyms, as prefixes and, where all that fails, with typing errors; rare words count
//! more than frequent ones.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Table;
use crate::cursor::Cursor;
use crate::format::{Record, Records};
use crate::index::{Encoded, Index};
use crate::reference::Provider;
use crate::view::{Frequency, Problem};

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

/// An indexed word, what follows it in its record, and how much it counts.
type Found<'i> = (&'i str, Cursor<'i>, f32);

/// How much one text counts that has all words, beside the words alone.
const TOGETHER: f32 = 1.5;
/// How much less a problem of another provider counts than the query names.
const OF_ANOTHER: f32 = 0.3;
/// Weights in the index are in tenths.
const UNIT: f32 = 10.0;

/// The index: for each word, in order, the problems that have it (as differences) and with what weight.
pub(crate) fn index(table: Table<'_>) -> Vec<Record> {
    let mut bag = Bag::default();
    table.problems().for_each(|problem| bag.add_problem(table, problem));
    let mut records = Vec::new();
    bag.words.iter().for_each(|(word, mentions)| records.push(record(word, mentions)));
    records
}

/// A word's record: each problem once, with the highest of its weights and a little for every further mention.
fn record(word: &str, mentions: &[Mention]) -> Record {
    Record::new(|r| {
        r.text(word);
        let mut last = 0;
        r.list(mentions, |r, mention| {
            r.num(mention.problem - last);
            r.num(mention.highest + 3 * mention.further.min(5));
            last = mention.problem;
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

/// A problem that mentions a word: with what weights, the highest of them, and how many others.
struct Mention {
    problem: usize,
    highest: usize,
    further: usize,
}

/// The problems' words, each with its problems in order.
#[derive(Default)]
struct Bag {
    words: BTreeMap<String, Vec<Mention>>,
    problem: usize,
}

impl Bag {
    fn add(&mut self, text: &str, weight: usize) {
        each_word(text, &mut |word| {
            let mention = Mention { problem: self.problem, highest: weight, further: 0 };
            let Some(mentions) = self.words.get_mut(word) else {
                self.words.insert(word.into(), alloc::vec![mention]);
                return;
            };
            match mentions.last_mut().filter(|last| last.problem == self.problem) {
                Some(last) => {
                    last.highest = last.highest.max(weight);
                    last.further += 1;
                }
                None => mentions.push(mention),
            }
        });
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

/// So many of the problems that have a query's words are looked at closely.
const CLOSE: usize = 40;

/// The problems that fit a query best, best first.
///
/// First each problem counts with all the words that it has anywhere; then the best of them are read: words that stand
/// in one message or title, in the query's order, say more than the same words here and there.
pub(crate) fn search<'a>(
    table: Table<'a>,
    index: Records<'_>,
    query: &str,
    limit: usize,
) -> Vec<Hit<'a>> {
    let count = table.problems().len();
    let mut search = Search { table, index, count, meant: Vec::new(), full: 0.0 };
    let mut worths = alloc::vec![Worth::default(); count];
    let mut query = words(query);
    let named = named_provider(table, &mut query);
    for (at, word) in query.iter().enumerate() {
        let best = search.word(word, at, at + 1 == query.len());
        for (worth, best) in worths.iter_mut().zip(best) {
            worth.word += best.word;
            worth.place += best.place;
        }
    }
    search.meant.sort_unstable_by_key(|meant| (meant.word, meant.at));
    let share = |problem: Problem<'_>| {
        let is_other = named.is_some_and(|named| named != problem.record().provider);
        if is_other { OF_ANOTHER } else { 1.0 }
    };
    let mut candidates = Best { limit: limit.max(CLOSE), hits: Vec::new() };
    for (index, worth) in worths.iter().enumerate().filter(|(_, worth)| worth.word > 0.0) {
        let problem = table.problem_at(index);
        candidates.put(problem, share(problem) * (6.0 * worth.word + worth.place));
    }
    let mut best = Best { limit, hits: Vec::new() };
    for (Hit { problem, .. }, _) in candidates.hits {
        let score = worths[problem.index()].place + search.best_field(problem);
        best.put(problem, share(problem) * score);
    }
    best.hits.into_iter().map(|(hit, _)| hit).collect()
}

/// The only provider that a query names. What it is called in several words is taken out of the query: they would be found
/// in every title that speaks of containers.
fn named_provider(table: Table<'_>, query: &mut Vec<String>) -> Option<usize> {
    let mut only = None;
    let mut count = 0;
    for (index, provider) in table.providers().enumerate() {
        let mut is_named = false;
        for name in provider.synonyms().chain([provider.id()]) {
            let name = words(name);
            let at = query.windows(name.len().max(1)).position(|part| part == name);
            if let Some(at) = at {
                is_named = true;
                if name.len() > 1 && name.len() < query.len() {
                    query.drain(at..at + name.len());
                }
            }
        }
        if is_named {
            (only, count) = (Some(index), count + 1);
        }
    }
    if count == 1 { only } else { None }
}

/// The best of many hits, best first.
struct Best<'a> {
    limit: usize,
    /// With how frequent each problem is, which tells equally good ones apart: in a large table many are, and reading it
    /// whenever two are compared took half of a search.
    hits: Vec<(Hit<'a>, Frequency)>,
}

impl<'a> Best<'a> {
    /// Puts a hit where it belongs; most are worse than the worst that is wanted.
    fn put(&mut self, problem: Problem<'a>, score: f32) {
        let last = self.limit.checked_sub(1).and_then(|last| self.hits.get(last));
        if last.is_some_and(|(worst, _)| score < worst.score) {
            return;
        }
        let frequency = problem.frequency();
        let at = self.hits.partition_point(|(other, often)| {
            other.score.total_cmp(&score).then(often.cmp(&frequency)).is_ge()
        });
        self.hits.insert(at, (Hit { problem, score }, frequency));
        self.hits.truncate(self.limit);
    }
}

struct Search<'a, 'i> {
    table: Table<'a>,
    index: Records<'i>,
    count: usize,
    /// What the query's words may mean.
    meant: Vec<Meant<'i>>,
    /// What a text is worth that has all of the query's words.
    full: f32,
}

/// What a query's words are worth in a problem.
#[derive(Clone, Copy, Default)]
struct Worth {
    /// Wherever they stand.
    word: f32,
    /// By where they stand.
    place: f32,
}

/// A word of the index that a query's word may mean.
struct Meant<'i> {
    word: &'i str,
    /// The query's word, by its place.
    at: usize,
    value: f32,
}

impl<'i> Search<'_, 'i> {
    /// What a query's word gives each problem.
    fn word(&mut self, word: &str, at: usize, is_last: bool) -> Vec<Worth> {
        let first = self.meant.len();
        let mut found = self.exact(word, 1.0);
        for synonym in self.synonyms(word).iter().filter(|synonym| *synonym != word) {
            found.append(&mut self.exact(synonym, 0.6));
        }
        if word.len() >= 3 || is_last && word.len() >= 2 {
            found.append(&mut self.longer(word));
        }
        if found.is_empty() && word.len() >= 4 {
            found = self.misspelt(word);
        }
        let mut best = alloc::vec![Worth::default(); self.count];
        for (found, entries, factor) in found {
            let value = self.give(entries, factor, &mut best);
            self.meant.push(Meant { word: found, at, value });
        }
        let values = self.meant[first..].iter().map(|meant| meant.value);
        self.full += values.fold(0.0, f32::max);
        best
    }

    /// What the best of a problem's texts gives it.
    fn best_field(&self, problem: Problem<'_>) -> f32 {
        let record = problem.record();
        let mut best = self.field(record.title).max(self.field(problem.id()));
        for symptom in record.symptoms {
            let share = if symptom.weak() { 0.5 } else { 1.0 };
            best = best.max(share * self.field(symptom.text()));
        }
        for keyword in problem.words().keywords {
            best = best.max(self.field(keyword));
        }
        best
    }

    /// What a text gives: the query's words in it, more for those in the query's order; as a share of the query or of the
    /// text, whichever has the larger part of its words in the other.
    fn field(&self, text: &str) -> f32 {
        let mut has: Vec<f32> = Vec::new();
        let (mut value, mut more, mut last) = (0.0, 0.0, usize::MAX - 1);
        let (mut matched, mut count) = (0, 0);
        each_word(text, &mut |word| {
            count += 1;
            let first = self.meant.partition_point(|meant| meant.word < word);
            let here = || self.meant[first..].iter().take_while(|meant| meant.word == word);
            let next = here().find(|meant| meant.at == last + 1);
            let Some(meant) = next.or_else(|| here().next()) else { return };
            matched += 1;
            if meant.at >= has.len() {
                has.resize(meant.at + 1, 0.0);
            }
            let better = meant.value - has[meant.at];
            if better > 0.0 {
                value += better;
                has[meant.at] += better;
                if meant.at == last + 1 {
                    more += meant.value;
                }
            }
            last = meant.at;
        });
        let cover = if matched > 3 { matched as f32 / count as f32 } else { 0.0 };
        let part = matched as f32 / count.max(1) as f32;
        let share = (value / self.full * (0.6 + 0.4 * part)).max(cover);
        TOGETHER * (value + 0.5 * more) * share
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

    fn exact(&self, word: &str, factor: f32) -> Vec<Found<'i>> {
        let found = self.from(word).next().filter(|(found, _)| *found == word);
        found.map(|(found, entries)| (found, entries, factor)).into_iter().collect()
    }

    fn longer(&self, word: &str) -> Vec<Found<'i>> {
        let longer = self.from(word).take_while(|(found, _)| found.starts_with(word));
        let longer = longer.filter(|(found, _)| found.len() > word.len()).take(64);
        // The more is left out, the less sure it is that this word was meant.
        let factor = |found: &str| 0.3 * word.len() as f32 / found.len() as f32;
        longer.map(|(found, entries)| (found, entries, factor(found))).collect()
    }

    /// Words with the same first letter that differ in one letter, or in two of a long word.
    fn misspelt(&self, word: &str) -> Vec<Found<'i>> {
        let first = word.chars().next().map_or(0, char::len_utf8);
        let limit = if word.len() >= 7 { 2 } else { 1 };
        let alike =
            self.from(&word[..first]).take_while(|(found, _)| found.starts_with(&word[..first]));
        let alike =
            alike.filter(|(found, _)| distance_within(word.as_bytes(), found.as_bytes(), limit));
        alike.map(|(found, entries)| (found, entries, 0.5)).collect()
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

    /// Gives each problem that has a word what it is worth there; what it is worth anywhere.
    fn give(&self, mut entries: Cursor<'_>, factor: f32, best: &mut [Worth]) -> f32 {
        let found = entries.num();
        let word = factor * rarity(self.count, found);
        let mut problem = 0;
        for _ in 0..found.min(self.count) {
            problem += entries.num();
            let place = word * entries.num() as f32 / UNIT;
            if let Some(best) = best.get_mut(problem) {
                *best = Worth { word: best.word.max(word), place: best.place.max(place) };
            }
        }
        word
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
    each_word(text, &mut |word| found.push(word.into()));
    found
}

fn each_word(text: &str, found: &mut dyn FnMut(&str)) {
    let lower = text.to_ascii_lowercase();
    for run in lower.split(|c| !is_letter(c)) {
        if run.is_empty() || STOP.contains(&run) {
            continue;
        }
        found(&stem(run));
        if run.contains('_') {
            run.split('_').filter(|part| part.len() > 2).for_each(|part| found(&stem(part)));
        }
    }
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
const STOP: [&str; 36] = [
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "but", "do", "does", "for", "from",
    "has", "how", "i", "in", "is", "isn", "it", "its", "my", "of", "on", "or", "s", "t", "the",
    "this", "to", "was", "what", "when", "why", "with",
];

/// A word without the endings that English gives it.
fn stem(word: &str) -> Cow<'_, str> {
    const ENDINGS: [(&str, &str); 6] =
        [("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", "")];
    let is_plain = word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !is_plain || word.ends_with("ss") {
        return Cow::Borrowed(word);
    }
    let is_it = |(end, _): &&(&str, &str)| word.len() >= end.len() + 3 && word.ends_with(end);
    let Some((end, keep)) = ENDINGS.iter().find(is_it) else { return Cow::Borrowed(word) };
    let stem = &word[..word.len() - end.len()];
    if *keep == "y" {
        return Cow::Owned(String::from(stem) + keep);
    }
    // What is kept of the others stands there already.
    Cow::Borrowed(&word[..stem.len() + keep.len()])
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
