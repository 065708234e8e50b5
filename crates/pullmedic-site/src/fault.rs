//! What can be wrong with content once it is rendered: gathered while a page is made, reported
//! all together at the end.

use std::cell::RefCell;

use pullmedic_core::{Code, Diagnostic, Location};

/// The faults of one page.
#[derive(Default)]
pub(crate) struct Faults(RefCell<Vec<Diagnostic>>);

impl Faults {
    pub(crate) fn push(&self, fault: Diagnostic) {
        self.0.borrow_mut().push(fault);
    }

    pub(crate) fn extend(&self, faults: impl IntoIterator<Item = Diagnostic>) {
        self.0.borrow_mut().extend(faults);
    }

    pub(crate) fn take(&self) -> Vec<Diagnostic> {
        self.0.take()
    }
}

pub(crate) fn raw_html(found: &str, at: &Location) -> Diagnostic {
    Diagnostic::new(Code::Markdown, at.clone(), format!("`{found}` is read as HTML"))
        .with_hint("write placeholders and tags in back-ticks")
}

pub(crate) fn image(at: &Location) -> Diagnostic {
    Diagnostic::new(Code::Markdown, at.clone(), "an image in a text isn't shown")
        .with_hint("say in words what it shows")
}

pub(crate) fn heading(at: &Location) -> Diagnostic {
    Diagnostic::new(
        Code::Markdown,
        at.clone(),
        "a heading in a text would upset the page's outline",
    )
    .with_hint("write it in bold, or make it a cause or a step of its own")
}

pub(crate) fn link_target(target: &str, at: &Location) -> Diagnostic {
    Diagnostic::new(Code::BrokenLink, at.clone(), format!("the link to `{target}` leads nowhere"))
        .with_hint("link to https://…, to a problem (`azure/login-forbidden`) or to /a/page/")
}

pub(crate) fn missing_page(href: &str, from: &str, at: Location) -> Diagnostic {
    let message = format!("the page /{from} links to `{href}`, which doesn't exist");
    Diagnostic::new(Code::BrokenLink, at, message)
        .with_hint("correct the link, or add the page it leads to")
}

pub(crate) fn missing_anchor(href: &str, from: &str, at: Location) -> Diagnostic {
    let message = format!("the page /{from} links to `{href}`, but that page has no such anchor");
    Diagnostic::new(Code::BrokenAnchor, at, message)
        .with_hint("anchors are `cause-<id>` and `fix-<id>` on a problem's page")
}

pub(crate) fn duplicate_anchor(id: &str, page: &str, at: Location) -> Diagnostic {
    let message = format!("the page /{page} has the anchor `{id}` twice");
    Diagnostic::new(Code::BrokenAnchor, at, message).with_hint("ids are unique within a page")
}

pub(crate) fn same_page(path: &str, at: Location) -> Diagnostic {
    Diagnostic::new(Code::BrokenLink, at, format!("two things want the address /{path}"))
        .with_hint("rename one of them")
}

pub(crate) fn template(name: &str, error: &tera::Error) -> Diagnostic {
    let mut message = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        message.push_str(": ");
        message.push_str(&inner.to_string());
        source = inner.source();
    }
    let at = Location::file(format!("templates/{name}"));
    Diagnostic::new(Code::Markdown, at, format!("the template can't be rendered: {message}"))
        .with_hint("README.md in the theme's folder says what each template is given")
}
