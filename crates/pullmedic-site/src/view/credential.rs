//! Credential kinds and login commands.

use pullmedic_core::{Credential, Login, LoginMode, Provider};
use serde::Serialize;

use crate::html::Html;
use crate::markdown;
use crate::site::Ctx;
use crate::view::command::CommandView;
use crate::view::link::{SourceView, sources, term_title};
use crate::view::resolution::FixView;

/// A kind of credential as one provider has it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CredentialView {
    pub(crate) kind: String,
    pub(crate) title: Html,
    pub(crate) username: Html,
    pub(crate) password: Html,
    pub(crate) lifetime: Html,
    pub(crate) note: Html,
    pub(crate) obtain: Vec<FixView>,
    pub(crate) sources: Vec<SourceView>,
}

impl CredentialView {
    pub(crate) fn new(ctx: &Ctx<'_>, provider: &Provider, credential: &Credential) -> Self {
        let inline = |text: &str| markdown::inline(ctx, text, &provider.location);
        Self {
            kind: credential.kind.clone(),
            title: credential_title(ctx, &credential.kind),
            username: inline(&credential.username),
            password: inline(&credential.password),
            lifetime: inline(&credential.lifetime),
            note: inline(credential.note.as_deref().unwrap_or_default()),
            obtain: credential.obtain.iter().map(|fix| FixView::new(ctx, fix)).collect(),
            sources: sources([credential.sources.as_slice()]),
        }
    }
}

/// A login command.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LoginView {
    pub(crate) client: String,
    pub(crate) client_title: Html,
    pub(crate) credential: String,
    pub(crate) credential_title: Html,
    /// `automated` or `interactive`.
    pub(crate) mode: &'static str,
    pub(crate) command: CommandView,
    pub(crate) note: Html,
}

impl LoginView {
    pub(crate) fn new(ctx: &Ctx<'_>, login: &Login) -> Self {
        let note = login.note.as_deref().unwrap_or_default();
        Self {
            client: login.client.clone(),
            client_title: client_title(ctx, &login.client),
            credential: login.credential.clone(),
            credential_title: credential_title(ctx, &login.credential),
            mode: match login.mode {
                LoginMode::Automated => "automated",
                LoginMode::Interactive => "interactive",
            },
            command: CommandView::new(ctx, &login.command),
            note: markdown::inline(ctx, note, &login.location),
        }
    }
}

pub(crate) fn credential_title(ctx: &Ctx<'_>, id: &str) -> Html {
    ctx.site.index.credential(id).map_or_else(|| Html::text(id), |term| term_title(ctx, term))
}

pub(crate) fn client_title(ctx: &Ctx<'_>, id: &str) -> Html {
    ctx.site.index.client(id).map_or_else(|| Html::text(id), |term| term_title(ctx, term))
}
