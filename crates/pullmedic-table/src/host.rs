//! Which registries a text names, and where.
//!
//! A host counts wherever it is a known registry's; a host that nobody knows counts only where something shows that it
//! is a registry: an image reference or a port in a client's words, or a URL that only registries have. A database's URL
//! counts in the same way: what is said of it isn't said of our registries.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::{
    as_text, begins_with, ends_with, find, is_in, is_one_of, run, run_back, split_once, trim_end,
    words,
};
use crate::clean::{Clean, JOIN, SOFT, is_command};
use crate::{HostKind, INDEX, Registry, Table};

/// A registry's host in a text.
#[derive(Debug, Clone)]
pub(crate) struct Host {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// In lower case, with its port.
    pub(crate) name: String,
    pub(crate) owner: Owner,
    /// Whether it stands in a command and has a repository.
    pub(crate) is_in_command: bool,
    /// What it and the path behind it say, by placeholder. A registry whose name is masked is unknown.
    pub(crate) captures: Vec<(&'static str, String)>,
}

impl Host {
    fn known(start: usize, end: usize, name: String, registry: &Registry<'_>) -> Host {
        let owner = match (registry.provider_index(), registry.other()) {
            (Some(provider), _) => Owner::Provider(provider),
            (None, Some((id, _))) => Owner::Known(id.into()),
            (None, None) => Owner::Private(registry.name().into()),
        };
        let (captures, is_in_command) = (Vec::new(), false);
        let mut host = Host { start, end, name, owner, is_in_command, captures };
        host.capture("region", registry.region().unwrap_or_default().as_bytes());
        host
    }

    fn capture(&mut self, id: &'static str, value: &[u8]) {
        if !value.is_empty() {
            self.captures.push((id, as_text(value).into()));
        }
    }

    /// What it says for a placeholder.
    pub(crate) fn captured(&self, id: &str) -> Option<&String> {
        self.captures.iter().find(|(name, _)| *name == id).map(|(_, value)| value)
    }

    fn capture_name(&mut self, registry: &Registry<'_>) {
        if registry.provider_index().is_some() {
            let host = String::from(self.name.strip_suffix(":443").unwrap_or(&self.name));
            let (name, server) = names(registry, &host);
            self.capture("registry", name);
            self.capture("login-server", server);
        }
    }

    fn capture_reference(&mut self, reference: &Reference<'_>) {
        self.capture("repository", reference.repository);
        let namespace = split_once(reference.repository, b"/").unwrap_or_default().0;
        self.capture("namespace", namespace);
        self.capture("tag", reference.tag);
        self.capture("digest", reference.digest);
    }

    /// Whether it is this provider's.
    pub(crate) fn is_of(&self, provider: usize) -> bool {
        self.owner == Owner::Provider(provider)
    }

    /// The short name of the registry, if it is somebody else's.
    pub(crate) fn other(&self) -> Option<&str> {
        match &self.owner {
            Owner::Known(id) | Owner::Private(id) => Some(id),
            Owner::Provider(_) => None,
        }
    }
}

/// A registry's name, and the host to log in at; that isn't the one that layers come from.
fn names<'t>(registry: &'t Registry<'_>, host: &'t str) -> (&'t [u8], &'t [u8]) {
    let (name, host) = (registry.name().as_bytes(), host.as_bytes());
    match registry.kind() {
        HostKind::Data if name == host => {
            let shared = split_once(name, b".").unwrap_or_default().1;
            (shared, shared)
        }
        HostKind::Data => (name, b""),
        _ => (name, host),
    }
}

/// Whose registry a host is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The provider with this index.
    Provider(usize),
    /// Somebody else's that is known: its short name.
    Known(String),
    /// A private one that nobody knows.
    Private(String),
}

/// All registry hosts in a text, in order.
pub(crate) fn hosts(registries: &Registries<'_>, clean: &Clean) -> Vec<Host> {
    let mut hosts: Vec<Host> = Vec::new();
    let mut at = 0;
    let text = &clean.text;
    let mut recent = Vec::new();
    while let Some((start, end)) = next_run(text, at) {
        at = end.max(start + 1);
        if let Some((host, behind)) = read_host(registries, &mut recent, clean, start, end) {
            at = at.max(behind);
            hosts.push(host);
        } else if let Some(host) = read_cut_host(registries, clean, end) {
            at = host.end;
            hosts.push(host);
        }
    }
    hosts
}

