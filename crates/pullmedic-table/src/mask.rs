//! Taking secrets out of a text.
//!
//! The text is cleaned first, so that its disguises needn't be known here: escapes, wrapped lines, frames, colours. Then one
//! pass from left to right: each rule looks at the place where the secret's introduction ends, a bounded way back and over
//! the secret itself, so the time is linear.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::{
    begins_with, ends_with, find, is_in, is_one_of, is_word, run, run_back, trim_end, words,
};
use crate::clean::{END, is_line_end, is_quote, quoted};

/// How far back an introduction may begin.
pub(crate) const BACK: usize = 128;

/// Where a secret begins and ends; an empty place is none. (As an `Option` it would be a good part larger.)
type Place = (usize, usize);
const NONE: Place = (0, 0);

/// A place, if something holds.
fn when(holds: bool, place: Place) -> Place {
    if holds { place } else { NONE }
}

/// The text with its secrets replaced by `***`: passwords on command lines and piped into them, said in words, bearer, access
/// and refresh tokens, JWTs, API keys, credentials in URLs, `auth` and `.dockerconfigjson` values, account keys,
/// shared-access signatures, private keys. It has as many lines as before.
pub fn mask(text: &str) -> Cow<'_, str> {
    let clean = quoted(text);
    let bytes = &clean.text[..clean.text.len() - END.len()];
    let mut out: Vec<u8> = Vec::new();
    let (mut at, mut copied) = (0, 0);
    loop {
        let (start, end) = next_secret(bytes, at);
        let origin = |at: usize| if at < bytes.len() { clean.origin(at) } else { text.len() };
        let from = if end == 0 { text.len() } else { origin(start).max(copied) };
        text.as_bytes()[copied..from].iter().for_each(|byte| out.push(*byte));
        if end == 0 {
            break;
        }
        (at, copied) = (end, origin(end));
        let mut stars = 3;
        for byte in &text.as_bytes()[from..copied] {
            if *byte == b'\n' {
                stars = 3;
                out.push(b'\n');
            } else {
                // A mask has three stars, however short the secret.
                (0..stars).for_each(|_| out.push(b'*'));
                stars = 0;
            }
        }
    }
    if copied == 0 {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(String::from_utf8(out).unwrap_or_default())
    }
}

/// Whether a clean text, in which there are no quotes, has a secret at or behind `at`.
pub(crate) fn hides(text: &[u8], at: usize) -> bool {
    let mut end = 0;
    loop {
        end = next_secret(text, end).1;
        if end == 0 || end > at {
            return end > 0;
        }
    }
}

/// The next secret at or behind `at`.
fn next_secret(bytes: &[u8], mut at: usize) -> Place {
    while at < bytes.len() {
        let (start, end) = secret_at(bytes, at);
        if end > at && !is_variable(&bytes[start..end]) {
            return (start, end);
        }
        at += 1;
    }
    NONE
}

