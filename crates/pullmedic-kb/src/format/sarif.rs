//! SARIF 2.1.0, the format of code-scanning services (OASIS, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>).

use pullmedic_core::{Code, Diagnostic, Diagnostics, Location};
use serde_json::{Value, json};

pub(crate) fn report(faults: Option<&Diagnostics>) -> String {
    let results: Vec<Value> = faults.into_iter().flat_map(Diagnostics::iter).map(result).collect();
    let rules: Vec<Value> = Code::ALL.iter().map(rule).collect();
    let driver = json!({
        "name": "pullmedic-kb",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}\n")
}

fn rule(code: &Code) -> Value {
    json!({ "id": code.as_str(), "shortDescription": { "text": code.title() } })
}

fn result(fault: &Diagnostic) -> Value {
    let related: Vec<Value> = fault
        .related
        .iter()
        .map(|(at, label)| {
            let mut place = location(at);
            place["message"] = json!({ "text": label });
            place
        })
        .collect();
    let mut text = fault.message.clone();
    for hint in &fault.hints {
        text.push_str("\nhelp: ");
        text.push_str(hint);
    }
    json!({
        "ruleId": fault.code.as_str(),
        "level": "error",
        "message": { "text": text },
        "locations": [location(&fault.primary)],
        "relatedLocations": related,
    })
}

fn location(at: &Location) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": at.file },
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "byteOffset": at.start,
            "byteLength": at.end - at.start,
        },
    }})
}
