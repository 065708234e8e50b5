// A sound knowledge base becomes a table and an enum of its problems.
pullmedic_macros::knowledge_base!("../pullmedic-core/tests/base");

fn main() {
    assert!(TABLE.problem("azure/old-login").is_some(), "aliases resolve");
    let text = "contoso.azurecr.io: login refused for 'alice'";
    let found = TABLE.diagnose(text, &Default::default());
    assert_eq!(found.findings[0].problem.index(), ProblemId::AzureLoginRefused as usize);
    assert_eq!(found.findings[0].captures.get("user"), Some("alice"));
}
