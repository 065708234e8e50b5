//! `rg -f`: a process per scan, over a file that the system has in its cache.

use std::io::Write;
use std::process::Command;

use tempfile::NamedTempFile;

use super::Absent;
use crate::log::Log;
use crate::race::Scanner;
use crate::template::Template;

/// The command, and the files it reads.
pub struct Ripgrep {
    patterns: NamedTempFile,
    log: NamedTempFile,
    /// Length and address of the text in `log`.
    written: (usize, usize),
}

impl Ripgrep {
    /// Writes the patterns; fails when there is no `rg`.
    pub fn new(templates: &[Template]) -> Result<Self, Absent> {
        Command::new("rg").arg("--version").output().map_err(|e| format!("no ripgrep: {e}"))?;
        let mut patterns = NamedTempFile::new()?;
        for template in templates {
            writeln!(patterns, "{}", within_line(&template.regex()))?;
        }
        Ok(Ripgrep { patterns, log: NamedTempFile::new()?, written: (0, 0) })
    }

    /// The log as a file, written again only when it is another one.
    fn write(&mut self, text: &str) {
        let now = (text.len(), text.as_ptr().addr());
        if self.written != now {
            let file = NamedTempFile::new()
                .and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file));
            self.log = file.expect("the log is written to a temporary file");
            self.written = now;
        }
    }
}

/// The same expression without a line's end in it: `rg` matches within lines anyway.
fn within_line(regex: &str) -> String {
    regex.replace("[^\\n]", ".").replace("[^ \\n]", "[^ ]")
}

fn tail(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(&stderr[stderr.len().saturating_sub(200)..]);
    text.trim().to_owned()
}

impl Scanner for Ripgrep {
    fn name(&self) -> String {
        "rg -f".to_owned()
    }

    fn scan(&mut self, log: &Log) -> Vec<usize> {
        self.write(&log.text);
        let mut command = Command::new("rg");
        command.args([
            "--no-config",
            "-a",
            "-j1",
            "--no-filename",
            "--no-line-number",
            "--byte-offset",
        ]);
        command.args(["--no-unicode", "--regex-size-limit", "2G", "--dfa-size-limit", "1G", "-f"]);
        let output = command.arg(self.patterns.path()).arg(self.log.path()).output();
        let output = output.expect("rg ran before");
        assert!(output.status.code() != Some(2), "rg: {}", tail(&output.stderr));
        let lines = output.stdout.split(|b| *b == b'\n');
        let offset = |line: &[u8]| {
            std::str::from_utf8(line.split(|b| *b == b':').next()?).ok()?.parse().ok()
        };
        lines.filter_map(offset).collect()
    }

    fn is_child(&self) -> bool {
        true
    }
}
