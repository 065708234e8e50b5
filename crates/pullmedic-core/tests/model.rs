//! What the model holds: merging, looking up, replacing; read from `base/`.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::Path;

use pullmedic_core::{
    Cause, Code, Expectation, Frequency, HostKind, Kb, LoginMode, Part, Probe, Problem, Sign,
    Sources, SymptomKind, TermKind, compile,
};

fn base() -> Kb {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let sources = Sources::read(&root).unwrap();
    compile(&sources).map_err(|faults| panic!("{}", faults.render(&sources))).unwrap()
}

fn problem<'kb>(kb: &'kb Kb, id: &str) -> &'kb Problem {
    kb.problem(id).unwrap_or_else(|| panic!("{id}"))
}

fn ids<'a, T>(items: &'a [T], id: impl Fn(&'a T) -> &'a String) -> Vec<&'a str> {
    items.iter().map(|item| id(item).as_str()).collect()
}

fn cause<'p>(problem: &'p Problem, id: &str) -> &'p Cause {
    problem.causes.iter().find(|cause| cause.id == id).unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn everything_is_sorted_and_the_example_file_is_no_problem() {
    let kb = base();
    assert_eq!(
        ids(kb.problems(), |p| &p.id),
        ["azure/clock-wrong", "azure/login-refused", "ibm/clock-wrong"]
    );
    assert_eq!(ids(kb.providers(), |p| &p.id), ["azure", "ibm"]);
    assert_eq!(ids(kb.registries(), |r| &r.id), ["docker.io", "ghcr.io"]);
    assert_eq!(ids(kb.tables(), |t| &t.id), ["azure-ports"]);
}

#[test]
fn aliases_lead_to_the_problem() {
    let kb = base();
    let found = problem(&kb, "azure/old-login");
    assert_eq!(found.id, "azure/login-refused");
    assert_eq!(found.aliases, ["azure/old-login"]);
    assert!(kb.problem("azure/nothing").is_none());
}

#[test]
fn a_shared_problem_fills_gaps_and_adds_to_lists() {
    let kb = base();
    let azure = problem(&kb, "azure/clock-wrong");
    let ibm = problem(&kb, "ibm/clock-wrong");
    assert_eq!(azure.title, "The clock of the client is wrong");
    assert_eq!(ibm.title, "The clock of the client of ICR is wrong");
    assert_eq!(azure.operations, ["pull", "login"]);
    assert_eq!(azure.frequency, Frequency::Rare);
    assert_eq!((azure.symptoms.len(), ibm.symptoms.len()), (3, 2));
    assert_eq!(ids(&azure.causes, |c| &c.id), ["vm-paused", "clock-off"]);
    assert_eq!((azure.examples.len(), ibm.examples.len()), (3, 2));
}

#[test]
fn shared_texts_speak_each_providers_words() {
    let kb = base();
    let azure = problem(&kb, "azure/clock-wrong");
    let ibm = problem(&kb, "ibm/clock-wrong");
    assert!(azure.summary.starts_with("Azure Container Registry refuses"), "{}", azure.summary);
    assert!(ibm.summary.starts_with("IBM Cloud Container Registry refuses"), "{}", ibm.summary);
    assert_eq!(azure.resolutions[0].steps[0].commands[0].placeholders, ["login-server"]);
    assert_eq!(ibm.resolutions[0].steps[0].commands[0].placeholders, ["registry"]);
    let otherwise = ibm.resolutions[0].otherwise.as_deref();
    assert_eq!(otherwise, Some("See [the clock](ibm/clock-wrong)."));
    assert!(ibm.examples[0].text.starts_with("docker pull de.icr.io/x"));
}

#[test]
fn a_shared_cause_is_completed_where_it_is_used() {
    let kb = base();
    let login = problem(&kb, "azure/login-refused");
    let wrong = cause(login, "wrong-password");
    assert_eq!(wrong.title, "The password is wrong");
    assert_eq!(wrong.resolutions, ["renew-password", "ask-the-owner"]);
    assert_eq!(wrong.sources.len(), 1);
    assert_eq!(wrong.location.file.rsplit('/').next(), Some("wrong-password.yaml"));
    let [Sign::Text(text), operation, status] = &wrong.signs[..] else { panic!("{wrong:?}") };
    assert_eq!(text.source, "invalid password");
    assert_eq!(*operation, Sign::Term(TermKind::Operation, "login".to_owned()));
    assert_eq!(*status, Sign::Term(TermKind::Status, "401".to_owned()));
    assert_eq!(wrong.against, [Sign::Term(TermKind::Client, "podman".to_owned())]);
    let Some(Probe::Run(command)) = wrong.check.as_ref().map(|check| &check.probe) else {
        panic!("{wrong:?}")
    };
    assert_eq!(
        (command.shell.as_str(), &command.placeholders[..]),
        ("azurecli", &["registry".to_owned()][..])
    );
}

