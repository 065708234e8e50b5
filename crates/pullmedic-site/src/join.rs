//! The scripts and the styles that every page loads, each joined into one file.
//!
//! In the theme they are several, each about one thing; a reader would wait for each. Comments that fill lines and
//! indentation are left out on the way.

use crate::Theme;

/// What is joined from what, in this order; what a theme lacks is left out.
const JOINED: [(&str, &[&str]); 3] = [
    ("early.js", &["early.js"]),
    (
        "site.js",
        &[
            "core.js",
            "values.js",
            "page.js",
            "engine-load.js",
            "ask.js",
            "finding.js",
            "hits.js",
            "box.js",
        ],
    ),
    ("site.css", &["base.css", "content.css", "answer.css"]),
];

/// The theme with the joined files in place of their parts.
pub(crate) fn joined(theme: &Theme) -> Theme {
    let mut assets = theme.assets().clone();
    for (name, parts) in JOINED {
        let texts = parts.iter().filter_map(|part| assets.remove(*part));
        let joined: Vec<u8> = texts.flat_map(|bytes| stripped(bytes, name)).collect();
        assets.insert(name.to_owned(), joined);
    }
    theme.with_assets(assets)
}

/// A text that can't be read line by line, because a string goes over several, stays as it is.
fn stripped(bytes: Vec<u8>, name: &str) -> Vec<u8> {
    match std::str::from_utf8(&bytes) {
        Ok(text) if text.lines().all(ends_its_strings) => {
            lines(text, crate::url::has_extension(name, "js"))
        }
        _ => [&bytes[..], b"\n"].concat(),
    }
}

fn ends_its_strings(line: &str) -> bool {
    line.matches('`').count().is_multiple_of(2) && !line.ends_with('\\')
}

fn lines(text: &str, is_script: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines() {
        let mut line = line.trim();
        is_comment |= line.starts_with("/*");
        if is_comment {
            let Some((_, rest)) = line.split_once("*/") else { continue };
            (is_comment, line) = (false, rest.trim());
        }
        if !(line.is_empty() || is_script && line.starts_with("//")) {
            out.extend(line.as_bytes());
            out.push(b'\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn joined_script(text: &str) -> String {
        String::from_utf8(stripped(text.into(), "site.js")).unwrap_or_default()
    }

    #[test]
    fn comments_and_indentation_are_left_out() {
        let text =
            "/** What\n * it does */\n  // why\n  a(\"// text\"); // stays\n\n  /* b */ c();\n";
        assert_eq!(joined_script(text), "a(\"// text\"); // stays\nc();\n");
    }

    #[test]
    fn a_string_over_several_lines_is_left_alone() {
        let text = "a(`\n  // text\n`);";
        assert_eq!(joined_script(text), format!("{text}\n"));
        let style = "a::before { content: \"b\\\n  c\"; }";
        assert_eq!(joined_script(style), format!("{style}\n"));
    }

    #[test]
    fn slashes_begin_no_comment_in_a_style() {
        assert_eq!(lines("//a {}\n", false), b"//a {}\n");
    }

    #[test]
    fn parts_are_replaced_by_the_whole() {
        let files = [("assets/core.js", "one"), ("assets/box.js", "two"), ("assets/x.js", "// x")];
        let theme = joined(&Theme::from_files(files).unwrap_or_default());
        let names: BTreeMap<&str, &[u8]> =
            theme.assets().iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let expected = [
            ("early.js", b"".as_slice()),
            ("site.css", b""),
            ("site.js", b"one\ntwo\n"),
            ("x.js", b"// x"),
        ];
        assert_eq!(names, BTreeMap::from(expected));
    }
}
