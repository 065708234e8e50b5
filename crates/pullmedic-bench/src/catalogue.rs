//! A knowledge base of any number of made-up problems, each as long as a real one: messages that share their phrases with
//! many others, a code of its own for some, four causes, five resolutions.
//!
//! A problem is the same whatever their number. Messages are combinations of 14 beginnings, 36 failures and 48 reasons, each
//! used once: single words tell nothing, and 12 000 problems use them up.

use std::fmt::Write;

use crate::kb;

/// A problem: its id and its messages, the first of them the one that it is known by.
#[derive(Debug, Clone)]
pub struct MadeUp {
    /// `azure/made-up-17`
    pub id: String,
    /// Templates with `<placeholders>`.
    pub messages: [String; 2],
    /// Two of five problems have one.
    pub code: Option<String>,
}

const BEGINNINGS: [&str; 14] = [
    "failed to pull the image",
    "failed to push the image",
    "cannot start the container",
    "error while resolving the reference",
    "login did not succeed",
    "the build stopped",
    "unable to copy the manifest",
    "deployment rolled back",
    "the mirror gave up",
    "scan of the image failed",
    "signature was not stored",
    "the chart could not be fetched",
    "import was refused",
    "node could not prepare the pod",
];
const ACTORS: [&str; 6] = [
    "the token endpoint",
    "the registry's front end",
    "the storage account",
    "the private endpoint",
    "the credential helper",
    "the proxy on the way",
];
const ACTIONS: [&str; 6] = [
    "refused the request",
    "closed the connection",
    "sent an empty answer",
    "asked for another audience",
    "returned a stale entry",
    "did not answer in time",
];
const SUBJECTS: [&str; 8] = [
    "the scope",
    "the service principal",
    "the managed identity",
    "the repository's lock",
    "the firewall rule",
    "the webhook's secret",
    "the replica",
    "the retention policy",
];
const STATES: [&str; 6] = [
    "names another tenant",
    "has expired",
    "was deleted yesterday",
    "covers a different region",
    "is disabled by policy",
    "lacks one permission",
];
/// Where the reader's own names stand.
const PLACES: [&str; 4] = [
    " \"<registry>.azurecr.io/<repository>:<tag>\"",
    " at https://<registry>.azurecr.io/v2/<repository>/manifests/<digest>",
    " for client <ip> (request <guid>)",
    " after <number> attempts",
];

/// What may be behind it, in words that messages don't use.
const CAUSES: [&str; 8] = [
    "The key was renewed elsewhere",
    "Somebody moved the subscription",
    "The agent runs in a new subnet",
    "The clock of the node is wrong",
    "An old setting survived the upgrade",
    "The team's quota is used up",
    "A colleague cleaned up too much",
    "The pipeline signs in as somebody else",
];

/// Coprime to the number of combinations, so that neighbours share little.
const STRIDE: usize = 10_007;

impl MadeUp {
    /// The problem with this number.
    pub fn new(index: usize) -> Self {
        let code = (index % 5 < 2).then(|| format!("XRG{index:05}E"));
        let message = |n: usize| {
            let text = message(2 * index + n);
            code.as_ref().filter(|_| n == 0).map_or(text.clone(), |code| format!("{code}: {text}"))
        };
        MadeUp { id: format!("azure/made-up-{index}"), messages: [message(0), message(1)], code }
    }

    /// How it begins and why: `Login did not succeed: the scope has expired (17)`.
    fn title(&self, index: usize) -> String {
        let message = &self.messages[0];
        let beginning = BEGINNINGS.iter().find(|b| message.contains(**b)).unwrap_or(&"It");
        let reason = message.rsplit(": ").next().unwrap_or_default();
        format!("{}{}: {reason} ({index})", beginning[..1].to_uppercase(), &beginning[1..])
    }

    fn yaml(&self, index: usize) -> String {
        let mut yaml = String::new();
        self.write(&mut yaml, index).unwrap_or_default();
        yaml
    }

