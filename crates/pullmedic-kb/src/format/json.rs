//! One JSON object: `{"format": 1, "diagnostics": […]}`.

use pullmedic_core::{Diagnostic, Diagnostics, Location};
use serde_json::{Value, json};

pub(crate) fn report(faults: Option<&Diagnostics>) -> String {
    let diagnostics: Vec<Value> =
        faults.into_iter().flat_map(Diagnostics::iter).map(diagnostic).collect();
    format!("{:#}\n", json!({ "format": 1, "diagnostics": diagnostics }))
}

fn diagnostic(fault: &Diagnostic) -> Value {
    let related: Vec<Value> = fault
        .related
        .iter()
        .map(|(at, label)| json!({ "location": location(at), "label": label }))
        .collect();
    json!({
        "code": fault.code.as_str(),
        "severity": "error",
        "message": fault.message,
        "location": location(&fault.primary),
        "label": fault.label,
        "related": related,
        "hints": fault.hints,
    })
}

fn location(at: &Location) -> Value {
    json!({ "file": at.file, "line": at.line, "column": at.column, "start": at.start, "end": at.end })
}
