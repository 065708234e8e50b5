//! Raw entries → the checked model. One module per rule group; every module reports its faults
//! into [`Cx::faults`] and goes on, so that all of them come out together.
//!
//! Conversions never fail: a value that is at fault becomes something harmless, because the model
//! is thrown away as soon as there is one fault.

mod causes;
mod commands;
mod examples;
mod library;
mod logins;
mod markdown;
mod problems;
mod providers;
mod references;
mod resolutions;
mod signs;
mod tables;
mod templates;
mod terms;
mod values;
mod vocabulary;

use std::collections::BTreeMap;

use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::fault::{Faults, Span};
use crate::kb::Kb;
use crate::layout::{self, Layout};
use crate::sources::Sources;
use crate::yaml::Text;
use library::Library;
use terms::Terms;
use vocabulary::Words;

/// What every check needs.
pub(crate) struct Cx<'a> {
    faults: Faults<'a>,
    words: Words,
    /// Problem ids and aliases, in full, to problem ids.
    problem_ids: BTreeMap<String, String>,
    library: Library<'a>,
    /// What shared texts say, per provider.
    terms: BTreeMap<String, Terms>,
}

/// Checks everything and builds the model.
pub(crate) fn compile(sources: &Sources) -> Result<Kb, Diagnostics> {
    let mut faults = Faults::new(sources);
    let layout = layout::load(sources, &mut faults);
    let (kb, faults) = build(&layout, faults);
    Diagnostics::refuse(faults.finish())?;
    Ok(kb)
}

/// Ids first, then the vocabulary, then what refers to both.
fn build<'a>(layout: &'a Layout, faults: Faults<'a>) -> (Kb, Faults<'a>) {
    let mut cx = Cx {
        faults,
        words: Words::default(),
        problem_ids: BTreeMap::new(),
        library: Library::new(layout),
        terms: BTreeMap::new(),
    };
    cx.collect_terms(layout);
    let entries = cx.read_problems(layout);
    cx.collect_problem_ids(&entries);
    let complete = layout.complete() && entries.iter().all(|entry| entry.raw.is_some());
    cx.vocabulary(layout);
    let registries = cx.registries(layout);
    let problems = cx.problems(entries);
    cx.example_file(layout);
    let providers = cx.providers(layout);
    let tables = cx.tables(layout);
    cx.unused(layout, complete);
    let vocabulary = cx.words.vocabulary;
    (Kb { vocabulary, registries, providers, problems, tables }, cx.faults)
}

/// How a text is checked and converted.
type Convert<'a> = fn(&mut Cx<'a>, &Text) -> String;

impl<'a> Cx<'a> {
    /// A text that should be there: where it isn't, that is reported already.
    fn required(&mut self, text: Option<Text>, convert: Convert<'a>) -> String {
        self.optional(text, convert).unwrap_or_default()
    }

    fn optional(&mut self, text: Option<Text>, convert: Convert<'a>) -> Option<String> {
        text.map(|text| convert(self, &text))
    }

    fn each(&mut self, texts: impl IntoIterator<Item = Text>, convert: Convert<'a>) -> Vec<String> {
        texts.into_iter().map(|text| convert(self, &text)).collect()
    }

    /// Reports what is defined twice.
    fn duplicate(&mut self, what: &str, again: &Text, first: Span) {
        self.faults
            .add(
                Code::Duplicate,
                again.span,
                format!("the {what} `{}` is defined twice", again.text),
            )
            .label("again here")
            .see(first, "first here");
    }

    /// Reports each id that stands twice in a list.
    fn unique<'t>(&mut self, what: &str, ids: impl IntoIterator<Item = &'t Text>) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for id in ids {
            match seen.get(id.text.as_str()) {
                Some(&first) => self.duplicate(what, id, first),
                None => _ = seen.insert(&id.text, id.span),
            }
        }
    }
}
