//! Whether time stays linear on inputs built to hurt: milliseconds per MiB, at sizes that double. Texts up to 1 MiB are read
//! whole, longer ones through the sieve: each reading is compared with itself.
//!
//! `PULLMEDIC_BENCH_MOST` is the largest size in MiB (64); a row ends when a diagnosis is expected to take more than
//! `PULLMEDIC_BENCH_LIMIT` seconds (60).

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};

use pullmedic_bench::engine::Engine;
use pullmedic_bench::race::cpu;
use pullmedic_bench::{hurt, settings};

/// More than this from a reading's smallest to its largest size isn't flat.
const FLAT: f64 = 2.0;
/// The smallest size, the largest that is read whole, and the first that isn't, in KiB.
const SMALLEST: usize = 256;
const WHOLE: usize = 1024;
const SIEVED: usize = 2 * WHOLE;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let most = settings::number("PULLMEDIC_BENCH_MOST", 64usize) * 1024;
    let doubled = |from: usize, to: usize| {
        std::iter::successors(Some(from), |size| Some(2 * size)).take_while(move |size| *size <= to)
    };
    let whole: Vec<usize> = doubled(SMALLEST, WHOLE).collect();
    let sieved: Vec<usize> = doubled(SIEVED, most).collect();
    let head: Vec<String> = whole.iter().chain(&sieved).map(|size| named(*size)).collect();
    writeln!(out, "CPU milliseconds per MiB\n\n| | {} | whole | sieved |", head.join(" | "))?;
    writeln!(out, "|---{}|", "|---".repeat(head.len() + 2))?;
    let engine = Engine::new(pullmedic::TABLE);
    for (name, unit) in hurt::UNITS {
        let readings = [&whole, &sieved].map(|sizes| (row(&engine, unit, sizes), sizes.len()));
        let cells: Vec<String> =
            readings.iter().flat_map(|(times, len)| cells(times, *len)).collect();
        let verdicts = readings.map(|(times, len)| verdict(&times, len));
        writeln!(out, "| {name} | {} | {} |", cells.join(" | "), verdicts.join(" | "))?;
        out.flush()?;
    }
    Ok(())
}

fn named(size: usize) -> String {
    if size < 1024 { format!("{size} KiB") } else { format!("{} MiB", size / 1024) }
}

fn cells(times: &[f64], len: usize) -> impl Iterator<Item = String> + '_ {
    (0..len).map(|i| times.get(i).map_or("-".to_owned(), |ms| format!("{ms:.1}")))
}

/// How the time per MiB grew from the first size to the last one.
fn verdict(times: &[f64], len: usize) -> String {
    let growth = times.last().unwrap_or(&0.0) / times.first().unwrap_or(&1.0).max(0.01);
    let is_flat = growth < FLAT && times.len() == len;
    format!("{growth:.2} {}", if is_flat { "flat" } else { "NOT FLAT" })
}

/// Milliseconds per MiB at each size (in KiB), as far as the limit allows.
fn row(engine: &Engine<'_>, unit: &str, sizes: &[usize]) -> Vec<f64> {
    let limit = settings::number("PULLMEDIC_BENCH_LIMIT", 60.0) * 1000.0;
    let mut times: Vec<f64> = Vec::new();
    for size in sizes {
        let growth = match times.as_slice() {
            [.., before, last] => 2.0 * last / before.max(0.01),
            [_] => 4.0,
            [] => 0.0,
        };
        let mib = *size as f64 / 1024.0;
        let last = times.last().copied().unwrap_or_default() * mib / 2.0;
        if last * growth > limit {
            break;
        }
        let text = hurt::repeated(unit, size << 10);
        let before = cpu(false);
        black_box(engine.diagnose(&text));
        times.push((cpu(false) - before).as_secs_f64() * 1000.0 / mib);
    }
    times
}
