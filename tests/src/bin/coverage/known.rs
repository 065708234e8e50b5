//! What the compiled knowledge base knows: [`taken`], [`is_known_code`] and [`Known`].

use pullmedic::{Problem, SymptomKind, TABLE};

use crate::notes::Fact;

/// How the knowledge base takes a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The matcher finds one of its problems in it, the provider's name standing beside it.
    Found,
    /// A symptom holds it, but never counts alone: it is weak, wants other lines with it, or tells
    /// it in words.
    InCompany,
    /// No symptom holds it, or the matcher fails to find it.
    Not,
}

/// How a message is taken, by one of its problems or by one that they name as the better or the
/// neighbouring answer.
pub(crate) fn taken(fact: &Fact, provider: &str) -> Taken {
    let host = host(provider);
    let text = fill(&fact.text, host);
    let log = format!("{text}\n\nregistry: https://{host}/v2/\n");
    let wanted: Vec<Problem<'_>> = fact.ids.iter().filter_map(|id| pullmedic::find(id)).collect();
    let answers = |found: Problem<'_>| wanted.iter().any(|w| is_answer(found, *w));
    if pullmedic::diagnose(&log).findings.iter().any(|f| answers(f.problem)) {
        return Taken::Found;
    }
    let holding =
        TABLE.problems().filter(|p| answers(*p)).flat_map(|p| holding(p, &fact.text, &said(&text)));
    match holding.reduce(|a, b| if a == Taken::Not { a } else { b }) {
        Some(Taken::InCompany) => Taken::InCompany,
        _ if is_cut(&fact.text)
            && TABLE.problems().any(|p| answers(p) && begins_in(p, &said(&text))) =>
        {
            Taken::Found
        }
        _ => Taken::Not,
    }
}

/// For each symptom that holds the message, whether it counts only in company (and not `Not`: it
/// should have been found).
fn holding<'p>(
    problem: Problem<'p>,
    fact: &str,
    text: &str,
) -> impl Iterator<Item = Taken> + use<'p> {
    let fixed = literals(fact);
    let told = |words: &str| fixed.iter().all(|part| said(words).contains(part.as_str()));
    let symptoms: Vec<Taken> = problem
        .symptoms()
        .enumerate()
        .filter_map(|(n, symptom)| {
            let parts = literals(symptom.text());
            let is_part = fixed.len() == 1 && parts.iter().any(|part| part.contains(text));
            let is_told = symptom.kind() == SymptomKind::Observation && told(symptom.text());
            let is_noted = problem.note(n).is_some_and(told);
            let alone = !symptom.weak() && symptom.with().is_empty();
            match symptom.kind() {
                SymptomKind::Observation if is_told => Some(Taken::InCompany),
                SymptomKind::Observation => None,
                _ if is_in(symptom.text(), text) => {
                    Some(if alone { Taken::Not } else { Taken::InCompany })
                }
                _ => (is_part || is_noted).then_some(Taken::InCompany),
            }
        })
        .collect();
    symptoms.into_iter()
}

/// Whether the notes leave out the end of the message.
fn is_cut(fact: &str) -> bool {
    fact.ends_with("<rest>") || fact.ends_with("...")
}

/// Whether the text is the beginning of what a symptom wants.
fn begins_in(problem: Problem<'_>, text: &str) -> bool {
    let text = text.trim_end_matches([':', '.', ' ']);
    problem.symptoms().filter(|s| s.kind() == SymptomKind::Message).any(|symptom| {
        let parts = literals(symptom.text());
        parts.first().is_some_and(|first| {
            text.find(first.get(..first.len().min(20)).unwrap_or(first)).is_some_and(|at| {
                let rest = &text[at..];
                first.starts_with(rest) || rest.starts_with(first.as_str())
            })
        })
    })
}

fn is_answer(found: Problem<'_>, wanted: Problem<'_>) -> bool {
    let names =
        |a: Problem<'_>, b: Problem<'_>| a.over().chain(a.related()).any(|p| p.id() == b.id());
    found.id() == wanted.id() || names(found, wanted) || names(wanted, found)
}

/// Whether the code has a problem, or a row of a reference table.
pub(crate) fn is_known_code(code: &str) -> bool {
    let in_tables = || TABLE.reference_tables().any(|table| table.lookup(code).is_some());
    pullmedic::by_code(code).next().is_some() || in_tables()
}

/// Every text of a provider's reference data: rows of tables, credential kinds, login commands.
pub(crate) struct Known {
    texts: Vec<String>,
}

impl Known {
    pub(crate) fn of(provider: &str) -> Self {
        let tables = TABLE.reference_tables().filter(|t| t.provider() == provider);
        let rows = tables.flat_map(|t| t.rows()).map(|row| row.collect::<Vec<_>>().join(" | "));
        let mut texts: Vec<String> = rows.collect();
        texts.extend(TABLE.logins().filter(|l| l.provider() == provider).map(login_text));
        let credentials =
            TABLE.provider(provider).into_iter().flat_map(pullmedic::Provider::credentials);
        texts.extend(credentials.map(|c| credential_text(&c)));
        Known { texts: texts.iter().map(|text| said(text)).collect() }
    }

