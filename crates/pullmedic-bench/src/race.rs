//! A race: every scanner in turn, several rounds, medians of CPU time.
//!
//! Rounds are interleaved, so that a machine that slows down slows everybody down; only ratios of one race mean anything.

use std::time::Duration;

use crate::log::Log;

/// Something that finds lines.
pub trait Scanner {
    /// For the report.
    fn name(&self) -> String;

    /// Where the lines begin that hold a message, in order, each once.
    fn scan(&mut self, log: &Log) -> Vec<usize>;

    /// Whether the work is done by child processes.
    fn is_child(&self) -> bool {
        false
    }

    /// Whether it is only a limit of the machine, not a peer.
    fn is_reference(&self) -> bool {
        false
    }
}

/// How one scanner did on one log.
#[derive(Debug, Clone, Default)]
pub struct Time {
    /// The median of the rounds.
    pub median: Duration,
    /// Whether it was too slow for the whole log, so that a small part of it was measured.
    pub is_estimate: bool,
    /// Lines found that weren't planted, and planted ones that weren't found.
    pub extra: usize,
    /// See `extra`.
    pub missing: usize,
}

/// How a race is run.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Rounds that count.
    pub rounds: usize,
    /// Who would need longer for a round is only estimated.
    pub limit: Duration,
}

/// How much of a log is enough to know who is too slow.
#[allow(dead_code, reason = "used with the peers only")]
const PART: usize = 4 << 20;

/// Where the lines around these bytes begin, each once.
pub fn lines_of(log: &Log, places: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let start = |at: usize| {
        log.text.as_bytes()[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1)
    };
    let mut lines: Vec<usize> = places.into_iter().map(start).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Runs a race. The first round isn't timed: it shows what everybody finds.
#[cfg(feature = "peers")]
pub fn race(scanners: &mut [Box<dyn Scanner + '_>], log: &Log, rules: Rules) -> Vec<Time> {
    let part = log.head(PART);
    let mut times: Vec<Time> =
        scanners.iter_mut().map(|s| warm_up(s.as_mut(), log, &part, rules)).collect();
    let mut rounds: Vec<Vec<Duration>> = vec![Vec::new(); scanners.len()];
    for _ in 0..rules.rounds {
        for (index, scanner) in scanners.iter_mut().enumerate() {
            if !times[index].is_estimate {
                rounds[index].push(timed(scanner.as_mut(), log).0);
            }
        }
    }
    for (time, mut rounds) in times.iter_mut().zip(rounds) {
        rounds.sort_unstable();
        time.median = rounds.get(rounds.len() / 2).copied().unwrap_or(time.median);
    }
    times
}

#[cfg(feature = "peers")]
fn warm_up(scanner: &mut dyn Scanner, log: &Log, part: &Log, rules: Rules) -> Time {
    scanner.scan(&part.head(PART / 16));
    let (time, found) = timed(scanner, part);
    let expected = time.mul_f64(log.text.len() as f64 / part.text.len() as f64);
    if expected > rules.limit {
        return Time { median: expected, is_estimate: true, ..compare(part, &found) };
    }
    compare(log, &scanner.scan(log))
}

#[cfg(feature = "peers")]
fn compare(log: &Log, found: &[usize]) -> Time {
    let is_in = |list: &[usize], line: &usize| list.binary_search(line).is_ok();
    let extra = found.iter().filter(|line| !is_in(&log.planted, line)).count();
    let missing = log.planted.iter().filter(|line| !is_in(found, line)).count();
    Time { extra, missing, ..Time::default() }
}

/// The CPU time of one scan, and what it found.
#[cfg(feature = "peers")]
pub fn timed(scanner: &mut dyn Scanner, log: &Log) -> (Duration, Vec<usize>) {
    let is_child = scanner.is_child();
    let before = cpu(is_child);
    let found = scanner.scan(log);
    (cpu(is_child).saturating_sub(before), found)
}

/// The CPU time of this process so far, or of its finished children.
#[cfg(feature = "peers")]
pub fn cpu(of_children: bool) -> Duration {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let who = if of_children { UsageWho::RUSAGE_CHILDREN } else { UsageWho::RUSAGE_SELF };
    let time = |t: nix::sys::time::TimeVal| t.num_microseconds().unsigned_abs();
    let spent =
        getrusage(who).map_or(0, |usage| time(usage.user_time()) + time(usage.system_time()));
    Duration::from_micros(spent)
}
