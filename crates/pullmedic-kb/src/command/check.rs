//! `pullmedic-kb check`: every fault at once.

use crate::args::{Check, Format};
use crate::{Failure, Outcome, format};

pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    let sources = super::read(&args.dir)?;
    let result = super::compile(&sources)
        .and_then(|compiled| pullmedic_site::check_markdown(&compiled.kb).map(|()| compiled));
    let faults = result.as_ref().err();
    let report = match args.format {
        Format::Text => format::text::report(faults, &sources),
        Format::Json => format::json::report(faults),
        Format::Github => format::github::report(faults),
        Format::Sarif => format::sarif::report(faults),
    };
    anstream::print!("{report}");
    if let (Format::Text, Ok(compiled)) = (args.format, &result) {
        anstream::println!("{}", summary(&compiled.kb));
    }
    Ok(if faults.is_some() { Outcome::Faults } else { Outcome::Clean })
}

/// `366 problems (263 azure, 103 ibm), 912 symptoms, 1204 examples: no fault`
fn summary(kb: &pullmedic_core::Kb) -> String {
    let problems = kb.problems();
    let per_provider: Vec<String> = kb
        .providers()
        .iter()
        .map(|p| format!("{} {}", problems.iter().filter(|x| x.provider == p.id).count(), p.id))
        .collect();
    let symptoms: usize = problems.iter().map(|p| p.symptoms.len()).sum();
    let examples: usize = problems.iter().map(|p| p.examples.len()).sum();
    format!(
        "{} problems ({}), {symptoms} symptoms, {examples} examples: no fault",
        problems.len(),
        per_provider.join(", ")
    )
}
