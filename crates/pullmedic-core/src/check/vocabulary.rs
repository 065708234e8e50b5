//! The closed lists, and words that must be in them.

use std::collections::BTreeMap;

use super::Cx;
use super::templates::Strictness;
use crate::code::Code;
use crate::kb::{Placeholder, PlaceholderKind, Term, Vocabulary};
use crate::layout::Layout;
use crate::raw::{self, List, Read};
use crate::yaml::Text;

/// A list of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordList {
    Clients,
    Operations,
    Stages,
    Statuses,
    Credentials,
    Shells,
}

impl WordList {
    fn noun(self) -> &'static str {
        match self {
            WordList::Clients => "client",
            WordList::Operations => "operation",
            WordList::Stages => "stage",
            WordList::Statuses => "status",
            WordList::Credentials => "credential kind",
            WordList::Shells => "shell",
        }
    }
}

/// The vocabulary, ready for look-ups.
pub(super) struct Words {
    pub(super) vocabulary: Vocabulary,
    placeholders: BTreeMap<String, usize>,
    /// Could the file be read? If not, no word is called unknown.
    known: bool,
}

impl Default for Words {
    fn default() -> Self {
        let vocabulary = Vocabulary {
            clients: Vec::new(),
            operations: Vec::new(),
            stages: Vec::new(),
            statuses: Vec::new(),
            credentials: Vec::new(),
            shells: Vec::new(),
            placeholders: Vec::new(),
            synonyms: Vec::new(),
        };
        Words { vocabulary, placeholders: BTreeMap::new(), known: false }
    }
}

impl Words {
    fn list(&self, list: WordList) -> &[Term] {
        match list {
            WordList::Clients => &self.vocabulary.clients,
            WordList::Operations => &self.vocabulary.operations,
            WordList::Stages => &self.vocabulary.stages,
            WordList::Statuses => &self.vocabulary.statuses,
            WordList::Credentials => &self.vocabulary.credentials,
            WordList::Shells => &self.vocabulary.shells,
        }
    }

    /// The index of a placeholder.
    pub(super) fn placeholder(&self, name: &str) -> Option<usize> {
        self.placeholders.get(name).copied()
    }

    /// Could the vocabulary be read? If not, no word is called unknown.
    pub(super) fn known(&self) -> bool {
        self.known
    }

    pub(super) fn placeholder_names(&self) -> impl Iterator<Item = &str> {
        self.placeholders.keys().map(String::as_str)
    }
}

