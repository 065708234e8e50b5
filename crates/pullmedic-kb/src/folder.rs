//! Writing the output folder: whole or not at all, and never over a folder that we didn't make.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::Failure;

/// The file that marks a folder as ours.
const MARKER: &str = ".pullmedic-site";

/// Refuses a folder that exists, holds something and wasn't made by us.
pub(crate) fn check_replaceable(out: &Path) -> Result<(), Failure> {
    let foreign = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_some() && !out.join(MARKER).is_file(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(failure("read", out, &error)),
    };
    if foreign {
        let out = out.display();
        return Err(Failure(format!(
            "`{out}` exists and wasn't made by pullmedic-kb, so it stays as it is; \
             choose another --out, or remove it yourself"
        )));
    }
    Ok(())
}

/// Writes all files beside `out`, then puts the new folder in its place.
pub(crate) fn replace<'f>(
    out: &Path,
    files: impl IntoIterator<Item = (&'f String, &'f Vec<u8>)>,
) -> Result<(), Failure> {
    let parent = parent(out);
    fs::create_dir_all(&parent).map_err(|e| failure("create", &parent, &e))?;
    let fresh = tempfile::Builder::new()
        .prefix(".pullmedic-")
        .tempdir_in(&parent)
        .map_err(|e| failure("create a folder in", &parent, &e))?;
    write_all(fresh.path(), files)?;
    swap(&fresh.keep(), out)
}

fn write_all<'f>(
    root: &Path,
    files: impl IntoIterator<Item = (&'f String, &'f Vec<u8>)>,
) -> Result<(), Failure> {
    write(&root.join(MARKER), b"Made by pullmedic-kb build; replaced whole by the next one.\n")?;
    for (path, bytes) in files {
        write(&root.join(path), bytes)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| failure("create", folder, &e))?;
    }
    fs::write(path, bytes).map_err(|e| failure("write", path, &e))
}

/// Two renames: the old folder steps aside, the new one takes its place, then the old one goes.
fn swap(fresh: &Path, out: &Path) -> Result<(), Failure> {
    make_readable(fresh)?;
    let aside = fresh.with_extension("old");
    if out.exists() {
        fs::rename(out, &aside).map_err(|e| failure("move", out, &e))?;
    }
    if let Err(error) = fs::rename(fresh, out) {
        // Put the old one back rather than leave nothing.
        let _ = fs::rename(&aside, out);
        return Err(failure("move the new site to", out, &error));
    }
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(|e| failure("remove", &aside, &e))?;
    }
    Ok(())
}

/// A temporary folder is private to its owner; a site is for everybody.
#[cfg(unix)]
fn make_readable(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder, mode).map_err(|e| failure("change the rights of", folder, &e))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> Result<(), Failure> {
    Ok(())
}

fn parent(out: &Path) -> PathBuf {
    match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn failure(verb: &str, path: &Path, error: &io::Error) -> Failure {
    Failure(format!("can't {verb} `{}`: {error}", path.display()))
}
