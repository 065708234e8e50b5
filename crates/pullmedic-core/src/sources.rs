//! The texts of a knowledge base, and the only read of the disk.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// The most bytes that a file may have.
pub(crate) const MAX_FILE: usize = 1 << 20;

/// All files of a knowledge base, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    root: String,
    files: Vec<SourceFile>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: String,
    absolute: Option<PathBuf>,
    text: String,
    fault: Option<FileFault>,
}

/// Why a file has no text to parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// Not a YAML file, or not a file at all: only its path is known.
    Unread,
    /// Longer than [`MAX_FILE`].
    TooLarge,
    /// Not UTF-8 from this byte on; the text is what could be saved.
    NotUtf8(usize),
}

impl SourceFile {
    /// The path, beginning with the root as it was given, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn fault(&self) -> Option<FileFault> {
        self.fault
    }

    fn new(path: String, bytes: Vec<u8>, absolute: Option<PathBuf>) -> Self {
        let (text, fault) = decode(bytes);
        SourceFile { path, absolute, text, fault }
    }

    fn unread(path: String) -> Self {
        let fault = Some(FileFault::Unread);
        SourceFile { path, absolute: None, text: String::new(), fault }
    }
}

/// The disk refused to be read.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't read {}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl Sources {
    /// Reads the YAML files below a folder. Files whose name begins with a dot are passed over.
    pub fn read(root: &Path) -> Result<Self, ReadError> {
        Sources::read_as(root, &slashed(root))
    }

    /// Like [`Sources::read`], for a reader who knows the folder by another name (`kb`).
    pub fn read_as(root: &Path, shown: &str) -> Result<Self, ReadError> {
        let visible = |entry: &DirEntry| {
            entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        let mut files = Vec::new();
        for entry in WalkDir::new(root).into_iter().filter_entry(visible) {
            let entry = entry.map_err(|error| walk_error(root, error))?;
            if entry.depth() == 0 && !entry.path().is_dir() {
                let error = io::Error::new(io::ErrorKind::NotADirectory, "not a folder");
                return Err(ReadError { path: root.to_owned(), error });
            }
            if entry.depth() > 0 && !entry.file_type().is_dir() {
                let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                files.push(read_file(&entry, format!("{shown}/{}", slashed(below)))?);
            }
        }
        Ok(Sources::sorted(shown.to_owned(), files))
    }

    /// Texts in memory. All paths begin with the same folder (`kb/…`), which is the root.
    pub fn from_files<P, T>(files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<Vec<u8>>,
    {
        let file = |path: String, text: T| {
            if is_yaml(Path::new(&path)) {
                SourceFile::new(path, text.into(), None)
            } else {
                SourceFile::unread(path)
            }
        };
        let files: Vec<_> = files.into_iter().map(|(path, text)| file(path.into(), text)).collect();
        let root = files.first().and_then(|f| f.path.split_once('/')).map_or("", |(root, _)| root);
        Sources::sorted(root.to_owned(), files)
    }

    fn sorted(root: String, mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { root, files }
    }

    /// The folder, as it was given.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The absolute paths of the files that were read from disk: what a build depends on.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter_map(|file| file.absolute.as_deref())
    }

    /// The text of the file with this path.
    pub fn text(&self, path: &str) -> Option<&str> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[at].text)
    }
}

fn read_file(entry: &DirEntry, path: String) -> Result<SourceFile, ReadError> {
    if !is_yaml(entry.path()) || !entry.file_type().is_file() {
        return Ok(SourceFile::unread(path));
    }
    let failed = |error| ReadError { path: entry.path().to_owned(), error };
    let absolute = fs::canonicalize(entry.path()).map_err(failed)?;
    let mut bytes = Vec::new();
    // One byte more than allowed is enough to know that there are too many.
    let limit = MAX_FILE as u64 + 1;
    fs::File::open(entry.path())
        .and_then(|f| f.take(limit).read_to_end(&mut bytes))
        .map_err(failed)?;
    Ok(SourceFile::new(path, bytes, Some(absolute)))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml")
}

fn decode(bytes: Vec<u8>) -> (String, Option<FileFault>) {
    if bytes.len() > MAX_FILE {
        return (String::new(), Some(FileFault::TooLarge));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let fault = FileFault::NotUtf8(error.utf8_error().valid_up_to());
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(fault))
        }
    }
}

fn walk_error(root: &Path, error: walkdir::Error) -> ReadError {
    let path = error.path().unwrap_or(root).to_owned();
    ReadError { path, error: error.into() }
}

/// A path with `/` between its parts on every system, and none at its end.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    if text.len() > 1 { text.trim_end_matches('/').to_owned() } else { text }
}