#[test]
fn resolutions_come_in_order_of_first_mention() {
    let kb = base();
    let login = problem(&kb, "azure/login-refused");
    assert_eq!(
        ids(&login.resolutions, |r| &r.id),
        ["renew-password", "ask-the-owner", "log-in-again"]
    );
    assert_eq!(cause(login, "user-locked").resolutions, ["log-in-again", "ask-the-owner"]);
}

#[test]
fn references_become_full_ids() {
    let kb = base();
    assert_eq!(problem(&kb, "azure/login-refused").related, ["azure/clock-wrong"]);
    assert_eq!(problem(&kb, "azure/clock-wrong").over, ["azure/login-refused"]);
}

#[test]
fn sources_by_id_may_add_an_anchor() {
    let kb = base();
    let source = &problem(&kb, "azure/login-refused").sources[0];
    assert!(source.url.ends_with("container-registry-authentication#tokens"), "{}", source.url);
    assert_eq!(source.checked, "2026-11-20");
}

#[test]
fn messages_are_split_into_parts() {
    let kb = base();
    let symptom = &problem(&kb, "azure/login-refused").symptoms[0];
    let SymptomKind::Message(template) = &symptom.kind else { panic!("{symptom:?}") };
    let user = kb.vocabulary().placeholders.iter().position(|p| p.id == "user").unwrap();
    let literal = |text: &str| Part::Literal(text.to_owned());
    assert_eq!(
        template.parts,
        [literal("login refused for '"), Part::Placeholder(user), literal("'")]
    );
    assert_eq!(symptom.code.as_deref(), Some("UNAUTHORIZED"));
    assert_eq!((symptom.location.line, symptom.location.column), (6, 5));
}

#[test]
fn expectations() {
    let kb = base();
    let login = problem(&kb, "azure/login-refused");
    let Expectation::Found { within, confidence, cause, captures, .. } = &login.examples[0].expect
    else {
        panic!("{:?}", login.examples)
    };
    assert_eq!(
        (*within, confidence.as_deref(), cause.as_deref()),
        (1, Some("certain"), Some("wrong-password"))
    );
    let expected =
        [("registry", "contoso"), ("user", "alice")].map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(captures[..], expected);
    assert_eq!(login.examples[1].expect, Expectation::NotFound);
}

#[test]
fn providers_tables_and_logins() {
    let kb = base();
    let [azure, ibm] = kb.providers() else { panic!() };
    assert_eq!(azure.terms.len(), 3);
    assert_eq!(azure.hosts[1].kind, HostKind::Data);
    assert_eq!(ibm.hosts[0].region.as_deref(), Some("eu-de"));
    assert_eq!(azure.credentials[0].obtain[0].id, "renew-password");
    assert_eq!(azure.logins[0].mode, LoginMode::Interactive);
    assert_eq!(azure.logins[0].command.placeholders, ["login-server", "registry"]);
    let ports = &kb.tables()[0];
    assert_eq!((ports.provider.as_str(), ports.key), ("azure", 0));
    assert_eq!(ports.rows, [["443", "everything"], ["80", ""]]);
}

#[test]
fn synonyms_are_lower_case() {
    assert_eq!(base().vocabulary().synonyms[0], ["login", "sign in"]);
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let unix = Sources::read(&root).unwrap();
    let root = unix.root();
    let windows = unix.files().iter().map(|file| {
        let below = file.path().strip_prefix(root).unwrap();
        (format!("kb{below}"), file.text().replace('\n', "\r\n"))
    });
    let kb = compile(&Sources::from_files(windows)).unwrap();
    assert_eq!(kb.problems()[1].examples[0].text, base().problems()[1].examples[0].text);
}

/// The tree comes from one parser and is compared with what another one reads, value by value:
/// on the real knowledge base nothing but that may be at stake here, whoever is editing it.
#[test]
fn both_parsers_agree_on_the_knowledge_base() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kb");
    let sources = Sources::read(&root).unwrap();
    assert!(sources.files().len() > 3);
    let faults = compile(&sources).err();
    let differ: Vec<_> =
        faults.iter().flatten().filter(|f| f.code == Code::ReadingsDiffer).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}
