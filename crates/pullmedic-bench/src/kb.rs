//! A knowledge base of generated templates, compiled and packed by the real pipeline.

use std::fmt::Write;

use pullmedic_core::{Diagnostics, Kb, Sources, compile};
use pullmedic_pack::Packed;

use crate::generate;

/// Templates of one problem.
const PER_PROBLEM: usize = 10;

pub(crate) const VOCABULARY: &str = "\
clients:
  - { id: docker, title: Docker, signs: [docker daemon says] }
operations:
  - { id: pull, title: Pull an image, signs: [docker pull] }
stages:
  - { id: token, title: the token endpoint, signs: [/oauth2/token] }
statuses:
  - { id: \"401\", title: Unauthorized, signs: [401 Unauthorized] }
credentials:
  - { id: admin-user, title: Admin user }
shells:
  - { id: sh, title: bash }
placeholders:
  - { id: registry, type: name, title: Registry, example: contoso }
  - { id: repository, type: path, title: Repository, example: team/api }
  - { id: tag, type: name, title: Tag, example: \"1.4\" }
  - { id: digest, type: digest, title: Digest, example: \"sha256:4c1d\" }
  - { id: ip, type: ip, title: Address, example: 203.0.113.7 }
  - { id: guid, type: guid, title: GUID, example: 11111111-2222-3333-4444-555555555555 }
  - { id: number, type: number, title: Number, example: \"3\" }
  - { id: word, type: word, title: Word, example: a1 }
  - { id: url, type: url, title: URL, example: \"https://contoso.azurecr.io/v2/\" }
  - { id: any, type: any, title: Anything, example: anything }
synonyms:
  - [login, sign in]
";

pub(crate) const PROVIDER: &str = "\
name: Azure Container Registry
short: ACR
vendor: Microsoft Azure
summary: A registry to measure with.
synonyms: [acr]
hosts:
  - { host: <registry>.azurecr.io, kind: registry, cloud: AzureCloud }
evidence: [aka.ms/acr]
terms: { short: ACR }
sources:
  - { title: Made up, url: \"https://example.com/\", checked: 2026-11-20 }
";

const REST: &str = "\
causes:
  - id: made-up
    title: It was made up
    check: { ask: Is this a measurement?, expect: \"Yes.\" }
    resolutions: [go-on]
resolutions:
  - id: go-on
    title: Go on
    steps: [{ say: Go on. }]
sources:
  - { title: Made up, url: \"https://example.com/\", checked: 2026-11-20 }
examples:
";

/// A table of so many generated templates.
pub fn packed(count: usize) -> Result<Packed, Diagnostics> {
    Ok(Packed::new(&made_up(count, PER_PROBLEM)?))
}

/// A knowledge base of so many generated templates, so many in each problem.
pub fn made_up(count: usize, each: usize) -> Result<Kb, Diagnostics> {
    let templates = generate::templates(count);
    let problems = templates.chunks(each).enumerate().map(|(index, templates)| {
        (format!("kb/azure/problems/made-up-{index}.yaml"), problem(index, templates))
    });
    let fixed = [("kb/vocabulary.yaml", VOCABULARY), ("kb/azure/provider.yaml", PROVIDER)];
    let fixed = fixed.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    compile(&Sources::from_files(fixed.chain(problems)))
}

fn problem(index: usize, templates: &[String]) -> String {
    let mut yaml =
        format!("title: Made-up problem {index}\nsummary: Made up.\noperations: [pull]\n");
    yaml.push_str("symptoms:\n");
    for template in templates {
        // A Rust literal of ASCII text is a YAML literal too.
        writeln!(yaml, "  - message: {template:?}").unwrap_or_default();
    }
    yaml.push_str(REST);
    for template in templates {
        let text = template.replace(['<', '>'], "");
        writeln!(yaml, "  - {{ text: {text:?}, finds: {{ confidence: certain }} }}")
            .unwrap_or_default();
    }
    yaml.push_str("  - { text: nothing of the kind, finds: none }\n");
    yaml
}
