//! A table divided into a core and shards, for readers who shouldn't wait for all of it.
//!
//! 1. Each problem gets its keys: for each symptom that can make a finding, the gram that the fewest other problems'
//!    examples have, or the pair of grams where that is many. A problem with a symptom too short for one goes to the core.
//! 2. Problems are clustered: those that the same examples need, or that name the same patterns, go together, as long as
//!    there is room. What is left over goes with its neighbours by id.
//! 3. Each cluster becomes a shard with its own patterns. What many shards name is in the core, with what every text
//!    needs: providers, registries, placeholders, terms, and the front, which knows the shards' keys.
//!
//! `tests/parts.rs` proves that no example of the knowledge base comes out differently.

use std::collections::{BTreeMap, BTreeSet};

use pullmedic_core::Kb;
use pullmedic_table::format::{HEADER_WORDS, Layer, Record, Section, assemble, encode};
use pullmedic_table::parts::Members;
use pullmedic_table::{
    Key, Table, encode_front, key_candidates, patterns_of, shared_patterns, text_grams,
};

use crate::Packed;
use crate::layout::without_synonyms;

/// A table in parts, each for [`pullmedic_table::parts::Parts`].
#[derive(Debug, Clone)]
pub struct Divided {
    /// What every text needs.
    pub core: Vec<u8>,
    /// So many bytes of the core are its head and its front, which alone tell what a text needs.
    pub front: usize,
    /// What some do, by number.
    pub shards: Vec<Vec<u8>>,
}

/// Bytes of a shard: the more, the fewer are needed and the less of each is.
const ROOM: usize = 4 << 10;
/// Patterns that so many shards name are in the core.
const COMMON: usize = 4;
/// A gram that so many examples of others have is half a key, where so many pairs share each half.
const SHARED: usize = 8;
const WORTH: usize = 8;
/// What so many problems have in common says little of any two of them.
const CROWD: usize = 26;

impl Packed {
    /// The match layer in parts.
    pub fn divide(&self, kb: &Kb) -> Divided {
        let table = self.table();
        let examples = examples(kb);
        let keys = keys(&key_candidates(table), &examples);
        let patterns: Vec<Vec<usize>> = table.problems().map(patterns_of).collect();
        let in_core: Vec<usize> = places(&keys, |keys| keys.is_none());
        let shards = clusters(table, &keys, &patterns, &examples);
        let common = common_patterns(table, &patterns, &in_core, &shards);
        let of_shard = |shard: &Vec<usize>| -> Vec<Key> {
            shard.iter().flat_map(|problem| keys[*problem].iter().flatten().copied()).collect()
        };
        let front = encode_front(&shards.iter().map(of_shard).collect::<Vec<_>>());
        let writer = Writer::new(kb, table, shards.len());
        let own = |shard: &Vec<usize>| {
            let named = shard.iter().flat_map(|problem| patterns[*problem].iter());
            named.copied().filter(|pattern| !common.contains(pattern)).collect()
        };
        Divided {
            front: 4 * (1 + HEADER_WORDS + front.len()),
            shards: shards.iter().map(|shard| writer.part(shard, &own(shard), &[])).collect(),
            core: writer.part(&in_core, &common, &front),
        }
    }
}

/// A problem's keys; none when one of its symptoms has no candidate.
type Keys = Option<Vec<Key>>;

fn places<T>(all: &[T], is_wanted: impl Fn(&T) -> bool) -> Vec<usize> {
    all.iter().enumerate().filter(|(_, one)| is_wanted(one)).map(|(place, _)| place).collect()
}

/// The grams of each problem's examples.
fn examples(kb: &Kb) -> Vec<Vec<Vec<u64>>> {
    let of_problem = |problem: &pullmedic_core::Problem| {
        problem.examples.iter().map(|example| text_grams(&example.text)).collect()
    };
    kb.problems().iter().map(of_problem).collect()
}

/// For each problem and each symptom the rarest candidate, which the fewest examples of others have, or a pair of them. A
/// pair costs more than a gram alone, unless its halves are those of other pairs too.
fn keys(candidates: &[Vec<Vec<u64>>], examples: &[Vec<Vec<u64>>]) -> Vec<Keys> {
    let places = Places::new(candidates, examples);
    let of_problem = |(problem, candidates): (usize, &Vec<Vec<u64>>)| -> Keys {
        candidates.iter().map(|grams| places.key(problem, grams)).collect()
    };
    let mut all: Vec<Keys> = candidates.iter().enumerate().map(of_problem).collect();
    let mut uses: BTreeMap<u64, usize> = BTreeMap::new();
    for gram in all.iter().flatten().flatten().filter(|[a, b]| a != b).flatten() {
        *uses.entry(*gram).or_default() += 1;
    }
    for keys in all.iter_mut().flatten() {
        for key in keys.iter_mut() {
            if key.iter().any(|gram| uses.get(gram) < Some(&WORTH)) {
                key[1] = key[0];
            }
            key.sort_unstable();
        }
        keys.sort_unstable();
        keys.dedup();
    }
    all
}

