//! One module per command, and what several of them print.

pub(crate) mod diagnose;
pub(crate) mod explain;
pub(crate) mod list;
pub(crate) mod login;
pub(crate) mod search;

use std::io::{self, Write};

use pullmedic::{Captures, Cause, Command, Resolution, Step};

use crate::terminal::{self, COMMAND, FAINT, HEADING, Output, RISK, markdown, paragraph};

/// A cause: what it is, and how to tell.
fn cause(
    out: &mut Output,
    cause: Cause<'_>,
    captures: &Captures<'_>,
    note: &str,
) -> io::Result<()> {
    let title = format!("{HEADING}{}{HEADING:#}", markdown(cause.title()));
    let note = if note.is_empty() { String::new() } else { format!(" {FAINT}{note}{FAINT:#}") };
    writeln!(out)?;
    paragraph(out, "  - ", 4, &(title + &note))?;
    if let Some(explain) = cause.explain() {
        paragraph(out, "", 4, &markdown(explain))?;
    }
    let Some(check) = cause.check() else { return Ok(()) };
    match check.command() {
        Some(command) => {
            paragraph(out, "", 4, "To tell, run:")?;
            commands(out, 6, command, captures)?;
        }
        None => paragraph(out, "", 4, &markdown(check.question().unwrap_or_default()))?,
    }
    paragraph(out, "", 4, &format!("It is this if: {}", markdown(check.expect())))
}

/// A resolution: its steps, with the reader's values in the commands.
fn resolution(out: &mut Output, fix: Resolution<'_>, captures: &Captures<'_>) -> io::Result<()> {
    writeln!(out, "\n  {HEADING}{}{HEADING:#}", markdown(fix.title()))?;
    if let Some(risk) = fix.risk() {
        paragraph(out, "  ! ", 4, &format!("{RISK}{}{RISK:#}", markdown(risk)))?;
    }
    for (i, one) in fix.steps().enumerate() {
        step(out, i + 1, one, captures)?;
    }
    match fix.otherwise() {
        Some(otherwise) => {
            paragraph(out, "", 2, &format!("If it didn't help: {}", markdown(otherwise)))
        }
        None => Ok(()),
    }
}

fn step(
    out: &mut Output,
    number: usize,
    step: Step<'_>,
    captures: &Captures<'_>,
) -> io::Result<()> {
    let mark = format!("  {number}. ");
    paragraph(out, &mark, 5, &markdown(step.say().unwrap_or("Run:")))?;
    let variants = step.commands().count() > 1;
    for command in step.commands() {
        if variants {
            let label = command.client().or(command.shell()).unwrap_or_default();
            writeln!(out, "       {FAINT}{label}{FAINT:#}")?;
        }
        commands(out, 7, command, captures)?;
    }
    match step.expect() {
        Some(expect) => paragraph(out, "", 5, &format!("It worked if: {}", markdown(expect))),
        None => Ok(()),
    }
}

fn commands(
    out: &mut Output,
    indent: usize,
    command: Command<'_>,
    captures: &Captures<'_>,
) -> io::Result<()> {
    for line in terminal::clean(&command.fill(captures)).lines() {
        writeln!(out, "{:indent$}{COMMAND}{line}{COMMAND:#}", "")?;
    }
    Ok(())
}
