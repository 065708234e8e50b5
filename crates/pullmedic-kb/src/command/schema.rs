//! `pullmedic-kb schema`: the JSON Schema of every kind of file, for editors that complete and check YAML.
//!
//! Made from the same tables by which the compiler reads the keys, so the two can't disagree.

use std::io::Write;

use pullmedic_core::schema::{FILES, FileKind, Format, Key, Section, Shape};
use serde_json::{Map, Value, json};

use crate::{Failure, Outcome};

pub(crate) fn run() -> Result<Outcome, Failure> {
    writeln!(anstream::stdout(), "{:#}", schema())?;
    Ok(Outcome::Clean)
}

/// One schema per kind of file under `$defs`; the root is that of a problem, the file people edit most.
fn schema() -> Value {
    let definitions: Map<String, Value> =
        FILES.iter().map(|kind| (name(kind), shape(kind.shape, Format::Free))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pullmedic knowledge base",
        "$ref": "#/$defs/problem",
        "$defs": definitions,
    })
}

/// `problem`, `cause` …: the noun of the section that the file holds, or else the file's name.
fn name(kind: &FileKind) -> String {
    match kind.shape {
        Shape::Section(section) => section.name.to_owned(),
        _ => kind.path.rsplit('/').next().unwrap_or(kind.path).trim_end_matches(".yaml").to_owned(),
    }
}

fn shape(of: Shape, format: Format) -> Value {
    match of {
        Shape::Text => text(format),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "integer", "minimum": 0 }),
        Shape::List(item) => json!({ "type": "array", "items": shape(*item, format) }),
        Shape::Section(of) => section(of),
        Shape::Map(value) => {
            json!({ "type": "object", "additionalProperties": shape(*value, format) })
        }
        Shape::Either(shapes) => {
            let any: Vec<Value> = shapes.iter().map(|s| shape(*s, format)).collect();
            json!({ "anyOf": any })
        }
        _ => json!({}),
    }
}

fn section(of: &Section) -> Value {
    let keys: Map<String, Value> = of.keys.iter().map(|k| (k.name.to_owned(), key(k))).collect();
    let required: Vec<&str> = of.keys.iter().filter(|k| k.required).map(|k| k.name).collect();
    json!({
        "type": "object",
        "description": of.doc,
        "properties": keys,
        "required": required,
        "additionalProperties": false,
    })
}

fn key(of: &Key) -> Value {
    let mut schema = shape(of.shape, of.format);
    schema["description"] = json!(of.doc);
    schema
}

/// YAML numbers and dates are texts to us.
fn text(format: Format) -> Value {
    match format {
        Format::OneOf(words) => json!({ "enum": words }),
        Format::Id => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
        Format::Title => json!({ "type": "string", "maxLength": 90 }),
        Format::Url => json!({ "type": "string", "pattern": "^https://" }),
        Format::Date => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }),
        _ => json!({ "type": ["string", "number"] }),
    }
}
