//! No secret that is planted in a log comes out again, whatever kind it is of and however the log is pasted.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use pullmedic_core::Sources;
use pullmedic_pack::Packed;
use pullmedic_table::{Finding, Matcher, Options, json, mask};

#[path = "../../../tests/secrets/planted.rs"]
mod planted;

use planted::{KINDS, LOGS, Random, log, shows};

static SHIPPED: LazyLock<Packed> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    Packed::new(&pullmedic_core::compile(&Sources::read(&root).unwrap()).unwrap())
});

fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| change(line) + "\n").collect()
}

fn wrapped(text: &str, width: usize) -> String {
    each_line(text, |line| {
        let chars: Vec<char> = line.chars().collect();
        chars.chunks(width).map(String::from_iter).collect::<Vec<_>>().join("\n")
    })
}

type Disguise = fn(&str) -> String;

const DISGUISES: [(&str, Disguise); 11] = [
    ("as it is", |t| t.to_owned()),
    ("colours", |t| each_line(t, |l| format!("\u{1b}[31m{l}\u{1b}[0m"))),
    ("timestamps", |t| each_line(t, |l| format!("2026-03-01T12:00:00.1234567Z {l}"))),
    ("Windows line ends", |t| each_line(t, |l| format!("{l}\r"))),
    ("a quotation", |t| each_line(t, |l| format!("> {l}"))),
    ("Terraform's bar", |t| each_line(t, |l| format!("\u{2502} {l}"))),
    ("JSON", json::string),
    ("JSON in JSON", |t| json::string(&json::string(t))),
    ("HTML", |t| {
        t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    }),
    ("80 columns", |t| wrapped(t, 80)),
    ("120 columns", |t| wrapped(t, 120)),
];

thread_local! {
    static MATCHER: Matcher<'static> = Matcher::new(SHIPPED.table());
}

/// What gives a secret away.
fn leaks(text: &str, secrets: &[String]) -> Vec<&'static str> {
    let masked = mask(text);
    let diagnosis = MATCHER.with(|matcher| matcher.diagnose(text, &Options::default()));
    let said = |found: &Finding<'_>| format!("{:?} {:?}", found.captures, found.why);
    let outputs = [
        ("the masked text", masked.to_string()),
        ("the diagnosis", json::diagnosis(&diagnosis)),
        ("a finding", diagnosis.findings.iter().map(said).collect()),
    ];
    let is_leak =
        |(_, output): &&(&str, String)| secrets.iter().any(|secret| shows(output, secret));
    let mut leaks: Vec<_> = outputs.iter().filter(is_leak).map(|(name, _)| *name).collect();
    if masked.lines().count() != text.lines().count() {
        leaks.push("(lines are lost)");
    }
    leaks
}

#[test]
fn every_kind_is_masked_in_every_disguise() {
    let mut faults = Vec::new();
    for (at, kind) in KINDS.iter().enumerate() {
        for (name, disguise) in DISGUISES {
            let (text, secrets) = log(kind, LOGS[at % LOGS.len()], &mut Random(at as u64));
            let text = disguise(&text);
            for leak in leaks(&text, &secrets) {
                faults.push(format!("{name}: {leak}: {kind}\n{}", mask(&text)));
            }
        }
    }
    assert!(faults.is_empty(), "{} leaks\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn what_is_no_secret_is_not_masked() {
    for text in [
        "Www-Authenticate: Bearer realm=\"https://contoso.azurecr.io/oauth2/token\",service=\"contoso.azurecr.io\"",
        "unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.",
        "docker pull contoso.azurecr.io/web:1",
        "podman push -p",
        "WARNING! Using --password via the CLI is insecure. Use --password-stdin.",
        "docker run -p 8080:80 contoso.azurecr.io/web:1",
        "mkdir -p /var/lib/containers",
        "unable to retrieve auth token: invalid username/password: unauthorized",
        "failed to fetch oauth token: unexpected status from POST request to https://contoso.azurecr.io/oauth2/token",
        "imagePullSecrets: acr-pull",
        "The password is wrong, the secret is EXPIRED, and the token is 3 hours old.",
        "Your password is incorrect.",
        "password is required, the token is expired, the secret is missing; secret not found",
        "The token is refreshed automatically, the secret is kubernetes.io/dockerconfigjson",
        "My secret is acr-pull-secret and its token is valid until 2026-11-02.",
        "Error: invalid username or password: unauthorized",
        "Use password authentication with token docker-desktop-1 or secret all-icr-io",
        "failed to fetch oauth token: https://contoso.azurecr.io/oauth2/token?scope=Repository: 401",
        "cache key: sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "contoso.azurecr.io/web@sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "tenant 11111111-2222-3333-4444-555555555555, clientId: 11111111-2222-3333-4444-555555555555",
        "commit 1ad890c2f4e6b8a0c1d3e5f708192a3b4c5d6e7f on main",
        "PWD=/home/ci/Web1 OLDPWD=/Users/Ci/Web2",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    ] {
        assert_eq!(mask(text), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_secret_comes_out_again(kind in 0..KINDS.len(), around in 0..LOGS.len(), disguise in 0..DISGUISES.len(), seed: u64) {
        let (text, secrets) = log(KINDS[kind], LOGS[around], &mut Random(seed));
        let text = (DISGUISES[disguise].1)(&text);
        let leaks = leaks(&text, &secrets);
        prop_assert!(leaks.is_empty(), "{leaks:?}: {}\n{text}\n{}", KINDS[kind], mask(&text));
    }
}
