//! The checked model: what every later stage reads.
//!
//! A [`Kb`] has private fields and one constructor inside this crate, so holding one proves that
//! every check passed: ids are unique and equal their file's path, references lead somewhere,
//! templates parse, words come from the vocabulary. Shared problems are already merged into the
//! entries that extend them, shared causes and resolutions are already resolved, and `{{terms}}`
//! are already replaced. Everything is sorted; there is no clock and no hash order in here.

use crate::diagnostic::Location;

/// The whole checked knowledge base.
#[derive(Debug)]
pub struct Kb {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) registries: Vec<OtherRegistry>,
    pub(crate) providers: Vec<Provider>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) tables: Vec<ReferenceTable>,
}

impl Kb {
    /// The closed lists.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
    /// Other people's registries, sorted by id.
    pub fn registries(&self) -> &[OtherRegistry] {
        &self.registries
    }
    /// The providers, sorted by id.
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }
    /// All problems, sorted by id.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
    /// The problem with this id (`azure/login-forbidden`) or alias.
    pub fn problem(&self, id: &str) -> Option<&Problem> {
        match self.problems.binary_search_by(|p| p.id.as_str().cmp(id)) {
            Ok(i) => Some(&self.problems[i]),
            Err(_) => self.problems.iter().find(|p| p.aliases.iter().any(|a| a == id)),
        }
    }
    /// The reference tables, sorted by id (`azure-limits`).
    pub fn tables(&self) -> &[ReferenceTable] {
        &self.tables
    }
}

/// One problem: one page, one id.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Problem {
    /// `provider/kebab-case`.
    pub id: String,
    /// The provider's id, the part of `id` before the slash.
    pub provider: String,
    /// Former ids, in full (`azure/old-name`).
    pub aliases: Vec<String>,
    /// One line of Markdown without links.
    pub title: String,
    /// Markdown, one paragraph.
    pub summary: String,
    /// Vocabulary ids.
    pub operations: Vec<String>,
    /// More words to be found by.
    pub keywords: Vec<String>,
    /// How often it is met.
    pub frequency: Frequency,
    /// Ids of more general problems that this one outranks on the same lines.
    pub over: Vec<String>,
    /// How it shows, in the file's order (a shared problem's after the entry's own).
    pub symptoms: Vec<Symptom>,
    /// What can be behind it, most likely first.
    pub causes: Vec<Cause>,
    /// Every resolution that a cause names, in order of first mention.
    pub resolutions: Vec<Resolution>,
    /// Ids of other problems.
    pub related: Vec<String>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Texts to be found and near misses.
    pub examples: Vec<Example>,
    /// Where the entry begins; its file, for "edit this entry".
    pub location: Location,
}

/// How often a problem is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Frequency {
    Rare,
    Occasional,
    Common,
}

/// What a person observes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Symptom {
    /// Message, code or observation.
    pub kind: SymptomKind,
    /// A code printed along with a message, or the code of [`SymptomKind::Code`].
    pub code: Option<String>,
    /// Vocabulary ids of the clients that print it.
    pub clients: Vec<String>,
    /// Other registries or programs print it too.
    pub generic: bool,
    /// Supports other symptoms, never identifies alone.
    pub weak: bool,
    /// Counts only with all of these elsewhere in the text.
    pub with: Vec<Sign>,
    /// Counts only with none of these elsewhere in the text.
    pub without: Vec<Sign>,
    /// A short text shown beside it.
    pub note: Option<String>,
    /// From which version on (`Docker 29`).
    pub since: Option<String>,
    /// Where it stands.
    pub location: Location,
}

/// The three kinds of symptom.
#[derive(Debug, Clone)]
pub enum SymptomKind {
    /// The registry's or the client's own words.
    Message(Template),
    /// The code in [`Symptom::code`], alone.
    Code,
    /// Words about something that is in no log (Markdown).
    Observation(String),
}

/// A message with typed holes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// As written in the YAML, on one line.
    pub source: String,
    /// Literals and placeholders in order; never two literals in a row, never empty.
    pub parts: Vec<Part>,
}

/// A piece of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text to be met, with `\<` already undone; not yet normalised for matching.
    Literal(String),
    /// Index into [`Vocabulary::placeholders`].
    Placeholder(usize),
}

