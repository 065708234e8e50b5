//! Where the knowledge base is, seen from the invoking crate.

use std::path::{Path, PathBuf};

use proc_macro::Span;
use syn::LitStr;

/// The folder named by `literal`, below the invoking crate's root.
///
/// The root is the nearest folder with a `Cargo.toml` above the invoking file; `CARGO_MANIFEST_DIR` only helps out
/// where the compiler doesn't say which file that is, because test harnesses point it elsewhere.
pub(crate) fn locate(literal: &LitStr) -> syn::Result<PathBuf> {
    let root = invoking_crate().ok_or_else(|| {
        syn::Error::new(literal.span(), "can't tell which crate this macro is used in")
    })?;
    let folder = root.join(literal.value());
    if folder.is_dir() {
        return Ok(folder);
    }
    let message = format!(
        "there is no folder `{}` in {}; name the knowledge base relative to the crate's Cargo.toml",
        literal.value(),
        root.display()
    );
    Err(syn::Error::new(literal.span(), message))
}

fn invoking_crate() -> Option<PathBuf> {
    let file = Span::call_site().local_file().and_then(|f| f.canonicalize().ok());
    let above = file.as_deref().and_then(|f| f.ancestors().find(|dir| is_crate(dir)));
    above.map(PathBuf::from).or_else(|| std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from))
}

fn is_crate(dir: &Path) -> bool {
    dir.join("Cargo.toml").is_file()
}
