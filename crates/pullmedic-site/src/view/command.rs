//! Commands: one, or several variants of the same step shown as tabs.

use std::collections::BTreeSet;

use pullmedic_core::{Command, Placeholder, Provider};
use serde::Serialize;

use crate::command;
use crate::html::Html;
use crate::site::Ctx;
use crate::view::link::term_title;

/// A command that can be copied.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CommandView {
    /// With blanks for placeholders.
    pub(crate) html: Html,
    /// Vocabulary id of the shell.
    pub(crate) shell: String,
    /// The shell's or language's name.
    pub(crate) shell_title: Html,
    /// Vocabulary id of the client, or empty.
    pub(crate) client: String,
    /// What its tab says.
    pub(crate) tab: Html,
    /// What its tab is remembered by.
    pub(crate) key: String,
}

/// The commands of one step.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CommandsView {
    /// Unique in the document: the name of the tabs' radio group.
    pub(crate) group: String,
    pub(crate) variants: Vec<CommandView>,
}

impl CommandsView {
    pub(crate) fn new(ctx: &Ctx<'_>, commands: &[Command], group: &str) -> Self {
        let variants = commands.iter().map(|c| CommandView::new(ctx, c)).collect();
        Self { group: format!("{}{group}", ctx.scope), variants }
    }
}

impl CommandView {
    pub(crate) fn new(ctx: &Ctx<'_>, command: &Command) -> Self {
        let shell_title = title_of_shell(ctx, &command.shell);
        let client = command.client.clone().unwrap_or_default();
        let tab = match ctx.site.index.client(&client) {
            Some(term) => term_title(ctx, term),
            None => shell_title.clone(),
        };
        let name = if client.is_empty() { &command.shell } else { &client };
        Self {
            html: command::fill_in(ctx.site, &command.text),
            shell: command.shell.clone(),
            shell_title,
            key: name.clone(),
            client,
            tab,
        }
    }
}

fn title_of_shell(ctx: &Ctx<'_>, id: &str) -> Html {
    ctx.site.index.shell(id).map_or_else(|| Html::text(id), |term| term_title(ctx, term))
}

/// A placeholder that the reader can give a value for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BlankView {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Plain, because it is shown as a tooltip.
    pub(crate) help: String,
    pub(crate) example: String,
}

impl BlankView {
    /// The blanks of commands that are about a provider, in the vocabulary's order: the commonest first.
    pub(crate) fn all(
        ctx: &Ctx<'_>,
        provider: Option<&Provider>,
        ids: &BTreeSet<&str>,
    ) -> Vec<Self> {
        let known = ctx.site.kb.vocabulary().placeholders.iter();
        let used = known.filter(|placeholder| ids.contains(placeholder.id.as_str()));
        used.map(|placeholder| Self::new(provider, placeholder)).collect()
    }

    fn new(provider: Option<&Provider>, placeholder: &Placeholder) -> Self {
        let mut examples = provider.into_iter().flat_map(|p| &p.examples);
        let own = examples.find(|(id, _)| *id == placeholder.id);
        let help = placeholder.help.as_deref().unwrap_or_default();
        Self {
            id: placeholder.id.clone(),
            title: placeholder.title.clone(),
            help: crate::markdown::plain(help),
            example: own.map_or_else(|| placeholder.example.clone(), |(_, text)| text.clone()),
        }
    }
}

/// The placeholders of many commands. A secret is never asked for: it would be kept in the browser.
pub(crate) fn placeholders<'a>(
    commands: impl IntoIterator<Item = &'a Command>,
) -> BTreeSet<&'a str> {
    let all = commands.into_iter().flat_map(|c| &c.placeholders).map(String::as_str);
    all.filter(|id| !is_secret(id)).collect()
}

fn is_secret(id: &str) -> bool {
    matches!(id, "password" | "api-key" | "key")
}