/// The secret that begins at `at`, or whose introduction ends there.
fn secret_at(bytes: &[u8], at: usize) -> Place {
    let rest = &bytes[at..];
    match rest[0] {
        b':' if rest.starts_with(b"://") => url_credentials(bytes, at + 3),
        b':' | b'=' | b'>' => named(bytes, at),
        b'~' => client_secret(bytes, at),
        b'<' if rest.starts_with(b"<<<") => piped(bytes, at + 3),
        _ if at > 0 && (is_word(bytes[at - 1]) || bytes[at - 1] == b'-') => NONE,
        b'-' if rest.starts_with(b"-----BEGIN ") => private_key(bytes, at + 11),
        b'-' => option(bytes, at),
        byte if is_word(byte) => word(bytes, at),
        _ => NONE,
    }
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
fn word(bytes: &[u8], at: usize) -> Place {
    const TOKENS: &str = "eyJ|ghp_|gho_|ghs_|github_pat_|glpat-|dckr_pat_";
    const NAMES: &str = "password|passphrase|passwd|pwd|secret|token|apikey|api key";
    let rest = &bytes[at..];
    let len = run(rest, is_word);
    let name = &rest[..len];
    let next = at + len;
    let has_gap = bytes.get(next) == Some(&b' ');
    if is_one_of(name, "bearer|basic") && has_gap {
        let (start, end) = value(bytes, next);
        return when(is_dense(&bytes[start..end]), (start, end));
    }
    let before = trim_end(&bytes[at.saturating_sub(16)..at], b" ");
    if is_one_of(name, "is|was") && ends_with(before, NAMES) {
        return said(bytes, next);
    }
    if is_one_of(name, "password|passwd|pwd") && has_gap {
        let (start, end) = value(bytes, next);
        return when(end - start > 7 && kinds(&bytes[start..end]) == 3, (start, end));
    }
    if is_one_of(name, "echo|printf") {
        return echoed(bytes, at);
    }
    if begins_with(rest, TOKENS) {
        let len = run(rest, |b| is_word(b) || is_in(b, b"+/=.-"));
        return when(len >= 20, (at, at + len));
    }
    // An API key of IBM Cloud, a registry's password, both of a length that nothing else has.
    let len = run(&rest[..rest.len().min(53)], |b| is_word(b) || is_in(b, b"+/-"));
    let is_mixed = kinds(&rest[..len]) == 3;
    when(matches!(len, 44 | 52) && is_mixed, (at, at + len))
}

/// `the password is S3cret`, unless what is said of it is a word: `the password is wrong`, `EXPIRED`.
fn said(bytes: &[u8], from: usize) -> Place {
    let (start, end) = value(bytes, from + run(&bytes[from..], |b| b == b':'));
    let end = end - run_back(&bytes[start..end], |b| is_in(b, b".!?:"));
    let secret = &bytes[start..end];
    let least = if is_quote(bytes[start - 1]) { 5 } else { 8 };
    when(secret.len() > 4 && !is_said(secret, least), (start, end))
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
fn echoed(bytes: &[u8], at: usize) -> Place {
    let line = &bytes[at..bytes.len().min(at + 4 * BACK)];
    let line = &line[..run(line, |b| !is_line_end(b))];
    let pipe = run(line, |b| b != b'|');
    let start = run(line, |b| b != b' ') + 1;
    let rest = line.get(start..).unwrap_or_default();
    let start = start + if rest.starts_with(b"-n ") { 3 } else { 0 };
    let gap = run_back(&line[..pipe], |b| b == b' ');
    let is_piped = start + gap < pipe && find(&line[pipe..], b"-stdin").is_some();
    when(is_piped && !line[start..].starts_with(b"\"$"), (at + start, at + pipe - gap))
}

/// `docker login --password-stdin <<< secret`.
fn piped(bytes: &[u8], from: usize) -> Place {
    when(is_behind(bytes, from, "login|-stdin"), value(bytes, from))
}

/// A client secret of Microsoft Entra: some `8Q~` and 34 characters more.
fn client_secret(bytes: &[u8], at: usize) -> Place {
    let is_part = |b| is_word(b) || is_in(b, b"-.~");
    let len = run(&bytes[at..], is_part);
    let back = run_back(&bytes[at.saturating_sub(16)..at], is_part);
    when(len >= 30 && back >= 3, (at - back, at + len))
}

/// What stands between `-----BEGIN RSA PRIVATE KEY-----`, whose kind begins at `from`, and the end, which may be missing.
fn private_key(bytes: &[u8], from: usize) -> Place {
    let kind = run(&bytes[from..], |b| b != b'-');
    if !bytes[from..from + kind].ends_with(b"PRIVATE KEY") {
        return NONE;
    }
    let start = from + kind + run(&bytes[from + kind..], |b| b == b'-' || is_white(b));
    let rest = &bytes[start..];
    let is_base64 = |b| is_word(b) || is_white(b) || is_in(b, b"+/=");
    let len = find(rest, b"---").unwrap_or_else(|| run(rest, is_base64));
    (start, start + len - run_back(&rest[..len], is_white))
}

/// `-p secret`, `--password=secret`, `-u name:secret`, `"--client-secret", "secret"` …
fn option(bytes: &[u8], at: usize) -> Place {
    let rest = &bytes[at..];
    let dashes = run(rest, |b| b == b'-');
    let name = &rest[dashes..dashes + run(&rest[dashes..], |b| is_word(b) || b == b'-')];
    let end = at + dashes + name.len();
    let [gap, next, ..] = bytes[end..] else { return NONE };
    // Named in prose rather than given: 'az acr login --expose-token' …
    let is_named = is_quote(gap) && next != b',';
    if is_named && (dashes == 2 || at > 0 && is_quote(bytes[at - 1])) {
        return NONE;
    }
    if dashes == 1 {
        return short_option(bytes, at, end);
    }
    if ends_with(name, "creds|user") {
        return after_colon(bytes, end);
    }
    let is_sure = ends_with(name, "password|client-secret|apikey|api-key|token|passphrase");
    let is_secret = is_sure || ends_with(name, "secret");
    let (start, end) = argument(bytes, end);
    let value = &bytes[start..end];
    // "Using --password via the CLI is insecure."
    let is_prose = is_one_of(value, "via|in|are|is|must|and|or|to") || value.starts_with(b"@");
    when(is_secret && (is_sure && !is_prose || is_dense(value)), (start, end))
}

/// `-p secret` and `-psecret` of a login; elsewhere it means a port, a path or a project. `-u name:secret`.
fn short_option(bytes: &[u8], at: usize, end: usize) -> Place {
    let from = at + 2;
    match bytes[at + 1] {
        b'u' => after_colon(bytes, from),
        b'p' => {
            let is_login = is_behind(bytes, at, "login|creds|-u");
            let (start, stop) = argument(bytes, from);
            let secret = &bytes[start..stop];
            let is_secret = if end == from {
                is_login || is_dense(secret) && !is_in(b'/', secret)
            } else {
                is_login && secret.len() >= 6
            };
            when(is_secret, (start, stop))
        }
        _ => NONE,
    }
}

/// An option's value, also in a list of arguments: `"-p", "secret"`; not another option.
fn argument(bytes: &[u8], from: usize) -> Place {
    let rest = &bytes[from..bytes.len().min(from + 8)];
    let list = run(rest, |b| is_quote(b) || is_in(b, b", "));
    let has_comma = is_in(b',', &rest[..list]);
    // The quote before the value says where it ends.
    let list = list - usize::from(list > 0 && is_quote(rest[list - 1]));
    let place = value(bytes, if has_comma { from + list } else { from });
    when(bytes.get(place.0) != Some(&b'-'), place)
}

fn after_colon(bytes: &[u8], from: usize) -> Place {
    let (start, end) = argument(bytes, from);
    let colon = start + run(&bytes[start..end], |b| b != b':') + 1;
    when(colon < end, (colon, end))
}

/// `https://name:secret@host`.
fn url_credentials(bytes: &[u8], start: usize) -> Place {
    let len =
        run(&bytes[start..], |b| !is_white(b) && !is_quote(b) && !matches!(b, b'/' | b'?' | b'<'));
    let authority = &bytes[start..start + len];
    let host = len - run_back(authority, |b| b != b'@');
    let colon = run(authority, |b| b != b':') + 1;
    when(colon < host, (start + colon, start + host - 1))
}

/// Names whose value is a secret, by their end.
const SECRETS: &str = "password|passwd|passphrase|_pass|pwd|clientsecret|client-secret|_secret";
/// Names whose value is a secret if it looks like one.
const MAYBE: &str = "auth|authorization|token|secret|key|cookie|sid|dockerconfigjson|dockercfg|sig";

/// `password: secret`, `"auth": "…"`, `Authorization: Bearer …`, `sig=…` and their like: the name ends at `at`.
fn named(bytes: &[u8], at: usize) -> Place {
    let before = &bytes[at.saturating_sub(BACK)..at];
    let before = trim_end(before, b"\"'` ");
    let len = run_back(before, |b| is_word(b) || b == b'-');
    let (before, name) = before.split_at(before.len() - len);
    let is_tag = before.ends_with(b"<");
    let is_pair =
        ends_with(name, "value") && is_behind(bytes, at, "password|secret|api_key|apikey");
    // "invalid username/password: unauthorized"
    let is_sure = is_pair || ends_with(name, SECRETS) && !before.ends_with(b"/");
    if (bytes[at] == b'>') != is_tag || !is_sure && !ends_with(name, MAYBE) {
        return NONE;
    }
    // What only may be a secret isn't read on its own account beyond what tells: the time must stay linear.
    let near = &bytes[..bytes.len().min(at + BACK)];
    let (start, end) = named_value(near, at + 1);
    let value = &near[start..end];
    let is_folder = ends_with(name, "pwd") && begins_with(value, "/|~|C:");
    let is_secret = is_sure && !is_refused(before, value) || is_dense(value);
    if is_folder || !is_secret { NONE } else { named_value(bytes, at + 1) }
}

/// Whether a value is what is said of a password: "incorrect username or password: unauthorized", "Password: Error: …".
fn is_refused(before: &[u8], value: &[u8]) -> bool {
    value.ends_with(b":")
        || ends_with(before, "invalid |incorrect |wrong |or |and ") && is_said(value, 0)
}

/// The value behind a name: the scheme before a credential is left, and so is the indicator of a block in YAML.
fn named_value(bytes: &[u8], from: usize) -> Place {
    let (start, end) = value(bytes, from);
    let found = &bytes[start..end];
    if is_one_of(found, "bearer|basic") {
        return value(bytes, end);
    }
    if found.iter().all(|b| is_in(*b, b">|-+")) {
        return value(bytes, end + run(&bytes[end..], is_white));
    }
    (start, end)
}

/// The value behind an introduction: quoted up to the quote, otherwise up to white space.
fn value(bytes: &[u8], from: usize) -> Place {
    let rest = bytes.get(from..).unwrap_or_default();
    let gap = run(&rest[..rest.len().min(16)], |b| is_in(b, b" =\\"));
    // A command that goes on in the next line, of which a colour hid the end.
    let is_continued = rest[..gap].ends_with(b"\\");
    let gap = gap + if is_continued { run(&rest[gap..], is_white) } else { 0 };
    let quote = rest.get(gap).copied().filter(|b| is_quote(*b));
    let gap = gap + usize::from(quote.is_some());
    let is_end = |b: &u8| match quote {
        Some(quote) => *b == quote || is_line_end(*b),
        None => is_white(*b) || is_quote(*b) || is_in(*b, b",}&)<;|"),
    };
    let rest = &rest[gap..];
    let len = rest.iter().position(is_end).unwrap_or(rest.len());
    (from + gap, from + gap + len)
}
