//! Views of what isn't a problem: providers and their hosts, the vocabulary, login commands, reference tables, codes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::{as_text, is_in, run, run_back, split_once, trim_end};
use crate::cursor::{Cursor, List, Views};
use crate::format::Section;
use crate::names::{self, Kind};
use crate::view::{Command, Problem, Resolution, Source, number, text};
use crate::{INDEX, TEXTS, Table};

impl<'a> Table<'a> {
    /// The providers, sorted by id.
    pub fn providers(&self) -> Views<'a, Provider<'a>> {
        Views::new(*self, self.records(Section::Providers).len(), Provider::at)
    }

    /// The provider with this id.
    pub fn provider(&self, id: &str) -> Option<Provider<'a>> {
        self.providers().find(|p| p.id().eq_ignore_ascii_case(id))
    }

    /// Whose registry a host is: a provider's, or somebody else's that is known by name. A port, a scheme and a path
    /// are left aside.
    pub fn registry(&self, host: &str) -> Option<Registry<'a>> {
        self.registry_of(bare_host(host))
    }

    /// Whose registry a bare host is.
    pub(crate) fn registry_of(&self, host: &str) -> Option<Registry<'a>> {
        self.other_registry(host).or_else(|| self.own_registry(host))
    }

    fn own_registry(&self, host: &str) -> Option<Registry<'a>> {
        let mut best = None;
        let mut most = 0;
        for provider in self.providers() {
            for rule in provider.hosts() {
                let Some(name) = match_host(rule.pattern, host) else { continue };
                let rank = 1 + rule.pattern.bytes().filter(|b| !matches!(b, b'*' | b'<')).count();
                if rank > most {
                    (best, most) = (Some((provider, rule, name)), rank);
                }
            }
        }
        let (provider, rule, (at, len)) = best?;
        let name = host[at..at + len].to_ascii_lowercase();
        Some(Registry { provider: Some(provider), other: None, rule: Some(rule), name })
    }

    fn other_registry(&self, host: &str) -> Option<Registry<'a>> {
        for index in 0..self.records(Section::Registries).len() {
            let other = Other::at(*self, index);
            if other.hosts.clone().any(|pattern| match_host(pattern, host).is_some()) {
                let name = host.to_ascii_lowercase();
                let other = Some((other.id, other.name));
                return Some(Registry { provider: None, name, other, rule: None });
            }
        }
        None
    }

    /// Calls `use_it` with the pattern of every known host.
    pub(crate) fn host_patterns(&self, use_it: &mut dyn FnMut(&'a str)) {
        for provider in self.providers() {
            provider.hosts().for_each(|rule| use_it(rule.pattern));
        }
        for index in 0..self.records(Section::Registries).len() {
            Other::at(*self, index).hosts.for_each(&mut *use_it);
        }
    }

    /// The reference tables, sorted by id.
    pub fn reference_tables(&self) -> Views<'a, ReferenceTable<'a>> {
        Views::new(*self, self.records(Section::References).len(), ReferenceTable::at)
    }

    /// The reference table with this id (`azure-limits`).
    pub fn reference_table(&self, id: &str) -> Option<ReferenceTable<'a>> {
        self.reference_tables().find(|table| table.id().eq_ignore_ascii_case(id))
    }

    /// The login commands of all providers.
    pub fn logins(&self) -> Views<'a, Login<'a>> {
        Views::new(*self, self.records(Section::Logins).len(), Login::at)
    }

    /// The placeholders, in the vocabulary's order.
    pub fn placeholders(&self) -> Views<'a, Placeholder<'a>> {
        Views::new(*self, self.records(Section::Placeholders).len(), Placeholder::at)
    }

    pub(crate) fn placeholder_ids(&self) -> Vec<&'a str> {
        let mut ids = Vec::new();
        self.placeholders().for_each(|placeholder| ids.push(placeholder.id()));
        ids
    }

    /// The placeholder with this id.
    pub fn placeholder(&self, id: &str) -> Option<Placeholder<'a>> {
        self.placeholders().find(|placeholder| placeholder.id() == id)
    }

    /// The terms of one of the vocabulary's lists, in its order.
    pub fn terms(&self, kind: TermKind) -> impl Iterator<Item = Term<'a>> + use<'a> {
        self.all_terms().filter(move |term| term.kind() == kind)
    }

    /// The terms of all lists.
    pub(crate) fn all_terms(&self) -> Views<'a, Term<'a>> {
        Views::new(*self, self.records(Section::Terms).len(), Term::at)
    }

    /// The groups of words that mean the same to a searcher, lower case.
    pub fn synonyms(&self) -> impl Iterator<Item = List<'a, &'a str>> + use<'a> {
        let table = *self;
        let count = self.records(Section::Synonyms).len();
        (0..count).map(move |index| table.record(Section::Synonyms, index).list(table, text))
    }

    /// Every code that a symptom names, sorted, each once.
    pub fn codes(&self) -> impl Iterator<Item = Code<'a>> + use<'a> {
        let mut codes: Vec<&'a str> = self.problems().flat_map(Problem::codes).collect();
        codes.sort_unstable();
        codes.dedup();
        let table = *self;
        codes.into_iter().map(move |code| Code { table, code })
    }

    /// The problems with this code; letters' case doesn't matter. Those where it is specific come first.
    pub fn by_code(&self, code: &str) -> impl Iterator<Item = Problem<'a>> + use<'a> {
        let indexed = names::look_up(*self, Kind::Code, code);
        let scanned = if indexed.is_none() { self.scan_codes(code) } else { Vec::new() };
        indexed.into_iter().flatten().chain(scanned)
    }

    fn scan_codes(self, code: &str) -> Vec<Problem<'a>> {
        let mut found: Vec<(bool, Problem<'a>)> = Vec::new();
        for problem in self.problems() {
            let mut named = problem
                .symptoms()
                .filter(|symptom| symptom.code().is_some_and(|c| c.eq_ignore_ascii_case(code)));
            if let Some(first) = named.next() {
                let is_generic = first.generic() && named.all(|symptom| symptom.generic());
                found.push((is_generic, problem));
            }
        }
        found.sort_by_key(|(is_generic, _)| *is_generic);
        found.into_iter().map(|(_, problem)| problem).collect()
    }
}

