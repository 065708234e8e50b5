//! Every internal link and anchor of the finished site leads somewhere.
//!
//! 1. [`Scan::new`] reads one page's tags: its ids, and what its `href` and `src` attributes say;
//! 2. [`links`] resolves each against the files and the other pages' ids.
//!
//! The scanner knows just as much HTML as this crate's templates produce: tags, quoted attributes,
//! comments, and elements whose content isn't markup.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use pullmedic_core::{Diagnostic, Location};

use crate::{Files, fault, parallel, url};

/// Checks all pages; `origins` says which entry a page was made from.
pub(crate) fn links(
    files: &Files,
    origins: &BTreeMap<String, Location>,
    base_path: &str,
    threads: Option<NonZeroUsize>,
) -> Vec<Diagnostic> {
    let pages: Vec<(&String, &str)> = files
        .iter()
        .filter(|(path, _)| url::has_extension(path, "html"))
        .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
        .collect();
    let scans = parallel::map(&pages, threads, |(path, html)| (path.as_str(), Scan::new(html)));
    let all =
        All { files, scans: scans.iter().map(|(path, scan)| (*path, scan)).collect(), base_path };
    let found = parallel::map(&scans, threads, |(path, scan)| {
        let at = origins.get(*path).cloned().unwrap_or_else(|| Location::file("kb"));
        all.faults_of(path, scan, &at)
    });
    found.into_iter().flatten().collect()
}

/// What a page defines and what it refers to.
struct Scan<'h> {
    ids: BTreeSet<&'h str>,
    twice: Vec<&'h str>,
    links: BTreeSet<&'h str>,
}

/// The whole site.
struct All<'a> {
    files: &'a Files,
    scans: BTreeMap<&'a str, &'a Scan<'a>>,
    base_path: &'a str,
}

impl All<'_> {
    fn faults_of(&self, page: &str, scan: &Scan<'_>, at: &Location) -> Vec<Diagnostic> {
        let links = scan.links.iter().filter_map(|href| self.fault(page, href, at));
        let twice = scan.twice.iter().map(|id| fault::duplicate_anchor(id, page, at.clone()));
        links.chain(twice).collect()
    }

    fn fault(&self, page: &str, href: &str, at: &Location) -> Option<Diagnostic> {
        let href = unescape(href);
        if is_external(&href) {
            return None;
        }
        let (path, anchor) = href.split_once('#').map_or((&*href, None), |(p, a)| (p, Some(a)));
        let path = path.split('?').next().unwrap_or_default();
        let target = self.resolve(page, path);
        let Some(file) = target.filter(|file| self.files.contains_key(file)) else {
            return Some(fault::missing_page(&href, page, at.clone()));
        };
        let anchor = anchor.filter(|a| !a.is_empty() && *a != "top" && !a.starts_with("q="))?;
        let known = self.scans.get(file.as_str()).is_none_or(|s| s.ids.contains(anchor));
        (!known).then(|| fault::missing_anchor(&href, page, at.clone()))
    }

    /// The file behind a path as written on `page`; `None` when it leaves the site.
    fn resolve(&self, page: &str, path: &str) -> Option<String> {
        if path.is_empty() {
            return Some(page.to_owned());
        }
        let (mut folders, rest): (Vec<&str>, &str) = match path.strip_prefix(self.base_path) {
            Some(rest) if path.starts_with('/') => (Vec::new(), rest),
            _ => (page.split('/').collect(), path),
        };
        folders.pop();
        let mut parts = rest.split('/').peekable();
        while let Some(part) = parts.next() {
            match part {
                ".." => drop(folders.pop()?),
                "." => {}
                "" if parts.peek().is_none() => folders.push("index.html"),
                "" => return None,
                name => folders.push(name),
            }
        }
        if rest.is_empty() || rest.ends_with("..") || rest.ends_with('.') {
            folders.push("index.html");
            folders.dedup_by(|a, b| *a == "index.html" && a == b);
        }
        Some(folders.join("/"))
    }
}

fn is_external(href: &str) -> bool {
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || href.starts_with("//")
}

fn unescape(href: &str) -> String {
    if !href.contains('&') {
        return href.to_owned();
    }
    href.replace("&#x2F;", "/").replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

impl<'h> Scan<'h> {
    fn new(html: &'h str) -> Self {
        let mut scan = Self { ids: BTreeSet::new(), twice: Vec::new(), links: BTreeSet::new() };
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = after(comment, "-->");
            } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                rest = scan.tag(rest);
            }
        }
        scan
    }

    /// Reads one tag from behind its `<`, and returns what follows.
    fn tag(&mut self, rest: &'h str) -> &'h str {
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
        let (name, mut rest) = rest.split_at(end.unwrap_or(rest.len()));
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            rest = self.attribute(rest);
        }
        match name {
            "script" => after(rest, "</script"),
            "style" => after(rest, "</style"),
            "textarea" => after(rest, "</textarea"),
            _ => rest,
        }
    }

    fn attribute(&mut self, rest: &'h str) -> &'h str {
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        // A character that can't begin a name is stepped over, so that the loop always ends.
        let end =
            rest.char_indices().skip(1).find(|(_, c)| is_end(*c)).map_or(rest.len(), |(i, _)| i);
        let (name, rest) = rest.split_at(end);
        let Some(rest) = rest.strip_prefix('=') else { return rest };
        let (value, rest) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &rest[1..];
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => rest.split_at(rest.find(is_end).unwrap_or(rest.len())),
        };
        match name {
            "id" if !self.ids.insert(value) => self.twice.push(value),
            "href" | "src" => {
                self.links.insert(value);
            }
            _ => {}
        }
        rest
    }
}

fn after<'h>(text: &'h str, end: &str) -> &'h str {
    text.find(end).map_or("", |at| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Vec<String> {
        let files: Files =
            files.iter().map(|(p, h)| ((*p).to_owned(), h.as_bytes().to_vec())).collect();
        let faults = links(&files, &BTreeMap::new(), "/", None);
        faults.iter().map(|f| format!("{} {}", f.code.as_str(), f.message)).collect()
    }

    #[test]
    fn good_links_of_every_kind() {
        let index = r#"<a href="a/b/#here">x</a><a href='#me' id=me><img src="i.svg?v=1">
            <!-- <a href="gone/"> --><script>"<a href='gone/'>"</script>
            <a href="https://example.com/x">y</a><a href="mailto:a@b.c">z</a><a href="">w</a>"#;
        let page = r#"<h1 id="here">1</h1><a href="../../">up</a><a href="/">root</a>
            <a href="../b/index.html#here">self</a><a href="../..">bare</a>"#;
        assert_eq!(
            site(&[("index.html", index), ("a/b/index.html", page), ("i.svg", "")]),
            [""; 0]
        );
    }

    #[test]
    fn broken_ones_are_named() {
        let index = r##"<a href="a/">x</a><a href="#no">y</a><a href="../out">z</a>
            <p id="p"><p id="p">"##;
        assert_eq!(
            site(&[("index.html", index)]),
            [
                "broken-anchor the page /index.html links to `#no`, but that page has no such anchor",
                "broken-link the page /index.html links to `../out`, which doesn't exist",
                "broken-link the page /index.html links to `a/`, which doesn't exist",
                "broken-anchor the page /index.html has the anchor `p` twice",
            ]
        );
    }
}
