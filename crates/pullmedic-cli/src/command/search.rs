//! `pullmedic search`: problems for a few words, best first.

use std::io::Write;

use pullmedic::json;

use crate::args::{ListFormat, Search};
use crate::terminal::{FAINT, Output, markdown, paragraph};
use crate::{Failure, Outcome};

pub(crate) fn run(args: &Search, out: &mut Output) -> Result<Outcome, Failure> {
    let hits = pullmedic::search(&args.words.join(" "), args.limit);
    match args.format {
        ListFormat::Json => writeln!(out, "{}", json::search(&hits))?,
        ListFormat::Text if hits.is_empty() => writeln!(out, "Nothing found.")?,
        ListFormat::Text => {
            for hit in &hits {
                let (title, id) = (markdown(hit.problem.title()), hit.problem.id());
                paragraph(out, "", 2, &format!("{title} {FAINT}{id}{FAINT:#}"))?;
            }
        }
    }
    Ok(if hits.is_empty() { Outcome::Nothing } else { Outcome::Found })
}
