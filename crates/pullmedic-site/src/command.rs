//! Commands and messages as markup: text with blanks in it.
//!
//! A blank is `<var data-blank="registry" title="Registry">&lt;registry&gt;</var>`. The script on the page puts the
//! reader's value in its place and marks it `data-capture="registry"`; without scripts it reads as `<registry>`.

use pullmedic_core::{Part, Placeholder, Template};

use crate::html::{Html, escape_into};
use crate::site::Site;

/// `text` with a blank wherever `<name>` names a placeholder of the vocabulary.
pub(crate) fn fill_in(site: &Site<'_>, text: &str) -> Html {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        push_words(&mut out, &rest[..open]);
        rest = &rest[open..];
        let name = rest[1..].find('>').map(|end| &rest[1..=end]);
        if let Some(known) = name.and_then(|name| site.index.placeholder(name)) {
            push_blank(&mut out, known);
            rest = &rest[known.id.len() + 2..];
        } else {
            out.push_str("&lt;");
            rest = &rest[1..];
        }
    }
    push_words(&mut out, rest);
    Html::trusted(out)
}

/// Flags in markup of their own: `--password-stdin` is never broken at its hyphens, nor `--docker-server=`.
fn push_words(out: &mut String, text: &str) {
    for word in text.split_inclusive([' ', '\n']) {
        let flag = match word.split_once('=') {
            Some((flag, _)) => &word[..=flag.len()],
            None => word.trim_end_matches([' ', '\n']),
        };
        if is_flag(flag.trim_end_matches('=')) {
            out.push_str("<b>");
            escape_into(out, flag);
            out.push_str("</b>");
            escape_into(out, &word[flag.len()..]);
        } else {
            escape_into(out, word);
        }
    }
}

fn is_flag(word: &str) -> bool {
    let name = word.trim_start_matches('-');
    name.len() < word.len()
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn push_blank(out: &mut String, placeholder: &Placeholder) {
    out.push_str("<var data-blank=\"");
    escape_into(out, &placeholder.id);
    out.push_str("\">&lt;");
    escape_into(out, &placeholder.id);
    out.push_str("&gt;</var>");
}

/// A message's template: holes are shown, but they aren't the reader's to fill. What parts its beginning from the text before
/// it in a log isn't shown.
pub(crate) fn message(site: &Site<'_>, template: &Template) -> Html {
    let mut out = String::with_capacity(template.source.len() + 64);
    for part in &template.parts {
        match part {
            Part::Literal(text) if out.is_empty() => {
                escape_into(&mut out, text.trim_start_matches([':', ' ']));
            }
            Part::Literal(text) => escape_into(&mut out, text),
            Part::Placeholder(at) => push_hole(&mut out, &site.kb.vocabulary().placeholders[*at]),
        }
    }
    Html::trusted(out)
}

fn push_hole(out: &mut String, placeholder: &Placeholder) {
    out.push_str("<i class=\"hole\" title=\"");
    escape_into(out, &placeholder.title);
    out.push_str("\">");
    escape_into(out, if placeholder.id == "any" { "…" } else { &placeholder.id });
    out.push_str("</i>");
}

/// The same as plain text.
pub(crate) fn message_text(site: &Site<'_>, template: &Template) -> String {
    let mut out = String::with_capacity(template.source.len());
    for part in &template.parts {
        match part {
            Part::Literal(text) => out.push_str(text),
            Part::Placeholder(at) => {
                let id = &site.kb.vocabulary().placeholders[*at].id;
                out.extend(if id == "any" { ["…", "", ""] } else { ["<", id, ">"] });
            }
        }
    }
    out
}
