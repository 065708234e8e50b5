//! Taking secrets out of a text.
//!
//! The text is cleaned first, so that its disguises needn't be known here: escapes, wrapped lines, frames, colours. Then one
//! pass from left to right: each rule looks at the place where the secret's introduction ends, a bounded way back and over
//! the secret itself, so the time is linear.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::{
    begins_with, ends_with, find, is_in, is_one_of, run, run_back, trim_end, words,
};
use crate::clean::{is_line_end, quoted};

/// What a secret is replaced with, in each of its lines.
const MASK: &[u8] = b"***";
/// How far back an introduction may begin.
const BACK: usize = 128;

/// The text with its secrets replaced by `***`: passwords on command lines and piped into them, said in words, bearer, access
/// and refresh tokens, JWTs, API keys, credentials in URLs, `auth` and `.dockerconfigjson` values, account keys,
/// shared-access signatures, private keys. It has as many lines as before.
pub fn mask(text: &str) -> Cow<'_, str> {
    let clean = quoted(text);
    let bytes = clean.text.strip_suffix(b"\n\n\n").unwrap_or_default();
    let mut out: Vec<u8> = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some((start, end)) = next_secret(bytes, at) {
        at = end;
        let from = clean.origin(start).max(copied);
        let to = if end < bytes.len() { clean.origin(end) } else { text.len() };
        out.extend_from_slice(&text.as_bytes()[copied..from]);
        out.extend_from_slice(MASK);
        for byte in &text.as_bytes()[from..to] {
            if *byte == b'\n' {
                out.push(b'\n');
                out.extend_from_slice(MASK);
            }
        }
        copied = to;
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    out.extend_from_slice(&text.as_bytes()[copied..]);
    Cow::Owned(String::from_utf8(out).unwrap_or_default())
}

/// Whether a clean text, in which there are no quotes, has a secret at or behind `at`.
pub(crate) fn hides(text: &[u8], at: usize) -> bool {
    let mut end = 0;
    while end <= at
        && let Some(secret) = next_secret(text, end)
    {
        end = secret.1;
    }
    end > at
}

/// The next secret at or behind `at`, of at least one byte.
fn next_secret(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    while at < bytes.len() {
        match secret_at(bytes, at) {
            Some((start, end)) if end > at && !is_variable(&bytes[start..end]) => {
                return Some((start, end));
            }
            _ => at += 1,
        }
    }
    None
}

