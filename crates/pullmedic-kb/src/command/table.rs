//! `pullmedic-kb table`: the compiled table in its several forms.

use std::fs;
use std::io::Write;
use std::path::Path;

use pullmedic_pack::Layers;

use crate::args::{Emit, Table};
use crate::{Failure, Outcome, format};

pub(crate) fn run(args: &Table) -> Result<Outcome, Failure> {
    let sources = super::read(&args.kb)?;
    let compiled = match super::compile(&sources) {
        Ok(compiled) => compiled,
        Err(faults) => {
            anstream::print!("{}", format::text::report(Some(&faults), &sources));
            return Ok(Outcome::Faults);
        }
    };
    let bytes = match args.emit {
        Emit::Bin => compiled.packed.bytes(Layers::All),
        Emit::Json => compiled.packed.json().into_bytes(),
        Emit::Listing => compiled.packed.listing().into_bytes(),
        Emit::Rust => compiled.packed.source().into_bytes(),
    };
    match &args.out {
        None => Ok(std::io::stdout().write_all(&bytes).map(|()| Outcome::Clean)?),
        Some(out) if args.check => compare(out, &bytes),
        Some(out) => write(out, &bytes),
    }
}

fn compare(out: &Path, bytes: &[u8]) -> Result<Outcome, Failure> {
    let found = fs::read(out).map_err(|e| format!("can't read `{}`: {e}", out.display()))?;
    if found == bytes {
        return Ok(Outcome::Clean);
    }
    anstream::println!("`{}` is out of date; run the same command without --check", out.display());
    Ok(Outcome::Faults)
}

/// Through a file beside it, so that a reader never sees half a table.
fn write(out: &Path, bytes: &[u8]) -> Result<Outcome, Failure> {
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = |e: &dyn std::fmt::Display| format!("can't write `{}`: {e}", out.display());
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| name(&e))?;
    file.write_all(bytes).map_err(|e| name(&e))?;
    file.persist(out).map_err(|e| name(&e))?;
    Ok(Outcome::Clean)
}