/// The known registries, ready for many look-ups; in the page's module, which reads little, as they are.
#[derive(Debug, Clone)]
pub(crate) struct Registries<'a> {
    table: Table<'a>,
    /// A bit for each length and last letter (or first, where a pattern's end is open) that a known host may have.
    ends: [u32; 8],
    starts: [u32; 8],
}

impl<'a> Registries<'a> {
    pub(crate) fn new(table: Table<'a>) -> Self {
        let mut registries = Registries { table, ends: [0; 8], starts: [0; 8] };
        if !INDEX {
            return registries;
        }
        table.host_patterns(&mut |pattern| match labels(pattern) {
            (Some(last), _) => set(&mut registries.ends, last),
            (None, Some(first)) => set(&mut registries.starts, first),
            (None, None) => {}
        });
        registries
    }

    /// Whose registry a host is.
    fn get(&self, host: &str) -> Option<Registry<'a>> {
        if !INDEX {
            return self.table.registry_of(host);
        }
        let has = |set: &[u32; 8], label: Option<u8>| {
            label.is_some_and(|label| set[label as usize / 32] >> (label % 32) & 1 == 1)
        };
        let (last, first) = labels(host);
        let is_candidate = has(&self.ends, last) || has(&self.starts, first);
        if is_candidate { self.table.registry_of(host) } else { None }
    }
}

fn first(host: &[u8]) -> &[u8] {
    &host[..run(host, |byte| byte != b'.')]
}

fn last(host: &[u8]) -> &[u8] {
    &host[host.len() - run_back(host, |byte| byte != b'.')..]
}

/// The last label of a host and the first one.
fn labels(host: &str) -> (Option<u8>, Option<u8>) {
    (label(last(host.as_bytes())), label(first(host.as_bytes())))
}

/// A label of a host, hashed; none when it is open in a pattern.
fn label(label: &[u8]) -> Option<u8> {
    let is_open = matches!(label, [] | [b'*' | b'<', ..]);
    let hash = |hash: u8, byte: &u8| hash.wrapping_mul(31).wrapping_add(byte | 0x20);
    (!is_open).then(|| label.iter().fold(0, hash))
}

fn set(bits: &mut [u32; 8], label: u8) {
    bits[label as usize / 32] |= 1 << (label % 32);
}

/// A known registry's host that a line's end cuts in two; `cut` is where.
fn read_cut_host(registries: &Registries<'_>, clean: &Clean, cut: usize) -> Option<Host> {
    let text = &clean.text;
    if !matches!(text.get(cut), Some(&(SOFT | JOIN))) {
        return None;
    }
    let before = run_back(&text[cut.saturating_sub(253)..cut], is_host_byte);
    let after = &text[cut + 1..];
    let after = run(&after[..after.len().min(253)], is_host_byte);
    let (start, end) = (cut - before, cut + 1 + after);
    let mut name = clean.original(start, end);
    let registry = registries.get(&name)?;
    name.make_ascii_lowercase();
    let mut host = Host::known(start, end, name, &registry);
    host.capture_name(&registry);
    Some(host)
}

/// The next run of bytes that a host name may consist of, with a dot or before a port.
fn next_run(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let mark = at + text.get(at..)?.iter().position(|b| matches!(b, b'.' | b':'))?;
        let start = mark - run_back(&text[at..mark], is_host_byte);
        let end = mark + run(&text[mark..], is_host_byte);
        let has_port = start < mark && text.get(mark + 1).is_some_and(u8::is_ascii_digit);
        if end > mark || has_port {
            return Some((start, end));
        }
        at = mark + 1;
    }
}

pub(crate) fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// Reads the host in a run: the host, and where what belongs to it ends.
fn read_host<'a, 't>(
    registries: &Registries<'a>,
    recent: &mut Recent<'a, 't>,
    clean: &'t Clean,
    start: usize,
    end: usize,
) -> Option<(Host, usize)> {
    let run = trim_end(&clean.text[start..end], b".-_");
    let end = start + run.len();
    let is_masked = is_masked(&clean.text[..start], run);
    let known = look_up(registries, recent, run, is_masked);
    if known.is_none() && !(is_name(run) && may_be_registry(&clean.text, end)) {
        return None;
    }
    let place =
        Place::of(clean, if is_masked { mask_start(&clean.text, start) } else { start }, end);
    if place.is_path {
        return None;
    }
    let name = with_port(run, place.port);
    let mut host = match &known {
        Some(registry) => Host::known(start, end, name, registry),
        None if place.is_registry(run) => {
            let owner = Owner::Private(name.clone());
            Host { start, end, name, owner, is_in_command: false, captures: Vec::new() }
        }
        None => return None,
    };
    if let Some(registry) = known.filter(|_| !is_masked) {
        host.capture_name(&registry);
    }
    let (reference, behind) = place.reference();
    host.capture_reference(&reference);
    host.is_in_command = !reference.repository.is_empty() && is_command_before(clean, start);
    if !place.is_url && !is_masked && !reference.repository.is_empty() {
        host.captures.push(("image", clean.original(start, behind)));
    }
    Some((host, behind))
}

