//! The scripts and the styles that every page loads, each joined into one file.
//!
//! In the theme they are several, each about one thing; a reader would wait for each. Comments and white space that mean
//! nothing are left out on the way.

use minifier::js;

use crate::Theme;
use crate::url::has_extension;

/// What is made from what, in this order; what a theme lacks is left out.
const JOINED: [(&str, &[&str]); 7] = [
    ("early.js", &["guess.js", "early.js"]),
    (
        "site.js",
        &["core.js", "values.js", "engine-load.js", "ask.js", "finding.js", "show.js", "box.js"],
    ),
    (
        "page.js",
        &[
            "hits.js",
            "keys.js",
            "page.js",
            "seen.js",
            "values-form.js",
            "colours.js",
            "served.js",
            "keep.js",
        ],
    ),
    ("steps.js", &["steps.js"]),
    ("site.css", &["base.css", "frame.css", "content.css", "answer.css"]),
    ("steps.css", &["commands.css", "steps.css"]),
    ("pages.css", &["commands.css", "steps.css", "pages.css", "reference.css"]),
];

/// The theme with the joined files in place of their parts.
pub(crate) fn joined(theme: &Theme) -> Theme {
    let parts = || JOINED.iter().flat_map(|(_, parts)| parts.iter());
    let mut assets = theme.assets().clone();
    assets.retain(|name, _| !parts().any(|part| part == name));
    for (name, parts) in JOINED {
        let texts = parts.iter().filter_map(|part| theme.assets().get(*part));
        let joined: Vec<u8> = texts.flat_map(|bytes| stripped(bytes, name)).collect();
        let joined = if has_extension(name, "css") { layered(&joined) } else { joined };
        assets.insert(name.to_owned(), joined);
    }
    theme.with_assets(assets)
}

/// In a layer of its own, so that what a theme adds wins wherever it stands.
fn layered(style: &[u8]) -> Vec<u8> {
    [b"@layer site{\n", style, b"}\n"].concat()
}

/// A text that can't be read stays as it is.
fn stripped(bytes: &[u8], name: &str) -> Vec<u8> {
    let Ok(text) = str::from_utf8(bytes) else { return bytes.to_owned() };
    let mut stripped = if has_extension(name, "js") {
        js::minify(text).map_or_else(|_| text.to_owned(), |minified| minified.to_string())
    } else {
        stripped_style(text)
    };
    stripped.push('\n');
    stripped.into_bytes()
}

/// A style without line ends, comments that fill lines, and spaces that mean nothing. The minifier's own way with styles
/// takes the spaces around the plus in `clamp(1rem, 1rem + 1vw, 2rem)`, which then means nothing.
fn stripped_style(text: &str) -> String {
    if text.lines().any(|line| line.ends_with('\\')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines() {
        let mut line = line.trim();
        is_comment |= line.starts_with("/*");
        if is_comment {
            let Some((_, rest)) = line.split_once("*/") else { continue };
            (is_comment, line) = (false, rest.trim());
        }
        if let Some(selector) = line.strip_suffix(" {") {
            out.extend([selector, "{"]);
        } else if let Some((property, value)) = line.split_once(": ")
            && property.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
        {
            out.extend([property, ":", value]);
        } else {
            out.push_str(line);
        }
        // Elsewhere it parts two words.
        if !out.is_empty() && !out.ends_with([';', '{', '}', ',', '\n']) {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn joined_text(name: &str, text: &str) -> String {
        String::from_utf8(stripped(text.as_bytes(), name)).unwrap_or_default()
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        let script = "/** What\n * it does */\n  // why\n  a(\"// text\");\n\n  /* b */ c(`\n  // text\n`);\n";
        assert_eq!(joined_text("site.js", script), "a(\"// text\");c(`\n  // text\n`);\n");
    }

    #[test]
    fn a_style_keeps_its_meaning() {
        let style = "/* why */\na :is(b, c) {\n  top: clamp(1rem, 1rem + 1vw, 2rem);\n  font:\n    1rem\n    serif;\n}\n";
        let expected = "a :is(b, c){top:clamp(1rem, 1rem + 1vw, 2rem);font:\n1rem\nserif;}\n";
        assert_eq!(joined_text("site.css", style), expected);
        let string = "a::before { content: \"b\\\n  c\"; }";
        assert_eq!(joined_text("site.css", string), format!("{string}\n"));
    }

    #[test]
    fn parts_are_replaced_by_the_whole() {
        let files = [
            ("assets/core.js", "one"),
            ("assets/box.js", "two"),
            ("assets/steps.css", "a {}"),
            ("assets/x.js", "// x"),
        ];
        let theme = joined(&Theme::from_files(files).unwrap_or_default());
        let names: BTreeMap<&str, &[u8]> =
            theme.assets().iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let expected = [
            ("early.js", b"".as_slice()),
            ("page.js", b""),
            ("pages.css", b"@layer site{\na {}\n}\n"),
            ("site.css", b"@layer site{\n}\n"),
            ("site.js", b"one\ntwo\n"),
            ("steps.css", b"@layer site{\na {}\n}\n"),
            ("steps.js", b""),
            ("x.js", b"// x"),
        ];
        assert_eq!(names, BTreeMap::from(expected));
    }
}
