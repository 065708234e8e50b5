//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Checks, builds and serves a pullmedic knowledge base.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report every fault in the knowledge base (exit code 1 if there is one)
    Check(Check),
    /// Check the knowledge base and write the site
    Build(Build),
    /// Serve the site on this machine; rebuild and reload on change
    Serve(Serve),
    /// Write a commented entry to fill in
    New(New),
    /// Print the JSON Schema of an entry, for editors
    Schema,
    /// Emit the compiled table
    Table(Table),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Check {
    /// The knowledge base's folder
    #[arg(default_value = "kb")]
    pub(crate) dir: PathBuf,
    /// How to report faults
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

/// How faults are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// GitHub Actions annotations
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Build {
    /// The knowledge base's folder
    #[arg(long, default_value = "kb")]
    pub(crate) kb: PathBuf,
    /// The folder with the templates and assets
    #[arg(long, default_value = "site")]
    pub(crate) theme: PathBuf,
    /// Where to write the site; replaced whole
    #[arg(long, default_value = "target/site")]
    pub(crate) out: PathBuf,
    /// Where the site will be published, for canonical links, feed and sitemap
    #[arg(long)]
    pub(crate) base_url: Option<String>,
    /// Where entries are edited: pages link to this URL with the entry's path behind it. For GitHub
    /// `https://github.com/OWNER/REPOSITORY/edit/main/`, for GitLab `https://gitlab.com/OWNER/REPOSITORY/-/edit/main/`; without it
    /// pages only name the path
    #[arg(long)]
    pub(crate) edit_url: Option<String>,
    /// How many threads render pages (default: one per core); the output is the same with any number
    #[arg(long)]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Serve {
    /// The knowledge base's folder
    #[arg(long, default_value = "kb")]
    pub(crate) kb: PathBuf,
    /// The folder with the templates and assets
    #[arg(long, default_value = "site")]
    pub(crate) theme: PathBuf,
    /// The port on this machine; 0 picks a free one
    #[arg(long, default_value_t = 4040)]
    pub(crate) port: u16,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct New {
    /// The new problem's id, such as azure/my-problem
    pub(crate) id: String,
    /// The knowledge base's folder
    #[arg(long, default_value = "kb")]
    pub(crate) kb: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Table {
    /// The knowledge base's folder
    #[arg(long, default_value = "kb")]
    pub(crate) kb: PathBuf,
    /// What to emit
    #[arg(long, value_enum)]
    pub(crate) emit: Emit,
    /// Where to write it (default: standard output)
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Compare with the file instead of writing it (exit code 1 if it differs)
    #[arg(long, requires = "out")]
    pub(crate) check: bool,
}

/// The forms of the compiled table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Emit {
    /// The table itself, as read by the site and by `pullmedic diagnose --table`
    Bin,
    /// The whole knowledge base, for programs in any language
    Json,
    /// Sorted text, for reading in a diff
    Listing,
    /// The macro's expansion, as Rust source
    Rust,
}
