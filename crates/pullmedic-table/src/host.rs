//! Which registries a text names, and where.
//!
//! A host counts wherever it is a known registry's; a host that nobody knows counts only where something shows that it
//! is a registry: an image reference in a client's words, or a URL that only registries have.

use alloc::string::String;
use alloc::vec::Vec;

use crate::clean::{Clean, SOFT, is_line_end};
use crate::reference::HostKind;
use crate::{Registry, Table};

/// A registry's host in a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Host {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// In lower case, with its port.
    pub(crate) name: String,
    pub(crate) owner: Owner,
    /// What `<registry>` stands for; unknown where the name is masked.
    pub(crate) registry: Option<String>,
    pub(crate) kind: HostKind,
    pub(crate) repository: Option<String>,
    pub(crate) tag: Option<String>,
    pub(crate) digest: Option<String>,
    /// Host and path, where it is an image reference.
    pub(crate) image: Option<String>,
    /// Whether it is a registry because of where it stands, and not only because its name is known.
    pub(crate) is_used: bool,
}

/// Whose registry a host is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The provider with this index.
    Provider(usize),
    /// Somebody else's: its short name, and the provider whose back end it shares.
    Other { id: String, twin: Option<usize> },
}

impl Default for Owner {
    fn default() -> Self {
        Owner::Other { id: String::new(), twin: None }
    }
}

/// All registry hosts in a text, in order.
pub(crate) fn hosts(table: Table<'_>, clean: &Clean) -> Vec<Host> {
    let mut hosts = Vec::new();
    let mut at = 0;
    let text = &clean.text;
    while let Some((start, end)) = next_run(text, at) {
        at = end.max(start + 1);
        if let Some((host, behind)) = read_host(table, clean, start, end) {
            at = at.max(behind);
            hosts.push(host);
        } else if let Some(host) = read_cut_host(table, clean, end) {
            at = host.end;
            hosts.push(host);
        }
    }
    hosts
}

/// A known registry's host that a line's end cuts in two; `cut` is where.
fn read_cut_host(table: Table<'_>, clean: &Clean, cut: usize) -> Option<Host> {
    let text = &clean.text;
    if text.get(cut) != Some(&SOFT) {
        return None;
    }
    let before = text[..cut].iter().rev().take(253).take_while(|b| is_host_byte(**b)).count();
    let after = text[cut + 1..].iter().take(253).take_while(|b| is_host_byte(**b)).count();
    let (start, end) = (cut - before, cut + 1 + after);
    let mut name = String::from_utf8_lossy(&text[start..cut]).into_owned();
    name.push_str(&String::from_utf8_lossy(&text[cut + 1..end]));
    let registry = table.registry(&name)?;
    let (owner, captured, kind) = classify(&registry, false);
    name.make_ascii_lowercase();
    Some(Host { start, end, name, owner, registry: captured, kind, ..Host::default() })
}

/// The next run of bytes that a host name may consist of, with a dot or a port.
fn next_run(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let start = at + text.get(at..)?.iter().position(|b| is_host_byte(*b))?;
        let mut has_dot = false;
        let rest = &text[start..];
        let len = rest.iter().position(|b| {
            has_dot |= *b == b'.';
            !is_host_byte(*b)
        });
        let len = len.unwrap_or(rest.len());
        let has_port = matches!(rest.get(len..len + 2), Some([b':', b'0'..=b'9']));
        if has_dot || has_port {
            return Some((start, start + len));
        }
        at = start + len;
    }
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

/// Reads the host in a run: the host, and where what belongs to it ends.
fn read_host(table: Table<'_>, clean: &Clean, start: usize, end: usize) -> Option<(Host, usize)> {
    let run = core::str::from_utf8(&clean.text[start..end]).ok()?.trim_end_matches(['.', '-', '_']);
    let end = start + run.len();
    let is_masked = run.starts_with('.');
    let place = Place::of(clean, start, end);
    if place.is_path {
        return None;
    }
    let known = look_up(table, run, is_masked);
    let (owner, registry, kind) = match known {
        Some(registry) => classify(&registry, is_masked),
        None if place.is_registry(run) => {
            let id = with_port(run, &place.port);
            (Owner::Other { id, twin: None }, None, HostKind::Registry)
        }
        None => return None,
    };
    let name = with_port(run, &place.port);
    let (reference, behind) = place.reference(clean);
    let image = (!place.is_url && reference.repository.is_some())
        .then(|| original(clean, start, behind));
    let host = Host {
        start,
        end,
        name,
        owner,
        registry,
        kind,
        image,
        is_used: place.is_url || reference.repository.is_some() || place.is_context,
        repository: reference.repository,
        tag: reference.tag,
        digest: reference.digest,
    };
    Some((host, behind))
}

fn look_up<'a>(table: Table<'a>, run: &str, is_masked: bool) -> Option<Registry<'a>> {
    if is_masked {
        let mut whole = String::from("x");
        whole.push_str(run);
        return table.registry(&whole);
    }
    table.registry(run)
}

fn classify(registry: &Registry<'_>, is_masked: bool) -> (Owner, Option<String>, HostKind) {
    let owner = match (registry.provider_index(), &registry.other) {
        (Some(provider), _) => Owner::Provider(provider),
        (None, Some(other)) => Owner::Other { id: other.id.into(), twin: other.twin.checked_sub(1) },
        (None, None) => Owner::Other { id: registry.name().into(), twin: None },
    };
    let name = (!is_masked && registry.provider().is_some()).then(|| registry.name().into());
    (owner, name, registry.kind())
}

