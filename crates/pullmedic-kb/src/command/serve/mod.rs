//! `pullmedic-kb serve`: the site on this machine, rebuilt while you write.
//!
//! 1. [`site`] builds the site in memory; a fault keeps the last good one and is shown over it.
//! 2. A watcher wakes the builder when a file of the knowledge base or of the theme changes.
//! 3. [`http`] serves what was built last, to this machine only.

mod http;
mod site;

use std::sync::mpsc;
use std::time::Duration;

use notify::{RecursiveMode, Watcher};

use crate::args::Serve;
use crate::{Failure, Outcome};

/// Editors write a file in several steps; a rebuild waits until they have been quiet for this long.
const QUIET: Duration = Duration::from_millis(50);

pub(crate) fn run(args: &Serve) -> Result<Outcome, Failure> {
    let builder = site::Builder::new(&args.kb, &args.theme);
    let (site, readers) = tokio::sync::watch::channel(builder.first()?);
    let (changed, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|e| !e.kind.is_access()) {
            // The receiver is gone only when the command is ending.
            let _ = changed.send(());
        }
    })?;
    for folder in [&args.kb, &args.theme] {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    std::thread::spawn(move || {
        while changes.recv().is_ok() {
            while changes.recv_timeout(QUIET).is_ok() {}
            let next = builder.next(&site.borrow());
            if site.send(next).is_err() {
                break;
            }
        }
    });
    http::serve(args.port, readers)
}
