//! `pullmedic explain`: all about a problem, or about every problem that prints a code.

use std::io::{self, Write};

use pullmedic::{Captures, Problem, SymptomKind, mask};

use crate::args::Explain;
use crate::terminal::{FAINT, HEADING, Output, clean, markdown, paragraph};
use crate::{Failure, Outcome};

pub(crate) fn run(args: &Explain, out: &mut Output) -> Result<Outcome, Failure> {
    let captures = Captures::from_pairs(args.set.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let problems: Vec<Problem<'_>> = match pullmedic::find(&args.name) {
        Some(problem) => vec![problem],
        None => pullmedic::by_code(&args.name).collect(),
    };
    match problems.as_slice() {
        [] => unknown(out, &args.name),
        [one] => Ok(explain(out, *one, &captures).map(|()| Outcome::Found)?),
        several => Ok(choose(out, &args.name, several).map(|()| Outcome::Found)?),
    }
}

fn explain(out: &mut Output, problem: Problem<'_>, captures: &Captures<'_>) -> io::Result<()> {
    writeln!(out, "{HEADING}{}{HEADING:#}", markdown(problem.title()))?;
    writeln!(out, "{FAINT}{}{FAINT:#}\n", problem.id())?;
    paragraph(out, "", 0, &markdown(problem.summary()))?;
    writeln!(out, "\n{HEADING}How it shows{HEADING:#}")?;
    for symptom in problem.symptoms() {
        let text = match symptom.kind() {
            SymptomKind::Observation => markdown(symptom.text()),
            _ => clean(symptom.text()),
        };
        paragraph(out, "  - ", 4, &text)?;
    }
    writeln!(out, "\n{HEADING}Causes, most likely first{HEADING:#}")?;
    for cause in problem.causes() {
        super::cause(out, cause, captures, "")?;
    }
    writeln!(out, "\n{HEADING}What to do{HEADING:#}")?;
    for fix in problem.resolutions() {
        super::resolution(out, fix, captures)?;
    }
    sources(out, problem)
}

fn sources(out: &mut Output, problem: Problem<'_>) -> io::Result<()> {
    writeln!(out, "\n{HEADING}Where this comes from{HEADING:#}")?;
    for source in problem.sources() {
        let line = format!("{}, {} (checked {})", source.title(), source.url(), source.checked());
        paragraph(out, "  - ", 4, &clean(&line))?;
    }
    Ok(())
}

fn choose(out: &mut Output, code: &str, problems: &[Problem<'_>]) -> io::Result<()> {
    writeln!(out, "Several problems print {}:\n", clean(code))?;
    for problem in problems {
        paragraph(
            out,
            "  - ",
            4,
            &format!("{} {FAINT}{}{FAINT:#}", markdown(problem.title()), problem.id()),
        )?;
    }
    writeln!(out, "\nSee one with: pullmedic explain {}", problems[0].id())
}

fn unknown(out: &mut Output, name: &str) -> Result<Outcome, Failure> {
    writeln!(out, "There is no problem or code `{}`.", clean(&mask(name)))?;
    let words = name.replace(['/', '-'], " ");
    for hit in pullmedic::search(&words, 3) {
        paragraph(
            out,
            "  - ",
            4,
            &format!("{} {FAINT}{}{FAINT:#}", markdown(hit.problem.title()), hit.problem.id()),
        )?;
    }
    Ok(Outcome::Nothing)
}