    /// Whether one of the texts has its fixed parts in order, or all its longer words; of a command
    /// with options, whether one has the words before them.
    pub(crate) fn says(&self, fact: &str) -> bool {
        let fact = &fact.replace('{', "<").replace('}', ">");
        let words: Vec<String> =
            said(fact).split([' ', '-']).filter(|w| w.len() > 3).map(str::to_owned).collect();
        let is_plain = !fact.contains('<') && !fact.contains(" -") && !words.is_empty();
        let start =
            fact.split([';', '<']).next().and_then(|f| f.split(" -").next()).unwrap_or(fact).trim();
        let has_start = start.len() < fact.len() && start.len() > 7;
        self.texts.iter().any(|text| {
            is_in(fact, text)
                || is_plain && words.iter().all(|word| text.contains(word.as_str()))
                || has_start && text.contains(&said(start))
        })
    }
}

fn login_text(login: pullmedic::Login<'_>) -> String {
    let names = [login.client(), login.credential()].map(title).join(" ");
    format!("{} {} {names}", login.command().text(), login.note().unwrap_or_default())
}

fn credential_text(credential: &pullmedic::Credential<'_>) -> String {
    let steps =
        credential.obtain().flat_map(pullmedic::Resolution::steps).flat_map(|s| s.commands());
    let commands: Vec<&str> = steps.map(|c| c.text()).collect();
    let says = [
        credential.username(),
        credential.password(),
        credential.lifetime(),
        credential.note().unwrap_or_default(),
    ];
    format!("{} {} {}", title(credential.kind()), says.join(" "), commands.join(" "))
}

/// A vocabulary word's title and synonyms.
fn title(id: &str) -> String {
    let kinds = [pullmedic::TermKind::Client, pullmedic::TermKind::Credential];
    let mut terms = kinds.iter().flat_map(|kind| TABLE.terms(*kind)).filter(|t| t.id() == id);
    terms.next().map_or_else(
        || id.to_owned(),
        |t| format!("{} {}", t.title(), t.synonyms().collect::<Vec<_>>().join(" ")),
    )
}

/// Letters' case, white space, quotes' escapes and back-ticks don't matter.
pub(crate) fn said(text: &str) -> String {
    let plain =
        text.replace("\\u0027", "'").replace("\\\"", "\"").replace('`', "").replace("&quot;", "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether the fixed parts of a template stand in a text, in order.
fn is_in(template: &str, text: &str) -> bool {
    let mut rest = text;
    literals(template).iter().all(|literal| match rest.find(literal.as_str()) {
        Some(at) => {
            rest = &rest[at + literal.len()..];
            true
        }
        None => false,
    })
}

/// What stands between placeholders; `\<` is a `<`.
fn literals(template: &str) -> Vec<String> {
    let hidden = template.replace("\\<", "\u{1}");
    let mut parts = Vec::new();
    for (n, part) in hidden.split('<').enumerate() {
        let fixed =
            if n == 0 { part } else { part.split_once('>').map_or(part, |(_, after)| after) };
        parts.push(said(&fixed.replace('\u{1}', "<")));
    }
    parts.retain(|p| !p.is_empty());
    parts
}

fn host(provider: &str) -> &'static str {
    if provider == "azure" { "contoso.azurecr.io" } else { "de.icr.io" }
}

/// The placeholders of the notes as made-up values.
fn fill(text: &str, host: &str) -> String {
    let mut out = String::new();
    let text = text.replace("50<n> <rest>", "503 Service Unavailable");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let named = after.split_once('>').filter(|(name, _)| is_name(name));
        let Some((name, tail)) = named else {
            out.push('<');
            rest = after;
            continue;
        };
        out.push_str(&value(name, host, tail));
        rest = tail;
    }
    out + rest
}

/// XML elements, such as `<Code>`, are part of the message.
fn is_name(name: &str) -> bool {
    !name.starts_with('/') && !["Error", "Code", "Message"].contains(&name)
}

fn value(name: &str, host: &str, tail: &str) -> String {
    match name {
        "login-server" | "host" => host.to_owned(),
        "registry" | "reg" if host.ends_with("icr.io") => host.to_owned(),
        "registry" | "reg" => "contoso".to_owned(),
        "ref" | "image" | "img" | "repo-ref" => format!("{host}/fabrikam/api:1.4"),
        "repo" | "repository" => "fabrikam/api".to_owned(),
        "url" => format!("https://{host}/v2/fabrikam/api/manifests/1.4"),
        "digest" if !tail.starts_with(' ') && tail.is_empty() => "4c1d".repeat(16),
        "digest" => format!("sha256:{}", "4c1d".repeat(16)),
        "ip" | "dns-ip" => "203.0.113.7".to_owned(),
        "guid" | "id" | "app" | "tenant" | "oid" | "client" => {
            "11111111-2222-3333-4444-555555555555".to_owned()
        }
        "code" => "403".to_owned(),
        "n" => "3".to_owned(),
        "port" | "number" | "seconds" => "443".to_owned(),
        "status" => "403 Forbidden".to_owned(),
        "region" => "westeurope".to_owned(),
        "method" => "GET".to_owned(),
        "rest" => ": ".to_owned(),
        _ => "sample".to_owned(),
    }
}