fn with_port(host: &str, port: &str) -> String {
    let mut name = host.to_ascii_lowercase();
    if !port.is_empty() {
        name.push(':');
        name.push_str(port);
    }
    name
}

/// What stands around a host.
struct Place {
    port: String,
    /// Behind host and port.
    behind: usize,
    is_url: bool,
    /// It is only a part of another host's path.
    is_path: bool,
    is_context: bool,
    path: String,
}

/// A repository with its tag or digest.
#[derive(Default)]
struct Reference {
    repository: Option<String>,
    tag: Option<String>,
    digest: Option<String>,
}

impl Place {
    fn of(clean: &Clean, start: usize, end: usize) -> Place {
        let text = &clean.text;
        let port: String = match text.get(end) {
            Some(b':') => text[end + 1..].iter().take(5).take_while(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect(),
            _ => String::new(),
        };
        let behind = if port.is_empty() { end } else { end + 1 + port.len() };
        let before = &clean.fold[start.saturating_sub(48)..start];
        let path = &text[behind..];
        let path = &path[..path.iter().take(512).take_while(|b| is_path_byte(**b)).count()];
        Place {
            behind,
            is_url: before.ends_with(b"://") || before.ends_with(b"@"),
            is_path: before.ends_with(b"/") && !before.ends_with(b"//"),
            is_context: is_image_context(before),
            path: String::from_utf8_lossy(path).into_owned(),
            port,
        }
    }

    /// Whether a host that nobody knows must be a registry.
    fn is_registry(&self, run: &str) -> bool {
        let has_name = run.bytes().any(|b| b.is_ascii_alphabetic()) || run.split('.').count() == 4;
        if !has_name {
            return false;
        }
        if self.is_url {
            let path = self.path.as_str();
            return path.starts_with("/v2") || path.starts_with("/v1/") || path.starts_with("/token?")
                || path.starts_with("/oauth") || path.contains("/v2/") || path.starts_with("/service/token");
        }
        let is_image = self.path.len() > 1 && self.path.starts_with('/');
        let is_source = ["github.com", "golang.org", "k8s.io", "gopkg.in"].contains(&run);
        let is_file = run.starts_with('.') || run.bytes().filter(|b| *b == b'.').count() == 0 && self.port.is_empty();
        is_image && self.is_context && !is_source && !is_file
    }

    fn reference(&self, clean: &Clean) -> (Reference, usize) {
        let whole = self.path.trim_end_matches([':', '.', ',', '@', '/', ')', ']', '\\', '*']);
        let behind = self.behind + whole.len();
        let Some(path) = whole.strip_prefix('/') else { return (Reference::default(), self.behind) };
        let _ = clean;
        if self.is_url {
            let reference = api_reference(path.split('?').next().unwrap_or_default());
            let length = whole.find('?').unwrap_or(whole.len());
            return (reference, self.behind + length);
        }
        (image_reference(path), behind)
    }
}

/// The reference in a path of the registry's API: `v2/<repository>/manifests/<tag>`.
fn api_reference(path: &str) -> Reference {
    let Some(path) = path.strip_prefix("v2/") else { return Reference::default() };
    for part in ["/manifests/", "/blobs/", "/tags/list", "/referrers/"] {
        if let Some((repository, rest)) = path.split_once(part) {
            let is_digest = rest.contains(':');
            let value = Some(rest).filter(|rest| !rest.is_empty() && part == "/manifests/" || rest.contains("sha256:"));
            return Reference {
                repository: Some(repository.into()),
                tag: value.filter(|_| !is_digest).map(Into::into),
                digest: value.filter(|_| is_digest).map(Into::into),
            };
        }
    }
    Reference::default()
}

/// The reference in `repository:tag@digest`.
fn image_reference(path: &str) -> Reference {
    let (path, digest) = path.split_once('@').map_or((path, None), |(p, d)| (p, Some(d)));
    let (path, tag) = path.split_once(':').map_or((path, None), |(p, t)| (p, Some(t)));
    let tag = tag.map(|tag| tag.trim_end_matches(['.', ':', ',']));
    Reference {
        repository: Some(path.trim_end_matches('/')).filter(|p| !p.is_empty()).map(Into::into),
        tag: tag.filter(|tag| !tag.is_empty()).map(Into::into),
        digest: digest.filter(|digest| digest.contains(':')).map(Into::into),
    }
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/._-:@?=&%+~*<>$".contains(&byte)
}

/// The clean text between two places, for display.
fn original(clean: &Clean, start: usize, end: usize) -> String {
    let bytes = clean.text[start..end].iter().copied().filter(|b| !is_line_end(*b)).collect();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether the words before a host say that an image or a registry follows.
fn is_image_context(before: &[u8]) -> bool {
    let trimmed = before.trim_ascii_end();
    let trimmed = trimmed.strip_suffix(b"[").unwrap_or(trimmed).trim_ascii_end();
    const WORDS: [&[u8]; 22] = [
        b"docker://", b"oci://", b"registry://", b"image", b"image:", b"image=", b" pull", b" push", b"pulling", b"pushing", b"reference",
        b"repository", b" repo", b"permission for", b"transport for", b"manifest for", b"trying to pull", b"login", b"registry",
        b"service=", b"docker run", b"access denied for",
    ];
    WORDS.iter().any(|word| trimmed.ends_with(word))
}
