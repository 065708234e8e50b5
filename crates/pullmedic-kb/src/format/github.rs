//! GitHub Actions annotations: one `::error` line per fault.

use std::fmt::Write;

use pullmedic_core::{Diagnostic, Diagnostics};

pub(crate) fn report(faults: Option<&Diagnostics>) -> String {
    let mut out = String::new();
    for fault in faults.into_iter().flat_map(Diagnostics::iter) {
        let _ = writeln!(out, "{}", annotation(fault));
    }
    out
}

fn annotation(fault: &Diagnostic) -> String {
    let at = &fault.primary;
    let mut message = fault.message.clone();
    for hint in &fault.hints {
        message.push_str("\nhelp: ");
        message.push_str(hint);
    }
    format!(
        "::error file={},line={},col={},title={}::{}",
        property(&at.file),
        at.line,
        at.column,
        property(fault.code.as_str()),
        data(&message)
    )
}

/// Escapes as the workflow-command syntax wants it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    #[test]
    fn line_breaks_and_separators_are_escaped() {
        assert_eq!(super::data("50%\nmore"), "50%25%0Amore");
        assert_eq!(super::property("a:b,c"), "a%3Ab%2Cc");
    }
}
