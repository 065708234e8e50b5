//! Faults while they are being collected: cheap places, turned into [`Diagnostic`]s at the end.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Location};
use crate::distance;
use crate::sources::Sources;

/// A place: which file of the sources, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// Index into [`Sources::files`].
    pub(crate) file: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// 1-based.
    pub(crate) line: u32,
    /// 1-based, in characters.
    pub(crate) column: u32,
}

impl Span {
    /// The beginning of a file.
    pub(crate) fn file(file: u32) -> Self {
        Span { file, start: 0, end: 0, line: 1, column: 1 }
    }
}

/// A [`Diagnostic`] in the making.
#[derive(Debug)]
pub(crate) struct Fault {
    code: Code,
    span: Span,
    message: String,
    label: String,
    related: Vec<(Span, String)>,
    hints: Vec<String>,
    /// A file that isn't there: the place is its beginning, wherever `span` is.
    absent: Option<String>,
}

impl Fault {
    /// A few words under the place.
    pub(crate) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = label.into();
        self
    }

    /// A further place.
    pub(crate) fn see(&mut self, span: Span, label: impl Into<String>) -> &mut Self {
        self.related.push((span, label.into()));
        self
    }

    /// What to do.
    pub(crate) fn help(&mut self, hint: impl Into<String>) -> &mut Self {
        self.hints.push(hint.into());
        self
    }

    /// "did you mean …", when a candidate is near enough.
    pub(crate) fn suggest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        self.mean(distance::nearest(word, candidates))
    }

    /// Likewise for an id; or else those that have words in common with it.
    pub(crate) fn suggest_id<'a>(
        &mut self,
        id: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        let candidates: Vec<&str> = candidates.into_iter().collect();
        match distance::nearest(id, candidates.iter().copied()) {
            Some(near) => self.mean([near]),
            None => self.mean(distance::akin(id, candidates)),
        }
    }

    fn mean<'a>(&mut self, near: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let near: Vec<String> = near.into_iter().map(|near| format!("`{near}`")).collect();
        if near.is_empty() {
            self
        } else {
            self.help(format!("did you mean {}?", near.join(" or ")))
        }
    }
}

/// All faults so far.
#[derive(Debug)]
pub(crate) struct Faults<'a> {
    sources: &'a Sources,
    list: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Faults { sources, list: Vec::new() }
    }

    /// Adds one; say more about it with the methods of [`Fault`].
    pub(crate) fn add(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Fault {
        self.list.push(Fault {
            code,
            span,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            hints: Vec::new(),
            absent: None,
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Adds one about a file that isn't there; its path is below the root.
    pub(crate) fn absent(&mut self, path: &str, message: impl Into<String>) -> &mut Fault {
        let path = format!("{}/{path}", self.sources.root());
        let fault = self.add(Code::MissingFile, Span::file(0), message);
        fault.absent = Some(path);
        fault
    }

    /// Whether something is wrong with a part of this place already: then it isn't judged as a
    /// whole, since what couldn't be read looks as if it were missing.
    pub(crate) fn touch(&self, place: Span) -> bool {
        let part = |span: Span| {
            span.file == place.file && place.start <= span.start && span.end <= place.end
        };
        self.list.iter().any(|fault| part(fault.span))
    }

    /// Whether this place has such a fault already (a shared text is checked for each provider).
    pub(crate) fn has(&self, code: Code, span: Span) -> bool {
        self.list.iter().any(|fault| fault.code == code && fault.span == span)
    }

    /// The place of `needle` within a value, or the whole value where it can't be told
    /// (because the YAML writes it with escapes or folds it).
    pub(crate) fn within(&self, span: Span, needle: &str) -> Span {
        let text = self.sources.files()[span.file as usize].text();
        let value = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let Some(at) = value.find(needle).filter(|_| !needle.is_empty()) else { return span };
        let start = span.start + at as u32;
        let line_start = text[..start as usize].rfind('\n').map_or(0, |newline| newline + 1);
        Span {
            start,
            end: start + needle.len() as u32,
            line: span.line + value[..at].matches('\n').count() as u32,
            column: text[line_start..start as usize].chars().count() as u32 + 1,
            ..span
        }
    }

    pub(crate) fn location(&self, span: Span) -> Location {
        Location {
            file: self.sources.files()[span.file as usize].path().to_owned(),
            line: span.line,
            column: span.column,
            start: span.start as usize,
            end: span.end as usize,
        }
    }

    /// The faults as others see them.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.list).into_iter().map(|fault| self.diagnostic(fault)).collect()
    }

    fn diagnostic(&self, fault: Fault) -> Diagnostic {
        let place = match fault.absent {
            Some(path) => Location::file(path),
            None => self.location(fault.span),
        };
        let mut diagnostic = Diagnostic::new(fault.code, place, fault.message);
        diagnostic.label = fault.label;
        diagnostic.hints = fault.hints;
        diagnostic.related =
            fault.related.into_iter().map(|(span, label)| (self.location(span), label)).collect();
        diagnostic
    }
}
