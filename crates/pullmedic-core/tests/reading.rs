//! What is read from disk, and how it is called.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fs;
use std::path::Path;

use pullmedic_core::{Code, Sources, compile};

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

fn paths(sources: &Sources) -> Vec<&str> {
    let root = sources.root();
    let below = |path| str::strip_prefix(path, root).unwrap();
    sources.files().iter().map(|file| below(file.path())).collect()
}

#[test]
fn files_are_sorted_and_hidden_ones_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["b.yaml", "a/z.yaml", "a/b/c.yaml", ".git/x.yaml", "a/.b.yaml.swp"] {
        write(folder.path(), path, b"a: b\n");
    }
    let sources = Sources::read(folder.path()).unwrap();
    assert_eq!(paths(&sources), ["/a/b/c.yaml", "/a/z.yaml", "/b.yaml"]);
    assert_eq!(sources.files()[0].text(), "a: b\n");
    assert!(sources.paths().all(Path::is_absolute));
    assert_eq!(sources.paths().count(), 3);
}

/// A path in a message must be one that the reader can open: it begins as they typed it.
#[test]
fn paths_begin_with_the_root_as_given() {
    let root = Path::new("tests/base/");
    let sources = Sources::read(root).unwrap();
    assert_eq!(sources.root(), "tests/base");
    assert_eq!(sources.files()[0].path(), "tests/base/EXAMPLE.yaml");
    assert!(sources.text("tests/base/azure/provider.yaml").is_some());
}

#[test]
fn other_files_are_known_but_not_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "azure/problems/shot.png", &[0x89, 0x50]);
    write(folder.path(), "README.md", b"# Read me\n");
    let sources = Sources::read(folder.path()).unwrap();
    assert_eq!(paths(&sources), ["/README.md", "/azure/problems/shot.png"]);
    assert!(sources.files().iter().all(|file| file.text().is_empty()));
    assert_eq!(sources.paths().count(), 0);
    let faults = compile(&sources).unwrap_err();
    let unknown: Vec<_> = faults.iter().filter(|f| f.code == Code::UnknownFile).collect();
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].primary.file.ends_with("shot.png"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_the_root_only() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "real/azure/provider.yaml", b"name: x\n");
    symlink("real", folder.path().join("kb")).unwrap();
    symlink("/etc/passwd", folder.path().join("real/azure/logins.yaml")).unwrap();
    symlink("..", folder.path().join("real/ibm")).unwrap();
    let sources = Sources::read(&folder.path().join("kb")).unwrap();
    assert_eq!(paths(&sources), ["/azure/logins.yaml", "/azure/provider.yaml", "/ibm"]);
    let faults = compile(&sources).unwrap_err();
    assert_eq!(faults.iter().filter(|fault| fault.code == Code::UnknownFile).count(), 2);
}

#[test]
fn what_cannot_be_read_is_an_error() {
    assert!(Sources::read(Path::new("does/not/exist")).is_err());
    let error = Sources::read(Path::new("Cargo.toml")).unwrap_err();
    assert!(error.to_string().starts_with("can't read Cargo.toml: "), "{error}");
}

#[test]
fn an_empty_folder_lacks_everything() {
    let folder = tempfile::tempdir().unwrap();
    let faults = compile(&Sources::read(folder.path()).unwrap()).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == Code::MissingFile));
    assert_eq!(faults.len(), 2);
}
