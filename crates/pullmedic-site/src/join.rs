//! The scripts and the styles that every page loads, each joined into one file.
//!
//! In the theme they are several, each about one thing; a reader would wait for each. Comments and white space that mean
//! nothing are left out on the way.

use minifier::{css, js};

use crate::Theme;
use crate::url::has_extension;

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

/// A text that the minifier can't read stays as it is.
fn stripped(bytes: Vec<u8>, name: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(&bytes);
    let minified = if has_extension(name, "js") {
        js::minify(&text).map(|text| text.to_string())
    } else {
        css::minify(&text).map(|text| text.to_string())
    };
    let mut text = minified.unwrap_or_else(|_| text.into_owned());
    text.push('\n');
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn joined_text(name: &str, text: &str) -> String {
        String::from_utf8(stripped(text.into(), name)).unwrap_or_default()
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        let script = "/** What\n * it does */\n  // why\n  a(\"// text\");\n\n  /* b */ c(`\n  // text\n`);\n";
        assert_eq!(joined_text("site.js", script), "a(\"// text\");c(`\n  // text\n`);\n");
        let style = "a::before {\n  /* why */\n  content: \" /* \";\n}\n";
        assert_eq!(joined_text("site.css", style), "a::before{content:\" /* \";}\n");
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