/// The host in a host, an image reference or a URL.
fn bare_host(text: &str) -> &str {
    let text = text.as_bytes().trim_ascii();
    let text = split_once(text, b"://").map_or(text, |(_, rest)| rest);
    let text = &text[..run(text, |b| !is_in(b, b"/?#"))];
    let text = &text[text.len() - run_back(text, |b| b != b'@')..];
    let text = &text[..run(text, |b| b != b':')];
    as_text(trim_end(text, b"."))
}

/// Whether `host` fits `pattern`; if so, where the name stands that `<registry>` captures: the whole host without it.
pub(crate) fn match_host(pattern: &str, host: &str) -> Option<(usize, usize)> {
    let found = match_labels(pattern.as_bytes(), host.as_bytes(), 0);
    found.map(|found| found.unwrap_or((0, host.len())))
}

fn match_labels(pattern: &[u8], host: &[u8], at: usize) -> Option<Option<(usize, usize)>> {
    let (label, more) = split_once(pattern, b".").map_or((pattern, None), |(l, m)| (l, Some(m)));
    let (first, rest) = split_once(host, b".").map_or((host, None), |(l, m)| (l, Some(m)));
    let is_named = label == b"<registry>";
    let is_open = label == b"*" || label.starts_with(b"<");
    if first.is_empty() || !is_open && !label.eq_ignore_ascii_case(first) {
        return None;
    }
    let next = at + first.len() + 1;
    let found = match (more, rest) {
        (None, None) => Some(None),
        (Some(more), Some(rest)) => match_labels(more, rest, next),
        _ => None,
    };
    let found = match (found, rest) {
        (None, Some(rest)) if label == b"*" => match_labels(pattern, rest, next),
        (found, _) => found,
    };
    found.map(|inner| if is_named { Some((at, first.len())) } else { inner })
}

/// The text of a pattern: a template or a code.
pub(crate) fn pattern_text(table: Table<'_>, index: usize) -> &str {
    table.record(Section::Patterns, index).last_text()
}

/// Whether a pattern is a code, to be met as a whole word in its own case.
pub(crate) fn pattern_is_code(table: Table<'_>, index: usize) -> bool {
    table.record(Section::Patterns, index).num() == 1
}

/// Where the anchor of a pattern begins in its program, if it has one of its own.
pub(crate) fn pattern_anchor(table: Table<'_>, index: usize) -> Option<usize> {
    let mut cursor = table.record(Section::Patterns, index);
    cursor.num();
    cursor.num().checked_sub(1)
}

