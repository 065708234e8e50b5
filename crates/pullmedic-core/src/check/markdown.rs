//! Texts: Markdown without HTML, with links that lead somewhere.

use super::Cx;
use super::values::url_fault;
use crate::code::Code;
use crate::yaml::Text;

/// The most characters of a title.
const MAX_TITLE: usize = 90;

/// The most characters of a link's target.
const MAX_TARGET: usize = 500;

impl Cx<'_> {
    /// A text of any length.
    pub(super) fn markdown(&mut self, text: &Text) -> String {
        self.not_cut(text);
        for mark in scan(&text.text) {
            match mark {
                Mark::Html(html) => self.raw_html(text, html),
                Mark::Link(target) => self.link(text, target),
                Mark::Image(target) => {
                    let span = self.faults.within(text.span, target);
                    self.faults.add(Code::Link, span, "pictures aren't part of a text");
                }
            }
        }
        text.text.trim_end().to_owned()
    }

    /// One line without link or full stop.
    pub(super) fn title(&mut self, text: &Text) -> String {
        self.not_cut(text);
        let title = text.text.trim_end();
        for mark in scan(title) {
            match mark {
                Mark::Html(html) => self.raw_html(text, html),
                Mark::Link(target) | Mark::Image(target) => {
                    self.bad_title(text, target, "a title contains no links");
                }
            }
        }
        let length = title.chars().count();
        if length > MAX_TITLE {
            let message =
                format!("the title has {length} characters, at most {MAX_TITLE} are allowed");
            self.bad_title(text, title, &message);
        }
        if title.contains('\n') {
            self.bad_title(text, title, "a title is one line");
        }
        if title.ends_with('.') && !title.ends_with("..") {
            self.bad_title(text, title, "a title has no full stop");
        }
        title.to_owned()
    }

    fn bad_title(&mut self, text: &Text, part: &str, message: &str) {
        let span = self.faults.within(text.span, part);
        self.faults.add(Code::Title, span, message);
    }

    fn raw_html(&mut self, text: &Text, html: &str) {
        let span = self.faults.within(text.span, html);
        self.faults.add(Code::RawHtml, span, format!("`{html}` would be taken for HTML")).help(
            "put placeholders and tags in back-ticks; write `\\<` for a plain less-than sign",
        );
    }

    fn link(&mut self, text: &Text, target: &str) {
        let Err((code, message)) = self.link_fault(target) else { return };
        let span = self.faults.within(text.span, target);
        let slug = target.split('#').next().unwrap_or_default();
        let fault = self.faults.add(code, span, message);
        if code == Code::UnknownReference {
            fault.suggest(slug, self.problem_ids.keys().map(String::as_str));
        }
        fault.help(
            "a link goes to https://…, to a problem (`azure/login-forbidden`), to a page of the \
             site (`/reference/ibm-regions/`) or to an anchor (`#…`)",
        );
    }

    fn link_fault(&self, target: &str) -> Result<(), (Code, String)> {
        let page = target.split('#').next().unwrap_or_default();
        if target.starts_with("https://") {
            return url_fault(target).map_err(|why| (Code::Link, format!("`{target}` {why}")));
        }
        let local = page.starts_with('/') && page.ends_with('/') && !page.contains("//");
        if local || (page.is_empty() && target.len() > 1) || self.problem_ids.contains_key(page) {
            return Ok(());
        }
        let id_like = page.split('/').count() == 2 && page.split('/').all(crate::layout::is_kebab);
        Err(if id_like {
            (Code::UnknownReference, format!("there is no problem `{page}`"))
        } else {
            (Code::Link, format!("a link can't go to `{target}`"))
        })
    }
}

/// What deserves a look in a text.
#[derive(Debug, PartialEq, Eq)]
enum Mark<'t> {
    Html(&'t str),
    Link(&'t str),
    Image(&'t str),
}

/// Finds HTML and links outside of code, as Markdown would.
fn scan(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut at = 0;
    // Whether the innermost open bracket belongs to a picture.
    let mut brackets = Vec::new();
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut length = c.len_utf8();
        match c {
            '\\' => length += rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' => length = code_length(rest),
            '[' => brackets.push(text[..at].ends_with('!')),
            ']' => {
                if let Some(image) = brackets.pop()
                    && let Some(target) = target(&rest[1..])
                {
                    marks.push(if image { Mark::Image(target) } else { Mark::Link(target) });
                    length += 1 + target.len();
                }
            }
            '<' if opens_html(&rest[1..]) => marks.push(Mark::Html(tag(rest))),
            _ => {}
        }
        at += length;
    }
    marks
}

/// The length of the code span that begins here, or of the back-ticks if nothing closes them.
fn code_length(rest: &str) -> usize {
    let run = |text: &str| text.len() - text.trim_start_matches('`').len();
    let ticks = run(rest);
    let mut at = ticks;
    while let Some(next) = rest[at..].find('`') {
        let closing = run(&rest[at + next..]);
        at += next + closing;
        if closing == ticks {
            return at;
        }
    }
    ticks
}

fn opens_html(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
}

/// `<…>`, or as much of it as helps to find it.
fn tag(rest: &str) -> &str {
    let inside = |&(at, c): &(usize, char)| at < 40 && !(c == ' ' || c == '\n' || c == '>');
    let end = rest.char_indices().take_while(inside).last().map_or(0, |(at, c)| at + c.len_utf8());
    &rest[..end + usize::from(rest[end..].starts_with('>'))]
}

/// The target of `(target)` or `(target "title")`, parentheses balanced.
fn target(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('(')?;
    let inner = inner.char_indices().nth(MAX_TARGET).map_or(inner, |(end, _)| &inner[..end]);
    let mut depth = 0;
    let end = inner.find(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth < 0 || c.is_whitespace() || "[]<>`".contains(c)
    })?;
    Some(&inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_outside_code_is_seen() {
        assert_eq!(
            scan("a <b>c</b> `<x>` ``<y> ` <z>`` \\<w> 1 < 2 <3"),
            [Mark::Html("<b>"), Mark::Html("</b>")]
        );
        assert_eq!(scan("an open ` tick <br>"), [Mark::Html("<br>")]);
        assert_eq!(scan("```\n<registry>\n```\n"), []);
    }

    #[test]
    fn links_are_seen() {
        let text =
            "[a](https://b.c/(d)) ![e](f.png) [g [h]](azure/i) [j] (k) `[l](m)` [n](o \"p\")";
        let expected = [
            Mark::Link("https://b.c/(d)"),
            Mark::Image("f.png"),
            Mark::Link("azure/i"),
            Mark::Link("o"),
        ];
        assert_eq!(scan(text), expected);
    }
}
