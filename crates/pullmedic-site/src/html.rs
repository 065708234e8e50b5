//! HTML as a type: text that is already escaped, and the one function that escapes.
//!
//! Templates escape every value by themselves. [`Html`] is the only way past that, and it is made in this crate alone:
//! by [`Html::text`], by the Markdown renderer and by the command renderer.

use serde::{Serialize, Serializer};

/// Markup that is safe to print as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl Html {
    /// Escapes `text`.
    pub(crate) fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        escape_into(&mut out, text);
        Self(out)
    }

    /// Takes markup whose author vouches for it; for the renderers of this crate only.
    pub(crate) fn trusted(markup: String) -> Self {
        Self(markup)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The same with places where a long word of a table's cell may be broken: behind what parts its pieces.
    pub(crate) fn breakable(&self) -> Self {
        let mut out = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while !rest.is_empty() {
            let (text, more) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            for word in text.split_inclusive([' ', '\n']) {
                push_breakable(&mut out, word);
            }
            let (tag, more) = more.split_at(more.find('>').map_or(more.len(), |at| at + 1));
            out.push_str(tag);
            rest = more;
        }
        Self(out)
    }
}

/// Words that aren't longer aren't broken, and pieces of a word aren't shorter than the second.
const LONG: usize = 16;
const PIECE: usize = 4;

fn push_breakable(out: &mut String, word: &str) {
    let mut letters = 0;
    for (at, c) in word.char_indices() {
        out.push(c);
        letters += 1;
        let rest = &word[at + c.len_utf8()..];
        let is_place = "/.:=,_?".contains(c) && rest.starts_with(char::is_alphanumeric);
        // Between colons stands less than between the other marks: an image's `:tag`, a CRN's parts.
        let least = if c == ':' { 3 * PIECE } else { PIECE };
        if word.len() > LONG && is_place && letters >= least && rest.len() > PIECE {
            out.push_str("<wbr>");
            letters = 0;
        }
    }
}

impl Serialize for Html {
    /// As a value that the template engine knows to be escaped already.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// Appends `text` with the five characters that mean something in HTML escaped.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn entity(byte: u8) -> &'static str {
    match byte {
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'&' => "&amp;",
        b'"' => "&quot;",
        _ => "&#39;",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Nothing that opens a tag, an entity or an attribute survives.
    #[test]
    fn text_is_escaped() {
        let html = Html::text("<script>alert('a' & \"b\")</script> é");
        let expected = "&lt;script&gt;alert(&#39;a&#39; &amp; &quot;b&quot;)&lt;/script&gt; é";
        assert_eq!(html.as_str(), expected);
    }

    // The engine must not escape it a second time, nor anything else less than once.
    #[test]
    fn templates_print_html_as_it_is_and_escape_the_rest() {
        #[derive(Serialize)]
        struct Both {
            html: Vec<Html>,
            text: &'static str,
        }
        let both = Both { html: vec![Html::trusted("<b>".into())], text: "<b>" };
        let mut tera = tera::Tera::new();
        tera.add_raw_template("x.html", "{{ html[0] }}{{ text }}").unwrap();
        let context = tera::Context::from_serialize(&both).unwrap();
        assert_eq!(tera.render("x.html", &context).unwrap(), "<b>&lt;b&gt;");
    }

    #[test]
    fn long_words_may_be_broken_at_their_marks() {
        let broken = |markup: &str| Html::trusted(markup.to_owned()).breakable().0;
        for kept in ["de.icr.io and a/b", "<a href=\"https://example.com/a/b\">x</a>"] {
            assert_eq!(broken(kept), kept);
        }
        assert_eq!(broken("private.au.icr.io"), "private.<wbr>au.icr.io");
        assert_eq!(broken("crn:v1:bluemix:public:x"), "crn:v1:bluemix:<wbr>public:x");
        assert_eq!(
            broken("<code>Microsoft.ContainerRegistry/registries/push</code>"),
            "<code>Microsoft.<wbr>ContainerRegistry/<wbr>registries/push</code>"
        );
    }
}