/// A provider of registries.
#[derive(Debug, Clone, Copy)]
pub struct Provider<'a> {
    table: Table<'a>,
    index: usize,
}

impl PartialEq for Provider<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

pub(crate) struct ProviderRecord<'a> {
    id: &'a str,
    name: &'a str,
    short: &'a str,
    pub(crate) synonyms: List<'a, &'a str>,
    hosts: List<'a, HostRule<'a>>,
    pub(crate) evidence: List<'a, usize>,
}

impl<'a> ProviderRecord<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ProviderRecord {
            id: c.text(),
            name: c.text(),
            short: c.text(),
            synonyms: c.list(table, text),
            hosts: c.list(table, HostRule::read),
            evidence: c.list(table, number),
        }
    }
}

struct ProviderText<'a> {
    vendor: &'a str,
    summary: &'a str,
    terms: List<'a, (&'a str, &'a str)>,
    credentials: List<'a, Credential<'a>>,
    sources: List<'a, Source<'a>>,
}

impl<'a> ProviderText<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ProviderText {
            vendor: c.text(),
            summary: c.text(),
            terms: c.list(table, |_, c| (c.text(), c.text())),
            credentials: c.list(table, Credential::read),
            sources: c.list(table, Source::read_ref),
        }
    }
}

impl<'a> Provider<'a> {
    pub(crate) fn at(table: Table<'a>, index: usize) -> Self {
        Provider { table, index }
    }

    pub(crate) fn record(self) -> ProviderRecord<'a> {
        let mut cursor = self.table.record(Section::Providers, self.index);
        ProviderRecord::read(self.table, &mut cursor)
    }

    fn texts(self) -> ProviderText<'a> {
        let mut cursor = self.table.record(Section::ProviderTexts, self.index);
        ProviderText::read(self.table, &mut cursor)
    }

    /// Its place in [`Table::providers`].
    pub fn index(self) -> usize {
        self.index
    }

    /// `azure`, `ibm`.
    pub fn id(self) -> &'a str {
        self.record().id
    }

    /// `Azure Container Registry`.
    pub fn name(self) -> &'a str {
        self.record().name
    }

    /// `ACR`.
    pub fn short(self) -> &'a str {
        self.record().short
    }

    /// Other names.
    pub fn synonyms(self) -> List<'a, &'a str> {
        self.record().synonyms
    }

    /// The patterns of its hosts, as written.
    pub fn host_patterns(self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.hosts().map(|rule| rule.pattern)
    }

    pub(crate) fn hosts(self) -> List<'a, HostRule<'a>> {
        self.record().hosts
    }

    /// `Microsoft Azure`.
    pub fn vendor(self) -> &'a str {
        self.texts().vendor
    }

    /// Markdown.
    pub fn summary(self) -> &'a str {
        self.texts().summary
    }

    /// What shared texts call its things, by name.
    pub fn terms(self) -> List<'a, (&'a str, &'a str)> {
        self.texts().terms
    }

    /// Its kinds of credential.
    pub fn credentials(self) -> List<'a, Credential<'a>> {
        self.texts().credentials
    }

    /// Where it was read.
    pub fn sources(self) -> List<'a, Source<'a>> {
        self.texts().sources
    }
}

/// A host pattern of a provider.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HostRule<'a> {
    pub(crate) pattern: &'a str,
    pub(crate) kind: HostKind,
    pub(crate) cloud: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
}

impl<'a> HostRule<'a> {
    fn read(_: Table<'a>, c: &mut Cursor<'a>) -> Self {
        HostRule {
            pattern: c.text(),
            kind: HostKind::from_number(c.num()),
            cloud: c.opt(),
            region: c.opt(),
        }
    }
}

/// What answers at a host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HostKind {
    /// The registry itself.
    #[default]
    Registry,
    /// Layers.
    Data,
    /// The registry on a private network.
    Private,
    /// A former name.
    Retired,
}

impl HostKind {
    fn from_number(number: usize) -> Self {
        match number {
            0 => HostKind::Registry,
            1 => HostKind::Data,
            2 => HostKind::Private,
            _ => HostKind::Retired,
        }
    }

    /// The word for it in the knowledge base.
    pub fn id(self) -> &'static str {
        match self {
            HostKind::Registry => "registry",
            HostKind::Data => "data",
            HostKind::Private => "private",
            HostKind::Retired => "retired",
        }
    }
}

/// Somebody else's registry, as recorded.
#[derive(Debug, Clone)]
pub(crate) struct Other<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    hosts: List<'a, &'a str>,
}

