//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Finds the cause and the fix for container-registry access errors (ACR and ICR).
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find known problems in a log (exit code 1 if there is none)
    Diagnose(Diagnose),
    /// Show all about a problem, or about a code such as CRG0014E
    Explain(Explain),
    /// Find problems by a few words
    Search(Search),
    /// List all problems
    List(List),
    /// Print the login command for a client and a credential; runs nothing
    Login(Login),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Diagnose {
    /// The logs to read, one after the other; `-` or nothing for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Only problems of this provider, such as azure or ibm
    #[arg(long)]
    pub(crate) provider: Option<String>,
    /// A table made by `pullmedic-kb table --emit bin`, instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) table: Option<PathBuf>,
    /// Read JSON Lines {"id": …, "text": …} and print one line of JSON for each
    #[arg(long, conflicts_with = "format")]
    pub(crate) batch: bool,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// GitHub Actions annotations
    Github,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Explain {
    /// A problem's id (azure/client-ip-not-allowed) or a code (CRG0014E)
    #[arg(value_name = "ID|CODE")]
    pub(crate) name: String,
    /// Values to fill into commands
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) words: Vec<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    /// At most so many results
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct List {
    /// How to print the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    /// Only problems of this provider
    #[arg(long)]
    pub(crate) provider: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Login {
    /// Whose registry: azure or ibm
    #[arg(long)]
    pub(crate) provider: String,
    /// The program that logs in, such as docker or podman
    #[arg(long)]
    pub(crate) client: String,
    /// The kind of credential, such as api-key or service-principal
    #[arg(long)]
    pub(crate) credential: String,
    /// Values to fill in, such as registry=de.icr.io
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub(crate) set: Vec<(String, String)>,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as name=value, such as registry=de.icr.io".to_owned()),
    }
}