/// Text elsewhere in the log that speaks for or against something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// A template of its own.
    Text(Template),
    /// A term of the vocabulary: met when one of the term's signs is.
    Term(TermKind, String),
}

/// The lists of the vocabulary whose terms can be signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum TermKind {
    Client,
    Operation,
    Stage,
    Status,
}

/// One thing that can be behind a problem.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Cause {
    /// Kebab-case, unique within the problem: the anchor `#cause-<id>`.
    pub id: String,
    /// One line of Markdown.
    pub title: String,
    /// Markdown.
    pub explain: Option<String>,
    /// Texts that speak for it.
    pub signs: Vec<Sign>,
    /// Texts that speak against it.
    pub against: Vec<Sign>,
    /// How to prove it or rule it out.
    pub check: Option<Check>,
    /// Ids into [`Problem::resolutions`], best first.
    pub resolutions: Vec<String>,
    /// Sources of a shared cause.
    pub sources: Vec<Source>,
    /// Where it stands.
    pub location: Location,
}

/// A command or a question that proves or rules out a cause.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Check {
    /// A command, or a question.
    pub probe: Probe,
    /// What it shows when this is the cause (Markdown).
    pub expect: String,
}

/// How a [`Check`] is done.
#[derive(Debug, Clone)]
pub enum Probe {
    /// A command to run.
    Run(Command),
    /// A question to answer (Markdown).
    Ask(String),
}

/// What to do.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Resolution {
    /// Kebab-case, unique within the problem: the anchor `#fix-<id>`.
    pub id: String,
    /// One line of Markdown.
    pub title: String,
    /// What it costs or breaks (Markdown).
    pub risk: Option<String>,
    /// In order; at least one.
    pub steps: Vec<Step>,
    /// What to do if it didn't help (Markdown).
    pub otherwise: Option<String>,
    /// Sources of a shared resolution.
    pub sources: Vec<Source>,
    /// Where it stands.
    pub location: Location,
}

/// One step of a resolution: words, a command, or both.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step {
    /// Markdown.
    pub say: Option<String>,
    /// None, one, or several variants for several clients or shells.
    pub commands: Vec<Command>,
    /// What it looks like when it worked (Markdown).
    pub expect: Option<String>,
}

/// A command that can be pasted, with placeholders to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Command {
    /// One or more lines, without prompt sign; placeholders as `<name>`.
    pub text: String,
    /// Vocabulary id of the shell or language (`sh` when the YAML names none).
    pub shell: String,
    /// Vocabulary id of the client this variant is for.
    pub client: Option<String>,
    /// The placeholders in `text`, in order of first mention (vocabulary ids).
    pub placeholders: Vec<String>,
}

/// Where a fact was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Source {
    /// The page's title, plain text.
    pub title: String,
    /// Absolute, `https`.
    pub url: String,
    /// `YYYY-MM-DD`.
    pub checked: String,
}

/// A text that the matcher must, or must not, recognise.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Example {
    /// As pasted.
    pub text: String,
    /// What must come of it.
    pub expect: Expectation,
    /// Where it stands.
    pub location: Location,
}

/// What must come of an [`Example`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expectation {
    /// This problem is found.
    #[non_exhaustive]
    Found {
        /// Among the first so many findings (1 unless the YAML says more).
        within: usize,
        /// With exactly this confidence: `certain`, `likely` or `possible`.
        confidence: Option<String>,
        /// With this cause first.
        cause: Option<String>,
        /// With these values captured: placeholder id, value.
        captures: Vec<(String, String)>,
    },
    /// This problem isn't found.
    NotFound,
    /// The problem with this id comes first.
    Other(String),
}

/// A provider and how its registries are recognised.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Provider {
    /// The folder's name: `azure`, `ibm`.
    pub id: String,
    /// `Azure Container Registry`.
    pub name: String,
    /// `ACR`.
    pub short: String,
    /// `Microsoft Azure`.
    pub vendor: String,
    /// Markdown.
    pub summary: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Host patterns, most specific first as written.
    pub hosts: Vec<HostRule>,
    /// Firm signs beside the hosts.
    pub evidence: Vec<Template>,
    /// What shared texts say as `{{term}}`, sorted by name.
    pub terms: Vec<(String, String)>,
    /// Examples for placeholders whose values look different here, sorted by placeholder.
    pub examples: Vec<(String, String)>,
    /// Credential kinds, in the file's order.
    pub credentials: Vec<Credential>,
    /// Login commands, in the file's order.
    pub logins: Vec<Login>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Where it stands.
    pub location: Location,
}

