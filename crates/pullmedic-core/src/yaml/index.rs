//! The tree from parser events, and what YAML allows but entries don't.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use super::node::{Map, Node, Text, Value};
use super::text::{SHOWN, place};
use crate::code::Code;
use crate::fault::{Faults, Span};

/// How deep lists and mappings may be nested.
const MAX_DEPTH: usize = 32;
/// How many values a file may have.
const MAX_NODES: usize = 50_000;
/// How many bytes a text may have.
const MAX_TEXT: usize = 64 << 10;

/// Builds the tree; `None` when the text is no YAML, or more than is allowed.
pub(super) fn build(text: &str, file: u32, faults: &mut Faults<'_>) -> Option<Node> {
    let mut builder = Builder::new(text, file, faults);
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.event(event, span).ok()?,
            Err(error) => return builder.refuse(&error),
        }
    }
    builder.tabs();
    builder.finish()
}

/// A list or mapping that hasn't ended yet.
struct Open {
    span: Span,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Map, key: Option<Text>, seen: BTreeMap<String, Span> },
}

/// Parsing this file ends here; the reason is among the faults.
struct Stop;

struct Builder<'a, 'f> {
    text: &'a str,
    file: u32,
    faults: &'a mut Faults<'f>,
    /// The byte offset of each character, empty when they are the same.
    offsets: Vec<u32>,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    /// Uses of YAML features that are refused: what the tree says then isn't what was meant.
    features: usize,
    /// The ranges of all texts, in order.
    texts: Vec<(u32, u32)>,
}

