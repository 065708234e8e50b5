//! The sections of the schema, in the order of `kb/README.md`.

use super::read::{Cell, List, Named, Read, section};
use crate::fault::Faults;
use crate::schema::Format::{
    self, Command as Cmd, Date, Free, Host, Id, Markdown, OneOf, Reference, Template, Title, Url,
    Word,
};
use crate::schema::{FileKind, Shape};
use crate::yaml::{Node, Text, Value};

/// How often a problem is met.
pub(crate) const FREQUENCIES: &[&str] = &["common", "occasional", "rare"];
/// How sure a finding is.
pub(crate) const CONFIDENCES: &[&str] = &["certain", "likely", "possible"];
/// What answers at a host.
pub(crate) const HOST_KINDS: &[&str] = &["registry", "data", "private", "retired"];
/// Whether a login needs a person.
pub(crate) const LOGIN_MODES: &[&str] = &["automated", "interactive"];
/// What placeholders hold.
pub(crate) const PLACEHOLDER_TYPES: &[&str] =
    &["name", "host", "path", "image", "digest", "ip", "guid", "number", "url", "word", "any"];

/// Every kind of file, for editors and documentation.
pub const FILES: &[FileKind] = &[
    FileKind { path: "vocabulary.yaml", shape: Vocabulary::SHAPE },
    FileKind { path: "shared/registries.yaml", shape: Registries::SHAPE },
    FileKind { path: "*/provider.yaml", shape: Provider::SHAPE },
    FileKind { path: "*/problems/*.yaml", shape: Problem::SHAPE },
    FileKind { path: "*/causes/*.yaml", shape: CauseFile::SHAPE },
    FileKind { path: "*/resolutions/*.yaml", shape: ResolutionFile::SHAPE },
    FileKind { path: "*/reference/*.yaml", shape: ReferenceTable::SHAPE },
    FileKind { path: "*/logins.yaml", shape: Logins::SHAPE },
    FileKind { path: "*/sources/*.yaml", shape: <Named<Source> as Read>::SHAPE },
];

section! {
    /// One problem: one file, one page. The id is the file's name.
    Problem "problem":
    /// what is wrong, as a reader would say it
    required title: Option<Text>, Title;
    /// one to three sentences: what happened, in plain words
    required summary: Option<Text>, Markdown;
    /// id of a problem in `shared/problems/` that this one completes
    optional extends: Option<Text>, Reference;
    /// former ids, without the provider
    optional aliases: List<Text>, Id;
    /// what the person was doing
    required operations: List<Text>, Word("operations");
    /// more words people search for
    optional keywords: List<Text>, Free;
    /// how often it is met
    optional frequency: Option<Text>, OneOf(FREQUENCIES);
    /// ids of more general problems that this one explains
    optional over: List<Text>, Reference;
    /// how it shows
    required symptoms: List<Symptom>, Free;
    /// what can be behind it, most likely first
    required causes: List<CauseItem>, Free;
    /// resolutions that only this problem needs
    optional resolutions: List<Resolution>, Free;
    /// ids of other problems worth a look
    optional related: List<Text>, Reference;
    /// where this was read
    required sources: List<SourceItem>, Reference;
    /// texts that must be found, and near misses that must not
    required examples: List<Example>, Free;
}

section! {
    /// How a problem shows: a message, a code alone, or an observation.
    Symptom "symptom":
    /// the registry's or the client's own words, with placeholders
    optional message: Option<Text>, Template;
    /// printed along with the message, or alone
    optional code: Option<Text>, Format::Code;
    /// what a person sees that is in no log
    optional observation: Option<Text>, Markdown;
    /// who prints it
    optional clients: List<Text>, Word("clients");
    /// other registries or programs print it, too
    optional generic: Option<bool>, Free;
    /// supports other symptoms, never identifies the problem alone
    optional weak: Option<bool>, Free;
    /// counts only together with all of these
    optional with: List<Sign>, Template;
    /// counts only without any of these
    optional without: List<Sign>, Template;
    /// a short text shown beside it
    optional note: Option<Text>, Markdown;
    /// from which version on
    optional since: Option<Text>, Free;
}

