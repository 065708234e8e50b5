//! The messages that people meet most, as their clients print them, with somebody's registry in them.
//!
//! Each must be found as the right problem, firmly, and some command must carry that registry's name.
//!
//! `logs/*.txt` hold whole logs. A case: its title, the text, what must come of it. `=> id|id name=value…` is the first
//! finding, one of these problems, firm, with these captures; with the word `possible` it must not be firm. `=> not firm`:
//! nothing firm, `=> nothing`, `=> other name`: a registry of somebody else that must be named, `=> captures name=value`: as
//! it says, empty for none.
//!
//! `queries.txt` holds what people type: `query => id|id…`, the pages that answer it.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod why;

use std::fs;
use std::path::Path;

use pullmedic::{Confidence, Diagnosis, Finding};

/// A log, the problem in it, and the registry that the commands must name.
struct Case(&'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    Case(
        "You may want to use 'az acr login -n tailspin --expose-token' to get an access token, which does not require Docker to be installed.\n2026-11-02 10:11:12.131415 An error occurred: DOCKER_COMMAND_ERROR\nPlease verify if Docker client is installed and running.",
        "azure/docker-command-error",
        "tailspin",
    ),
    Case(
        "$ az acr login -n tailspin\nThis command requires running the docker daemon, which is not supported in Azure Cloud Shell. You may want to use 'az acr login -n tailspin --expose-token' to get an access token, which does not require Docker to be installed.",
        "azure/cloud-shell-no-docker",
        "",
    ),
    Case(
        "Nov 02 10:11:12 build-7 dockerd[811]: Head \"https://tailspin.azurecr.io/v2/team/api/manifests/1.4\": unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.",
        "azure/pull-unauthorized",
        "tailspin",
    ),
    Case(
        "ci@build-7:~$ docker login tailspin.azurecr.io\nError response from daemon: Get \"https://tailspin.azurecr.io/v2/\": unauthorized: {\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required, visit https://aka.ms/acr/authorization for more information.\"}]}",
        "azure/login-unauthorized",
        "tailspin",
    ),
    Case(
        "docker login tailspin.azurecr.io\nError response from daemon: Get https://tailspin.azurecr.io/v2/: unauthorized: Application not registered with AAD.",
        "azure/application-not-registered-aad",
        "tailspin",
    ),
    Case(
        "az acr login --name tailspin\nCould not connect to the registry login server 'tailspin.azurecr.io'. Please verify that the registry exists and the URL 'https://tailspin.azurecr.io/v2/' is reachable from your environment.",
        "azure/login-server-unreachable",
        "tailspin",
    ),
    Case(
        "Error response from daemon: login attempt to https://tailspin.azurecr.io/v2/ failed with status: 403 Forbidden",
        "azure/login-403-forbidden",
        "tailspin",
    ),
    Case(
        "Unable to get AAD authorization tokens with message: 2026-11-02 10:11:12.131415 An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR\nAccess to registry 'tailspin.azurecr.io' was denied. Response code: 401. Please try running 'az login' again to refresh permissions.\nUnable to get admin user credentials with message: The resource with name 'tailspin' and type 'Microsoft.ContainerRegistry/registries' could not be found in subscription 'Production (11111111-2222-3333-4444-555555555555)'.",
        "azure/cli-refresh-token-401",
        "tailspin",
    ),
    Case(
        "Unable to get AAD authorization tokens with message: 2026-11-02 10:11:12.131415 An error occurred: CONNECTIVITY_REFRESH_TOKEN_ERROR\nAccess to registry 'tailspin.azurecr.io' was denied. Response code: 403. Please try running 'az login' again to refresh permissions.",
        "azure/cli-refresh-token-403",
        "tailspin",
    ),
    Case(
        "2026-11-02T10:11:12Z Error response from daemon: Get \"https://tailspin.azurecr.io/v2/\": denied: {\"errors\":[{\"code\":\"DENIED\",\"message\":\"client with IP \\u0027198.51.100.9\\u0027 is not allowed access. Refer https://aka.ms/acr/firewall to grant access.\"}]}",
        "azure/client-ip-not-allowed",
        "tailspin",
    ),
    Case(
        "Error response from daemon: Get \"https://uk.icr.io/v2/\": unauthorized: Authorization required. See https://cloud.ibm.com/docs/Registry?topic=Registry-troubleshoot-auth-req",
        "ibm/authorization-required",
        "uk.icr.io",
    ),
    Case(
        "$ ibmcloud cr images\nFAILED\nYou were not authorized to complete this operation.\n$ docker pull uk.icr.io/tailspin/api:1.4",
        "ibm/authorization-required",
        "uk.icr.io",
    ),
    Case(
        "$ ibmcloud cr namespace-list\nFAILED\nCRG0014E An error occurred when authenticating your request with IBM Cloud. Clear your browser cookies, log in to IBM Cloud, and try your request again.",
        "ibm/authenticating-with-ibm-cloud-failed",
        "",
    ),
    Case(
        "ibmcloud ce app create --name api --image private.uk.icr.io/tailspin/api:1.4\nERROR Status code 401 Unauthorized",
        "ibm/code-engine-401",
        "uk.icr.io",
    ),
    Case(
        "podman login uk.icr.io\ncosign verify uk.icr.io/tailspin/api:1.4\nError: GET https://uk.icr.io/v2/tailspin/api/manifests/1.4: UNAUTHORIZED: Authorization required.",
        "ibm/cosign-unauthorized",
        "uk.icr.io",
    ),
];

