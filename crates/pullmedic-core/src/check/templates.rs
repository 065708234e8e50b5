//! Messages with placeholders: what the engine will look for.

use super::Cx;
use crate::code::Code;
use crate::kb::{Part, Template};
use crate::layout::is_kebab;
use crate::yaml::Text;

/// How much fixed text a template needs: one literal with at least so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// A message identifies a problem: four letters or digits.
    Message,
    /// A sign only supports something else: three characters of any kind.
    Sign,
}

impl Strictness {
    fn enough(self, literal: &str) -> bool {
        match self {
            Strictness::Message => literal.chars().filter(|c| c.is_alphanumeric()).count() >= 4,
            Strictness::Sign => literal.chars().filter(|c| !c.is_whitespace()).count() >= 3,
        }
    }

    fn help(self) -> &'static str {
        match self {
            Strictness::Message => "a message needs four letters or digits between placeholders",
            Strictness::Sign => "a sign needs three characters between placeholders",
        }
    }
}

impl Cx<'_> {
    /// Parses a template and reports what can't be matched.
    pub(super) fn template(&mut self, text: &Text, strictness: Strictness) -> Template {
        self.not_cut(text);
        let source = text.text.trim_end_matches('\n').to_owned();
        if source.contains('\n') {
            self.bad_template(text, &source, "a message is matched within one line")
                .help("fold it with `>-`, or write several symptoms");
        }
        let parts = self.template_parts(text, &source);
        self.template_literals(text, &source, &parts, strictness);
        Template { source, parts }
    }

    fn template_parts(&mut self, text: &Text, source: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            let rest = &source[at..];
            if rest.starts_with("\\<") {
                literal.push('<');
                at += 2;
            } else if let Some(name) = placeholder_at(rest) {
                flush(&mut literal, &mut parts);
                parts.extend(self.known_placeholder(text, name).map(Part::Placeholder));
                at += name.len() + 2;
            } else {
                if c == '<' {
                    self.lone_bracket(text, rest);
                }
                literal.push(c);
                at += c.len_utf8();
            }
        }
        flush(&mut literal, &mut parts);
        parts
    }

    fn known_placeholder(&mut self, text: &Text, name: &str) -> Option<usize> {
        let index = self.words.placeholder(name);
        if index.is_none() {
            self.unknown_placeholder(
                text,
                &format!("<{name}>"),
                "`<any>` holds anything; a less-than sign that is part of the message is `\\<`",
            );
        }
        index
    }

    fn lone_bracket(&mut self, text: &Text, rest: &str) {
        let end = rest.char_indices().nth(12).map_or(rest.len(), |(end, _)| end);
        self.bad_template(text, &rest[..end], "this `<` opens no placeholder")
            .help("write `\\<` for a less-than sign that is part of the message");
    }

    fn template_literals(
        &mut self,
        text: &Text,
        source: &str,
        parts: &[Part],
        strictness: Strictness,
    ) {
        let enough = |part: &Part| matches!(part, Part::Literal(text) if strictness.enough(text));
        if !parts.iter().any(enough) {
            self.bad_template(text, source, "too little fixed text to recognise anything by")
                .help(strictness.help());
        }
        let adjacent = |pair: &[Part]| pair.iter().all(|part| matches!(part, Part::Placeholder(_)));
        if parts.windows(2).any(adjacent) {
            self.bad_template(text, source, "two placeholders with nothing between them")
                .help("use one that holds both, such as `<any>`");
        }
        for end in ["start", "end"] {
            let part = if end == "start" { parts.first() } else { parts.last() };
            let any = self.words.placeholder("any").map(Part::Placeholder);
            if part.is_some() && part == any.as_ref() {
                self.bad_template(text, "<any>", &format!("`<any>` at the {end} says nothing"))
                    .help("leave it out: a message is found anywhere in a line");
            }
        }
    }

    fn bad_template(&mut self, text: &Text, part: &str, message: &str) -> &mut crate::fault::Fault {
        let span = self.faults.within(text.span, part);
        self.faults.add(Code::Template, span, message)
    }
}

fn flush(literal: &mut String, parts: &mut Vec<Part>) {
    if !literal.is_empty() {
        parts.push(Part::Literal(std::mem::take(literal)));
    }
}

/// The name of the placeholder that begins here: `<kebab-case>`.
pub(super) fn placeholder_at(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('<')?;
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))?;
    (inner[end..].starts_with('>') && is_kebab(&inner[..end])).then_some(&inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        assert_eq!(placeholder_at("<login-server>/v2/"), Some("login-server"));
        for none in ["", "x", "<", "<>", "<a", "<A>", "<a b>", "<-a>", "< a>", "\\<a>"] {
            assert_eq!(placeholder_at(none), None, "{none}");
        }
    }

    #[test]
    fn enough_fixed_text() {
        for (text, message, sign) in [
            ("no: 404", true, true),
            (": a b", false, true),
            ("***", false, true),
            ("a ", false, false),
        ] {
            assert_eq!(Strictness::Message.enough(text), message, "{text}");
            assert_eq!(Strictness::Sign.enough(text), sign, "{text}");
        }
    }
}