/// Whether a place is in a command; what a log puts before its lines may stand before the prompt, which isn't looked for far
/// back in a line without end.
fn is_command_before(clean: &Clean, at: usize) -> bool {
    let before = &clean.text[clean.line(at).0..at];
    is_command(before) || find(&before[before.len().saturating_sub(1024)..], b" $ ").is_some()
}

/// Whether what follows a host that nobody knows may be a path or a port.
fn may_be_registry(text: &[u8], end: usize) -> bool {
    matches!(text.get(end), Some(b'/' | b':'))
}

/// Whether the first label of a host, behind `before`, is hidden: left out, a variable, or a word that says so.
fn is_masked(before: &[u8], run: &[u8]) -> bool {
    let label = first(run);
    label.is_empty()
        || matches!(before.last(), Some(b'$' | b'*' | b'>' | b'}' | b']'))
        || is_one_of(label, "redacted|masked|hidden|removed|censored")
        || label.len() > 2 && label.iter().all(|b| b | 0x20 == b'x')
}

/// Where the hidden name before `start` begins: `***`, `$NAME`, `${{ name }}`, `<name>` …
fn mask_start(text: &[u8], start: usize) -> usize {
    let before = &text[start.saturating_sub(64)..start];
    let open = match before.last() {
        Some(b'}') => b'{',
        Some(b'>') => b'<',
        Some(b']') => b'[',
        Some(b')') => b'(',
        _ => 0,
    };
    let rest = &before[..before.iter().rposition(|b| *b == open).unwrap_or(before.len())];
    let name = before.len() - rest.len();
    start - name - run_back(rest, |b| b.is_ascii_alphanumeric() || is_in(b, b"*${_-"))
}

/// The known hosts of a text so far, as they stand there, of which the last few are looked at: most texts name the same ones
/// again and again. The page's module, which reads little, does without.
type Recent<'a, 't> = Vec<(&'t [u8], Registry<'a>)>;
const FEW: usize = 8;

fn look_up<'a, 't>(
    registries: &Registries<'a>,
    recent: &mut Recent<'a, 't>,
    run: &'t [u8],
    is_masked: bool,
) -> Option<Registry<'a>> {
    let dot = first(run).len();
    if is_masked && dot < run.len() {
        return registries.get(&(String::from("x") + as_text(&run[dot..])));
    }
    if !INDEX {
        return registries.get(as_text(run));
    }
    if let Some((_, registry)) = recent.iter().rev().take(FEW).find(|(host, _)| *host == run) {
        return Some(registry.clone());
    }
    let registry = registries.get(as_text(run))?;
    recent.push((run, registry.clone()));
    Some(registry)
}

fn with_port(host: &[u8], port: &[u8]) -> String {
    let mut name = as_text(host).to_ascii_lowercase();
    if !port.is_empty() {
        name.push(':');
        name.push_str(as_text(port));
    }
    name
}

/// What stands around a host.
struct Place<'t> {
    port: &'t [u8],
    /// Behind host and port.
    behind: usize,
    is_url: bool,
    /// It is only a part of another host's path, or what a client says of its engine.
    is_path: bool,
    is_context: bool,
    path: &'t [u8],
}

/// A repository with its tag or digest, each of which may be empty.
#[derive(Default)]
struct Reference<'t> {
    repository: &'t [u8],
    tag: &'t [u8],
    digest: &'t [u8],
}

