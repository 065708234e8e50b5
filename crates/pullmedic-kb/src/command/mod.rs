//! One module per command.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod new;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod table;

use std::path::Path;

use pullmedic_core::{Diagnostics, Kb, Sources};
use pullmedic_pack::Packed;

use crate::Failure;

/// A knowledge base that passed every check, and its table.
pub(crate) struct Compiled {
    pub(crate) kb: Kb,
    pub(crate) packed: Packed,
}

/// Reads the folder; an unreadable folder is a failure of the command, not a fault of the knowledge base.
pub(crate) fn read(dir: &Path) -> Result<Sources, Failure> {
    if !dir.is_dir() {
        let name = dir.display();
        return Err(Failure(format!(
            "there is no folder `{name}`; name the knowledge base's folder"
        )));
    }
    Ok(Sources::read(dir)?)
}

/// Checks the sources, packs the table and runs every example through it.
pub(crate) fn compile(sources: &Sources) -> Result<Compiled, Diagnostics> {
    let kb = pullmedic_core::compile(sources)?;
    let packed = Packed::new(&kb);
    pullmedic_pack::verify(&kb, &packed)?;
    Ok(Compiled { kb, packed })
}
