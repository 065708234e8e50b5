//! What of a table a page loads until a paste has its answer: the core, and the shards that the paste needs.

use pullmedic_core::{Expectation, Kb};
use pullmedic_pack::{Divided, Packed};
use pullmedic_table::Table;
use pullmedic_table::parts::Parts;

use crate::log::{Kind, Log};

/// Of a longer list of examples, about so many are tried.
const PASTES: usize = 400;
/// Bytes of other people's log lines before the error.
const NOISE: usize = 3 << 10;

/// A table's parts, and what pastes need of them.
#[derive(Debug)]
pub struct FirstAnswer {
    /// Bytes of the core.
    pub core: usize,
    /// Bytes of each shard.
    pub shards: Vec<usize>,
    /// For each paste how many shards it needs, and how many bytes they are; in order of the bytes.
    pub pastes: Vec<(usize, usize)>,
}

impl FirstAnswer {
    /// Measures with `size`, which packs bytes as a web host does. A paste is some lines of a log that have nothing to do
    /// with it, then an example of the knowledge base.
    pub fn new(kb: &Kb, packed: &Packed, size: impl Fn(&[u8]) -> usize) -> FirstAnswer {
        let Divided { core, shards, .. } = packed.divide(kb);
        let shards: Vec<usize> = shards.iter().map(|shard| size(shard)).collect();
        let core_parts = Table::from_bytes(&core).ok().and_then(Parts::new);
        let needs = |paste: String| {
            let needed = core_parts.iter().flat_map(|parts| parts.needed(&paste));
            needed.fold((0, 0), |(count, bytes), shard| (count + 1, bytes + shards[shard]))
        };
        let mut pastes: Vec<(usize, usize)> = pastes(kb).map(needs).collect();
        pastes.sort_unstable_by_key(|(count, bytes)| (*bytes, *count));
        FirstAnswer { core: size(&core), pastes, shards }
    }

    /// The shards of the paste in the middle: how many, and how many bytes.
    pub fn median(&self) -> (usize, usize) {
        self.pastes.get(self.pastes.len() / 2).copied().unwrap_or_default()
    }

    /// The shards of the paste that needs most.
    pub fn most(&self) -> (usize, usize) {
        self.pastes.last().copied().unwrap_or_default()
    }

    /// The core and all shards.
    pub fn all(&self) -> usize {
        self.core + self.shards.iter().sum::<usize>()
    }
}

fn pastes(kb: &Kb) -> impl Iterator<Item = String> {
    let noise = Log::new(Kind::Mixed, &[], NOISE).text;
    let examples = || {
        let all = kb.problems().iter().flat_map(|problem| &problem.examples);
        all.filter(|example| matches!(example.expect, Expectation::Found { .. }))
    };
    let step = examples().count().div_ceil(PASTES).max(1);
    examples().step_by(step).map(move |example| format!("{noise}{}", example.text))
}
