//! `pullmedic list`: every problem there is.

use std::io::Write;

use pullmedic::{Problem, TABLE, json};

use super::diagnose::check_provider;
use crate::args::{List, ListFormat};
use crate::terminal::{FAINT, Output, markdown};
use crate::{Failure, Outcome};

pub(crate) fn run(args: &List, out: &mut Output) -> Result<Outcome, Failure> {
    if let Some(provider) = &args.provider {
        check_provider(TABLE, provider)?;
    }
    let wanted = |p: &Problem<'_>| args.provider.as_ref().is_none_or(|id| p.provider() == id);
    let problems: Vec<Problem<'_>> = TABLE.problems().filter(wanted).collect();
    match args.format {
        ListFormat::Json => writeln!(out, "{}", json::list(&problems))?,
        ListFormat::Text => {
            for problem in problems {
                let title = markdown(problem.title());
                writeln!(out, "{:50} {FAINT}{title}{FAINT:#}", problem.id())?;
            }
        }
    }
    Ok(Outcome::Found)
}
