//! The engine beside its peers, on three logs, at several numbers of templates.
//!
//! 1. `measure` makes the templates, their table and the logs; whatever can't take part says why;
//! 2. every log is a race; the mixed one also shows whether everybody finds the planted lines, and nobody anything else;
//! 3. `report` prints one table per number of templates, and how far the goals are.
//!
//! `PULLMEDIC_BENCH_SETS` (default `today,200,2000,20000`), `_MIB` per log (32; the near misses get a quarter),
//! `_ROUNDS` (3) and `_LIMIT` seconds per round (20; slower ones are estimated from 4 MiB). `_PEERS` are parts of the names of
//! those that take part (all).

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use pullmedic_bench::engine::Engine;
use pullmedic_bench::log::{Kind, Log};
use pullmedic_bench::race::{Rules, Scanner, Time, race};
use pullmedic_bench::template::Template;
use pullmedic_bench::{kb, peers, settings};
use pullmedic_table::Table;

const LOGS: [(&str, Kind, usize); 3] =
    [("mixed", Kind::Mixed, 1), ("hostile", Kind::Hostile, 1), ("near", Kind::Near, 4)];

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let mut all_agree = true;
    for set in settings::words("PULLMEDIC_BENCH_SETS", "today,200,2000,20000") {
        let (report, agree) = match set.as_str() {
            // Its findings depend on more than the message, so what it reports differs on purpose.
            "today" => (measure(&set, pullmedic::TABLE)?.0, true),
            count => measure(&set, kb::packed(count.parse()?)?.table())?,
        };
        out.write_all(report.as_bytes())?;
        out.flush()?;
        all_agree &= agree;
    }
    if all_agree { Ok(()) } else { Err("not everybody found the same lines".into()) }
}

/// The report on one table, and whether all found the planted lines and no others.
fn measure(set: &str, table: Table<'_>) -> Result<(String, bool), Box<dyn Error>> {
    let templates = Template::all(table);
    let mut report = format!("\n## {set}: {} templates\n\n", templates.len());
    let mut scanners: Vec<Box<dyn Scanner + '_>> = vec![Box::new(Engine::new(table))];
    let wanted = settings::words("PULLMEDIC_BENCH_PEERS", "");
    let is_wanted = |name: &str| wanted.iter().any(|word| name.contains(word.as_str()));
    for (name, make) in peers::makers().into_iter().filter(|(name, _)| is_wanted(name)) {
        match make(&templates) {
            Ok(scanner) => scanners.push(scanner),
            Err(why) => {
                writeln!(report, "- {name} doesn't take part: {}", first_line(&why.to_string()))?
            }
        }
    }
    let mib = settings::number("PULLMEDIC_BENCH_MIB", 32.0);
    let rules = Rules {
        rounds: settings::number("PULLMEDIC_BENCH_ROUNDS", 3),
        limit: Duration::from_secs_f64(settings::number("PULLMEDIC_BENCH_LIMIT", 20.0)),
    };
    let mut results = Vec::new();
    for (_, kind, share) in LOGS {
        let log = Log::new(kind, &templates, (mib * 1_048_576.0) as usize / share);
        results.push((log.text.len(), race(&mut scanners, &log, rules)));
    }
    let peers: Vec<_> =
        scanners.iter().zip(&results[0].1).filter(|(s, _)| !s.is_reference()).collect();
    let agree = peers.iter().all(|(_, time)| time.extra == 0 && time.missing == 0);
    rows(&mut report, &scanners, &results)?;
    goals(&mut report, &scanners, &results)?;
    Ok((report, agree))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(120).collect()
}

/// One row per scanner: GB/s, and how many times faster the engine is.
fn rows(
    report: &mut String,
    scanners: &[Box<dyn Scanner + '_>],
    results: &[(usize, Vec<Time>)],
) -> std::fmt::Result {
    report.push_str("| | mixed GB/s | hostile | near | engine ÷ it: mixed | hostile | near | lines of mixed |\n");
    report.push_str("|---|---|---|---|---|---|---|---|\n");
    for (index, scanner) in scanners.iter().enumerate() {
        write!(report, "| {} |", scanner.name())?;
        for (bytes, times) in results {
            let mark = if times[index].is_estimate { "~" } else { "" };
            write!(report, " {mark}{:.3} |", speed(*bytes, &times[index]))?;
        }
        for (_, times) in results {
            write!(report, " {:.2} |", ratio(&times[index], &times[0]))?;
        }
        let mixed = &results[0].1[index];
        match (scanner.is_reference(), mixed.missing, mixed.extra) {
            (true, ..) => report.push_str(" |\n"),
            (_, 0, 0) => report.push_str(" the planted ones |\n"),
            (_, missing, extra) => writeln!(report, " {missing} missed, {extra} more |")?,
        }
    }
    Ok(())
}

/// The engine against the best peer of each log.
fn goals(
    report: &mut String,
    scanners: &[Box<dyn Scanner + '_>],
    results: &[(usize, Vec<Time>)],
) -> std::fmt::Result {
    report.push_str("\nThe engine ÷ the best peer:");
    for ((name, ..), (_, times)) in LOGS.iter().zip(results) {
        let peers =
            scanners.iter().zip(times).skip(1).filter(|(scanner, _)| !scanner.is_reference());
        let best = peers.min_by_key(|(_, time)| time.median);
        if let Some((peer, time)) = best {
            write!(report, " {name} {:.2} ({});", ratio(time, &times[0]), peer.name())?;
        }
    }
    report.push('\n');
    Ok(())
}

fn speed(bytes: usize, time: &Time) -> f64 {
    bytes as f64 / time.median.as_secs_f64().max(1e-6) / 1e9
}

fn ratio(other: &Time, own: &Time) -> f64 {
    other.median.as_secs_f64() / own.median.as_secs_f64().max(1e-6)
}