/// The secret that begins at `at`, or whose introduction ends there.
fn secret_at(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    match rest[0] {
        b':' if rest.starts_with(b"://") => url_credentials(bytes, at + 3),
        b':' | b'=' | b'>' => named(bytes, at),
        b'~' => client_secret(bytes, at),
        b'<' if rest.starts_with(b"<<<") => piped(bytes, at + 3),
        _ if at > 0 && (is_word(bytes[at - 1]) || bytes[at - 1] == b'-') => None,
        b'-' if rest.starts_with(b"-----BEGIN ") => private_key(bytes, at + 11),
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

fn is_white(byte: u8) -> bool {
    byte == b' ' || is_line_end(byte)
}

/// Whether a value is nothing, or a variable that holds the secret: `$PASSWORD`, `${{ secrets.PASSWORD }}`.
fn is_variable(value: &[u8]) -> bool {
    matches!(value, [] | [b'$', b'A'..=b'Z' | b'{' | b'(', ..])
}

/// Whether one of the words stands within reach before `at`.
fn is_behind(bytes: &[u8], at: usize, list: &str) -> bool {
    let before = bytes[at.saturating_sub(BACK)..at].to_ascii_lowercase();
    words(list).any(|word| find(&before, word).is_some())
}

/// Whether a value looks like a key rather than a word, an address or a digest: letters with digits, or of both cases.
fn is_dense(value: &[u8]) -> bool {
    value.len() >= 12
        && kinds(&value[..value.len().min(64)]) >= 2
        && !begins_with(value, "http|sha256:|realm=")
        && !value.iter().any(|b| is_in(*b, b" []{}<>"))
}

/// How many of digits, small and capital letters a value has.
fn kinds(value: &[u8]) -> usize {
    let has = |is_kind: fn(&u8) -> bool| usize::from(value.iter().any(is_kind));
    has(u8::is_ascii_digit) + has(u8::is_ascii_lowercase) + has(u8::is_ascii_uppercase)
}

/// A token that says so by itself, what is said to be a secret, and what is piped into a login.
fn word(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    const TOKENS: &str = "eyJ|ghp_|gho_|ghs_|github_pat_|glpat-|dckr_pat_";
    const NAMES: &str = "password|passphrase|passwd|pwd|secret|token|apikey|api key";
    let rest = &bytes[at..];
    let len = run(rest, is_word);
    let name = &rest[..len];
    let next = at + len;
    let has_gap = bytes.get(next) == Some(&b' ');
    if is_one_of(name, "bearer|basic") && has_gap {
        return value(bytes, next).filter(|(start, end)| is_dense(&bytes[*start..*end]));
    }
    let before = trim_end(&bytes[at.saturating_sub(16)..at], b" ");
    if is_one_of(name, "is|was") && ends_with(before, NAMES) {
        return said(bytes, next);
    }
    if is_one_of(name, "password|passwd|pwd") && has_gap {
        return value(bytes, next)
            .filter(|(start, end)| end - start > 7 && kinds(&bytes[*start..*end]) == 3);
    }
    if is_one_of(name, "echo|printf") {
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
    let (start, end) = value(bytes, from + run(&bytes[from..], |b| b == b':'))?;
    let end = end - run_back(&bytes[start..end], |b| is_in(b, b".!?:"));
    let secret = &bytes[start..end];
    let least = if is_quote(bytes[start - 1]) { 5 } else { 8 };
    (secret.len() > 4 && !is_said(secret, least)).then_some((start, end))
}

/// Whether something is a word of prose or a name: short, an adjective or a participle, all capitals, with dots or dashes
/// between small letters.
fn is_said(word: &[u8], least: usize) -> bool {
    const ENDS: &str =
        "ed|ing|ect|id|ble|nt|ly|al|ry|ty|ve|ous|ful|less|how|where|ther|ever|nger|rter|own|rror";
    let rest = word.get(1..).unwrap_or_default();
    let is_part = |b: &u8| b.is_ascii_lowercase() || is_in(*b, b"-/'.");
    word.iter().all(u8::is_ascii_uppercase)
        || rest.iter().all(is_part)
            && (word.len() < least
                || ends_with(word, ENDS)
                || !rest.iter().all(u8::is_ascii_lowercase))
}

/// `echo secret | docker login --password-stdin`.
fn echoed(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let line = &bytes[at..bytes.len().min(at + 4 * BACK)];
    let line = &line[..run(line, |b| !is_line_end(b))];
    let pipe = run(line, |b| b != b'|');
    find(&line[pipe..], b"-stdin")?;
    let start = run(line, |b| b != b' ') + 1;
    let start = start + if line.get(start..)?.starts_with(b"-n ") { 3 } else { 0 };
    let gap = run_back(&line[..pipe], |b| b == b' ');
    let is_variable = line[start..].starts_with(b"\"$");
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

/// What stands between `-----BEGIN RSA PRIVATE KEY-----` and its end; the end may be missing.
fn private_key(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let kind = run(&bytes[from..bytes.len().min(from + 32)], |b| b != b'-');
    let start = from + kind + 5;
    if !bytes[from..from + kind].ends_with(b"PRIVATE KEY") || start > bytes.len() {
        return None;
    }
    let rest = &bytes[start..];
    let is_base64 = |b| is_word(b) || is_white(b) || is_in(b, b"+/=");
    let len = find(rest, b"---").unwrap_or_else(|| run(rest, is_base64));
    let gap = run(&rest[..len], is_white);
    Some((start + gap, start + len - run_back(&rest[gap..len], is_white)))
}

/// `-p secret`, `--password=secret`, `-u name:secret`, `"--client-secret", "secret"` …
fn option(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    let dashes = run(rest, |b| b == b'-');
    let name = &rest[dashes..dashes + run(&rest[dashes..], |b| is_word(b) || b == b'-')];
    let end = at + dashes + name.len();
    let gap = bytes.get(end..end + 2)?;
    // Named in prose rather than given: 'az acr login --expose-token' …
    let is_quoted = is_quote(gap[0]) && gap[1] != b',';
    if is_quoted && (dashes == 2 || at > 0 && is_quote(bytes[at - 1])) {
        return None;
    }
    if dashes == 1 {
        return short_option(bytes, at, end);
    }
    if ends_with(name, "creds|user") {
        return after_colon(bytes, end);
    }
    let is_sure = ends_with(name, "password|client-secret|apikey|api-key|token|passphrase");
    if !is_in(gap[0], b" =,\"'") || !is_sure && !ends_with(name, "secret") {
        return None;
    }
    let (start, end) = argument(bytes, end)?;
    let value = &bytes[start..end];
    // "Using --password via the CLI is insecure."
    let is_prose = is_one_of(value, "via|in|are|is|must|and|or|to") || value[0] == b'@';
    (is_sure && !is_prose || is_dense(value)).then_some((start, end))
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
    // The quote before the value says where it ends.
    let list = list - usize::from(list > 0 && is_quote(rest[list - 1]));
    let from = if has_comma { from + list } else { from };
    let is_option = bytes.get(value_start(bytes, from)) == Some(&b'-');
    if is_option { None } else { value(bytes, from) }
}

fn after_colon(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let (start, end) = argument(bytes, from)?;
    let colon = start + run(&bytes[start..end], |b| b != b':') + 1;
    (colon < end).then_some((colon, end))
}

/// `https://name:secret@host`.
fn url_credentials(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let len =
        run(&bytes[start..], |b| !is_white(b) && !is_quote(b) && !matches!(b, b'/' | b'?' | b'<'));
    let authority = &bytes[start..start + len];
    let host = authority.iter().rposition(|b| *b == b'@')?;
    let colon = run(&authority[..host], |b| b != b':');
    (colon < host).then_some((start + colon + 1, start + host))
}

/// Names whose value is a secret, by their end.
const SECRETS: &str = "password|passwd|passphrase|_pass|pwd|clientsecret|client-secret|_secret";
/// Names whose value is a secret if it looks like one.
const MAYBE: &str = "auth|authorization|token|secret|key|cookie|sid|dockerconfigjson|dockercfg|sig";

/// `password: secret`, `"auth": "…"`, `Authorization: Bearer …`, `sig=…` and their like: the name ends at `at`.
fn named(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let before = &bytes[at.saturating_sub(BACK)..at];
    let gap = run_back(before, |b| is_quote(b) || b == b' ');
    let before = &before[..before.len() - gap.min(8)];
    let len = run_back(before, |b| is_word(b) || b == b'-');
    let (before, name) = before.split_at(before.len() - len);
    let is_tag = before.last() == Some(&b'<');
    if name.is_empty() || (bytes[at] == b'>') != is_tag {
        return None;
    }
    let is_pair =
        ends_with(name, "value") && is_behind(bytes, at, "password|secret|api_key|apikey");
    // "invalid username/password: unauthorized"
    let is_sure = is_pair || ends_with(name, SECRETS) && before.last() != Some(&b'/');
    if !is_sure && !ends_with(name, MAYBE) {
        return None;
    }
    // What only may be a secret isn't read on its own account beyond what tells: the time must stay linear.
    let near = &bytes[..bytes.len().min(at + BACK)];
    let (start, end) = named_value(near, at + 1)?;
    let value = &near[start..end];
    let is_folder = ends_with(name, "pwd") && begins_with(value, "/|~|C:");
    let is_secret = is_sure && !is_refused(before, value) || is_dense(value);
    if is_folder || !is_secret { None } else { named_value(bytes, at + 1) }
}

/// Whether a value is what is said of a password: "incorrect username or password: unauthorized", "Password: Error: …".
fn is_refused(before: &[u8], value: &[u8]) -> bool {
    value.ends_with(b":")
        || ends_with(before, "invalid |incorrect |wrong |or |and ") && is_said(value, 0)
}

/// The value behind a name: the scheme before a credential is left, and so is the indicator of a block in YAML.
fn named_value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let (start, end) = value(bytes, from)?;
    let found = &bytes[start..end];
    if is_one_of(found, "bearer|basic") {
        return value(bytes, end).filter(|next| !bytes[next.0..].starts_with(b"realm="));
    }
    if found.iter().all(|b| is_in(*b, b">|-+")) {
        return value(bytes, end + run(&bytes[end..], is_white));
    }
    Some((start, end))
}

/// The value behind an introduction: quoted up to the quote, otherwise up to white space.
fn value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let start = value_start(bytes, from);
    let quote = bytes.get(start.wrapping_sub(1)).copied().filter(|b| is_quote(*b));
    let is_end = |b: &u8| match quote {
        Some(quote) => *b == quote || is_line_end(*b),
        None => is_white(*b) || is_quote(*b) || is_in(*b, b",}&)<;|"),
    };
    let rest = bytes.get(start..)?;
    let len = rest.iter().position(is_end).unwrap_or(rest.len());
    (len > 0).then_some((start, start + len))
}

fn value_start(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let gap = run(&rest[..rest.len().min(16)], |b| is_in(b, b" =\\"));
    // A command that goes on in the next line, of which a colour hid the end.
    let is_continued = gap > 0 && rest[gap - 1] == b'\\';
    let start = from + gap + if is_continued { run(&rest[gap..], is_white) } else { 0 };
    start + usize::from(bytes.get(start).copied().is_some_and(is_quote))
}
