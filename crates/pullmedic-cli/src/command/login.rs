//! `pullmedic login`: prints the command that logs a client in; runs nothing.

use std::collections::BTreeSet;
use std::io::{self, Write};

use pullmedic::{Captures, Login, TABLE};

use super::diagnose::check_provider;
use crate::args;
use crate::terminal::{FAINT, Output, clean, markdown};
use crate::{Failure, Outcome};

pub(crate) fn run(args: &args::Login, out: &mut Output) -> Result<Outcome, Failure> {
    check_provider(TABLE, &args.provider)?;
    let captures = Captures::from_pairs(args.set.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let ours: Vec<Login<'_>> = TABLE.logins().filter(|l| l.provider() == args.provider).collect();
    let wanted = |l: &&Login<'_>| l.client() == args.client && l.credential() == args.credential;
    let found: Vec<&Login<'_>> = ours.iter().filter(wanted).collect();
    if found.is_empty() {
        return Err(no_such(args, &ours).into());
    }
    for login in found {
        print(out, *login, &captures)?;
    }
    Ok(Outcome::Found)
}

/// The command on standard output; what to know about it as shell comments, so that the whole can be pasted.
fn print(out: &mut Output, login: Login<'_>, captures: &Captures<'_>) -> io::Result<()> {
    if let Some(note) = login.note() {
        writeln!(out, "{FAINT}# {}{FAINT:#}", markdown(note).replace('\n', " "))?;
    }
    writeln!(out, "{}", clean(&login.command().fill(captures)))
}

fn no_such(args: &args::Login, ours: &[Login<'_>]) -> String {
    let of_client: BTreeSet<&str> = ours
        .iter()
        .filter(|l| l.client() == args.client)
        .map(pullmedic::Login::credential)
        .collect();
    let clients: BTreeSet<&str> = ours.iter().map(pullmedic::Login::client).collect();
    let join = |set: BTreeSet<&str>| set.into_iter().collect::<Vec<_>>().join(", ");
    let (provider, client, credential) = (&args.provider, &args.client, &args.credential);
    if of_client.is_empty() {
        return format!("no {provider} login is known for `{client}`; clients: {}", join(clients));
    }
    let kinds = join(of_client);
    format!("{client} can't log in to {provider} with `{credential}`; credentials: {kinds}")
}
