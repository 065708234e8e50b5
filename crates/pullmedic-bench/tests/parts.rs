//! A large table in parts answers as the whole one does, and a message needs few of them, though its phrases are in
//! hundreds of others: its key is two pieces of it (`pullmedic-pack/tests/parts.rs` has the knowledge base, which needs none).

use pullmedic_bench::catalogue;
use pullmedic_core::{Kb, Sources, compile};
use pullmedic_pack::{Divided, Layers, Packed};
use pullmedic_table::parts::Parts;
use pullmedic_table::{Matcher, Options, Table, json};

const PROBLEMS: usize = 1_000;
/// Of the examples, so many are diagnosed; of all it is seen which shards they need.
const DIAGNOSED: usize = 40;
/// Lines around a message.
const LOG: &str =
    "#7 [build 3/9] RUN make\nerror: failed to solve: process did not complete: exit code: 1\n";

fn examples(kb: &Kb) -> Vec<&str> {
    let all = kb.problems().iter().flat_map(|problem| &problem.examples);
    all.map(|example| example.text.as_str()).collect()
}

fn answer(table: Table<'_>, text: &str) -> String {
    json::diagnosis(&Matcher::new(table).diagnose(text, &Options::default()))
}

#[test]
fn a_message_of_shared_phrases_needs_few_shards() {
    let kb = compile(&Sources::from_files(catalogue::files(PROBLEMS))).unwrap();
    let packed = Packed::new(&kb);
    let Divided { core, shards, .. } = packed.divide(&kb);
    let whole = packed.bytes(Layers::Match);
    let whole = Table::from_bytes(&whole).unwrap();
    let core = Parts::new(Table::from_bytes(&core).unwrap()).unwrap();

    let examples = examples(&kb);
    let mut counts: Vec<usize> =
        examples.iter().map(|text| core.needed(&format!("{LOG}{text}\n{LOG}")).len()).collect();
    counts.sort_unstable();
    let (median, most) = (counts[counts.len() / 2], counts[counts.len() - 1]);
    println!("{} shards; for a message {median}, {most} at most", shards.len());
    assert!(median <= 2 && most <= 6, "{median} shards for a message, {most} at most");

    for text in examples.iter().step_by(examples.len() / DIAGNOSED) {
        let mut parts = core.clone();
        for shard in core.needed(text) {
            parts.add(shard, Table::from_bytes(&shards[shard]).unwrap()).unwrap();
        }
        let (words, strings) = parts.put_together();
        assert_eq!(
            answer(Table::from_parts(pullmedic_table::words(&words), &strings), text),
            answer(whole, text),
            "{text}"
        );
    }
}
