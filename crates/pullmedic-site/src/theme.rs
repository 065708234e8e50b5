//! The theme: templates, assets and pages, read from a folder.
//!
//! This is the crate's only module that reads the disk. A theme laid over another ([`Theme::over`])
//! replaces files by name, so an organisation's theme holds only what differs.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tera::Tera;

/// The three folders of a theme, each a map from path to content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theme {
    templates: BTreeMap<String, String>,
    assets: BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<String, String>,
}

/// Why a theme can't be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum ThemeError {
    /// A file or folder can't be read.
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A template or page isn't UTF-8.
    NotText(String),
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => {
                write!(f, "can't read the theme's `{}`: {source}", path.display())
            }
            Self::NotText(path) => write!(f, "the theme's `{path}` isn't UTF-8 text"),
        }
    }
}

impl std::error::Error for ThemeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::NotText(_) => None,
        }
    }
}

impl Theme {
    /// Reads `templates/`, `assets/` and `pages/` below `dir`; hidden files are left out.
    ///
    /// A folder that isn't there counts as empty, because a theme may override templates alone.
    pub fn read(dir: &Path) -> Result<Self, ThemeError> {
        fs::read_dir(dir).map_err(|e| unreadable(dir, e))?;
        let mut files = Vec::new();
        for part in ["templates", "assets", "pages"] {
            walk(&dir.join(part), part, &mut files)?;
        }
        Self::from_files(files)
    }

    /// Takes files from memory; paths begin with `templates/`, `assets/` or `pages/`.
    pub fn from_files<P, B>(files: impl IntoIterator<Item = (P, B)>) -> Result<Self, ThemeError>
    where
        P: AsRef<str>,
        B: Into<Vec<u8>>,
    {
        let mut theme = Self::default();
        for (path, bytes) in files {
            theme.add(path.as_ref(), bytes.into())?;
        }
        Ok(theme)
    }

    /// This theme laid over `base`: files of the same name replace those of the base.
    #[must_use]
    pub fn over(self, mut base: Theme) -> Theme {
        base.templates.extend(self.templates);
        base.assets.extend(self.assets);
        base.pages.extend(self.pages);
        base
    }

    fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), ThemeError> {
        if let Some(name) = path.strip_prefix("assets/") {
            self.assets.insert(name.to_owned(), bytes);
            return Ok(());
        }
        let text = String::from_utf8(bytes).map_err(|_| ThemeError::NotText(path.to_owned()))?;
        if let Some(name) = path.strip_prefix("templates/") {
            self.templates.insert(name.to_owned(), text);
        } else if let Some(name) = path.strip_prefix("pages/") {
            self.pages.insert(name.to_owned(), text);
        }
        Ok(())
    }

    /// Assets by their path below `assets/`.
    pub(crate) fn assets(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.assets
    }

    /// This theme with these assets and no others.
    pub(crate) fn with_assets(&self, assets: BTreeMap<String, Vec<u8>>) -> Theme {
        Theme { assets, ..self.clone() }
    }

    /// Markdown pages by file name.
    pub(crate) fn pages(&self) -> &BTreeMap<String, String> {
        &self.pages
    }

    /// The templates, parsed; functions that they call must be registered by `prepare` before.
    pub(crate) fn parse(&self, prepare: impl FnOnce(&mut Tera)) -> Result<Tera, tera::Error> {
        let mut tera = Tera::new();
        prepare(&mut tera);
        tera.add_raw_templates(self.templates.iter().map(|(n, t)| (n.as_str(), t.as_str())))?;
        Ok(tera)
    }
}

fn walk(dir: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<(), ThemeError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(dir, error)),
    };
    for entry in entries {
        let path = entry.map_err(|e| unreadable(dir, e))?.path();
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}/{name}");
        if path.is_dir() {
            walk(&path, &name, files)?;
        } else {
            files.push((name, fs::read(&path).map_err(|e| unreadable(&path, e))?));
        }
    }
    Ok(())
}

fn unreadable(path: &Path, source: io::Error) -> ThemeError {
    ThemeError::Read { path: path.to_path_buf(), source }
}
