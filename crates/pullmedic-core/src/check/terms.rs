//! `{{terms}}`: what shared texts say in each provider's words.

use std::collections::BTreeMap;

use super::Cx;
use crate::code::Code;
use crate::fault::Faults;
use crate::layout::{Kind, Layout, is_kebab};
use crate::yaml::{Node, Text, Value};

/// A provider's terms.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    provider: String,
    values: BTreeMap<String, String>,
    /// Could provider.yaml be read? If not, no term is called unknown.
    known: bool,
}

impl Cx<'_> {
    /// Reads the terms of every provider; `{{provider}}` is its id.
    pub(super) fn collect_terms(&mut self, layout: &Layout) {
        for (provider, scope) in &layout.providers {
            let tree = scope.tree(Kind::Provider);
            let mut values = BTreeMap::from([("provider".to_owned(), provider.clone())]);
            values.extend(tree.and_then(|tree| tree.get("terms")).into_iter().flat_map(texts));
            let terms = Terms { provider: provider.clone(), values, known: tree.is_some() };
            self.terms.insert(provider.clone(), terms);
        }
    }

    /// A shared tree in a provider's words.
    pub(super) fn in_words_of(&mut self, provider: &str, node: &Node) -> Node {
        match self.terms.get(provider) {
            Some(terms) => terms.replace(node, &mut self.faults),
            None => node.clone(),
        }
    }

    /// A provider's own texts have no terms: there, the words can stand themselves.
    pub(super) fn refuse_terms(&mut self, node: &Node) {
        match &node.value {
            Value::Null => {}
            Value::Text(text) => {
                for term in terms_in(&text.text) {
                    let span = self.faults.within(text.span, term);
                    self.faults
                        .add(
                            Code::UnknownTerm,
                            span,
                            format!("`{term}` is replaced in shared texts only"),
                        )
                        .help("write what it stands for");
                }
            }
            Value::List(list) => list.iter().for_each(|node| self.refuse_terms(node)),
            Value::Map(map) => map.iter().for_each(|(_, node)| self.refuse_terms(node)),
        }
    }
}

impl Terms {
    fn replace(&self, node: &Node, faults: &mut Faults<'_>) -> Node {
        let value = match &node.value {
            Value::Null => Value::Null,
            Value::Text(text) => Value::Text(self.replace_text(text, faults)),
            Value::List(list) => {
                Value::List(list.iter().map(|node| self.replace(node, faults)).collect())
            }
            Value::Map(map) => Value::Map(
                map.iter().map(|(key, node)| (key.clone(), self.replace(node, faults))).collect(),
            ),
        };
        Node { span: node.span, value }
    }

    fn replace_text(&self, text: &Text, faults: &mut Faults<'_>) -> Text {
        let mut replaced = text.text.clone();
        for term in terms_in(&text.text) {
            match self.values.get(&term[2..term.len() - 2]) {
                Some(value) => replaced = replaced.replace(term, value),
                None => self.unknown(text, term, faults),
            }
        }
        Text { text: replaced, ..text.clone() }
    }

    fn unknown(&self, text: &Text, term: &str, faults: &mut Faults<'_>) {
        let span = faults.within(text.span, term);
        // The same text is read for every provider; one of them is enough to say what's wrong.
        if !self.known || faults.has(Code::UnknownTerm, span) {
            return;
        }
        let message = format!("`{}` defines no term `{term}`", self.provider);
        faults
            .add(Code::UnknownTerm, span, message)
            .suggest(&term[2..term.len() - 2], self.values.keys().map(String::as_str))
            .help(format!("terms are defined in {}/provider.yaml", self.provider));
    }
}

/// The keys of a mapping whose values are texts, with them.
fn texts(node: &Node) -> Vec<(String, String)> {
    let Value::Map(map) = &node.value else { return Vec::new() };
    let text = |node: &Node| match &node.value {
        Value::Text(text) => Some(text.text.clone()),
        _ => None,
    };
    map.iter().filter_map(|(key, node)| Some((key.text.clone(), text(node)?))).collect()
}

/// The `{{terms}}` of a text, braces included.
fn terms_in(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("{{").filter_map(|(at, _)| {
        let inner = &text[at + 2..];
        let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
        let term = inner[end..].starts_with("}}") && is_kebab(&inner[..end]);
        term.then(|| &text[at..at + end + 4])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_kebab_case_is_a_term() {
        let text = "{{host}} {{ x }} ${{ secrets.A }} {{.ID}} {{host-template}} {{";
        assert_eq!(terms_in(text).collect::<Vec<_>>(), ["{{host}}", "{{host-template}}"]);
    }
}
