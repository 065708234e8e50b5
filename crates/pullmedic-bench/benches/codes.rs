//! Looking up a code: the table beside a perfect hash map made of the same codes, as ratios.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Duration;

use pullmedic_bench::race::cpu;

const ROUNDS: usize = 9;
const TIMES: usize = 200;

type Map = phf::Map<&'static str, usize>;

fn main() -> Result<(), Box<dyn Error>> {
    let codes: Vec<&'static str> = pullmedic::TABLE.codes().map(|code| code.code()).collect();
    let misses: Vec<String> = codes.iter().map(|code| format!("{code}0")).collect();
    let misses: Vec<&str> = misses.iter().map(String::as_str).collect();
    let map = map(&codes);
    let own = |code: &str| pullmedic::by_code(code).next().map(|p| p.index());
    let exact = |code: &str| map.get(code).copied();
    let folded = |code: &str| map.get(code.to_ascii_uppercase().as_str()).copied();
    let mut out = io::stdout().lock();
    writeln!(out, "{} codes; ns per look-up\n", codes.len())?;
    writeln!(
        out,
        "| | engine | phf, exact | phf, any case | engine ÷ phf, any case |\n|---|---|---|---|---|"
    )?;
    for (name, keys) in [("there", &codes), ("not there", &misses)] {
        let times = medians(keys, &[&own, &exact, &folded]);
        let ratio = times[0] / times[2].max(0.01);
        writeln!(
            out,
            "| {name} | {:.0} | {:.0} | {:.0} | {ratio:.2} × the time |",
            times[0], times[1], times[2]
        )?;
    }
    Ok(())
}

/// What `phf_map!` would have generated.
fn map(codes: &[&'static str]) -> Map {
    let state = phf_generator::generate_hash(codes);
    let entries: Vec<(&'static str, usize)> = state.map.iter().map(|i| (codes[*i], *i)).collect();
    phf::Map { key: state.key, disps: state.disps.leak(), entries: entries.leak() }
}

type LookUp<'l> = &'l dyn Fn(&str) -> Option<usize>;

/// Nanoseconds per look-up, in interleaved rounds.
fn medians(keys: &[&str], ways: &[LookUp<'_>]) -> Vec<f64> {
    let mut rounds: Vec<Vec<Duration>> = vec![Vec::new(); ways.len()];
    for _ in 0..ROUNDS {
        for (way, times) in ways.iter().zip(&mut rounds) {
            let before = cpu(false);
            for key in keys.iter().cycle().take(keys.len() * TIMES) {
                black_box(way(black_box(key)));
            }
            times.push(cpu(false) - before);
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[ROUNDS / 2].as_secs_f64() * 1e9 / (keys.len() * TIMES) as f64
    };
    rounds.iter_mut().map(median).collect()
}
