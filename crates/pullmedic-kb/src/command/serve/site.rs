//! The site in memory, and how it is built anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use pullmedic_site::{Options, Theme};

use crate::Failure;
use crate::format::text;

/// What is served.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Grows with every build, so that a page knows that it is old.
    pub(super) version: u64,
    /// The last good build.
    pub(super) files: Arc<BTreeMap<String, Vec<u8>>>,
    /// What is wrong with the sources now, as plain text.
    pub(super) fault: Option<String>,
}

/// Builds the site from two folders.
pub(super) struct Builder {
    kb: PathBuf,
    theme: PathBuf,
}

impl Builder {
    pub(super) fn new(kb: &Path, theme: &Path) -> Builder {
        Builder { kb: kb.to_owned(), theme: theme.to_owned() }
    }

    /// The first build; folders that can't be read end the command.
    pub(super) fn first(&self) -> Result<Site, Failure> {
        super::super::read(&self.kb)?;
        Theme::read(&self.theme)?;
        let empty = Site { version: 0, files: Arc::default(), fault: None };
        Ok(self.next(&empty))
    }

    /// The next build; a fault keeps the files of `last`.
    pub(super) fn next(&self, last: &Site) -> Site {
        let start = Instant::now();
        let version = last.version + 1;
        match self.build() {
            Ok(files) => {
                let (count, ms) = (files.len(), start.elapsed().as_millis());
                anstream::println!("{count} files in {ms} ms");
                Site { version, files: Arc::new(files), fault: None }
            }
            Err(report) => {
                anstream::print!("{report}");
                let fault = Some(anstream::adapter::strip_str(&report).to_string());
                Site { version, files: last.files.clone(), fault }
            }
        }
    }

    fn build(&self) -> Result<BTreeMap<String, Vec<u8>>, String> {
        let sources = super::super::read(&self.kb).map_err(|e| e.0)?;
        let theme = Theme::read(&self.theme).map_err(|e| e.to_string())?;
        super::super::compile(&sources)
            .and_then(|c| pullmedic_site::render(&c.kb, &c.packed, &theme, &Options::default()))
            .map(|files| files.into_iter().collect())
            .map_err(|faults| text::report(Some(&faults), &sources))
    }
}
