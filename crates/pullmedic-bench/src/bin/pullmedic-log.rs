//! Writes a log of any size to standard output: `pullmedic-log mixed --size 2G`.

use std::io::{self, Write};
use std::process::ExitCode;

use pullmedic_bench::log::{Kind, Writer};
use pullmedic_bench::template::Template;

const USAGE: &str = "usage: pullmedic-log mixed|hostile|near [--size N[K|M|G]]\n";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((kind, size)) = parse(&args) else {
        io::stderr().write_all(USAGE.as_bytes()).unwrap_or_default();
        return ExitCode::from(2);
    };
    match write(kind, size) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

fn parse(args: &[String]) -> Option<(Kind, u64)> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        [kind] => Some((Kind::named(kind)?, 1 << 20)),
        [kind, "--size", size] => Some((Kind::named(kind)?, bytes(size)?)),
        _ => None,
    }
}

fn bytes(text: &str) -> Option<u64> {
    let (digits, shift) = match text.as_bytes().last()? {
        b'K' => (&text[..text.len() - 1], 10),
        b'M' => (&text[..text.len() - 1], 20),
        b'G' => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    digits.parse::<u64>().ok()?.checked_shl(shift)
}

fn write(kind: Kind, size: u64) -> io::Result<()> {
    let templates = Template::all(pullmedic::TABLE);
    let mut writer = Writer::new(kind, &templates);
    let mut out = io::stdout().lock();
    let mut written = 0;
    let mut block = String::new();
    while written < size {
        block.clear();
        while block.len() < 1 << 16 {
            writer.line(&mut block);
        }
        out.write_all(block.as_bytes())?;
        written += block.len() as u64;
    }
    Ok(())
}
