//! Whether time stays linear on inputs built to hurt: milliseconds per MiB, at sizes that double.
//!
//! `PULLMEDIC_BENCH_MOST` is the largest size in MiB (64); a row ends when a diagnosis is expected to take more than
//! `PULLMEDIC_BENCH_LIMIT` seconds (20).

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};

use pullmedic_bench::engine::Engine;
use pullmedic_bench::race::cpu;
use pullmedic_bench::{hurt, settings};

/// More than this from the smallest to the largest size isn't flat.
const FLAT: f64 = 2.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let most: usize = settings::number("PULLMEDIC_BENCH_MOST", 64);
    let sizes: Vec<usize> = (0..=most.ilog2()).map(|power| 1 << power).collect();
    let head: Vec<String> = sizes.iter().map(|size| format!("{size} MiB")).collect();
    writeln!(out, "CPU milliseconds per MiB\n\n| | {} | last ÷ first |", head.join(" | "))?;
    writeln!(out, "|---{}|", "|---".repeat(sizes.len() + 1))?;
    let engine = Engine::new(pullmedic::TABLE);
    for (name, unit) in hurt::UNITS {
        let times = row(&engine, unit, &sizes);
        let cells =
            (0..sizes.len()).map(|i| times.get(i).map_or("-".to_owned(), |ms| format!("{ms:.1}")));
        let growth = times.last().unwrap_or(&0.0) / times.first().unwrap_or(&1.0).max(0.01);
        let is_flat = growth < FLAT && times.len() == sizes.len();
        let verdict = if is_flat { "flat" } else { "NOT FLAT" };
        writeln!(
            out,
            "| {name} | {} | {growth:.2} {verdict} |",
            cells.collect::<Vec<_>>().join(" | ")
        )?;
        out.flush()?;
    }
    Ok(())
}

/// Milliseconds per MiB at each size, as far as the limit allows.
fn row(engine: &Engine<'_>, unit: &str, sizes: &[usize]) -> Vec<f64> {
    let limit = settings::number("PULLMEDIC_BENCH_LIMIT", 20.0) * 1000.0;
    let mut times: Vec<f64> = Vec::new();
    for size in sizes {
        let growth = match times.as_slice() {
            [.., before, last] => 2.0 * last / before.max(0.01),
            [_] => 4.0,
            [] => 0.0,
        };
        let last = times.last().copied().unwrap_or_default() * (*size as f64) / 2.0;
        if last * growth > limit {
            break;
        }
        let text = hurt::repeated(unit, size << 20);
        let before = cpu(false);
        black_box(engine.diagnose(&text));
        times.push((cpu(false) - before).as_secs_f64() * 1000.0 / *size as f64);
    }
    times
}