impl<'a, 'f> Builder<'a, 'f> {
    fn new(text: &'a str, file: u32, faults: &'a mut Faults<'f>) -> Self {
        let offsets = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at as u32).collect()
        };
        let (open, texts) = (Vec::new(), Vec::new());
        Builder {
            text,
            file,
            faults,
            offsets,
            open,
            root: None,
            nodes: 0,
            documents: 0,
            features: 0,
            texts,
        }
    }

    fn event(&mut self, event: Event<'_>, at: saphyr_parser::Span) -> Result<(), Stop> {
        let span = self.span(at);
        match event {
            Event::DocumentStart(explicit) => return self.document(explicit, span),
            Event::Alias(_) => {
                self.feature(span, "an alias");
                self.attach(Node { span, value: Value::Null })?;
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.refuse_anchor_and_tag(span, anchor, tag.is_some());
                let node = self.scalar(value.into_owned(), style, span)?;
                self.attach(node)?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_anchor_and_tag(span, anchor, tag.is_some());
                self.push(span, Content::List(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_anchor_and_tag(span, anchor, tag.is_some());
                let (entries, seen) = (Vec::new(), BTreeMap::new());
                self.push(span, Content::Map { entries, key: None, seen })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn span(&self, at: saphyr_parser::Span) -> Span {
        let (start, end) = (self.offset(at.start), self.offset(at.end));
        Span {
            file: self.file,
            start,
            end: end.max(start),
            line: at.start.line() as u32,
            column: at.start.col() as u32 + 1,
        }
    }

    fn offset(&self, at: Marker) -> u32 {
        let end = self.text.len() as u32;
        if self.offsets.is_empty() {
            return (at.index() as u32).min(end);
        }
        self.offsets.get(at.index()).copied().unwrap_or(end)
    }

    fn document(&mut self, explicit: bool, span: Span) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents > 1 {
            self.feature(span, "a second document");
            return Err(Stop);
        }
        let before = &self.text[..span.start as usize];
        if explicit && before.lines().any(|line| line.starts_with('%')) {
            self.feature(Span::file(self.file), "a directive");
        }
        Ok(())
    }

    fn feature(&mut self, span: Span, what: &str) {
        self.features += 1;
        self.faults
            .add(Code::YamlFeature, span, format!("entries don't use this feature of YAML: {what}"))
            .help("if it is meant as text, quote it; otherwise write the value out");
    }

    fn refuse_anchor_and_tag(&mut self, span: Span, anchor: usize, tag: bool) {
        if anchor > 0 {
            self.feature(span, "an anchor (`&…`)");
        }
        if tag {
            self.feature(span, "a tag (`!…`)");
        }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, mut span: Span) -> Result<Node, Stop> {
        // The parser counts the white space behind a quoted text in.
        let written = &self.text[span.start as usize..span.end as usize];
        span.end = span.start + written.trim_end().len() as u32;
        if text.len() > MAX_TEXT {
            return self.too_large(span, format!("a text is longer than {MAX_TEXT} bytes"));
        }
        self.texts.push((span.start, span.end));
        let plain = style == ScalarStyle::Plain;
        if plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL") {
            return Ok(Node { span, value: Value::Null });
        }
        let rest = self.text[span.end as usize..].lines().next().unwrap_or_default();
        let commented = plain && rest.trim_start().starts_with('#');
        Ok(Node { span, value: Value::Text(Text { text, span, plain, commented }) })
    }

    fn too_large<T>(&mut self, span: Span, message: String) -> Result<T, Stop> {
        self.faults.add(Code::TooLarge, span, message).help("split the entry");
        Err(Stop)
    }

    fn push(&mut self, span: Span, content: Content) -> Result<(), Stop> {
        if self.open.len() == MAX_DEPTH {
            return self.too_large(span, format!("more than {MAX_DEPTH} levels of nesting"));
        }
        self.open.push(Open { span, content });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Stop> {
        let Some(Open { mut span, content }) = self.open.pop() else { return Ok(()) };
        let value = match content {
            Content::List(list) => Value::List(list),
            Content::Map { entries, .. } => Value::Map(entries),
        };
        span.end = end_of(&value).unwrap_or(end.end).max(span.end);
        self.attach(Node { span, value })
    }

    /// Puts a finished value where it belongs.
    fn attach(&mut self, node: Node) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.too_large(node.span, format!("more than {MAX_NODES} values"));
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::List(list)) => list.push(node),
            Some(Content::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => return self.key(node),
            },
        }
        Ok(())
    }

    fn key(&mut self, node: Node) -> Result<(), Stop> {
        let Value::Text(text) = node.value else {
            self.feature(node.span, "a key that isn't a text");
            return Err(Stop);
        };
        if let Some(Content::Map { key, seen, .. }) = self.open.last_mut().map(|o| &mut o.content) {
            if let Some(first) = seen.insert(text.text.clone(), text.span) {
                self.faults
                    .add(Code::DuplicateKey, text.span, format!("`{}` stands twice", text.text))
                    .label("again here")
                    .see(first, "first here");
            }
            *key = Some(text);
        }
        Ok(())
    }

    /// The parser gave up.
    fn refuse(mut self, error: &ScanError) -> Option<Node> {
        let at = self.offset(*error.marker()) as usize;
        let span = place(self.text, at, 0, self.file);
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        // The parser names the place where the text began that it was reading when it met the tab.
        let ahead = if error.info().contains("tab") { &self.text[start..] } else { line };
        if let Some(tab) = ahead.find('\t') {
            self.tab(start + tab);
            return None;
        }
        let fault = self.faults.add(Code::Syntax, span, "this isn't valid YAML");
        fault.label(error.info());
        for hint in hints(error.info(), line) {
            fault.help(hint);
        }
        None
    }

    /// Tabs are welcome in texts, nowhere else.
    fn tabs(&mut self) {
        let inside = |texts: &[(u32, u32)], at: usize| {
            let next = texts.partition_point(|&(start, _)| start as usize <= at);
            next > 0 && (at as u32) < texts[next - 1].1
        };
        let all = self.text.match_indices('\t').map(|(at, _)| at);
        let outside: Vec<_> = all.filter(|&at| !inside(&self.texts, at)).take(SHOWN).collect();
        for at in outside {
            self.tab(at);
        }
    }

    fn tab(&mut self, at: usize) {
        let span = place(self.text, at, 1, self.file);
        self.faults.add(Code::Tab, span, "a tab outside a text").help("use spaces");
    }

    fn finish(self) -> Option<Node> {
        if self.root.is_none() {
            self.faults.add(Code::Empty, Span::file(self.file), "the file is empty");
        }
        self.root.filter(|_| self.features == 0)
    }
}

/// Where the last value in a list or mapping ends.
fn end_of(value: &Value) -> Option<u32> {
    match value {
        Value::List(list) => list.last().map(|node| node.span.end),
        Value::Map(map) => map.last().map(|(key, node)| node.span.end.max(key.span.end)),
        Value::Null | Value::Text(_) => None,
    }
}

/// What people usually did when the parser says this.
fn hints(info: &str, line: &str) -> Vec<&'static str> {
    let mut hints = Vec::new();
    if info.contains("block") {
        hints.push("keys of the same item, and items of the same list, begin in the same column");
    }
    if info.contains("in quoted scalar") {
        return vec!["close the quote that opens here, or indent the lines that it goes on in"];
    }
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    if value.contains(": ") || value.contains(" #") {
        hints.push("a value that contains `: ` or ` #` must be quoted, or be a `|` block");
    }
    if value.contains(['{', '[']) {
        hints.push("within `{…}` and `[…]`, a value with `,` or brackets must be quoted");
    }
    if value.starts_with(['*', '&', '!', '%', '@', '`']) {
        hints.push("a value that begins with one of ``* & ! % @ ` `` must be quoted");
    }
    if info.contains("escape") {
        hints.push(
            "in double quotes a backslash is `\\\\`; in single quotes it is just a backslash",
        );
    }
    hints
}
