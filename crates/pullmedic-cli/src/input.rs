//! Reading what was pasted: files one after the other, or standard input; any bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::Failure;

/// All inputs as one stream of bytes. An unreadable file is an error before anything is read.
pub(crate) fn open(files: &[PathBuf]) -> Result<Box<dyn Read>, Failure> {
    if files.is_empty() {
        return Ok(Box::new(io::stdin().lock()));
    }
    let mut all: Box<dyn Read> = Box::new(io::empty());
    for file in files {
        all = Box::new(all.chain(open_one(file)?));
    }
    Ok(all)
}

fn open_one(file: &Path) -> Result<Box<dyn Read>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).and_then(|f| {
        if f.metadata()?.is_dir() { Err(io::Error::other("it is a folder")) } else { Ok(f) }
    });
    match opened {
        Ok(f) => Ok(Box::new(f)),
        Err(e) => Err(Failure::Message(format!("can't read `{}`: {e}", file.display()))),
    }
}

/// Reads a file whole.
pub(crate) fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file)
        .map_err(|e| Failure::Message(format!("can't read `{}`: {e}", file.display())))
}

/// Bytes as text; those that aren't UTF-8 become U+FFFD.
pub(crate) fn lossy(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}
