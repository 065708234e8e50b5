//! How often the right page comes first: `pullmedic-quality [PROBLEMS]`, 1000 if not said.
//!
//! 100 questions of each kind are asked as the site's box asks them: what is diagnosed comes first, then what is found by words.
//! Ends with 1 when one of the bars isn't met.

use std::io::{self, Write};
use std::process::ExitCode;

use pullmedic_bench::catalogue;
use pullmedic_bench::questions::{KINDS, UNRELATED, questions};
use pullmedic_core::{Sources, compile};
use pullmedic_pack::Packed;
use pullmedic_table::{Matcher, Options};

const ASKED: usize = 100;
/// Right first, of [`ASKED`], by kind.
const BARS: [usize; 4] = [100, 100, 95, 97];

fn main() -> ExitCode {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1000);
    let kb = match compile(&Sources::from_files(catalogue::files(count))) {
        Ok(kb) => kb,
        Err(faults) => return said(&format!("{faults}\n"), false),
    };
    let packed = Packed::new(&kb);
    let matcher = Matcher::new(packed.table());
    let mut right = [0; 4];
    let mut wrong = String::new();
    for question in questions(count, ASKED) {
        let first = first(&matcher, &question.text).unwrap_or_default();
        if first == question.answer {
            right[question.kind] += 1;
        } else {
            wrong.push_str(&format!(
                "{}: {first:?} for\n{}\n\n",
                KINDS[question.kind], question.text
            ));
        }
    }
    let claimed: Vec<_> = UNRELATED.iter().filter(|text| is_diagnosed(&matcher, text)).collect();
    let mut report =
        format!("{count} problems, {ASKED} questions of each kind; right page first:\n");
    for ((kind, right), bar) in KINDS.iter().zip(right).zip(BARS) {
        report.push_str(&format!("  {kind:<12} {right:>3}  (at least {bar})\n"));
    }
    report.push_str(&format!(
        "unrelated errors diagnosed: {} of {}\n",
        claimed.len(),
        UNRELATED.len()
    ));
    if std::env::var_os("SHOW_WRONG").is_some() {
        report.push_str(&wrong);
    }
    said(&report, claimed.is_empty() && right.iter().zip(BARS).all(|(right, bar)| *right >= bar))
}

/// The page that the box would show first.
fn first(matcher: &Matcher<'_>, text: &str) -> Option<String> {
    let found = matcher.diagnose(text, &Options::default()).findings;
    let diagnosed = found.first().map(|finding| finding.problem.id().to_owned());
    diagnosed.or_else(|| matcher.search(text, 1).first().map(|hit| hit.problem.id().to_owned()))
}

fn is_diagnosed(matcher: &Matcher<'_>, text: &str) -> bool {
    !matcher.diagnose(text, &Options::default()).findings.is_empty()
}

fn said(report: &str, good: bool) -> ExitCode {
    io::stdout().write_all(report.as_bytes()).unwrap_or_default();
    ExitCode::from(u8::from(!good))
}
