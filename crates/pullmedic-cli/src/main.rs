//! `pullmedic`: the readers' tool. Paste a registry error, get its cause and its fix.
//!
//! Everything it knows is in the table of crate `pullmedic`; this crate reads the input, prints the answer and chooses the
//! exit code. Every command is a function in [`command`].

mod args;
mod command;
mod input;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

/// How a command ended when nothing went wrong with the command itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Exit code 0.
    Found,
    /// Exit code 1.
    Nothing,
}

/// Why a command could not do its work (exit code 2).
#[derive(Debug)]
enum Failure {
    /// One sentence for the person at the terminal.
    Message(String),
    /// Standard output was closed: nobody is left to tell.
    OutputClosed,
}

impl From<String> for Failure {
    fn from(message: String) -> Failure {
        Failure::Message(message)
    }
}

/// Every `io::Error` that isn't given a message of its own comes from writing the answer.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::OutputClosed,
            _ => Failure::Message(format!("can't write the answer: {error}")),
        }
    }
}

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(Outcome::Found) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(Failure::Message(message)) => {
            anstream::eprintln!("pullmedic: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Outcome, Failure> {
    let mut out = terminal::output();
    let outcome = match command {
        Command::Diagnose(args) => command::diagnose::run(&args, &mut out),
        Command::Explain(args) => command::explain::run(&args, &mut out),
        Command::Search(args) => command::search::run(&args, &mut out),
        Command::List(args) => command::list::run(&args, &mut out),
        Command::Login(args) => command::login::run(&args, &mut out),
    }?;
    out.flush()?;
    Ok(outcome)
}
