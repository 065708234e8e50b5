//! Values of one kind: ids, dates, URLs, codes, host patterns, words from a fixed list.

use super::Cx;
use super::templates::placeholder_at;
use crate::code::Code;
use crate::layout::is_kebab;
use crate::yaml::Text;

impl Cx<'_> {
    /// An id that is defined here.
    pub(super) fn id(&mut self, what: &str, id: &Text) -> String {
        if !is_kebab(&id.text) {
            let kebab = kebab(&id.text);
            let fault = self.faults.add(
                Code::BadId,
                id.span,
                format!("the {what} id `{}` isn't kebab-case", id.text),
            );
            fault.help("an id is lower-case letters and digits, joined by hyphens");
            if is_kebab(&kebab) {
                fault.help(format!("for instance `{kebab}`"));
            }
        }
        id.text.clone()
    }

    /// Any text that isn't Markdown.
    pub(super) fn plain(&mut self, text: &Text) -> String {
        self.not_cut(text);
        text.text.trim_end_matches('\n').to_owned()
    }

    /// A plain text with a comment behind it was most likely meant to go on.
    pub(super) fn not_cut(&mut self, text: &Text) {
        if text.commented {
            self.faults
                .add(
                    Code::CutText,
                    text.span,
                    "` #` begins a comment: the text ends in front of it",
                )
                .help(
                    "quote the text, or use a `|` block; put a real comment on a line of its own",
                );
        }
    }

    /// A word from a short list that the schema fixes.
    pub(super) fn one_of(&mut self, word: &Text, known: &'static [&'static str]) -> String {
        if !known.contains(&word.text.as_str()) {
            let message = format!("`{}` isn't one of {}", word.text, known.join(", "));
            let known = known.iter().copied();
            self.faults.add(Code::UnknownWord, word.span, message).suggest(&word.text, known);
        }
        word.text.clone()
    }

    /// A code that logs print, matched as one word.
    pub(super) fn code(&mut self, code: &Text) -> String {
        if code.text.contains(char::is_whitespace) {
            self.faults
                .add(Code::BadCode, code.span, format!("the code `{}` isn't one word", code.text))
                .help("words are a `message:`");
        }
        code.text.clone()
    }

    pub(super) fn date(&mut self, date: &Text) -> String {
        if !is_date(&date.text) {
            self.faults
                .add(Code::Date, date.span, format!("`{}` isn't a day", date.text))
                .help("write the day as YYYY-MM-DD");
        }
        date.text.clone()
    }

    pub(super) fn url(&mut self, url: &Text) -> String {
        self.not_cut(url);
        if let Err(reason) = url_fault(&url.text) {
            self.faults.add(Code::Url, url.span, format!("`{}` {reason}", url.text));
        }
        url.text.clone()
    }

    /// Labels joined by dots, `*`, `<placeholder>`.
    pub(super) fn host(&mut self, host: &Text) -> String {
        for label in host.text.split('.') {
            self.host_label(host, label);
        }
        if !host.text.split('.').any(is_kebab) {
            self.bad_host(host, &host.text, "a host pattern needs a label of its own");
        }
        host.text.clone()
    }

    fn host_label(&mut self, host: &Text, label: &str) {
        match placeholder_at(label) {
            Some(name) if name.len() + 2 == label.len() => {
                if self.words.placeholder(name).is_none() {
                    self.unknown_placeholder(host, label, "placeholders are in vocabulary.yaml");
                }
            }
            _ if label == "*" || is_kebab(label) => {}
            _ => self.bad_host(
                host,
                label,
                "labels are lower-case letters, digits and hyphens, `*` or one `<placeholder>`",
            ),
        }
    }

    fn bad_host(&mut self, host: &Text, part: &str, help: &str) {
        let span = self.faults.within(host.span, part);
        self.faults
            .add(Code::Host, span, format!("`{}` isn't a host pattern", host.text))
            .help(help);
    }
}

/// The words of a text as an id.
fn kebab(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// `YYYY-MM-DD`, and a day that exists.
fn is_date(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || !parts.iter().all(|part| digits(part)) {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) =
        (year.parse::<u32>(), month.parse::<u32>(), day.parse::<u32>())
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => 0,
    };
    year >= 2000 && (1..=days).contains(&day)
}

/// Why a text isn't an absolute `https` URL that can stand in a page.
pub(super) fn url_fault(url: &str) -> Result<(), &'static str> {
    let Some(rest) = url.strip_prefix("https://") else {
        return Err("doesn't begin with https://");
    };
    if rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c)) {
        return Err("contains a character that a URL can't");
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if host.contains('.') && host.split('.').all(label) { Ok(()) } else { Err("has no host name") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for good in ["2026-11-20", "2024-02-29", "2000-12-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "2026-2-1",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "1999-01-01",
            "20-11-2026",
            "2026-11-31",
            "2026-11-20T00",
            "+026-11-20",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn urls() {
        for good in [
            "https://learn.microsoft.com/a?b=c#d",
            "https://aka.ms",
            "https://cloud.ibm.com/docs/Registry?topic=Registry-x",
        ] {
            assert_eq!(url_fault(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "http://a.b",
            "https://",
            "https://localhost",
            "https://a b.c",
            "https://a.b/<x>",
            "https://user@a.b",
            "https://.a",
            "https://é.fr",
        ] {
            assert!(url_fault(bad).is_err(), "{bad}");
        }
    }
}
