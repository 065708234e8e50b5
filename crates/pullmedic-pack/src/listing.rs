//! The packed knowledge base as a sorted text, for reviewers: a change in `kb/` shows here as what the engine sees of it.

use std::fmt::{Error, Write};

use pullmedic_table::{Cause, Problem, Sign, Symptom, SymptomKind, Table, Term, TermKind};

use crate::Packed;

impl Packed {
    /// Everything that is recognised and answered, one fact per line, sorted by problem.
    pub fn listing(&self) -> String {
        let mut out = String::new();
        // Writing to a string doesn't fail.
        let _ = write_listing(&mut out, self.table());
        out
    }
}

fn write_listing(out: &mut String, table: Table<'_>) -> Result<(), Error> {
    for provider in table.providers() {
        writeln!(out, "provider {}: {}", provider.id(), provider.name())?;
        provider.host_patterns().try_for_each(|pattern| writeln!(out, "  host {pattern}"))?;
    }
    for kind in [TermKind::Client, TermKind::Operation, TermKind::Stage, TermKind::Status] {
        table.terms(kind).try_for_each(|term| term_line(out, term))?;
    }
    table.problems().try_for_each(|found| problem(out, found))
}

fn term_line(out: &mut String, term: Term<'_>) -> Result<(), Error> {
    writeln!(out, "{:?} {}: {}", term.kind(), term.id(), term.title())
}

fn problem(out: &mut String, problem: Problem<'_>) -> Result<(), Error> {
    writeln!(out, "\n{}: {}", problem.id(), problem.title())?;
    problem.aliases().try_for_each(|alias| writeln!(out, "  alias {alias}"))?;
    problem.over().try_for_each(|other| writeln!(out, "  over {}", other.id()))?;
    problem.symptoms().try_for_each(|found| symptom(out, found))?;
    problem.causes().try_for_each(|found| cause(out, found))?;
    for resolution in problem.resolutions() {
        writeln!(out, "  fix {}: {}", resolution.id(), resolution.title())?;
        for command in resolution.steps().flat_map(|step| step.commands()) {
            command.text().lines().try_for_each(|line| writeln!(out, "    $ {line}"))?;
        }
    }
    Ok(())
}

fn symptom(out: &mut String, symptom: Symptom<'_>) -> Result<(), Error> {
    let kind = match symptom.kind() {
        SymptomKind::Message => "message",
        SymptomKind::Code => "code",
        SymptomKind::Observation => "observation",
    };
    let generic = if symptom.generic() { " generic" } else { "" };
    let weak = if symptom.weak() { " weak" } else { "" };
    writeln!(out, "  {kind}{generic}{weak} {}", symptom.text())?;
    signs(out, "with", symptom.with())?;
    signs(out, "without", symptom.without())
}

fn cause(out: &mut String, cause: Cause<'_>) -> Result<(), Error> {
    writeln!(out, "  cause {}: {}", cause.id(), cause.title())?;
    signs(out, "sign", cause.signs())?;
    signs(out, "against", cause.against())
}

fn signs<'a>(
    out: &mut String,
    word: &str,
    mut signs: impl Iterator<Item = Sign<'a>>,
) -> Result<(), Error> {
    signs.try_for_each(|sign| match sign.term() {
        Some(term) => writeln!(out, "    {word} {:?} {}", term.kind(), term.id()),
        None => writeln!(out, "    {word} {}", sign.text()),
    })
}