impl Cx<'_> {
    /// Reads the vocabulary: placeholders first, since the terms' signs may contain them.
    pub(super) fn vocabulary(&mut self, layout: &Layout) {
        let Some(tree) = layout.vocabulary.as_ref().and_then(|item| item.tree.as_ref()) else {
            return;
        };
        let Some(raw) = raw::Vocabulary::read(tree, &mut self.faults) else { return };
        self.words.known = true;
        self.placeholders(raw.placeholders);
        self.words.vocabulary = Vocabulary {
            clients: self.terms_of("client", raw.clients),
            operations: self.terms_of("operation", raw.operations),
            stages: self.terms_of("stage", raw.stages),
            statuses: self.terms_of("status", raw.statuses),
            credentials: self.terms_of("credential kind", raw.credentials),
            shells: self.terms_of("shell", raw.shells),
            placeholders: std::mem::take(&mut self.words.vocabulary.placeholders),
            synonyms: self.synonyms(raw.synonyms),
        };
    }

    fn placeholders(&mut self, raw: List<raw::Placeholder>) {
        self.unique("placeholder", raw.0.iter().filter_map(|p| p.id.as_ref()));
        for (index, raw) in raw.into_iter().enumerate() {
            let id = self.required(raw.id, |cx, id| cx.id("placeholder", id));
            self.words.placeholders.entry(id.clone()).or_insert(index);
            let kind = self.required(raw.kind, |cx, kind| cx.one_of(kind, raw::PLACEHOLDER_TYPES));
            let placeholder = Placeholder {
                id,
                kind: placeholder_kind(&kind),
                title: self.required(raw.title, Cx::plain),
                help: self.optional(raw.help, Cx::markdown),
                example: self.required(raw.example, Cx::plain),
            };
            self.words.vocabulary.placeholders.push(placeholder);
        }
    }

    fn terms_of(&mut self, noun: &str, raw: List<raw::Term>) -> Vec<Term> {
        self.unique(noun, raw.0.iter().filter_map(|term| term.id.as_ref()));
        raw.into_iter().map(|raw| self.term(raw)).collect()
    }

    fn term(&mut self, raw: raw::Term) -> Term {
        let signs = raw.signs.into_iter();
        Term {
            id: self.required(raw.id, |cx, id| cx.id("word", id)),
            title: self.required(raw.title, Cx::title),
            synonyms: self.each(raw.synonyms, Cx::plain),
            signs: signs.map(|sign| self.template(&sign, Strictness::Sign)).collect(),
        }
    }

    /// Each group in lower case; no word in two of them.
    fn synonyms(&mut self, raw: List<List<Text>>) -> Vec<Vec<String>> {
        self.unique("synonym", raw.0.iter().flat_map(|group| &group.0));
        raw.into_iter().map(|group| self.each(group, |_, word| word.text.to_lowercase())).collect()
    }

    /// A word that must be in a list.
    pub(super) fn word(&mut self, list: WordList, word: &Text) -> String {
        let known = self.words.list(list);
        if self.words.known && known.iter().all(|term| term.id != word.text) {
            let message = format!("the vocabulary has no {} `{}`", list.noun(), word.text);
            let fault = self.faults.add(Code::UnknownWord, word.span, message);
            fault.suggest(&word.text, known.iter().map(|term| term.id.as_str()));
            let synonym = known.iter().find(|term| term.synonyms.contains(&word.text));
            if let Some(term) = synonym {
                fault.help(format!("`{}` is a synonym of `{}`", word.text, term.id));
            }
            fault.help("the words are listed in vocabulary.yaml; add it there if it is missing");
        }
        word.text.clone()
    }

    pub(super) fn client(&mut self, word: &Text) -> String {
        self.word(WordList::Clients, word)
    }

    pub(super) fn operation(&mut self, word: &Text) -> String {
        self.word(WordList::Operations, word)
    }

    pub(super) fn shell(&mut self, word: &Text) -> String {
        self.word(WordList::Shells, word)
    }

    pub(super) fn credential_kind(&mut self, word: &Text) -> String {
        self.word(WordList::Credentials, word)
    }

    /// Reports a placeholder that isn't in the vocabulary; `name` with its brackets as written.
    pub(super) fn unknown_placeholder(&mut self, text: &Text, name: &str, or_else: &str) {
        if !self.words.known {
            return;
        }
        let span = self.faults.within(text.span, name);
        let bare = name.trim_matches(['<', '>']).to_lowercase().replace('_', "-");
        self.faults
            .add(
                Code::UnknownPlaceholder,
                span,
                format!("the vocabulary has no placeholder `{name}`"),
            )
            .suggest(&bare, self.words.placeholders.keys().map(String::as_str))
            .help(or_else);
    }
}

fn placeholder_kind(kind: &str) -> PlaceholderKind {
    match kind {
        "name" => PlaceholderKind::Name,
        "host" => PlaceholderKind::Host,
        "path" => PlaceholderKind::Path,
        "image" => PlaceholderKind::Image,
        "digest" => PlaceholderKind::Digest,
        "ip" => PlaceholderKind::Ip,
        "guid" => PlaceholderKind::Guid,
        "number" => PlaceholderKind::Number,
        "url" => PlaceholderKind::Url,
        "word" => PlaceholderKind::Word,
        _ => PlaceholderKind::Any,
    }
}