impl<'a> Other<'a> {
    fn at(table: Table<'a>, index: usize) -> Self {
        Self::read(table, &mut table.record(Section::Registries, index))
    }

    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Other { id: c.text(), name: c.text(), hosts: c.list(table, text) }
    }
}

/// Whose registry a host is.
#[derive(Debug, Clone)]
pub struct Registry<'a> {
    provider: Option<Provider<'a>>,
    other: Option<(&'a str, &'a str)>,
    rule: Option<HostRule<'a>>,
    name: String,
}

impl<'a> Registry<'a> {
    /// The provider's id, when it is one of ours.
    pub fn provider(&self) -> Option<&'a str> {
        self.provider.map(Provider::id)
    }

    pub(crate) fn provider_index(&self) -> Option<usize> {
        self.provider.map(Provider::index)
    }

    /// What somebody else's registry is called: its short name and its full one.
    pub fn other(&self) -> Option<(&'a str, &'a str)> {
        self.other
    }

    /// What answers there.
    pub fn kind(&self) -> HostKind {
        self.rule.map_or(HostKind::Registry, |rule| rule.kind)
    }

    /// The cloud it belongs to, where the provider has several.
    pub fn cloud(&self) -> Option<&'a str> {
        self.rule?.cloud
    }

    /// The region it belongs to, where the host tells.
    pub fn region(&self) -> Option<&'a str> {
        self.rule?.region
    }

    /// What `<registry>` in a command stands for: the registry's name, or the whole host where hosts are shared.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The lists of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum TermKind {
    Client,
    Operation,
    Stage,
    Status,
    Credential,
    Shell,
}

/// A word of the vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct Term<'a> {
    table: Table<'a>,
    index: usize,
}

impl PartialEq for Term<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Term<'_> {}

struct TermRecord<'a> {
    kind: usize,
    id: &'a str,
    title: &'a str,
    synonyms: List<'a, &'a str>,
    signs: List<'a, usize>,
}

impl<'a> TermRecord<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        TermRecord {
            kind: c.num(),
            id: c.text(),
            title: c.text(),
            synonyms: c.list(table, text),
            signs: c.list(table, number),
        }
    }
}

impl<'a> Term<'a> {
    pub(crate) fn at(table: Table<'a>, index: usize) -> Self {
        Term { table, index }
    }

    pub(crate) fn read_ref(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Term::at(table, c.num())
    }

    fn record(self) -> TermRecord<'a> {
        TermRecord::read(self.table, &mut self.table.record(Section::Terms, self.index))
    }

    /// Which list it is from.
    pub fn kind(self) -> TermKind {
        match self.record().kind {
            0 => TermKind::Client,
            1 => TermKind::Operation,
            2 => TermKind::Stage,
            3 => TermKind::Status,
            4 => TermKind::Credential,
            _ => TermKind::Shell,
        }
    }

    /// Kebab-case (statuses: the number).
    pub fn id(self) -> &'a str {
        self.record().id
    }

    /// One line of Markdown.
    pub fn title(self) -> &'a str {
        self.record().title
    }

    /// Other names.
    pub fn synonyms(self) -> List<'a, &'a str> {
        self.record().synonyms
    }

    /// The patterns by which it is recognised.
    pub(crate) fn signs(self) -> List<'a, usize> {
        self.record().signs
    }
}

/// A typed hole in a template or a command.
#[derive(Debug, Clone, Copy)]
pub struct Placeholder<'a> {
    table: Table<'a>,
    index: usize,
}

/// What a placeholder holds.
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

impl PlaceholderKind {
    /// All kinds, in the order of their numbers in a table.
    pub const ALL: [PlaceholderKind; 11] = [
        PlaceholderKind::Name,
        PlaceholderKind::Host,
        PlaceholderKind::Path,
        PlaceholderKind::Image,
        PlaceholderKind::Digest,
        PlaceholderKind::Ip,
        PlaceholderKind::Guid,
        PlaceholderKind::Number,
        PlaceholderKind::Url,
        PlaceholderKind::Word,
        PlaceholderKind::Any,
    ];

    /// The kind with this number; anything beyond is [`PlaceholderKind::Any`].
    pub(crate) fn from_number(number: usize) -> Self {
        *Self::ALL.get(number).unwrap_or(&PlaceholderKind::Any)
    }
}

impl<'a> Placeholder<'a> {
    pub(crate) fn at(table: Table<'a>, index: usize) -> Self {
        Placeholder { table, index }
    }