/// In which examples candidates stand.
struct Places<'e> {
    /// Examples as the place of their problem and their grams.
    examples: Vec<(usize, &'e [u64])>,
    of: BTreeMap<u64, Vec<usize>>,
}

impl<'e> Places<'e> {
    fn new(candidates: &[Vec<Vec<u64>>], examples: &'e [Vec<Vec<u64>>]) -> Self {
        let of_problem = |(problem, examples): (usize, &'e Vec<Vec<u64>>)| {
            examples.iter().map(move |grams| (problem, grams.as_slice()))
        };
        let examples: Vec<(usize, &[u64])> =
            examples.iter().enumerate().flat_map(of_problem).collect();
        let mut of: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        of.extend(candidates.iter().flatten().flatten().map(|gram| (*gram, Vec::new())));
        for (place, (_, grams)) in examples.iter().enumerate() {
            for gram in *grams {
                of.entry(*gram).and_modify(|places| places.push(place));
            }
        }
        Places { examples, of }
    }

    /// The key of a symptom with these candidates, the rarest first.
    fn key(&self, problem: usize, candidates: &[u64]) -> Option<Key> {
        let own = |gram: u64| self.count(gram, |other| other == problem);
        let others = |gram: u64| self.count(gram, |other| other != problem);
        // Of two that others have as rarely, that which tells more symptoms of the same problem.
        let cost = |gram: &&u64| (others(**gram), usize::MAX - own(**gram));
        let first = *candidates.iter().min_by_key(cost)?;
        let second = match others(first) {
            ..SHARED => first,
            _ => self.second(problem, first, candidates),
        };
        Some([first, second])
    }

    fn count(&self, gram: u64, is_counted: impl Fn(usize) -> bool) -> usize {
        self.of[&gram].iter().filter(|place| is_counted(self.examples[**place].0)).count()
    }

    /// The candidate that the fewest of others' examples have that have the first.
    fn second(&self, problem: usize, first: u64, candidates: &[u64]) -> u64 {
        let mut counts: BTreeMap<u64, usize> = candidates.iter().map(|gram| (*gram, 0)).collect();
        let examples = self.of[&first].iter().map(|place| self.examples[*place]);
        for (_, grams) in examples.filter(|(other, _)| *other != problem) {
            for (gram, count) in &mut counts {
                *count += usize::from(grams.binary_search(gram).is_ok());
            }
        }
        counts.into_iter().min_by_key(|(_, count)| *count).map_or(first, |(gram, _)| gram)
    }
}

/// Problems that belong together, each cluster in order, in the order of their first problems.
fn clusters(
    table: Table<'_>,
    keys: &[Keys],
    patterns: &[Vec<usize>],
    examples: &[Vec<Vec<u64>>],
) -> Vec<Vec<usize>> {
    let sizes = sizes(table, patterns);
    let mut forest = Forest { sizes, parents: (0..keys.len()).collect() };
    for (a, b) in pairs(keys, patterns, examples) {
        forest.join(a, b);
    }
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for problem in places(keys, |keys| keys.as_ref().is_some_and(|keys| !keys.is_empty())) {
        clusters.entry(forest.root(problem)).or_default().push(problem);
    }
    let mut shards: Vec<(usize, Vec<usize>)> = Vec::new();
    for (root, cluster) in clusters {
        let size = forest.sizes[root];
        match shards.last_mut().filter(|(last, _)| last + size <= ROOM) {
            Some((last, shard)) => {
                *last += size;
                shard.extend(cluster);
            }
            None => shards.push((size, cluster)),
        }
    }
    let sorted = |(_, mut shard): (usize, Vec<usize>)| {
        shard.sort_unstable();
        shard
    };
    shards.into_iter().map(sorted).collect()
}

/// About how many bytes each problem is, with the patterns that it names.
fn sizes(table: Table<'_>, patterns: &[Vec<usize>]) -> Vec<usize> {
    let (records, texts) = (table.raw(Section::Problems), table.raw(Section::Patterns));
    let size = |(record, patterns): (&Record, &Vec<usize>)| {
        record.size() + patterns.iter().map(|pattern| texts[*pattern].size()).sum::<usize>()
    };
    records.iter().zip(patterns).map(size).collect()
}

/// Pairs of problems that have something in common, those with the most first.
fn pairs(
    keys: &[Keys],
    patterns: &[Vec<usize>],
    examples: &[Vec<Vec<u64>>],
) -> Vec<(usize, usize)> {
    let by_key = by_first(keys);
    let by_pattern = turned(patterns.iter().map(Vec::as_slice));
    let mut weights: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut note = |group: &BTreeSet<usize>, weight: usize| {
        for a in group.iter().filter(|_| group.len() <= CROWD) {
            group.range(a + 1..).for_each(|b| *weights.entry((*a, *b)).or_default() += weight);
        }
    };
    for grams in examples.iter().flatten() {
        let keys = grams.iter().filter_map(|gram| by_key.get(gram)).flatten();
        let needed = keys.filter(|(second, _)| grams.binary_search(second).is_ok());
        note(&needed.map(|(_, problem)| *problem).collect(), 4);
    }
    for group in by_pattern.values() {
        note(group, 1);
    }
    let mut pairs: Vec<_> = weights.into_iter().collect();
    pairs.sort_by_key(|(pair, weight)| (std::cmp::Reverse(*weight), *pair));
    pairs.into_iter().map(|(pair, _)| pair).collect()
}

