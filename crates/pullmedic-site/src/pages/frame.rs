//! What every page has: its head, its place in the site, and the words shared by all.

use serde::Serialize;

use crate::html::Html;
use crate::site::Ctx;

/// The part of a context that `base.html` reads, as `page`.
#[derive(Debug, Serialize)]
pub(crate) struct Frame {
    /// The way to the site's root: `../../`.
    pub(crate) root: String,
    /// The page's address below the root.
    pub(crate) address: String,
    /// Which kind of page, for styles.
    pub(crate) kind: &'static str,
    /// Plain text.
    pub(crate) title: String,
    /// Plain text, one sentence or two.
    pub(crate) description: String,
    /// The provider's id when the page is about one.
    pub(crate) provider: String,
    /// From the home page down to the parent.
    pub(crate) crumbs: Vec<Crumb>,
    /// A JSON-LD object, ready for a script element; empty when there is nothing to say.
    pub(crate) json_ld: Html,
    /// Whether search engines should list it.
    pub(crate) listed: bool,
}

/// A step of the way from the home page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub(crate) url: String,
    pub(crate) title: String,
}

impl Frame {
    pub(crate) fn new(
        ctx: &Ctx<'_>,
        kind: &'static str,
        title: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        Self {
            root: ctx.root.clone(),
            address: ctx.address.clone(),
            kind,
            title: title.into(),
            description: shorten(&description.into()),
            provider: String::new(),
            crumbs: Vec::new(),
            json_ld: Html::default(),
            listed: true,
        }
    }

    pub(crate) fn below(mut self, ctx: &Ctx<'_>, title: &str, address: &str) -> Self {
        self.crumbs.push(Crumb { url: ctx.link(address), title: title.to_owned() });
        self
    }

    pub(crate) fn about(mut self, provider: &str) -> Self {
        provider.clone_into(&mut self.provider);
        self
    }

    pub(crate) fn with_json_ld(mut self, json: &serde_json::Value) -> Self {
        // `<` is all that could end the script element early.
        self.json_ld = Html::trusted(json.to_string().replace('<', "\\u003c"));
        self
    }

    pub(crate) fn unlisted(mut self) -> Self {
        self.listed = false;
        self
    }
}

/// As much as search results show, cut at a word.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 200;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches(['.', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn descriptions_end_at_a_word() {
        assert_eq!(shorten("a  b\nc"), "a b c");
        let long = shorten(&"wörter ".repeat(60));
        assert!(long.chars().count() <= 201 && long.ends_with("wörter…"));
    }
}
