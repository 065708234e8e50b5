//! Credential kinds and login commands.

use super::Cx;
use crate::code::Code;
use crate::kb::{Credential, Login, LoginMode};
use crate::layout::{Kind, Scope};
use crate::raw::{self, Read};

/// What a provider's `logins.yaml` holds.
#[derive(Default)]
pub(super) struct Logins {
    pub(super) credentials: Vec<Credential>,
    pub(super) logins: Vec<Login>,
}

impl Cx<'_> {
    pub(super) fn logins(&mut self, provider: &str, scope: &Scope) -> Logins {
        let Some(tree) = scope.tree(Kind::Logins) else { return Logins::default() };
        let Some(raw) = raw::Logins::read(tree, &mut self.faults) else { return Logins::default() };
        self.unique("credential", raw.credentials.0.iter().filter_map(|c| c.kind.as_ref()));
        let credentials: Vec<_> =
            raw.credentials.into_iter().map(|raw| self.credential(provider, raw)).collect();
        let logins =
            raw.logins.into_iter().map(|raw| self.login(provider, raw, &credentials)).collect();
        Logins { credentials, logins }
    }

    fn credential(&mut self, provider: &str, raw: raw::Credential) -> Credential {
        Credential {
            kind: self.required(raw.kind, Cx::credential_kind),
            username: self.required(raw.username, Cx::markdown),
            password: self.required(raw.password, Cx::markdown),
            lifetime: self.required(raw.lifetime, Cx::markdown),
            note: self.optional(raw.note, Cx::markdown),
            obtain: self.named_resolutions(provider, raw.obtain),
            sources: self.sources(provider, raw.sources),
        }
    }

    fn login(&mut self, provider: &str, raw: raw::Login, known: &[Credential]) -> Login {
        if let Some(credential) = &raw.credential
            && known.iter().all(|known| known.kind != credential.text)
        {
            let message = format!("`credentials` doesn't describe `{}`", credential.text);
            self.faults
                .add(Code::UnknownReference, credential.span, message)
                .suggest(&credential.text, known.iter().map(|known| known.kind.as_str()));
        }
        let mode = self.required(raw.mode, |cx, mode| cx.one_of(mode, raw::LOGIN_MODES));
        Login {
            client: self.required(raw.client, Cx::client),
            credential: self.required(raw.credential, Cx::credential_kind),
            mode: if mode == "interactive" { LoginMode::Interactive } else { LoginMode::Automated },
            command: self.command(raw.run, raw.shell, None),
            note: self.optional(raw.note, Cx::markdown),
            sources: self.sources(provider, raw.sources),
            location: self.faults.location(raw.span),
        }
    }
}