/// The second grams of keys and their problems, by the first.
fn by_first(keys: &[Keys]) -> BTreeMap<u64, Vec<(u64, usize)>> {
    let mut all: BTreeMap<u64, Vec<(u64, usize)>> = BTreeMap::new();
    for (problem, keys) in keys.iter().enumerate() {
        for [first, second] in keys.iter().flatten() {
            all.entry(*first).or_default().push((*second, problem));
        }
    }
    all
}

/// Who has each.
fn turned<'l, T: Copy + Ord + 'l>(
    lists: impl Iterator<Item = &'l [T]>,
) -> BTreeMap<T, BTreeSet<usize>> {
    let mut turned: BTreeMap<T, BTreeSet<usize>> = BTreeMap::new();
    for (place, list) in lists.enumerate() {
        for one in list {
            turned.entry(*one).or_default().insert(place);
        }
    }
    turned
}

/// Clusters, each known by its first member.
struct Forest {
    parents: Vec<usize>,
    /// Of each cluster, at its first member.
    sizes: Vec<usize>,
}

impl Forest {
    fn root(&self, mut one: usize) -> usize {
        while self.parents[one] != one {
            one = self.parents[one];
        }
        one
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b && self.sizes[a] + self.sizes[b] <= ROOM {
            let (first, second) = (a.min(b), a.max(b));
            self.parents[second] = first;
            self.sizes[first] += self.sizes[second];
        }
    }
}

/// What every text needs, what the core's own problems name, and what many shards do.
fn common_patterns(
    table: Table<'_>,
    patterns: &[Vec<usize>],
    in_core: &[usize],
    shards: &[Vec<usize>],
) -> BTreeSet<usize> {
    let named = |problems: &[usize]| -> BTreeSet<usize> {
        problems.iter().flat_map(|problem| patterns[*problem].iter().copied()).collect()
    };
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for pattern in shards.iter().flat_map(|shard| named(shard)) {
        *counts.entry(pattern).or_default() += 1;
    }
    let common = counts.into_iter().filter(|(_, count)| *count >= COMMON);
    let common = common.map(|(pattern, _)| pattern);
    shared_patterns(table).into_iter().chain(named(in_core)).chain(common).collect()
}

/// The records of the whole table, save for what is only searched.
struct Writer {
    sections: BTreeMap<usize, Vec<Record>>,
    shards: usize,
}

/// What the core has whole.
const WHOLE: [Section; 4] =
    [Section::Providers, Section::Registries, Section::Placeholders, Section::Terms];

impl Writer {
    fn new(kb: &Kb, table: Table<'_>, shards: usize) -> Self {
        let all = WHOLE.into_iter().chain([Section::Patterns, Section::Problems]);
        let all = all.map(|section| (section, table.raw(section))).chain(without_synonyms(kb));
        let sections = all.map(|(section, records)| (section as usize, records)).collect();
        Writer { sections, shards }
    }

    fn records(&self, section: Section) -> &[Record] {
        &self.sections[&(section as usize)]
    }

    /// A part with these problems and patterns; with a front it is the core.
    fn part(&self, problems: &[usize], patterns: &BTreeSet<usize>, front: &[u32]) -> Vec<u8> {
        let [all_patterns, all_problems] =
            [Section::Patterns, Section::Problems].map(|section| self.records(section).len());
        let members = Members {
            totals: [all_patterns, all_problems, self.shards],
            patterns: patterns.iter().copied().collect(),
            problems: problems.to_vec(),
        };
        let pick = |section, numbers: &[usize]| -> Vec<Record> {
            numbers.iter().map(|number| self.records(section)[*number].clone()).collect()
        };
        let whole = WHOLE.iter().filter(|_| !front.is_empty());
        let front = front.iter().flat_map(|word| word.to_le_bytes()).collect();
        let mut strings = String::new();
        let mut sections: Vec<(Section, Vec<u8>)> = vec![(Section::Front, front)];
        let records = whole
            .map(|section| (*section, self.records(*section).to_vec()))
            .chain([
                (Section::Patterns, pick(Section::Patterns, &members.patterns)),
                (Section::Problems, pick(Section::Problems, &members.problems)),
                (Section::Members, vec![members.record()]),
            ])
            .map(|(section, records)| (section, encode(Layer::Match, &records, &mut strings)));
        sections.extend(records);
        crate::table(&assemble(&sections), &strings).to_bytes()
    }
}