/// Text elsewhere in a log, or a term of the vocabulary that is recognised there.
#[derive(Debug, Clone)]
pub(crate) enum Sign {
    Text(Text),
    Term(SignTerm),
}

impl Read for Sign {
    const SHAPE: Shape = Shape::Either(&[Shape::Text, SignTerm::SHAPE]);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match node.value {
            Value::Map(_) => SignTerm::read(node, faults).map(Sign::Term),
            _ => Text::read(node, faults).map(Sign::Text),
        }
    }
}

section! {
    /// A term of the vocabulary that a log speaks of.
    SignTerm "sign":
    /// the person was doing this
    optional operation: Option<Text>, Word("operations");
    /// this client printed the log
    optional client: Option<Text>, Word("clients");
    /// it failed here
    optional stage: Option<Text>, Word("stages");
    /// with this HTTP status
    optional status: Option<Text>, Word("statuses");
}

/// A cause in place, or the use of a shared one.
#[derive(Debug, Clone)]
pub(crate) enum CauseItem {
    Own(Box<Cause>),
    Use(CauseUse),
}

impl Read for CauseItem {
    const SHAPE: Shape = Shape::Either(&[Cause::SHAPE, CauseUse::SHAPE]);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match node.get("use") {
            Some(_) => CauseUse::read(node, faults).map(CauseItem::Use),
            None => Cause::read(node, faults).map(|cause| CauseItem::Own(Box::new(cause))),
        }
    }
}

section! {
    /// One thing that can be behind a problem.
    Cause "cause":
    /// unique within the problem
    required id: Option<Text>, Id;
    /// what is the case, in one line
    required title: Option<Text>, Title;
    /// one or two sentences on why that happens
    optional explain: Option<Text>, Markdown;
    /// texts elsewhere in the log that speak for it
    optional signs: List<Sign>, Template;
    /// texts elsewhere in the log that speak against it
    optional against: List<Sign>, Template;
    /// tells this cause from the others, within a minute
    optional check: Option<Check>, Free;
    /// ids of resolutions, best first
    optional resolutions: List<Text>, Reference;
}

section! {
    /// A shared cause: everything comes from its file, except what is added here.
    CauseUse "use of a shared cause":
    /// id of a file in `causes/`
    required uses "use": Option<Text>, Reference;
    /// further texts that speak for it
    optional signs: List<Sign>, Template;
    /// further texts that speak against it
    optional against: List<Sign>, Template;
    /// ids of further resolutions
    optional resolutions: List<Text>, Reference;
}

section! {
    /// A cause that several problems share. The id is the file's name.
    CauseFile "shared cause":
    /// what is the case, in one line
    required title: Option<Text>, Title;
    /// one or two sentences on why that happens
    optional explain: Option<Text>, Markdown;
    /// texts elsewhere in the log that speak for it
    optional signs: List<Sign>, Template;
    /// texts elsewhere in the log that speak against it
    optional against: List<Sign>, Template;
    /// tells this cause from the others, within a minute
    optional check: Option<Check>, Free;
    /// ids of resolutions, best first
    optional resolutions: List<Text>, Reference;
    /// where this was read
    optional sources: List<SourceItem>, Reference;
}

section! {
    /// A command or a question that proves or rules out a cause.
    Check "check":
    /// a command
    optional run: Option<Text>, Cmd;
    /// the shell or language of the command (`sh` unless it says more)
    optional shell: Option<Text>, Word("shells");
    /// a question
    optional ask: Option<Text>, Markdown;
    /// what it shows when this is the cause
    required expect: Option<Text>, Markdown;
}

section! {
    /// What to do.
    Resolution "resolution":
    /// unique within the problem
    required id: Option<Text>, Id;
    /// what it achieves, in one line
    required title: Option<Text>, Title;
    /// what it costs or breaks
    optional risk: Option<Text>, Markdown;
    /// in order
    required steps: List<Step>, Free;
    /// what to do if it didn't help
    optional otherwise: Option<Text>, Markdown;
}

