//! Taking secrets out of a text.
//!
//! One pass from left to right: each rule looks at the place where the secret's introduction ends, a bounded way back and
//! over the secret itself, so the time is linear.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::bytes::{begins_with, ends_with, find, is_in, run, run_back, words};

/// What a secret is replaced with.
const MASK: &str = "***";
/// How far back an introduction may begin.
const BACK: usize = 128;

/// The text with its secrets replaced by `***`: passwords on command lines and piped into them, bearer, access and refresh
/// tokens, JWTs, API keys, credentials in URLs, `auth` and `.dockerconfigjson` values, account keys, shared-access
/// signatures.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match secret_at(bytes, at).filter(|(start, end)| *start >= copied && start < end) {
            Some((start, end)) => {
                out.push_str(&text[copied..start]);
                out.push_str(MASK);
                copied = end;
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The secret that begins at `at`, or whose introduction ends there.
fn secret_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    match rest[0] {
        b':' if rest.starts_with(b"://") => url_credentials(bytes, at + 3),
        b':' | b'=' | b'>' => named(bytes, at, at + 1),
        b'%' if starts_with(rest, b"%3D") => named(bytes, at, at + 3),
        b'~' => client_secret(bytes, at),
        b'<' if rest.starts_with(b"<<<") => piped(bytes, at + 3),
        _ if at > 0 && (is_word(bytes[at - 1]) || bytes[at - 1] == b'-') => None,
        b'-' => option(bytes, at),
        byte if is_word(byte) => word(bytes, at),
        _ => None,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

fn starts_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// Whether one of the words stands within reach before `at`.
fn is_behind(bytes: &[u8], at: usize, list: &str) -> bool {
    let before = bytes[at.saturating_sub(BACK)..at].to_ascii_lowercase();
    words(list).any(|word| find(&before, word).is_some())
}

/// Whether a value looks like a key rather than a word: letters with digits, or of both cases.
fn is_dense(value: &[u8]) -> bool {
    value.len() >= 12 && kinds(&value[..value.len().min(64)]) >= 2
}

/// How many of digits, small and capital letters a value has.
fn kinds(value: &[u8]) -> usize {
    let has = |is_kind: fn(&u8) -> bool| usize::from(value.iter().any(is_kind));
    has(u8::is_ascii_digit) + has(u8::is_ascii_lowercase) + has(u8::is_ascii_uppercase)
}

/// A token that says so by itself, and what is piped into a login.
fn word(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    const TOKENS: &str = "eyJ|ghp_|gho_|ghs_|github_pat_|glpat-|dckr_pat_";
    let rest = &bytes[at..];
    if starts_with(rest, b"bearer ") || starts_with(rest, b"basic ") {
        let start = at + run(rest, |b| b != b' ') + 1;
        return value(bytes, start)
            .filter(|(start, end)| is_dense(&bytes[*start..*end]))
            .filter(|(start, _)| !bytes[*start..].starts_with(b"realm="));
    }
    const NAMES: &str = "password |passphrase |passwd |pwd |secret |token |apikey |api key ";
    if starts_with(rest, b"is ") && ends_with(&bytes[at.saturating_sub(16)..at], NAMES) {
        return said(bytes, at + 3);
    }
    if starts_with(rest, b"echo ") || starts_with(rest, b"printf ") {
        return echoed(bytes, at);
    }
    if begins_with(rest, TOKENS) {
        let len = run(rest, |b| is_word(b) || is_in(b, b"+/=.-"));
        return (len >= 20).then_some((at, at + len));
    }
    // An API key of IBM Cloud, a registry's password, both of a length that nothing else has.
    let len = run(&rest[..rest.len().min(53)], |b| is_word(b) || is_in(b, b"+/-"));
    let is_mixed = kinds(&rest[..len]) == 3;
    (matches!(len, 44 | 52) && is_mixed && !is_in(b'/', &rest[..len])).then_some((at, at + len))
}

/// `the password is S3cret`, unless what is said of it is a word: `the password is wrong`, `EXPIRED`.
fn said(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let (start, end) = value(bytes, from)?;
    let end = end - run_back(&bytes[start..end], |b| is_in(b, b".!?:"));
    let secret = &bytes[start..end];
    let is_word = secret.get(1..).is_none_or(|rest| {
        let is_small = |b: &u8| b.is_ascii_lowercase() || is_in(*b, b"-/'");
        rest.iter().all(is_small) || secret.iter().all(u8::is_ascii_uppercase)
    });
    (secret.len() > 4 && !is_word).then_some((start, end))
}

/// `echo secret | docker login --password-stdin`.
fn echoed(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let line = &bytes[at..bytes.len().min(at + 4 * BACK)];
    let line = &line[..run(line, |b| b != b'\n')];
    let pipe = run(line, |b| b != b'|');
    find(&line[pipe..], b"-stdin")?;
    let start = run(line, |b| b != b' ');
    let start = start + run(&line[start..], |b| b == b' ');
    let start = start + if line[start..].starts_with(b"-n ") { 3 } else { 0 };
    let gap = run_back(&line[..pipe], |b| b == b' ');
    // A variable is no secret.
    let is_variable = matches!(line.get(start..start + 2), Some([b'$', _] | [b'"', b'$']));
    (!is_variable && start + gap < pipe).then_some((at + start, at + pipe - gap))
}

/// `docker login --password-stdin <<< secret`.
fn piped(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    is_behind(bytes, from, "login|-stdin").then(|| value(bytes, from))?
}

/// A client secret of Microsoft Entra: some `8Q~` and 34 characters more.
fn client_secret(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let is_part = |b| is_word(b) || is_in(b, b"-.~");
    let len = run(&bytes[at..], is_part);
    let back = run_back(&bytes[at.saturating_sub(16)..at], is_part);
    (len >= 30 && back >= 3).then_some((at - back, at + len))
}

/// `-p secret`, `--password=secret`, `-u name:secret`, `"--client-secret", "secret"` …
fn option(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    let dashes = run(rest, |b| b == b'-');
    let name = &rest[dashes..dashes + run(&rest[dashes..], |b| is_word(b) || b == b'-')];
    let end = at + dashes + name.len();
    if dashes == 1 {
        return short_option(bytes, at, end);
    }
    if ends_with(name, "creds|user") {
        return after_colon(bytes, end);
    }
    let is_secret = ends_with(name, "password|secret|apikey|api-key|token|passphrase");
    let is_gap = bytes.get(end).is_some_and(|b| is_in(*b, b" =\t\"',"));
    // "Using --password via the CLI is insecure."
    (is_secret && is_gap).then(|| argument(bytes, end))?.filter(|(s, e)| &bytes[*s..*e] != b"via")
}

/// `-p secret` and `-psecret` of a login; elsewhere it means a port, a path or a project. `-u name:secret`.
fn short_option(bytes: &[u8], at: usize, end: usize) -> Option<(usize, usize)> {
    match bytes.get(at + 1) {
        Some(b'u') => after_colon(bytes, at + 2),
        Some(b'p') => {
            let is_login = is_behind(bytes, at, "login|creds|-u");
            let (start, stop) = argument(bytes, at + 2)?;
            let is_apart = end == at + 2;
            let secret = &bytes[start..stop];
            let is_secret = if is_apart {
                is_login || is_dense(secret) && !is_in(b'/', secret)
            } else {
                is_login && secret.len() >= 6
            };
            is_secret.then_some((start, stop))
        }
        _ => None,
    }
}

/// An option's value, also in a list of arguments: `"-p", "secret"`; not another option.
fn argument(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let rest = &bytes[from..bytes.len().min(from + 8)];
    let list = run(rest, |b| is_quote(b) || b == b',' || b == b' ');
    let has_comma = is_in(b',', &rest[..list]);
    let from = if has_comma { from + list } else { from };
    let is_option = bytes.get(value_start(bytes, from)?) == Some(&b'-');
    if is_option { None } else { value(bytes, from) }
}

fn after_colon(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let (start, end) = argument(bytes, from)?;
    let colon = start + run(&bytes[start..end], |b| b != b':') + 1;
    (colon < end).then_some((colon, end))
}

/// `https://name:secret@host`.
fn url_credentials(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let len = run(&bytes[start..], |b| {
        !b.is_ascii_whitespace() && !is_quote(b) && !matches!(b, b'/' | b'?' | b'#' | b'<')
    });
    let authority = &bytes[start..start + len];
    let host = authority.iter().rposition(|b| *b == b'@')?;
    let colon = run(&authority[..host], |b| b != b':');
    (colon < host).then_some((start + colon + 1, start + host))
}

/// Names whose value is a secret, by their end.
const SECRETS: &str = "password|passwd|passphrase|_pass|_pwd|client_secret|clientsecret|client-secret|_secret|apikey|api_key|api-key|\
    accountkey|accesskey|access_key|refresh_token|access_token|refreshtoken|accesstoken|authorization|dockerconfigjson|dockercfg";
/// Names whose value is a secret if it looks like one.
const MAYBE: &str = "auth|token|secret|key|cookie|pwd|sid";

/// `password: secret`, `"auth": "…"`, `Authorization: Bearer …`, `sig=…` and their like: the name ends at `at`, the value
/// begins at `from`.
fn named(bytes: &[u8], at: usize, from: usize) -> Option<(usize, usize)> {
    let before = &bytes[at.saturating_sub(BACK)..at];
    let gap = run_back(before, |b| is_quote(b) || b == b' ' || b == b'\\');
    let before = &before[..before.len() - gap.min(8)];
    let len = run_back(before, |b| is_word(b) || b == b'-');
    let (before, name) = before.split_at(before.len() - len);
    let is_tag = before.last() == Some(&b'<');
    if name.is_empty() || (bytes[at] == b'>') != is_tag {
        return None;
    }
    let is_pair = name.eq_ignore_ascii_case(b"value")
        && is_behind(bytes, at, "password|secret|api_key|apikey");
    // "invalid username/password: unauthorized"
    let is_sure = is_pair || ends_with(name, SECRETS) && before.last() != Some(&b'/');
    if !is_sure && !ends_with(name, MAYBE) && !name.eq_ignore_ascii_case(b"sig") {
        return None;
    }
    // What only may be a secret isn't read on its own account beyond what tells: the time must stay linear.
    let near = &bytes[..bytes.len().min(from + BACK)];
    let is_secret = is_sure || named_value(near, from).is_some_and(|(s, e)| is_dense(&near[s..e]));
    is_secret.then(|| named_value(bytes, from))?
}

/// The value behind a name: the scheme before a credential is left, and so is the indicator of a block in YAML.
fn named_value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let (start, end) = value(bytes, from)?;
    let rest = &bytes[start..];
    if starts_with(rest, b"bearer ") || starts_with(rest, b"basic ") {
        let next = value(bytes, end + 1)?;
        return (!bytes[next.0..].starts_with(b"realm=")).then_some(next);
    }
    let block = run(rest, |b| is_in(b, b">|-+"));
    let indent = run(&rest[block..], |b| b.is_ascii_whitespace());
    if block > 0 && is_in(b'\n', &rest[block..block + indent]) {
        return value(bytes, start + block + indent);
    }
    Some((start, end))
}

/// The value behind an introduction: quoted up to the quote, otherwise up to white space.
fn value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let start = value_start(bytes, from)?;
    let quote = bytes.get(start.wrapping_sub(1)).copied().filter(|b| is_quote(*b));
    let is_end = |b: &u8| match quote {
        Some(quote) => *b == quote || is_in(*b, b"\n\\"),
        None => b.is_ascii_whitespace() || is_quote(*b) || is_in(*b, b",}&)<;|"),
    };
    let rest = bytes.get(start..)?;
    let len = rest.iter().position(is_end).unwrap_or(rest.len());
    (len > 0).then_some((start, start + len))
}

fn value_start(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let gap = run(&rest[..rest.len().min(16)], |b| is_in(b, b" =\\\t"));
    // A command that goes on in the next line.
    let is_continued = gap > 0 && rest[gap - 1] == b'\\';
    let more = if is_continued { run(&rest[gap..], |b| b.is_ascii_whitespace()) } else { 0 };
    let start = from + gap + more;
    Some(start + usize::from(bytes.get(start).copied().is_some_and(is_quote)))
}
