//! `pullmedic-kb`: the editors' tool. Checks the knowledge base, builds the site, emits the table.
//!
//! Only exit codes and printing live here and in [`args`]; every command is a function in [`command`] that returns an
//! [`Outcome`] or an error with a place to look.

mod args;
mod command;
mod folder;
mod format;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

/// How a command ended when nothing went wrong with the command itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Exit code 0.
    Clean,
    /// Faults in the knowledge base: exit code 1.
    Faults,
}

/// Why a command could not do its work (exit code 2): one sentence for the person at the terminal.
#[derive(Debug)]
struct Failure(String);

impl<T: std::fmt::Display> From<T> for Failure {
    fn from(error: T) -> Failure {
        Failure(error.to_string())
    }
}

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Faults) => ExitCode::from(1),
        Err(Failure(message)) => {
            anstream::eprintln!("pullmedic-kb: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Check(args) => command::check::run(&args),
        Command::Build(args) => command::build::run(&args),
        Command::New(args) => command::new::run(&args),
        Command::Serve(args) => command::serve::run(&args),
        Command::Schema => command::schema::run(),
        Command::Table(args) => command::table::run(&args),
    }
}
