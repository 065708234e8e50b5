//! Markdown to HTML, as this site allows it.
//!
//! Raw HTML never passes: its events become text, and a fault says so. Images become their text. A link goes to
//! `https://…`, to a problem by its id or to a page of the site by its path from the root. A placeholder in back-ticks
//! (`` `<registry>` ``) becomes a blank that the reader's own value fills. Headings in the knowledge base become bold
//! paragraphs, because a page's outline is the template's business; the pages of the theme keep theirs, with anchors.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use pullmedic_core::Location;

use crate::fault;
use crate::html::{Html, escape_into};
use crate::site::Ctx;
use crate::{command, url};

/// A text with paragraphs, lists and so on.
pub(crate) fn block(ctx: &Ctx<'_>, text: &str, at: &Location) -> Html {
    render(ctx, text, at, Options::empty(), Headings::Bold)
}

/// A line: as [`block`], without the paragraph around it.
pub(crate) fn inline(ctx: &Ctx<'_>, text: &str, at: &Location) -> Html {
    if is_plain(text) {
        return Html::text(text);
    }
    let html = block(ctx, text, at);
    let inner = html.as_str().trim_end();
    match inner.strip_prefix("<p>").and_then(|s| s.strip_suffix("</p>")) {
        Some(line) if !line.contains("<p>") => Html::trusted(line.to_owned()),
        _ => Html::trusted(inner.to_owned()),
    }
}

/// A page of the theme: tables and headings with anchors are allowed too.
pub(crate) fn page(ctx: &Ctx<'_>, text: &str, at: &Location) -> Html {
    render(ctx, text, at, Options::ENABLE_TABLES, Headings::Anchored)
}

/// The words alone, for titles, descriptions and JSON-LD.
pub(crate) fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for event in Parser::new(text) {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                out.push_str(&t);
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a line surely holds no Markdown: most titles and cells don't, and this is far quicker.
fn is_plain(text: &str) -> bool {
    let meaningful = |b: u8| b"`*_[]<>&\\!#|~\n".contains(&b);
    let starts_a_list = |b: u8| b"-+0123456789 \t=".contains(&b);
    !text.bytes().any(meaningful) && !text.bytes().next().is_some_and(starts_a_list)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Headings {
    Bold,
    Anchored,
}

fn render(ctx: &Ctx<'_>, text: &str, at: &Location, more: Options, headings: Headings) -> Html {
    let mut filter = Filter { ctx, at, headings, image: false };
    let events = Parser::new_ext(text, more).filter_map(|event| filter.event(event));
    let mut out = String::with_capacity(text.len() * 2);
    match headings {
        Headings::Bold => html::push_html(&mut out, events),
        Headings::Anchored => html::push_html(&mut out, anchored(events.collect()).into_iter()),
    }
    out.truncate(out.trim_end().len());
    Html::trusted(out)
}

/// Turns what the parser found into what this site allows.
struct Filter<'a, 's> {
    ctx: &'a Ctx<'s>,
    at: &'a Location,
    headings: Headings,
    image: bool,
}

impl Filter<'_, '_> {
    fn event<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw(raw),
            Event::Code(code) => self.code(&code),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => return None,
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return self.no_image(),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => self.link(link_type, &dest_url),
            Event::Start(Tag::Heading { .. }) if self.headings == Headings::Bold => {
                self.ctx.faults.push(fault::heading(self.at));
                Event::InlineHtml("<p><strong>".into())
            }
            Event::End(TagEnd::Heading(_)) if self.headings == Headings::Bold => {
                Event::InlineHtml("</strong></p>\n".into())
            }
            other => other,
        })
    }

    fn raw<'t>(&self, raw: CowStr<'t>) -> Event<'t> {
        self.ctx.faults.push(fault::raw_html(raw.trim(), self.at));
        Event::Text(raw)
    }

    fn code<'t>(&self, code: &str) -> Event<'t> {
        let inner = command::fill_in(self.ctx.site, code);
        Event::InlineHtml(format!("<code>{}</code>", inner.as_str()).into())
    }

    fn no_image<'t>(&mut self) -> Option<Event<'t>> {
        self.image = !self.image;
        if self.image {
            self.ctx.faults.push(fault::image(self.at));
        }
        None
    }

    fn link<'t>(&self, kind: LinkType, target: &str) -> Event<'t> {
        let href = self.href(kind, target).unwrap_or_else(|| {
            self.ctx.faults.push(fault::link_target(target, self.at));
            String::new()
        });
        let mut tag = String::from("<a href=\"");
        escape_into(&mut tag, &href);
        tag.push_str("\">");
        Event::InlineHtml(tag.into())
    }

    /// Where a link leads from this page, if it may lead there.
    fn href(&self, kind: LinkType, target: &str) -> Option<String> {
        if target.starts_with("https://") || target.starts_with('#') {
            return Some(target.to_owned());
        }
        if kind == LinkType::Email {
            return None;
        }
        if let Some(path) = target.strip_prefix('/') {
            return Some(format!("{}{path}", self.ctx.root));
        }
        let (id, anchor) = target.find('#').map_or((target, ""), |at| target.split_at(at));
        let problem = self.ctx.site.index.problem(id.trim_end_matches('/'))?;
        Some(format!("{}{}{anchor}", self.ctx.root, url::problem(&problem.id)))
    }
}

/// Gives every heading an id made of its words, and starts the outline at level two: the template has the first.
fn anchored(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut rest = events.into_iter();
    while let Some(event) = rest.next() {
        let Event::Start(Tag::Heading { level, .. }) = event else {
            out.push(event);
            continue;
        };
        let is_end = |e: &Event<'_>| matches!(e, Event::End(TagEnd::Heading(_)));
        let inside: Vec<_> = rest.by_ref().take_while(|e| !is_end(e)).collect();
        let level = level.max(HeadingLevel::H2);
        out.push(Event::InlineHtml(format!("<{level} id=\"{}\">", slug(&inside)).into()));
        out.extend(inside);
        out.push(Event::InlineHtml(format!("</{level}>\n").into()));
    }
    out
}

fn slug(heading: &[Event<'_>]) -> String {
    let mut out = String::new();
    for event in heading {
        let (Event::Text(text) | Event::Code(text)) = event else { continue };
        for c in text.chars().flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                out.push(c);
            } else if !out.ends_with('-') && !out.is_empty() {
                out.push('-');
            }
        }
    }
    out.trim_end_matches('-').to_owned()
}