    pub(crate) fn read_ref(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Placeholder::at(table, c.num())
    }

    fn texts(self) -> (&'a str, Option<&'a str>, &'a str) {
        let mut c = self.table.record(Section::PlaceholderTexts, self.index);
        (c.text(), c.opt(), c.text())
    }

    /// The name between `<` and `>`.
    pub fn id(self) -> &'a str {
        self.table.record(Section::Placeholders, self.index).text()
    }

    /// What it holds.
    pub fn kind(self) -> PlaceholderKind {
        let mut cursor = self.table.record(Section::Placeholders, self.index);
        cursor.text();
        PlaceholderKind::from_number(cursor.num())
    }

    /// Plain text.
    pub fn title(self) -> &'a str {
        self.texts().0
    }

    /// Markdown.
    pub fn help(self) -> Option<&'a str> {
        self.texts().1
    }

    /// A made-up value.
    pub fn example(self) -> &'a str {
        self.texts().2
    }
}

/// A kind of credential as a provider has it.
#[derive(Debug, Clone, Copy)]
pub struct Credential<'a> {
    table: Table<'a>,
    kind: usize,
    username: &'a str,
    password: &'a str,
    lifetime: &'a str,
    note: Option<&'a str>,
    rest: Cursor<'a>,
}

impl<'a> Credential<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let (kind, username, password) = (c.num(), c.text(), c.text());
        let (lifetime, note) = (c.text(), c.opt());
        let credential = Credential { table, kind, username, password, lifetime, note, rest: *c };
        credential.lists(c);
        credential
    }

    fn lists(&self, c: &mut Cursor<'a>) -> (List<'a, Resolution<'a>>, List<'a, Source<'a>>) {
        (c.list(self.table, Resolution::read_ref), c.list(self.table, Source::read_ref))
    }

    /// Which kind (id of the vocabulary).
    pub fn kind(&self) -> &'a str {
        Term::at(self.table, self.kind).id()
    }

    /// What goes in as user name (Markdown).
    pub fn username(&self) -> &'a str {
        self.username
    }

    /// What goes in as password (Markdown).
    pub fn password(&self) -> &'a str {
        self.password
    }

    /// How long it lives (Markdown).
    pub fn lifetime(&self) -> &'a str {
        self.lifetime
    }

    /// Markdown.
    pub fn note(&self) -> Option<&'a str> {
        self.note
    }

    /// How to get one.
    pub fn obtain(&self) -> List<'a, Resolution<'a>> {
        self.lists(&mut self.rest.clone()).0
    }

    /// Where it was read.
    pub fn sources(&self) -> List<'a, Source<'a>> {
        self.lists(&mut self.rest.clone()).1
    }
}

/// A login command for a client and a kind of credential.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    table: Table<'a>,
    provider: usize,
    client: usize,
    credential: usize,
    mode: usize,
    command: Command<'a>,
    note: Option<&'a str>,
    sources: Cursor<'a>,
}

/// Whether a login needs a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Mode {
    Automated,
    Interactive,
}

impl Mode {
    /// The word for it in the knowledge base.
    pub fn id(self) -> &'static str {
        match self {
            Mode::Automated => "automated",
            Mode::Interactive => "interactive",
        }
    }
}

impl<'a> Login<'a> {
    fn at(table: Table<'a>, index: usize) -> Self {
        Login::read(table, &mut table.record(Section::Logins, index))
    }

    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let (provider, client, credential, mode) = (c.num(), c.num(), c.num(), c.num());
        let (command, note) = (Command::read(table, c), c.opt());
        let sources = *c;
        c.list(table, Source::read_ref);
        Login { table, provider, client, credential, mode, command, note, sources }
    }

    /// Whose registry it logs in to: the provider's id.
    pub fn provider(&self) -> &'a str {
        Provider::at(self.table, self.provider).id()
    }

    /// With which client (id of the vocabulary).
    pub fn client(&self) -> &'a str {
        Term::at(self.table, self.client).id()
    }

    /// With which kind of credential (id of the vocabulary).
    pub fn credential(&self) -> &'a str {
        Term::at(self.table, self.credential).id()
    }

    /// In a script, or at a terminal.
    pub fn mode(&self) -> Mode {
        if self.mode == 0 { Mode::Automated } else { Mode::Interactive }
    }

    /// The command.
    pub fn command(&self) -> Command<'a> {
        self.command
    }

    /// Markdown.
    pub fn note(&self) -> Option<&'a str> {
        self.note
    }

    /// Where it was read.
    pub fn sources(&self) -> List<'a, Source<'a>> {
        self.sources.clone().list(self.table, Source::read_ref)
    }
}