/// Other registries and other programs: nothing firm may be said.
const NOT_OURS: &[&str] = &[
    "The push refers to repository [docker.io/tailspin/api]\ndenied: requested access to the resource is denied",
    "Error response from daemon: Head \"https://ghcr.io/v2/tailspin/api/manifests/1.4\": unauthorized: authentication required",
    "Error response from daemon: pull access denied for 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api, repository does not exist or may require 'docker login': denied: User: anonymous is not authorized",
    "Failed to pull image \"mcr.microsoft.com/dotnet/sdk:99\": failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden",
    "psql: error: connection to server at \"db.example.com\" failed: FATAL: password authentication failed for user \"ci\"",
    "npm ERR! code E401\nnpm ERR! 401 Unauthorized - GET https://npm.example.com/@tailspin/api - authentication required",
    "fatal: unable to access 'https://git.example.com/tailspin/api.git/': The requested URL returned error: 403",
];

#[test]
fn common_messages_are_found_with_the_readers_registry() {
    let faults: Vec<String> = CASES.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

fn fault(Case(log, id, registry): &Case) -> Option<String> {
    let diagnosis = pullmedic::diagnose(log);
    let Some(first) = diagnosis.findings.first() else {
        return Some(format!("{id}: nothing found in\n{log}"));
    };
    if first.problem.id() != *id {
        return Some(format!("{id}: {} comes first in\n{log}", first.problem.id()));
    }
    if first.confidence == Confidence::Possible {
        return Some(format!("{id}: only possible in\n{log}"));
    }
    let named = registry.is_empty() || commands(first).iter().any(|c| c.contains(registry));
    (!named).then(|| format!("{id}: no command names {registry}:\n{}", commands(first).join("\n")))
}

/// Every command of a finding, filled.
fn commands(finding: &Finding<'_>) -> Vec<String> {
    let causes = finding.causes.iter().map(|ranked| &ranked.cause);
    let fixes = causes
        .clone()
        .flat_map(pullmedic::Cause::resolutions)
        .flat_map(pullmedic::Resolution::steps);
    let checks = causes.filter_map(|c| c.check()?.command());
    fixes.flat_map(|s| s.commands()).chain(checks).map(|c| c.fill(&finding.captures)).collect()
}

#[test]
fn nothing_firm_is_said_about_others() {
    for log in NOT_OURS {
        let firm = |f: &&Finding<'_>| f.confidence != Confidence::Possible;
        let findings = pullmedic::diagnose(log).findings;
        let claimed: Vec<_> = findings.iter().filter(firm).map(|f| f.problem.id()).collect();
        assert!(claimed.is_empty(), "{claimed:?} in\n{log}");
    }
}

#[test]
fn whole_logs_are_read_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages/logs");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let contents: Vec<String> = paths.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    let cases: Vec<&str> = contents.iter().flat_map(|c| c.split("\n== ").skip(1)).collect();
    assert!(cases.len() > 250);
    let faults: Vec<String> = cases.iter().filter_map(|case| fault_in_log(case)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

fn fault_in_log(case: &str) -> Option<String> {
    let (title, case) = case.split_once('\n').unwrap();
    let (text, expected) = case.split_once("\n=> ").unwrap();
    let diagnosis = pullmedic::diagnose(text);
    let expected = expected.lines().map(|line| line.trim_start_matches("=> "));
    let unmet = expected.filter(|line| !line.is_empty()).find(|line| !holds(&diagnosis, line))?;
    let found: Vec<_> =
        diagnosis.findings.iter().map(|f| format!("{} {}", f.problem.id(), f.confidence)).collect();
    let others = diagnosis.other_registries.join(", ");
    Some(format!("{title}: not {unmet}; found: {}; others: {others}", found.join(", ")))
}

/// Whether a line of what is expected holds.
fn holds(diagnosis: &Diagnosis<'_>, expected: &str) -> bool {
    let first = diagnosis.findings.first();
    let is_firm = diagnosis.findings.iter().any(|f| f.confidence != Confidence::Possible);
    let captures = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap();
        first.is_some_and(|found| found.captures.get(name).unwrap_or_default() == value)
    };
    let (word, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    match word {
        "nothing" => first.is_none(),
        "not" => !is_firm,
        "other" => diagnosis.other_registries.iter().any(|name| name == rest),
        "captures" => captures(rest),
        ids => {
            let (possible, pairs): (Vec<&str>, Vec<&str>) =
                rest.split_whitespace().partition(|word| *word == "possible");
            let is_right = first.is_some_and(|f| ids.split('|').any(|id| id == f.problem.id()));
            is_right && is_firm == possible.is_empty() && pairs.into_iter().all(captures)
        }
    }
}

#[test]
fn what_people_type_leads_to_the_right_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages/queries.txt");
    let queries = fs::read_to_string(path).unwrap();
    let queries: Vec<_> = queries.lines().map(|line| line.split_once(" => ").unwrap()).collect();
    let place = |(query, ids): &(&str, &str)| {
        let hits = pullmedic::search(query, 3);
        hits.iter().position(|hit| ids.split('|').any(|id| id == hit.problem.id()))
    };
    let missed: Vec<_> = queries.iter().filter(|query| place(query).is_none()).collect();
    assert!(missed.is_empty(), "not among the first three: {missed:#?}");
    let later: Vec<_> = queries.iter().filter(|query| place(query) != Some(0)).collect();
    assert!(queries.len() >= 90 && 10 * later.len() <= queries.len(), "not first: {later:#?}");
}