/// A host pattern of a provider: labels joined by dots, `*` for one or more labels,
/// `<placeholder>` for one label.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HostRule {
    /// As written: `<registry>.azurecr.io`.
    pub pattern: String,
    /// What answers there.
    pub kind: HostKind,
    /// The cloud it belongs to, where a provider has several.
    pub cloud: Option<String>,
    /// The region it belongs to, where the host tells.
    pub region: Option<String>,
}

/// What answers at a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// The registry itself.
    Registry,
    /// Layers.
    Data,
    /// The registry on a private network.
    Private,
    /// A former name.
    Retired,
}

/// Other people's registry.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OtherRegistry {
    /// Short name, as printed in `other_registries`.
    pub id: String,
    /// `Docker Hub`.
    pub name: String,
    /// Host patterns as in [`HostRule::pattern`].
    pub hosts: Vec<String>,
}

/// A kind of credential as this provider has it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Credential {
    /// Vocabulary id.
    pub kind: String,
    /// What goes in as user name (Markdown).
    pub username: String,
    /// What goes in as password (Markdown).
    pub password: String,
    /// How long it lives (Markdown).
    pub lifetime: String,
    /// Markdown.
    pub note: Option<String>,
    /// Resolutions that make one.
    pub obtain: Vec<Resolution>,
    /// Where it was read.
    pub sources: Vec<Source>,
}

/// A login command for a client and a credential kind.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Login {
    /// Vocabulary id.
    pub client: String,
    /// Vocabulary id.
    pub credential: String,
    /// In a script, or at a terminal.
    pub mode: LoginMode,
    /// The command.
    pub command: Command,
    /// Markdown.
    pub note: Option<String>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Where it stands.
    pub location: Location,
}

/// Whether a login needs a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LoginMode {
    Automated,
    Interactive,
}

/// A table of reference data.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReferenceTable {
    /// `provider-stem`: the page is `/reference/<id>/`.
    pub id: String,
    /// The provider's id.
    pub provider: String,
    /// One line of Markdown.
    pub title: String,
    /// Markdown.
    pub summary: String,
    /// Index of the column that look-ups search first.
    pub key: usize,
    /// In order.
    pub columns: Vec<Column>,
    /// One value (Markdown, maybe empty) per column.
    pub rows: Vec<Vec<String>>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Where it stands.
    pub location: Location,
}

/// A column of a [`ReferenceTable`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Column {
    /// Kebab-case.
    pub id: String,
    /// Plain text.
    pub title: String,
}

/// The closed lists.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Vocabulary {
    /// Programs that talk to a registry.
    pub clients: Vec<Term>,
    /// What a person does.
    pub operations: Vec<Term>,
    /// Where in the exchange a request failed.
    pub stages: Vec<Term>,
    /// HTTP statuses.
    pub statuses: Vec<Term>,
    /// Credential kinds.
    pub credentials: Vec<Term>,
    /// Shells and languages of commands.
    pub shells: Vec<Term>,
    /// Typed holes of templates and commands.
    pub placeholders: Vec<Placeholder>,
    /// Groups of words that mean the same to a searcher, lower case.
    pub synonyms: Vec<Vec<String>>,
}

/// A word of the vocabulary.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Term {
    /// Kebab-case (statuses: the number).
    pub id: String,
    /// Markdown, one line.
    pub title: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Texts by which it is recognised in a log.
    pub signs: Vec<Template>,
}

/// A typed hole.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Placeholder {
    /// The name between `<` and `>`.
    pub id: String,
    /// What it holds.
    pub kind: PlaceholderKind,
    /// Plain text.
    pub title: String,
    /// Markdown.
    pub help: Option<String>,
    /// A made-up value.
    pub example: String,
}

/// What a placeholder holds; the meaning of each is in `kb/vocabulary.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PlaceholderKind {
    Name,
    Host,
    Path,
    Image,
    Digest,
    Ip,
    Guid,
    Number,
    Url,
    Word,
    Any,
}