/// A table of reference data.
#[derive(Debug, Clone)]
pub struct ReferenceTable<'a> {
    table: Table<'a>,
    id: &'a str,
    provider: usize,
    title: &'a str,
    summary: &'a str,
    key: usize,
    columns: List<'a, Column<'a>>,
    rows: List<'a, Row<'a>>,
    sources: List<'a, Source<'a>>,
}

/// A column of a [`ReferenceTable`].
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Kebab-case.
    pub id: &'a str,
    /// Plain text.
    pub title: &'a str,
}

/// A row of a [`ReferenceTable`]: one cell (Markdown, maybe empty) per column.
pub type Row<'a> = List<'a, &'a str>;

impl<'a> ReferenceTable<'a> {
    fn at(table: Table<'a>, index: usize) -> Self {
        ReferenceTable::read(table, &mut table.record(Section::References, index))
    }

    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ReferenceTable {
            table,
            id: c.text(),
            provider: c.num(),
            title: c.text(),
            summary: c.text(),
            key: c.num(),
            columns: c.list(table, |_, c| Column { id: c.text(), title: c.text() }),
            rows: c.list(table, |table, c| c.list(table, text)),
            sources: c.list(table, Source::read_ref),
        }
    }

    /// `azure-limits`.
    pub fn id(&self) -> &'a str {
        self.id
    }

    /// Whose data it is: the provider's id.
    pub fn provider(&self) -> &'a str {
        Provider::at(self.table, self.provider).id()
    }

    /// One line of Markdown.
    pub fn title(&self) -> &'a str {
        self.title
    }

    /// Markdown.
    pub fn summary(&self) -> &'a str {
        self.summary
    }

    /// The index of the column that look-ups search first.
    pub fn key(&self) -> usize {
        self.key
    }

    /// In order.
    pub fn columns(&self) -> List<'a, Column<'a>> {
        self.columns.clone()
    }

    /// In order.
    pub fn rows(&self) -> List<'a, Row<'a>> {
        self.rows.clone()
    }

    /// Where it was read.
    pub fn sources(&self) -> List<'a, Source<'a>> {
        self.sources.clone()
    }

    /// The row that has `value` in its key column, or else in any; letters' case and back-ticks don't matter.
    pub fn lookup(&self, value: &str) -> Option<Row<'a>> {
        let is_it = |cell: &str| cell.trim_matches('`').eq_ignore_ascii_case(value.trim());
        let by_key = self.rows().find(|row| row.clone().nth(self.key).is_some_and(is_it));
        by_key.or_else(|| self.rows().find(|row| row.clone().any(is_it)))
    }
}

/// A code that symptoms name.
#[derive(Debug, Clone, Copy)]
pub struct Code<'a> {
    table: Table<'a>,
    code: &'a str,
}

impl<'a> Code<'a> {
    /// As printed.
    pub fn code(self) -> &'a str {
        self.code
    }

    /// The problems that name it.
    pub fn problems(self) -> impl Iterator<Item = Problem<'a>> + use<'a> {
        self.table.by_code(self.code)
    }
}

/// Reads a whole record, to see whether it is sound.
pub(crate) fn walk<'a>(table: Table<'a>, section: Section, c: &mut Cursor<'a>) {
    match section {
        Section::Providers => drop(ProviderRecord::read(table, c)),
        Section::Registries => drop(Other::read(table, c)),
        Section::Placeholders => drop((c.text(), c.num())),
        Section::Terms => drop(TermRecord::read(table, c)),
        Section::Synonyms => drop(c.list(table, text)),
        Section::Patterns => drop((c.num(), c.num(), c.last_text())),
        Section::Programs => drop((c.num(), c.text())),
        Section::Words if INDEX => crate::search::walk(c),
        Section::Members => drop(crate::parts::Members::read(c)),
        Section::References if TEXTS => drop(ReferenceTable::read(table, c)),
        Section::ProviderTexts if TEXTS => drop(ProviderText::read(table, c)),
        Section::Logins if TEXTS => drop(Login::read(table, c)),
        Section::PlaceholderTexts if TEXTS => drop((c.text(), c.opt(), c.text())),
        _ => {}
    }
}