impl<'t> Place<'t> {
    fn of(clean: &'t Clean, start: usize, end: usize) -> Place<'t> {
        let text = &clean.text;
        let port = match &text[end..] {
            [b':', port @ ..] => &port[..run(&port[..port.len().min(5)], |b| b.is_ascii_digit())],
            _ => &[],
        };
        let behind = if port.is_empty() { end } else { end + 1 + port.len() };
        let before = &clean.fold[start.saturating_sub(48)..start];
        let path = &text[behind..text.len().min(behind + 512)];
        let path = &path[..run(path, is_path_byte)];
        Place {
            behind,
            is_url: ends_with(before, "http://|https://|@"),
            is_path: before.ends_with(b"/") && !before.ends_with(b"//")
                || ends_with(before, "tcp://|default: https://"),
            is_context: is_image_context(before),
            path,
            port,
        }
    }

    /// Whether a host that nobody knows must be a registry.
    fn is_registry(&self, run: &[u8]) -> bool {
        if self.is_url {
            let api = find(self.path, b"/v2/");
            return begins_with(self.path, "/v2|/v1/|/token?|/oauth|/service/token")
                || api.is_some_and(|at| !self.path[..at].ends_with(b"registry"));
        }
        let is_image = self.path.len() > 1 && self.path.starts_with(b"/")
            || dots(run) > 0 && !self.port.is_empty() && !run[0].is_ascii_digit();
        let is_source = is_one_of(run, "github.com|golang.org|k8s.io|gopkg.in");
        let is_file = run.starts_with(b".") || dots(run) == 0 && self.port.is_empty();
        is_image && self.is_context && !is_source && !is_file
    }

    fn reference(&self) -> (Reference<'t>, usize) {
        let whole = trim_end(self.path, b":.,@/)]\\*");
        let behind = self.behind + whole.len();
        let Some(path) = whole.strip_prefix(b"/") else {
            return (Reference::default(), self.behind);
        };
        if self.is_url {
            let len = run(path, |b| b != b'?');
            return (api_reference(path), self.behind + 1 + len);
        }
        (image_reference(path), behind)
    }
}

/// The reference in a path of the registry's API: `v2/<repository>/manifests/<tag>`, or in what a token is asked for:
/// `oauth2/token?scope=repository:<repository>:pull`.
fn api_reference(path: &[u8]) -> Reference<'_> {
    if let Some((_, scope)) = split_once(path, b"scope=repository:") {
        // Where a row's end cuts it, no action follows.
        let repository = split_once(scope, b":").unwrap_or_default().0;
        return Reference { repository, ..Reference::default() };
    }
    let path = &path[..run(path, |b| b != b'?')];
    let Some(path) = path.strip_prefix(b"v2/") else { return Reference::default() };
    for part in words("/manifests/|/blobs/|/tags/list|/referrers/") {
        if let Some((repository, rest)) = split_once(path, part) {
            let is_named = part == b"/manifests/" || find(rest, b"sha256:").is_some();
            let value = if is_named { rest } else { b"" };
            return if is_in(b':', value) {
                Reference { repository, tag: b"", digest: value }
            } else {
                Reference { repository, tag: value, digest: b"" }
            };
        }
    }
    Reference::default()
}

/// The reference in `repository:tag@digest`.
fn image_reference(path: &[u8]) -> Reference<'_> {
    let (path, digest) = split_once(path, b"@").unwrap_or((path, b""));
    let (path, tag) = split_once(path, b":").unwrap_or((path, b""));
    let digest = if is_in(b':', digest) { digest } else { b"" };
    Reference { repository: trim_end(path, b"/"), tag: trim_end(tag, b".:,"), digest }
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || is_in(byte, b"/._-:@?=&%+~*<>$")
}

fn dots(host: &[u8]) -> usize {
    host.iter().filter(|b| **b == b'.').count()
}

/// Whether a run may be a host's name or address, rather than a size or a version: `13.4MB`, `1.2.3`.
fn is_name(run: &[u8]) -> bool {
    let is_address = run.iter().all(|b| *b == b'.' || b.is_ascii_digit()) && dots(run) == 3;
    is_address || last(run).first().is_some_and(u8::is_ascii_alphabetic)
}

/// Whether the words before a host say that an image or a registry follows.
fn is_image_context(before: &[u8]) -> bool {
    let trimmed = before.trim_ascii_end();
    let trimmed = trimmed.strip_suffix(b"[").unwrap_or(trimmed).trim_ascii_end();
    const WORDS: &str = "://|image|image:|image=|pull|push|pulling|pushing|reference|repository|repo|\
        permission for|transport for|manifest for|login|into|registry|service=|docker run|access denied for";
    ends_with(trimmed, WORDS)
}
