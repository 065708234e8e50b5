//! What may not stand in any file, whatever YAML makes of it.

use crate::code::Code;
use crate::fault::{Faults, Span};
use crate::sources::{FileFault, SourceFile};

/// So many are shown of what can stand anywhere and often.
pub(super) const SHOWN: usize = 10;

/// Checks the bytes; `false` when there is no point in parsing them.
pub(super) fn check(source: &SourceFile, file: u32, faults: &mut Faults<'_>) -> bool {
    let text = source.text();
    if let Some(FileFault::NotUtf8(at)) = source.fault() {
        faults
            .add(Code::Encoding, place(text, at, 1, file), "the file isn't UTF-8 from here on")
            .help("save it as UTF-8");
        return false;
    }
    last_newline(text, file, faults);
    let mut clean = true;
    for (at, c) in text.char_indices().filter(|&(at, c)| refused(text, at, c)).take(SHOWN) {
        clean = false;
        let span = place(text, at, c.len_utf8(), file);
        faults
            .add(Code::Encoding, span, format!("{} may not stand in a file", name(c)))
            .help("remove it; in a quoted text, `\\u…` can stand for it");
    }
    clean
}

fn last_newline(text: &str, file: u32, faults: &mut Faults<'_>) {
    let Some(last) = text.chars().next_back().filter(|&last| last != '\n') else { return };
    let span = place(text, text.len() - last.len_utf8(), last.len_utf8(), file);
    faults
        .add(Code::MissingNewline, span, "the last line has no line break")
        .help("end the file with a line break");
}

/// Control characters, and what one YAML version takes for a line break and another doesn't.
fn refused(text: &str, at: usize, c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\r' => !text[at + 1..].starts_with('\n'),
        '\u{feff}' | '\u{2028}' | '\u{2029}' => true,
        c => c.is_control(),
    }
}

fn name(c: char) -> String {
    match c {
        '\u{feff}' => "a byte order mark".to_owned(),
        '\0' => "a NUL".to_owned(),
        c => format!("the character U+{:04X}", c as u32),
    }
}

/// The place of some bytes of a text.
pub(super) fn place(text: &str, start: usize, length: usize, file: u32) -> Span {
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Span {
        file,
        start: start as u32,
        end: (start + length) as u32,
        line: before.matches('\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
    }
}
