#![no_std]
#![doc = include_str!("../README.md")]

pub use pullmedic_table::{
    Captures, Cause, Check, Code, Column, Command, Confidence, Credential, Diagnosis, Finding,
    Frequency, Hit, HostKind, List, Login, Match, Matcher, Mode, Options, Placeholder,
    PlaceholderKind, Problem, Provider, RankedCause, ReferenceTable, Registry, Resolution, Row,
    Sign, SignSeen, Source, Step, Stream, Symptom, SymptomKind, Table, TableError, Term, TermKind,
    Views, Why, json, mask,
};

extern crate alloc;

use alloc::vec::Vec;

pullmedic_macros::knowledge_base!("kb");

/// Every problem recognised in `text`, best first, and the registries met that belong to somebody else.
///
/// `text` is whatever people paste: colours, timestamps, JSON escapes, wrapped lines. Time is linear in its length.
///
/// ```
/// let log = r#"Error response from daemon: Get "https://contoso.azurecr.io/v2/": denied:
///     client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access."#;
/// let diagnosis = pullmedic::diagnose(log);
/// let finding = &diagnosis.findings[0];
/// assert_eq!(finding.problem.id(), "azure/client-ip-not-allowed");
/// assert_eq!(finding.captures.get("registry"), Some("contoso"));
/// ```
pub fn diagnose(text: &str) -> Diagnosis<'static> {
    TABLE.diagnose(text, &Options::default())
}

/// The problem with this id.
///
/// ```
/// use pullmedic::ProblemId;
/// let problem = pullmedic::problem(ProblemId::AzureClientIpNotAllowed);
/// assert_eq!(problem.url(), "azure/client-ip-not-allowed/");
/// ```
pub fn problem(id: ProblemId) -> Problem<'static> {
    TABLE.problem_at(id as usize)
}

/// The problem with this id or former id, in any case.
///
/// ```
/// assert!(pullmedic::find("azure/client-ip-not-allowed").is_some());
/// assert!(pullmedic::find("azure/no-such-problem").is_none());
/// ```
pub fn find(id: &str) -> Option<Problem<'static>> {
    TABLE.problem(id)
}

/// The problems that print this code (`CRG0014E`, `AADSTS7000222`, `401`), in any case; none for an unknown code.
///
/// ```
/// let ids: Vec<_> = pullmedic::by_code("crg0014e").map(|p| p.id()).collect();
/// assert!(ids.contains(&"ibm/authenticating-with-ibm-cloud-failed"));
/// ```
pub fn by_code(code: &str) -> impl Iterator<Item = Problem<'static>> {
    TABLE.by_code(code)
}

/// At most `limit` problems for a few words, best first; typing errors and synonyms are forgiven.
///
/// ```
/// let hits = pullmedic::search("ip adress not alowed firewall", 3);
/// assert!(hits.iter().any(|hit| hit.problem.id() == "azure/client-ip-not-allowed"));
/// ```
pub fn search(query: &str, limit: usize) -> Vec<Hit<'static>> {
    TABLE.search(query, limit)
}

/// Whose registry answers at this host, and in which cloud and region.
///
/// ```
/// let registry = pullmedic::registry("de.icr.io").unwrap();
/// assert_eq!(registry.provider(), Some("ibm"));
/// assert_eq!(registry.region(), Some("eu-de"));
///
/// // The hosts of the layers, of the private network and of former years tell their region, too.
/// for host in ["dd0.us.icr.io", "z1-1.private.us.icr.io", "registry.ng.bluemix.net"] {
///     assert_eq!(pullmedic::registry(host).unwrap().region(), Some("us-south"));
/// }
/// ```
pub fn registry(host: &str) -> Option<Registry<'static>> {
    TABLE.registry(host)
}

/// The reference table with this id (`ibm-regions`, `azure-roles`).
///
/// ```
/// let regions = pullmedic::reference("ibm-regions").unwrap();
/// assert!(regions.lookup("de.icr.io").is_some());
/// ```
pub fn reference(id: &str) -> Option<ReferenceTable<'static>> {
    TABLE.reference_table(id)
}
