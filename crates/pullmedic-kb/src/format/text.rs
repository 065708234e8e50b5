//! For people: each fault with its line shown and marked, and a count at the end.

use pullmedic_core::{Diagnostics, Sources};

pub(crate) fn report(faults: Option<&Diagnostics>, sources: &Sources) -> String {
    let Some(faults) = faults else { return String::new() };
    let mut out = String::new();
    for fault in faults {
        out.push_str(&colour(&fault.render(sources)));
        out.push('\n');
    }
    let count = faults.len();
    let noun = if count == 1 { "fault" } else { "faults" };
    out.push_str(&format!("{count} {noun} in the knowledge base\n"));
    out
}

/// Red heading, blue gutter; the caller's stream drops the colours where they aren't wanted.
fn colour(rendered: &str) -> String {
    use anstyle::{AnsiColor, Style};
    let head = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let help = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let mut out = String::new();
    for line in rendered.lines() {
        let style = match line {
            l if l.starts_with("error") => head,
            l if l.trim_start().starts_with("= help") => help,
            _ => Style::new(),
        };
        out.push_str(&format!("{style}{line}{style:#}\n"));
    }
    out
}
