//! A table in parts answers as the whole one does, whatever is pasted, and needs little of itself for it.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use pullmedic_core::{Kb, Sources, compile};
use pullmedic_pack::{Divided, Layers, Packed};
use pullmedic_table::parts::Parts;
use pullmedic_table::{Matcher, Options, Table, json};

static KB: LazyLock<Kb> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    compile(&Sources::read(&root.join("kb")).unwrap()).unwrap_or_else(|faults| panic!("{faults}"))
});
static PACKED: LazyLock<Packed> = LazyLock::new(|| Packed::new(&KB));
static DIVIDED: LazyLock<Divided> = LazyLock::new(|| PACKED.divide(&KB));

fn examples() -> impl Iterator<Item = &'static str> {
    KB.problems().iter().flat_map(|problem| &problem.examples).map(|example| example.text.as_str())
}

fn with_shards(core: &Parts<'static>, shards: &[usize]) -> Parts<'static> {
    let mut parts = core.clone();
    for shard in shards {
        parts.add(*shard, Table::from_bytes(&DIVIDED.shards[*shard]).unwrap()).unwrap();
    }
    parts
}

fn answer(matcher: &Matcher<'_>, text: &str) -> String {
    json::diagnosis(&matcher.diagnose(text, &Options::default()))
}

// Every example of the knowledge base, those that must find nothing too.
#[test]
fn parts_answer_as_the_whole_does() {
    let bytes = PACKED.bytes(Layers::Match);
    let whole = Matcher::new(Table::from_bytes(&bytes).unwrap());
    let core = Parts::new(Table::from_bytes(&DIVIDED.core).unwrap()).unwrap();
    let mut by_shards: BTreeMap<Vec<usize>, Vec<String>> = BTreeMap::new();
    // As they are, and in Markdown's emphasis.
    for text in examples().flat_map(|text| [text.to_owned(), format!("_{}_", text.trim_end())]) {
        by_shards.entry(core.needed(&text)).or_default().push(text);
    }
    let mut faults = Vec::new();
    let mut counts = Vec::new();
    for (needed, texts) in by_shards {
        let parts = with_shards(&core, &needed);
        let (words, strings) = parts.put_together();
        let matcher = Matcher::new(Table::from_parts(pullmedic_table::words(&words), &strings));
        for text in texts {
            if answer(&matcher, &text) != answer(&whole, &text) {
                faults.push(text.clone());
            }
            counts.push(needed.len());
            assert!(parts.needed(&text).is_empty(), "what was added is asked for again");
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), counts.len(), faults.join("\n---\n"));
    counts.sort_unstable();
    let (median, most) = (counts[counts.len() / 2], counts[counts.len() - 1]);
    println!("{} shards; for an example {median}, {most} at most", DIVIDED.shards.len());
    assert!(median <= 3 && most <= 16, "{median} shards for an example, {most} at most");
}

#[test]
fn a_whole_table_has_no_parts() {
    assert!(Parts::new(PACKED.table()).is_none());
}

// Damage is refused, or it makes a part that knows less; it never is a panic.
#[test]
fn damaged_parts() {
    let core = Parts::new(Table::from_bytes(&DIVIDED.core).unwrap()).unwrap();
    let text = examples().next().unwrap();
    let damaged = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 0x55;
        bytes
    };
    for at in (0..DIVIDED.core.len()).step_by(DIVIDED.core.len() / 199) {
        let bytes = damaged(&DIVIDED.core, at);
        if let Some(parts) = Table::from_bytes(&bytes).ok().and_then(Parts::new) {
            parts.needed(text);
        }
    }
    let shard = &DIVIDED.shards[0];
    for at in (0..shard.len()).step_by(shard.len() / 199 + 1) {
        let bytes = damaged(shard, at);
        let mut parts = core.clone();
        if Table::from_bytes(&bytes).and_then(|shard| parts.add(0, shard)).is_ok() {
            let (words, strings) = parts.put_together();
            answer(
                &Matcher::new(Table::from_parts(pullmedic_table::words(&words), &strings)),
                text,
            );
        }
    }
    assert!(
        core.clone().add(DIVIDED.shards.len(), Table::from_bytes(shard).unwrap()).is_err(),
        "there is no such shard"
    );
}