section! {
    /// A resolution that several causes share. The id is the file's name.
    ResolutionFile "shared resolution":
    /// what it achieves, in one line
    required title: Option<Text>, Title;
    /// what it costs or breaks
    optional risk: Option<Text>, Markdown;
    /// in order
    required steps: List<Step>, Free;
    /// what to do if it didn't help
    optional otherwise: Option<Text>, Markdown;
    /// where this was read
    optional sources: List<SourceItem>, Reference;
}

section! {
    /// One step of a resolution.
    Step "step":
    /// what to do, in words
    optional say: Option<Text>, Markdown;
    /// a command
    optional run: Option<Text>, Cmd;
    /// the shell or language of the command (`sh` unless it says more)
    optional shell: Option<Text>, Word("shells");
    /// the same command for several clients or shells
    optional variants: List<Variant>, Free;
    /// what it looks like when it worked
    optional expect: Option<Text>, Markdown;
}

section! {
    /// A step's command for one client or shell.
    Variant "variant":
    /// for which client
    optional client: Option<Text>, Word("clients");
    /// in which shell or language (`sh` unless it says more)
    optional shell: Option<Text>, Word("shells");
    /// the command
    required run: Option<Text>, Cmd;
}

/// The id of a source, or a source in place.
#[derive(Debug, Clone)]
pub(crate) enum SourceItem {
    Id(Text),
    Own(Source),
}

impl Read for SourceItem {
    const SHAPE: Shape = Shape::Either(&[Shape::Text, Source::SHAPE]);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match node.value {
            Value::Map(_) => Source::read(node, faults).map(SourceItem::Own),
            _ => Text::read(node, faults).map(SourceItem::Id),
        }
    }
}

section! {
    /// Where a fact was read.
    Source "source":
    /// the page's title, in our words
    required title: Option<Text>, Free;
    /// its address
    required url: Option<Text>, Url;
    /// the day on which somebody last looked, `YYYY-MM-DD`
    required checked: Option<Text>, Date;
}

section! {
    /// A text and what must come of it.
    Example "example":
    /// as a reader pastes it
    required text: Option<Text>, Free;
    /// `none`, the id of another problem, or what must be found
    required finds: Option<Finds>, Free;
}

/// What must come of an example.
#[derive(Debug, Clone)]
pub(crate) enum Finds {
    /// `none`, or a problem's id.
    Word(Text),
    /// `confidence`, `cause`, `within` and placeholders.
    This(Named<Text>),
}

impl Read for Finds {
    const SHAPE: Shape = Shape::Either(&[Shape::Text, Shape::Map(&Shape::Text)]);
    fn read(node: &Node, faults: &mut Faults<'_>) -> Option<Self> {
        match node.value {
            // `{}`: found, and nothing more is asked for.
            Value::Map(ref map) if map.is_empty() => {
                Some(Finds::This(Named { span: node.span, entries: Vec::new() }))
            }
            Value::Map(_) => Named::read(node, faults).map(Finds::This),
            _ => Text::read(node, faults).map(Finds::Word),
        }
    }
}

section! {
    /// A provider and how its registries are recognised.
    Provider "provider":
    /// the service's name
    required name: Option<Text>, Free;
    /// its short name
    required short: Option<Text>, Free;
    /// whose it is
    required vendor: Option<Text>, Free;
    /// what it is, in a sentence
    required summary: Option<Text>, Markdown;
    /// other names
    optional synonyms: List<Text>, Free;
    /// where its registries answer
    required hosts: List<HostItem>, Free;
    /// texts that only its registries, or tools made for them, print
    optional evidence: List<Text>, Template;
    /// what shared texts say as `{{term}}`
    optional terms: Option<Named<Text>>, Free;
    /// what its values look like: an example by placeholder, where the vocabulary's is another provider's
    optional examples: Option<Named<Text>>, Free;
    /// where this was read
    required sources: List<SourceItem>, Reference;
}

