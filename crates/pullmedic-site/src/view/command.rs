//! Commands: one, or several variants of the same step shown as tabs.

use pullmedic_core::{Command, Location};
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
    pub(crate) help: Html,
    pub(crate) example: String,
}

impl BlankView {
    pub(crate) fn all(ctx: &Ctx<'_>, ids: &[&str]) -> Vec<Self> {
        let known = ids.iter().filter_map(|id| ctx.site.index.placeholder(id));
        known
            .map(|p| Self {
                id: p.id.clone(),
                title: p.title.clone(),
                help: crate::markdown::inline(
                    ctx,
                    p.help.as_deref().unwrap_or_default(),
                    &Location::file("kb/vocabulary.yaml"),
                ),
                example: p.example.clone(),
            })
            .collect()
    }
}

/// The placeholders of many commands, each once, in order of first mention.
pub(crate) fn placeholders<'a>(commands: impl IntoIterator<Item = &'a Command>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for id in commands.into_iter().flat_map(|c| &c.placeholders) {
        // A secret is never asked for: it would be kept in the browser.
        if !found.contains(&id.as_str()) && !is_secret(id) {
            found.push(id);
        }
    }
    found
}

fn is_secret(id: &str) -> bool {
    matches!(id, "password" | "api-key" | "key")
}
