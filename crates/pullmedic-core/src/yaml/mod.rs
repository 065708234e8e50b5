//! YAML text → a tree in which every value knows its place.
//!
//! 1. `text`: what may not stand in any file (control characters, a byte order mark …);
//! 2. `index`: the tree, from the events of one parser, which know their positions;
//! 3. `agree`: a second, independent parser must read the same values, one by one.

mod agree;
mod index;
mod node;
mod text;

pub(crate) use node::{Map, Node, Text, Value};

use crate::code::Code;
use crate::fault::{Faults, Span};
use crate::sources::{FileFault, MAX_FILE, SourceFile};

/// Reads a file into a tree; `None` when it can't be one, which is then among the faults.
pub(crate) fn parse(source: &SourceFile, file: u32, faults: &mut Faults<'_>) -> Option<Node> {
    if source.fault() == Some(FileFault::TooLarge) {
        faults
            .add(
                Code::TooLarge,
                Span::file(file),
                format!("the file is larger than {MAX_FILE} bytes"),
            )
            .help("split it: one entry is one file");
        return None;
    }
    if !text::check(source, file, faults) {
        return None;
    }
    let tree = index::build(source.text(), file, faults)?;
    agree::check(&tree, source.text(), faults).then_some(tree)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::sources::Sources;

    /// Every text, keys included, with its file.
    fn texts<'n>(node: &'n Node, found: &mut Vec<&'n Text>) {
        match &node.value {
            Value::Null => {}
            Value::Text(text) => found.push(text),
            Value::List(list) => list.iter().for_each(|node| texts(node, found)),
            Value::Map(map) => {
                for (key, node) in map {
                    found.push(key);
                    texts(node, found);
                }
            }
        }
    }

    /// The text stands where its span says, and line and column say the same.
    fn is_there(text: &Text, source: &str) -> bool {
        let Span { start, end, .. } = text.span;
        let written = &source[start as usize..end as usize];
        let first = written.split_whitespace().next().unwrap_or_default();
        let quoted = |quote| written.starts_with(quote) && written.ends_with(quote);
        let shown = if text.plain && !text.text.contains(' ') {
            written == text.text
        } else {
            quoted('"') || quoted('\'') || text.text.trim_start().starts_with(first)
        };
        let place = super::text::place(source, start as usize, written.len(), text.span.file);
        shown && place == text.span
    }

    fn check(root: &str) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
        let sources = Sources::read(&root).unwrap();
        let mut faults = Faults::new(&sources);
        for (index, source) in sources.files().iter().enumerate() {
            let Some(tree) = parse(source, index as u32, &mut faults) else { continue };
            let mut found = Vec::new();
            texts(&tree, &mut found);
            for text in found {
                assert!(is_there(text, source.text()), "{} {text:?}", source.path());
            }
        }
    }

    #[test]
    fn texts_are_where_the_tree_says() {
        check("tests/base");
        check("../../kb");
    }
}