section! {
    /// A host pattern.
    HostItem "host":
    /// labels joined by dots; `*` for one or more labels, `<placeholder>` for one
    required host: Option<Text>, Host;
    /// what answers there
    required kind: Option<Text>, OneOf(HOST_KINDS);
    /// the cloud it belongs to
    optional cloud: Option<Text>, Free;
    /// the region it belongs to
    optional region: Option<Text>, Free;
}

section! {
    /// Other people's registries.
    Registries "list of registries":
    /// each with its hosts
    required registries: List<Registry>, Free;
}

section! {
    /// Other people's registry.
    Registry "registry":
    /// its short name
    required id: Option<Text>, Free;
    /// its name
    required name: Option<Text>, Free;
    /// host patterns
    required hosts: List<Text>, Host;
}

section! {
    /// Credential kinds and login commands of a provider.
    Logins "list of logins":
    /// what one can log in with
    required credentials: List<Credential>, Free;
    /// how
    required logins: List<Login>, Free;
}

section! {
    /// A kind of credential.
    Credential "credential":
    /// which
    required kind: Option<Text>, Word("credentials");
    /// what goes in as user name
    required username: Option<Text>, Markdown;
    /// what goes in as password
    required password: Option<Text>, Markdown;
    /// how long it lives
    required lifetime: Option<Text>, Markdown;
    /// what else to know
    optional note: Option<Text>, Markdown;
    /// ids of resolutions that make one
    optional obtain: List<Text>, Reference;
    /// where this was read
    required sources: List<SourceItem>, Reference;
}

section! {
    /// A login command for a client and a credential kind.
    Login "login":
    /// for which client
    required client: Option<Text>, Word("clients");
    /// with which credential
    required credential: Option<Text>, Word("credentials");
    /// in a script, or at a terminal
    required mode: Option<Text>, OneOf(LOGIN_MODES);
    /// the command
    required run: Option<Text>, Cmd;
    /// the shell or language of the command (`sh` unless it says more)
    optional shell: Option<Text>, Word("shells");
    /// what else to know
    optional note: Option<Text>, Markdown;
    /// where this was read
    required sources: List<SourceItem>, Reference;
}

section! {
    /// A table of reference data.
    ReferenceTable "reference table":
    /// what it lists
    required title: Option<Text>, Title;
    /// what it is good for
    required summary: Option<Text>, Markdown;
    /// id of the column that look-ups search first
    required key: Option<Text>, Reference;
    /// in order
    required columns: List<Column>, Free;
    /// each a mapping from column ids to values
    required rows: List<Named<Cell>>, Markdown;
    /// where this was read
    required sources: List<SourceItem>, Reference;
}

section! {
    /// A column of a reference table.
    Column "column":
    /// unique within the table
    required id: Option<Text>, Id;
    /// its heading
    required title: Option<Text>, Free;
}

section! {
    /// The closed lists.
    Vocabulary "vocabulary":
    /// programs that talk to a registry
    required clients: List<Term>, Free;
    /// what a person does
    required operations: List<Term>, Free;
    /// where a request failed
    required stages: List<Term>, Free;
    /// HTTP statuses
    required statuses: List<Term>, Free;
    /// credential kinds
    required credentials: List<Term>, Free;
    /// shells and languages of commands
    required shells: List<Term>, Free;
    /// typed holes of messages and commands
    required placeholders: List<Placeholder>, Free;
    /// groups of words that mean the same to a searcher
    optional synonyms: List<List<Text>>, Free;
}

section! {
    /// A word of the vocabulary.
    Term "term":
    /// in kebab-case
    required id: Option<Text>, Id;
    /// in one line
    required title: Option<Text>, Title;
    /// other names
    optional synonyms: List<Text>, Free;
    /// texts by which it is recognised in a log
    optional signs: List<Text>, Template;
}

section! {
    /// A typed hole.
    Placeholder "placeholder":
    /// the name between `<` and `>`
    required id: Option<Text>, Id;
    /// what it holds
    required kind "type": Option<Text>, OneOf(PLACEHOLDER_TYPES);
    /// in a few words
    required title: Option<Text>, Free;
    /// what to fill in
    optional help: Option<Text>, Markdown;
    /// a made-up value
    required example: Option<Text>, Free;
}