    fn write(&self, out: &mut String, index: usize) -> std::fmt::Result {
        writeln!(out, "title: {:?}\noperations: [pull]", self.title(index))?;
        writeln!(out, "summary: Entry {index} of a made-up catalogue, as long as a real one.")?;
        writeln!(out, "symptoms:")?;
        for message in &self.messages {
            writeln!(out, "  - message: {message:?}")?;
        }
        if let Some(code) = &self.code {
            writeln!(out, "  - code: {code}")?;
        }
        write_causes(out, index)?;
        write_fixes(out, index)?;
        writeln!(out, "sources:")?;
        writeln!(
            out,
            "  - {{ title: Made up, url: \"https://example.com/{index}\", checked: 2026-11-20 }}"
        )?;
        writeln!(out, "examples:")?;
        for text in self.messages.iter().map(|message| example(message)).chain(self.code.clone()) {
            writeln!(out, "  - {{ text: {text:?}, finds: {{ confidence: certain }} }}")?;
        }
        writeln!(out, "  - {{ text: nothing of the kind, finds: none }}")
    }
}

fn message(n: usize) -> String {
    let at = n * STRIDE;
    let beginning = BEGINNINGS[at % BEGINNINGS.len()];
    let at = at / BEGINNINGS.len();
    let failure = format!("{} {}", ACTORS[at % 6], ACTIONS[at / 6 % 6]);
    let at = at / 36;
    let reason = format!("{} {}", SUBJECTS[at % 8], STATES[at / 8 % 6]);
    format!("{beginning}{}: {failure}: {reason}", PLACES[n % PLACES.len()])
}

fn write_causes(out: &mut String, index: usize) -> std::fmt::Result {
    writeln!(out, "causes:")?;
    for n in 0..4 {
        let cause = CAUSES[(index + n) % CAUSES.len()];
        writeln!(out, "  - id: cause-{n}\n    title: {cause:?}")?;
        writeln!(out, "    explain: It happens more often than one thinks, mostly on Mondays.")?;
        writeln!(
            out,
            "    check: {{ run: check --name <registry> --step {n}, expect: \"`{n}`\" }}"
        )?;
        writeln!(out, "    resolutions: [fix-{n}, fix-4]")?;
    }
    Ok(())
}

fn write_fixes(out: &mut String, index: usize) -> std::fmt::Result {
    writeln!(out, "resolutions:")?;
    for n in 0..5 {
        let cause = CAUSES[(index + n) % CAUSES.len()].to_lowercase();
        writeln!(out, "  - id: fix-{n}\n    title: Put it right where {cause}\n    steps:")?;
        writeln!(out, "      - say: Look at it before it is changed, and keep a copy.")?;
        writeln!(out, "        run: mend --name <registry> --repository <repository> --step {n}")?;
        writeln!(out, "      - say: Then repeat what went wrong.")?;
    }
    Ok(())
}

/// A template with a value in each hole, the same for all.
fn example(message: &str) -> String {
    let values = [
        ("<registry>", "contoso"),
        ("<repository>", "team/api"),
        ("<tag>", "1.4"),
        ("<digest>", "sha256:4c1d0f9ab8e7"),
        ("<ip>", "203.0.113.7"),
        ("<guid>", "11111111-2222-3333-4444-555555555555"),
        ("<number>", "3"),
    ];
    values.iter().fold(message.to_owned(), |text, (hole, value)| text.replace(hole, value))
}

/// A message's own words: no place, no punctuation.
pub fn plain(message: &str) -> String {
    let place = PLACES.iter().find(|place| message.contains(*place)).copied().unwrap_or_default();
    message.replace(place, "").replace(':', "")
}

/// The catalogue's files: path and text.
pub fn files(count: usize) -> Vec<(String, String)> {
    let fixed = [("kb/vocabulary.yaml", kb::VOCABULARY), ("kb/azure/provider.yaml", kb::PROVIDER)];
    let fixed = fixed.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    let problem = |index: usize| {
        let problem = MadeUp::new(index);
        (format!("kb/{}.yaml", problem.id.replace('/', "/problems/")), problem.yaml(index))
    };
    fixed.chain((0..count).map(problem)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Two problems with one message would make every measurement of the right page a lie.
    #[test]
    fn no_message_is_used_twice() {
        let all: Vec<_> = (0..10_000).flat_map(|i| MadeUp::new(i).messages).collect();
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
