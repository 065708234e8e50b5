//! Bytes that readers load, gzipped: the wasm module, the layers of the table, and what of them a first answer waits for.
//!
//! Fails when more is loaded than we promise.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use pullmedic_bench::{first_answer::FirstAnswer, kb};
use pullmedic_core::{Kb, Sources, compile};
use pullmedic_pack::{Layers, Packed};

/// Messages of a made-up problem: as many as those of the knowledge base have.
const MESSAGES: usize = 4;
/// The parts of a table, for each symptom.
const PER_SYMPTOM: usize = 60;
/// What a page of the site is besides its table: markup, styles, scripts; `tests/site` measures it with everything else.
const PAGE: usize = 24 * 1000;
/// Made-up problems, and the bytes until the first answer.
const BUDGETS: [(usize, usize); 2] = [(1_000, 100 * 1000), (10_000, 250 * 1000)];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let own = compile(&Sources::read(&root.join("kb"))?)?;
    let module = gzipped(include_bytes!("../../../site/assets/pullmedic.wasm"));
    let mut out = io::stdout().lock();
    writeln!(out, "wasm module {module}; the rest of a page, at most {PAGE}")?;
    let head = "problems | symptoms | whole | search | match | core and shards | core | shards | median | most";
    writeln!(out, "\n| {head} | first answer |\n|{}", "---|".repeat(11))?;
    let answer = report(&mut out, &own)?;
    let symptoms = own.problems().iter().map(|problem| problem.symptoms.len()).sum::<usize>();
    assert!(answer.all() < PER_SYMPTOM * symptoms, "{} for {symptoms} symptoms", answer.all());
    for (problems, budget) in BUDGETS {
        let answer = report(&mut out, &kb::made_up(problems * MESSAGES, MESSAGES)?)?;
        let bytes = PAGE + module + answer.core + answer.median().1;
        assert!(bytes < budget, "{bytes} bytes with {problems} problems");
    }
    Ok(())
}

/// Writes a row for a knowledge base.
fn report(out: &mut impl Write, kb: &Kb) -> io::Result<FirstAnswer> {
    let packed = Packed::new(kb);
    let size = |layers| gzipped(&packed.bytes(layers));
    let answer = FirstAnswer::new(kb, &packed, gzipped);
    let symptoms = kb.problems().iter().map(|problem| problem.symptoms.len()).sum::<usize>();
    let of = |(count, bytes): (usize, usize)| format!("{count}: {bytes}");
    let row = [
        kb.problems().len().to_string(),
        symptoms.to_string(),
        size(Layers::All).to_string(),
        size(Layers::Search).to_string(),
        size(Layers::Match).to_string(),
        answer.all().to_string(),
        answer.core.to_string(),
        answer.shards.len().to_string(),
        of(answer.median()),
        of(answer.most()),
        (answer.core + answer.median().1).to_string(),
    ];
    writeln!(out, "| {} |", row.join(" | "))?;
    Ok(answer)
}

/// Writing to memory doesn't fail.
fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(0, |packed| packed.len())
}
