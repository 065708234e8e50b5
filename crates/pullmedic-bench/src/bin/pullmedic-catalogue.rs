//! Writes a made-up knowledge base and questions about it, to measure its site: `pullmedic-catalogue 1000 target/catalogue`.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use pullmedic_bench::catalogue;
use pullmedic_bench::questions::{KINDS, UNRELATED, questions};
use serde_json::json;

const USAGE: &str = "usage: pullmedic-catalogue PROBLEMS DIR\n";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let parsed = match args.as_slice() {
        [count, folder] => count.parse().ok().map(|count| (count, Path::new(folder))),
        _ => None,
    };
    let said = match parsed {
        Some((count, folder)) => write(count, folder).map_err(|e| format!("{e}\n")),
        None => Err(USAGE.to_owned()),
    };
    let Err(fault) = said else { return ExitCode::SUCCESS };
    io::stderr().write_all(fault.as_bytes()).unwrap_or_default();
    ExitCode::from(2)
}

/// Questions of each kind.
const ASKED: usize = 100;

/// `DIR/kb/…` and `DIR/questions.json`
fn write(count: usize, folder: &Path) -> io::Result<()> {
    for (path, text) in catalogue::files(count) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    let asked = questions(count, ASKED);
    let asked: Vec<_> = asked
        .iter()
        .map(|q| json!({ "kind": KINDS[q.kind], "text": q.text, "answer": q.answer }))
        .collect();
    let all = json!({ "questions": asked, "unrelated": UNRELATED });
    fs::write(folder.join("questions.json"), format!("{all}\n"))
}
