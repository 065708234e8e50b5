//! Any number of message templates, from a fixed seed.
//!
//! They share one vocabulary with each other and with the logs, so that single words tell nothing: a matcher has to look
//! at how words stand together, as in life.

use std::collections::BTreeSet;

use fastrand::Rng;

const SEED: u64 = 0x70_75_6c_6c;

/// Words of registries, clients and clusters.
pub const WORDS: [&str; 144] = [
    "access",
    "account",
    "address",
    "admin",
    "after",
    "agent",
    "allowed",
    "anonymous",
    "answered",
    "asked",
    "attempt",
    "audience",
    "authentication",
    "authorized",
    "backend",
    "blob",
    "blocked",
    "body",
    "broken",
    "bucket",
    "cache",
    "cannot",
    "certificate",
    "chain",
    "challenge",
    "check",
    "chunk",
    "client",
    "closed",
    "cluster",
    "config",
    "connection",
    "container",
    "content",
    "copy",
    "could",
    "credential",
    "daemon",
    "data",
    "deadline",
    "decode",
    "denied",
    "deny",
    "deploy",
    "digest",
    "disabled",
    "domain",
    "downloaded",
    "endpoint",
    "error",
    "exceeded",
    "exchange",
    "expected",
    "expired",
    "failed",
    "feature",
    "fetch",
    "file",
    "firewall",
    "forbidden",
    "found",
    "gateway",
    "grant",
    "handshake",
    "header",
    "helper",
    "host",
    "identity",
    "image",
    "index",
    "inside",
    "invalid",
    "issuer",
    "key",
    "label",
    "layer",
    "lease",
    "length",
    "limit",
    "link",
    "list",
    "locked",
    "login",
    "lookup",
    "manifest",
    "match",
    "media",
    "method",
    "mirror",
    "missing",
    "mount",
    "name",
    "namespace",
    "network",
    "node",
    "object",
    "offline",
    "operation",
    "owner",
    "parse",
    "password",
    "path",
    "permission",
    "platform",
    "policy",
    "pool",
    "prefix",
    "principal",
    "proxy",
    "pull",
    "push",
    "quota",
    "range",
    "rate",
    "read",
    "refresh",
    "refused",
    "region",
    "registry",
    "rejected",
    "remote",
    "replica",
    "repository",
    "request",
    "resolve",
    "response",
    "retry",
    "role",
    "route",
    "scope",
    "secret",
    "server",
    "service",
    "session",
    "signature",
    "size",
    "stage",
    "status",
    "storage",
    "tenant",
    "timeout",
    "token",
    "unauthorized",
    "upload",
];

const HOLES: [&str; 10] = [
    "'<repository>'",
    "<registry>",
    "\"<ip>\"",
    "<guid>",
    "code <number>",
    "<word>",
    "<any>",
    "<url>",
    "(<tag>)",
    "<digest>",
];

/// The first `count` templates, as they are written in a knowledge base.
pub fn templates(count: usize) -> Vec<String> {
    let mut rng = Rng::with_seed(SEED);
    let mut known = BTreeSet::new();
    let mut all = Vec::with_capacity(count);
    while all.len() < count {
        let one = template(&mut rng);
        if known.insert(one.clone()) {
            all.push(one);
        }
    }
    all
}

/// Two to four phrases with holes between them; the first and the last are fixed text, so that a cut one is none.
fn template(rng: &mut Rng) -> String {
    let mut text = phrase(rng);
    for _ in 0..rng.usize(1..4) {
        let hole = HOLES[rng.usize(..HOLES.len())];
        let next = phrase(rng);
        let mark = [" ", ": ", " "][rng.usize(..3)];
        text = if rng.f32() < 0.7 {
            format!("{text} {hole} {next}")
        } else {
            format!("{text}{mark}{next}")
        };
    }
    text
}

/// Two to four words.
pub fn phrase(rng: &mut Rng) -> String {
    let words: Vec<&str> = (0..rng.usize(2..5)).map(|_| WORDS[rng.usize(..WORDS.len())]).collect();
    words.join(" ")
}
