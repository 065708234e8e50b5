//! Taking secrets out of a text.
//!
//! One pass from left to right: each rule looks at the place where the secret's introduction ends, so the time is linear.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::bytes::{begins_with, ends_with, is_one_of, run};

/// What a secret is replaced with.
const MASK: &str = "***";

/// The text with its secrets replaced by `***`: passwords on command lines, bearer, access and refresh tokens, JWTs, API
/// keys, credentials in URLs, `auth` and `.dockerconfigjson` values, shared-access signatures.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match secret_at(bytes, at) {
            Some((start, end)) if end > start => {
                out.push_str(&text[copied..start]);
                out.push_str(MASK);
                copied = end;
                at = end;
            }
            _ => at += 1,
        }
    }
    if copied == 0 && out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// The secret that begins at or right behind the introduction at `at`.
fn secret_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    if at > 0 && is_word(bytes[at - 1]) {
        return None;
    }
    let rest = &bytes[at..];
    match rest[0] {
        b'e' | b'E' if rest.starts_with(b"eyJ") => jwt(bytes, at),
        b'-' => option(bytes, at),
        b'h' | b'H' if begins_with(rest, "http") => url_credentials(bytes, at),
        _ => named(bytes, at),
    }
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn jwt(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let end =
        at + run(&bytes[at..], |b| is_word(b) || matches!(b, b'.' | b'-' | b'=' | b'+' | b'/'));
    (end - at >= 20).then_some((at, end))
}

/// Options whose value is a name and a secret.
const PAIRS: &str = "--creds|--user |--src-creds|--dest-creds";
/// Options whose value is a secret.
const OPTIONS: &str = "-p|--password|--docker-password|--registry-password|--client-secret|--secret|--apikey|--api-key|\
    --token|--source-password|--service-principal-secret|--registry-token";

/// `-p secret`, `--password=secret`, `-u name:secret`, `--client-secret secret` …
fn option(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    if at > 0 && !bytes[at - 1].is_ascii_whitespace() && !is_quote(bytes[at - 1]) {
        return None;
    }
    if rest.starts_with(b"-u") && matches!(rest.get(2), Some(b' ' | b'=')) {
        return after_colon(bytes, at + 3);
    }
    if begins_with(rest, PAIRS) {
        return after_colon(bytes, at + run(rest, is_name) + 1);
    }
    let len = run(rest, is_name);
    if !is_one_of(&rest[..len], OPTIONS) || !matches!(rest.get(len), Some(b' ' | b'=' | b'\t')) {
        return None;
    }
    value(bytes, at + len + 1)
}

fn after_colon(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let (start, end) = value(bytes, from)?;
    let colon = bytes[start..end].iter().position(|b| *b == b':')?;
    (start + colon + 1 < end).then_some((start + colon + 1, end))
}

/// `https://name:secret@host`.
fn url_credentials(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let scheme = run(&bytes[at..], |b| b.is_ascii_alphabetic());
    let start = at + scheme + 3;
    if bytes.get(at + scheme..start) != Some(b"://") {
        return None;
    }
    let len = run(bytes.get(start..)?, |b| {
        !b.is_ascii_whitespace() && !matches!(b, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<')
    });
    let authority = &bytes[start..start + len];
    let host = authority.iter().rposition(|b| *b == b'@')?;
    let colon = authority[..host].iter().position(|b| *b == b':')?;
    Some((start + colon + 1, start + host))
}

/// `password: secret`, `"auth": "…"`, `Authorization: Bearer …`, `sig=…` and their like.
fn named(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    if !matches!(
        rest[0] | 0x20,
        b'a' | b'b' | b'c' | b'i' | b'p' | b'r' | b's' | b't' | b'.' | b'd' | b'x'
    ) {
        return None;
    }
    if begins_with(rest, SCHEMES) {
        let start = at + rest.iter().position(|b| *b == b' ')? + 1;
        let (start, end) = value(bytes, start)?;
        let is_token = end - start >= 16;
        let is_challenge = bytes[start..end].starts_with(b"realm=");
        return (is_token && !is_challenge).then_some((start, end));
    }
    let len = run(rest, is_name);
    if !is_secret_name(&rest[..len]) {
        return None;
    }
    let gap = run(&rest[len..], |b| is_quote(b) || b == b' ' || b == b'\\');
    let gap = if gap > 8 { return None } else { gap };
    if !matches!(rest.get(len + gap), Some(b':' | b'=')) {
        return None;
    }
    let start = at + len + gap + 1;
    let (start, end) = value(bytes, start)?;
    if begins_with(&bytes[start..], SCHEMES) {
        let skip = bytes[start..].iter().position(|b| *b == b' ')? + 1;
        return value(bytes, start + skip).filter(|(s, _)| !bytes[*s..].starts_with(b"realm="));
    }
    Some((start, end))
}

/// What stands before a token.
const SCHEMES: &str = "bearer |basic ";
/// Names whose value is a secret wherever they stand before `:` or `=`.
const NAMES: &str = "password|passwd|pwd|auth|authorization|refresh_token|access_token|refreshtoken|accesstoken|\
    identitytoken|registrytoken|client_secret|clientsecret|apikey|api_key|sig|secret|dockerconfigjson|sharedaccesskey";
/// Ends of the names of variables that hold secrets: `ACR_PASSWORD`, `IBM_CLOUD_API_KEY`, `AZURE_CLIENT_SECRET`.
const ENDS: &str = "_password|_pass|_secret|_api_key|_apikey|_token|_key|_pwd";

fn is_secret_name(name: &[u8]) -> bool {
    is_one_of(name, NAMES) || ends_with(name.get(1..).unwrap_or_default(), ENDS)
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

/// The value behind an introduction: quoted up to the quote, otherwise up to white space.
fn value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let rest = bytes.get(from..)?;
    let gap = run(&rest[..rest.len().min(16)], |b| b == b' ' || b == b'\\' || b == b'\t');
    let start = from + gap;
    let quote = bytes.get(start).copied().filter(|b| is_quote(*b));
    let start = start + usize::from(quote.is_some());
    let rest = bytes.get(start..)?;
    let len = match quote {
        Some(quote) => run(rest, |b| b != quote && b != b'\n' && b != b'\\'),
        None => run(rest, |b| {
            !b.is_ascii_whitespace() && !is_quote(b) && !matches!(b, b',' | b'}' | b'&' | b')')
        }),
    };
    (len > 0).then_some((start, start + len))
}
