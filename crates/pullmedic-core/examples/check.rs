//! Checks a knowledge base and prints what is wrong with it: `cargo run --example check -- kb`.
#![expect(clippy::print_stdout, reason = "a command")]

use std::path::Path;
use std::process::ExitCode;

use pullmedic_core::{Sources, compile};

fn main() -> ExitCode {
    let root = std::env::args().nth(1).unwrap_or_else(|| "kb".to_owned());
    let sources = match Sources::read(Path::new(&root)) {
        Ok(sources) => sources,
        Err(error) => {
            println!("{error}");
            return ExitCode::from(2);
        }
    };
    match compile(&sources) {
        Ok(kb) => {
            println!(
                "{} files, {} problems: no faults",
                sources.files().len(),
                kb.problems().len()
            );
            ExitCode::SUCCESS
        }
        Err(faults) => {
            print!("{}", faults.render(&sources));
            ExitCode::FAILURE
        }
    }
}
