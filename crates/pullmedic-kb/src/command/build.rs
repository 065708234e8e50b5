//! `pullmedic-kb build`: the whole chain, from YAML to a folder that can be opened or published.

use std::time::Instant;

use pullmedic_site::{Options, Theme};

use crate::args::Build;
use crate::{Failure, Outcome, folder, format};

pub(crate) fn run(args: &Build) -> Result<Outcome, Failure> {
    let start = Instant::now();
    folder::check_replaceable(&args.out)?;
    let sources = super::read(&args.kb)?;
    let theme = Theme::read(&args.theme)?;
    let mut options = Options::default();
    options.base_url.clone_from(&args.base_url);
    options.edit_url.clone_from(&args.edit_url);
    options.threads = args.threads;
    let files = super::compile(&sources).and_then(|compiled| {
        let files = pullmedic_site::render(&compiled.kb, &compiled.packed, &theme, &options)?;
        Ok((compiled, files))
    });
    let (compiled, files) = match files {
        Ok(done) => done,
        Err(faults) => {
            anstream::print!("{}", format::text::report(Some(&faults), &sources));
            return Ok(Outcome::Faults);
        }
    };
    folder::replace(&args.out, &files)?;
    let problems = compiled.kb.problems().len();
    let ms = start.elapsed().as_millis();
    anstream::println!(
        "{problems} problems, {} files in {ms} ms: {}",
        files.len(),
        args.out.display()
    );
    let page = args.out.join("index.html");
    anstream::println!("Open {} in a browser.", page.canonicalize().unwrap_or(page).display());
    Ok(Outcome::Clean)
}
