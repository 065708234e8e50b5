//! Bytes that readers load: the wasm module, and of the table what recognition needs, gzipped.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use pullmedic_core::{Kb, Sources, SymptomKind, compile};
use pullmedic_pack::{Layers, Packed};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kb = compile(&Sources::read(&root.join("kb"))?)?;
    let packed = Packed::new(&kb);
    let (messages, all) = symptoms(&kb);
    let module = include_bytes!("../../../site/assets/pullmedic.wasm");
    let mut out = io::stdout().lock();
    writeln!(out, "| | bytes | gzipped |\n|---|---|---|")?;
    writeln!(out, "| wasm module | {} | {} |", module.len(), gzipped(module)?)?;
    for (name, layers) in [("match layer", Layers::Match), ("whole table", Layers::All)] {
        let bytes = packed.bytes(layers);
        writeln!(out, "| {name} | {} | {} |", bytes.len(), gzipped(&bytes)?)?;
    }
    let size = gzipped(&packed.bytes(Layers::Match))? as f64;
    writeln!(
        out,
        "\n{} problems, {all} symptoms, {messages} of them messages or codes: {:.1} bytes gzipped of the match layer \
         per symptom, {:.1} per message or code",
        kb.problems().len(),
        size / all as f64,
        size / messages as f64
    )?;
    Ok(())
}

/// Messages and codes, and all symptoms.
fn symptoms(kb: &Kb) -> (usize, usize) {
    let all: Vec<_> = kb.problems().iter().flat_map(|problem| &problem.symptoms).collect();
    let is_text = |kind: &SymptomKind| !matches!(kind, SymptomKind::Observation(_));
    (all.iter().filter(|symptom| is_text(&symptom.kind)).count(), all.len())
}

fn gzipped(bytes: &[u8]) -> io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
