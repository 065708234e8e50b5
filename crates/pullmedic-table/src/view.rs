//! Views of what a problem consists of. Each is a place in the table: `Copy`, read when asked.

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::captures::Captures;
use crate::cursor::{Cursor, List};
use crate::format::{Section, symptom as flag};
use crate::reference::{Placeholder, Provider, Term};
use crate::{TEXTS, Table, reference};

/// One problem: one entry, one page.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    table: Table<'a>,
    index: usize,
}

impl PartialEq for Problem<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Problem<'_> {}

/// The fields of a problem's record in the match layer, in order.
pub(crate) struct ProblemRecord<'a> {
    #[expect(dead_code, reason = "part of the record, read through its accessor's offset")]
    pub(crate) url: &'a str,
    pub(crate) provider: usize,
    pub(crate) title: &'a str,
    pub(crate) frequency: usize,
    pub(crate) operations: List<'a, Term<'a>>,
    pub(crate) over: List<'a, Problem<'a>>,
    pub(crate) symptoms: List<'a, Symptom<'a>>,
    pub(crate) causes: List<'a, CauseSigns<'a>>,
}

impl<'a> ProblemRecord<'a> {
    pub(crate) fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ProblemRecord {
            url: c.text(),
            provider: c.num(),
            title: c.text(),
            frequency: c.num(),
            operations: c.list(table, Term::read_ref),
            over: c.list(table, Problem::read_ref),
            symptoms: c.list(table, Symptom::read),
            causes: c.list(table, CauseSigns::read),
        }
    }
}

/// The fields of a problem's record in the search layer, in order.
pub(crate) struct ProblemWords<'a> {
    pub(crate) aliases: List<'a, &'a str>,
    pub(crate) keywords: List<'a, &'a str>,
    pub(crate) words: &'a str,
}

impl<'a> ProblemWords<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ProblemWords {
            aliases: c.list(table, text),
            keywords: c.list(table, text),
            words: c.last_text(),
        }
    }
}

/// The fields of a problem's record in the text layer, in order.
struct ProblemText<'a> {
    summary: &'a str,
    related: List<'a, Problem<'a>>,
    sources: List<'a, Source<'a>>,
    causes: List<'a, usize>,
    resolutions: List<'a, Resolution<'a>>,
    notes: List<'a, SymptomNote<'a>>,
    file: &'a str,
}

impl<'a> ProblemText<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ProblemText {
            summary: c.text(),
            related: c.list(table, Problem::read_ref),
            sources: c.list(table, Source::read_ref),
            causes: c.list(table, number),
            resolutions: c.list(table, Resolution::read_ref),
            notes: c.list(table, SymptomNote::read),
            file: c.text(),
        }
    }
}

struct SymptomNote<'a> {
    symptom: usize,
    note: Option<&'a str>,
    since: Option<&'a str>,
}

impl<'a> SymptomNote<'a> {
    fn read(_: Table<'a>, c: &mut Cursor<'a>) -> Self {
        SymptomNote { symptom: c.num(), note: c.opt(), since: c.opt() }
    }
}

impl<'a> Problem<'a> {
    pub(crate) fn at(table: Table<'a>, index: usize) -> Self {
        Problem { table, index }
    }

    fn read_ref(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Problem::at(table, c.num())
    }

    pub(crate) fn record(self) -> ProblemRecord<'a> {
        let mut cursor = self.table.record(Section::Problems, self.index);
        ProblemRecord::read(self.table, &mut cursor)
    }

    pub(crate) fn words(self) -> ProblemWords<'a> {
        let mut cursor = self.table.record(Section::ProblemWords, self.index);
        ProblemWords::read(self.table, &mut cursor)
    }

    fn texts(self) -> ProblemText<'a> {
        let mut cursor = self.table.record(Section::ProblemTexts, self.index);
        ProblemText::read(self.table, &mut cursor)
    }

    /// Its place in [`Table::problems`].
    pub fn index(self) -> usize {
        self.index
    }

    /// `provider/kebab-case`.
    pub fn id(self) -> &'a str {
        let url = self.url();
        url.strip_suffix("/").unwrap_or(url)
    }

    /// The page, relative to the site's root: the id and a slash.
    pub fn url(self) -> &'a str {
        self.table.record(Section::Problems, self.index).text()
    }

    /// Whose registry it is about: the provider's id.
    pub fn provider(self) -> &'a str {
        Provider::at(self.table, self.record().provider).id()
    }

    /// What is wrong (one line of Markdown).
    pub fn title(self) -> &'a str {
        self.record().title
    }

    /// What happened (Markdown).
    pub fn summary(self) -> &'a str {
        self.texts().summary
    }

    /// How often it is met.
    pub fn frequency(self) -> Frequency {
        match self.record().frequency {
            0 => Frequency::Rare,
            1 => Frequency::Occasional,
            _ => Frequency::Common,
        }
    }

    /// Former ids, in full.
    pub fn aliases(self) -> List<'a, &'a str> {
        self.words().aliases
    }

    /// What the person was doing: ids of the vocabulary's operations.
    pub fn operations(self) -> impl ExactSizeIterator<Item = &'a str> + Clone {
        self.record().operations.map(Term::id)
    }

    /// More words to be found by.
    pub fn keywords(self) -> List<'a, &'a str> {
        self.words().keywords
    }

    /// More general problems that this one outranks on the same lines.
    pub fn over(self) -> List<'a, Problem<'a>> {
        self.record().over
    }

    /// Other problems worth a look.
    pub fn related(self) -> List<'a, Problem<'a>> {
        self.texts().related
    }

    /// How it shows.
    pub fn symptoms(self) -> List<'a, Symptom<'a>> {
        self.record().symptoms
    }

    /// What can be behind it, most likely first.
    pub fn causes(self) -> impl ExactSizeIterator<Item = Cause<'a>> + Clone {
        let problem = self;
        let causes = self.record().causes.enumerate();
        causes.map(move |(index, signs)| Cause { problem, index, signs })
    }

    /// What to do about it: every resolution that a cause names, then the entry's own.
    pub fn resolutions(self) -> List<'a, Resolution<'a>> {
        self.texts().resolutions
    }

    /// The resolution with this id.
    pub fn resolution(self, id: &str) -> Option<Resolution<'a>> {
        self.resolutions().find(|resolution| resolution.id() == id)
    }

    /// Where it was read.
    pub fn sources(self) -> List<'a, Source<'a>> {
        self.texts().sources
    }

    /// The file it is written in, relative to the repository (`kb/azure/problems/….yaml`).
    pub fn file(self) -> &'a str {
        self.texts().file
    }

    /// The codes that its symptoms name, each once.
    pub fn codes(self) -> impl Iterator<Item = &'a str> {
        self.symptoms().enumerate().filter_map(move |(at, symptom)| {
            let code = symptom.code()?;
            let is_new = self.symptoms().take(at).all(|earlier| earlier.code() != Some(code));
            is_new.then_some(code)
        })
    }
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
#[derive(Debug, Clone, Copy)]
pub struct Symptom<'a> {
    table: Table<'a>,
    flags: u32,
    /// None for an observation.
    pub(crate) pattern: usize,
    observation: usize,
    code: &'a str,
    /// Where clients and conditions stand.
    rest: Cursor<'a>,
}

/// The three kinds of symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymptomKind {
    /// The registry's or the client's own words.
    Message,
    /// A code, alone.
    Code,
    /// Something that is in no log.
    Observation,
}

struct SymptomLists<'a> {
    clients: List<'a, Term<'a>>,
    with: List<'a, Sign<'a>>,
    without: List<'a, Sign<'a>>,
}

impl<'a> Symptom<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let flags = c.num() as u32;
        let is_observation = flags & flag::KIND == 2;
        let number = c.num();
        let (pattern, observation) =
            if is_observation { (usize::MAX, number) } else { (c.pattern(number), usize::MAX) };
        let code = if flags & flag::CODE != 0 { c.text() } else { "" };
        let symptom = Symptom { table, flags, pattern, observation, code, rest: *c };
        symptom.lists(c);
        symptom
    }

    /// Clients, `with` and `without`, as far as the flags say that they are there.
    fn lists(&self, c: &mut Cursor<'a>) -> SymptomLists<'a> {
        let table = self.table;
        let clients = self.flags & flag::CLIENTS != 0;
        let conditions = self.flags & flag::CONDITIONS != 0;
        SymptomLists {
            clients: c.list_if(clients, table, Term::read_ref),
            with: c.list_if(conditions, table, Sign::read),
            without: c.list_if(conditions, table, Sign::read),
        }
    }

    /// Message, code or observation.
    pub fn kind(&self) -> SymptomKind {
        match self.flags & flag::KIND {
            0 => SymptomKind::Message,
            1 => SymptomKind::Code,
            _ => SymptomKind::Observation,
        }
    }

    /// The message template (placeholders as `<name>`), the code, or the observation (Markdown).
    pub fn text(&self) -> &'a str {
        match self.kind() {
            SymptomKind::Observation => {
                self.table.record(Section::Observations, self.observation).last_text()
            }
            _ => reference::pattern_text(self.table, self.pattern),
        }
    }

    /// The code printed along with the message, or the symptom's own.
    pub fn code(&self) -> Option<&'a str> {
        match self.kind() {
            SymptomKind::Code => Some(self.text()),
            _ => Some(self.code).filter(|code| !code.is_empty()),
        }
    }

    /// Who prints it (ids of the vocabulary's clients); empty when unknown or everybody.
    pub fn clients(&self) -> impl ExactSizeIterator<Item = &'a str> + Clone + use<'a> {
        self.client_terms().map(Term::id)
    }

    pub(crate) fn client_terms(&self) -> List<'a, Term<'a>> {
        self.lists(&mut self.rest.clone()).clients
    }

    /// Whether other registries or programs print it too.
    pub fn generic(&self) -> bool {
        self.flags & flag::GENERIC != 0
    }

    /// Whether it only supports other symptoms.
    pub fn weak(&self) -> bool {
        self.flags & flag::WEAK != 0
    }

    /// It counts only with all of these in the text.
    pub fn with(&self) -> List<'a, Sign<'a>> {
        self.lists(&mut self.rest.clone()).with
    }

    /// It counts only with none of these in the text.
    pub fn without(&self) -> List<'a, Sign<'a>> {
        self.lists(&mut self.rest.clone()).without
    }
}

impl<'a> Problem<'a> {
    /// A short text shown beside a symptom.
    pub fn note(self, symptom: usize) -> Option<&'a str> {
        self.texts().notes.find(|n| n.symptom == symptom)?.note
    }

    /// From which version on a symptom is met (`Docker 29`).
    pub fn since(self, symptom: usize) -> Option<&'a str> {
        self.texts().notes.find(|n| n.symptom == symptom)?.since
    }
}

/// Text elsewhere in the log that speaks for or against something.
#[derive(Debug, Clone, Copy)]
pub struct Sign<'a> {
    table: Table<'a>,
    /// Twice the index; odd for a term.
    raw: usize,
}

impl<'a> Sign<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let raw = c.num();
        Sign { table, raw: if raw % 2 == 1 { raw } else { 2 * c.pattern(raw / 2) } }
    }

    /// The term whose signs it means, if it isn't a text of its own.
    pub fn term(self) -> Option<Term<'a>> {
        (self.raw % 2 == 1).then(|| Term::at(self.table, self.raw / 2))
    }

    /// The template, or the term's title.
    pub fn text(self) -> &'a str {
        match self.term() {
            Some(term) => term.title(),
            None => reference::pattern_text(self.table, self.raw / 2),
        }
    }

    /// The pattern that meets it, if it is a text of its own.
    pub(crate) fn pattern(self) -> Option<usize> {
        self.raw.is_multiple_of(2).then_some(self.raw / 2)
    }
}

/// A cause's part in the match layer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CauseSigns<'a> {
    table: Table<'a>,
    id: &'a str,
    rest: Cursor<'a>,
}

impl<'a> CauseSigns<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let id = c.text();
        let signs = CauseSigns { table, id, rest: *c };
        signs.lists(c);
        signs
    }

    /// Those for it, then those against it.
    pub(crate) fn all_signs(&self) -> impl Iterator<Item = Sign<'a>> + use<'a> {
        let (signs, against) = self.lists(&mut self.rest.clone());
        signs.chain(against)
    }

    fn lists(&self, c: &mut Cursor<'a>) -> (List<'a, Sign<'a>>, List<'a, Sign<'a>>) {
        (c.list(self.table, Sign::read), c.list(self.table, Sign::read))
    }
}

/// One thing that can be behind a problem.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    problem: Problem<'a>,
    index: usize,
    signs: CauseSigns<'a>,
}

struct CauseText<'a> {
    title: &'a str,
    explain: Option<&'a str>,
    check: Option<Check<'a>>,
    resolutions: List<'a, &'a str>,
    sources: List<'a, Source<'a>>,
}

impl<'a> CauseText<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        CauseText {
            title: c.text(),
            explain: c.opt(),
            check: Check::read(table, c),
            resolutions: c.list(table, text),
            sources: c.list(table, Source::read_ref),
        }
    }
}

impl<'a> Cause<'a> {
    fn texts(&self) -> CauseText<'a> {
        let table = self.problem.table;
        let text = self.problem.texts().causes.nth(self.index).unwrap_or(usize::MAX);
        CauseText::read(table, &mut table.record(Section::Causes, text))
    }

    /// Kebab-case, unique within the problem.
    pub fn id(&self) -> &'a str {
        self.signs.id
    }

    /// Its place in the entry's order.
    pub fn index(&self) -> usize {
        self.index
    }

    /// One line of Markdown.
    pub fn title(&self) -> &'a str {
        self.texts().title
    }

    /// Why that happens (Markdown).
    pub fn explain(&self) -> Option<&'a str> {
        self.texts().explain
    }

    /// How to prove it or rule it out.
    pub fn check(&self) -> Option<Check<'a>> {
        self.texts().check
    }

    /// What speaks for it.
    pub fn signs(&self) -> List<'a, Sign<'a>> {
        self.signs.lists(&mut self.signs.rest.clone()).0
    }

    /// What speaks against it.
    pub fn against(&self) -> List<'a, Sign<'a>> {
        self.signs.lists(&mut self.signs.rest.clone()).1
    }

    /// What to do about it, best first.
    pub fn resolutions(&self) -> impl Iterator<Item = Resolution<'a>> + use<'a> {
        let problem = self.problem;
        self.texts().resolutions.filter_map(move |id| problem.resolution(id))
    }

    /// Where it was read, when it is a shared cause.
    pub fn sources(&self) -> List<'a, Source<'a>> {
        self.texts().sources
    }
}

/// How to prove a cause or rule it out.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    command: Option<Command<'a>>,
    ask: Option<&'a str>,
    expect: &'a str,
}

impl<'a> Check<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Option<Self> {
        let kind = c.num();
        let command = (kind == 1).then(|| Command::read(table, c));
        let ask = (kind == 2).then(|| c.text());
        (kind != 0).then(|| Check { command, ask, expect: c.text() })
    }

    /// The command to run, if it is one.
    pub fn command(&self) -> Option<Command<'a>> {
        self.command
    }

    /// The question to answer (Markdown), if it is one.
    pub fn question(&self) -> Option<&'a str> {
        self.ask
    }

    /// What it shows when this is the cause (Markdown).
    pub fn expect(&self) -> &'a str {
        self.expect
    }
}

/// What to do.
#[derive(Debug, Clone, Copy)]
pub struct Resolution<'a> {
    table: Table<'a>,
    index: usize,
}

struct ResolutionText<'a> {
    #[expect(dead_code, reason = "the match layer holds it too, and is asked first")]
    id: &'a str,
    title: &'a str,
    risk: Option<&'a str>,
    steps: List<'a, Step<'a>>,
    otherwise: Option<&'a str>,
    sources: List<'a, Source<'a>>,
}

impl<'a> ResolutionText<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        ResolutionText {
            id: c.text(),
            title: c.text(),
            risk: c.opt(),
            steps: c.list(table, Step::read),
            otherwise: c.opt(),
            sources: c.list(table, Source::read_ref),
        }
    }
}

impl<'a> Resolution<'a> {
    pub(crate) fn read_ref(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Resolution { table, index: c.num() }
    }

    fn texts(self) -> ResolutionText<'a> {
        let mut cursor = self.table.record(Section::Resolutions, self.index);
        ResolutionText::read(self.table, &mut cursor)
    }

    /// Kebab-case, unique within the problem.
    pub fn id(self) -> &'a str {
        self.table.record(Section::Resolutions, self.index).text()
    }

    /// One line of Markdown.
    pub fn title(self) -> &'a str {
        self.texts().title
    }

    /// What it costs or breaks (Markdown).
    pub fn risk(self) -> Option<&'a str> {
        self.texts().risk
    }

    /// In order.
    pub fn steps(self) -> List<'a, Step<'a>> {
        self.texts().steps
    }

    /// What to do if it didn't help (Markdown).
    pub fn otherwise(self) -> Option<&'a str> {
        self.texts().otherwise
    }

    /// Where it was read, when it is a shared resolution.
    pub fn sources(self) -> List<'a, Source<'a>> {
        self.texts().sources
    }
}

/// One step of a resolution: words, a command, or both.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    table: Table<'a>,
    say: Option<&'a str>,
    commands: Cursor<'a>,
    expect: Option<&'a str>,
}

impl<'a> Step<'a> {
    fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let say = c.opt();
        let commands = *c;
        c.list(table, Command::read);
        Step { table, say, commands, expect: c.opt() }
    }

    /// What to do (Markdown).
    pub fn say(&self) -> Option<&'a str> {
        self.say
    }

    /// None, one, or the same for several clients or shells.
    pub fn commands(&self) -> List<'a, Command<'a>> {
        self.commands.clone().list(self.table, Command::read)
    }

    /// What it looks like when it worked (Markdown).
    pub fn expect(&self) -> Option<&'a str> {
        self.expect
    }
}

/// A command that can be pasted, with placeholders to fill.
#[derive(Debug, Clone, Copy)]
pub struct Command<'a> {
    table: Table<'a>,
    text: &'a str,
    shell: usize,
    client: usize,
    placeholders: Cursor<'a>,
}

impl<'a> Command<'a> {
    pub(crate) fn read(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        let (text, shell, client) = (c.text(), c.num(), c.num());
        let placeholders = *c;
        c.list(table, Placeholder::read_ref);
        Command { table, text, shell, client, placeholders }
    }

    /// The text, placeholders as `<name>`.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The shell or language (id of the vocabulary); none in a table that names none.
    pub fn shell(&self) -> Option<&'a str> {
        Some(Term::at(self.table, self.shell).id()).filter(|id| !id.is_empty())
    }

    /// The client that this variant is for (id of the vocabulary).
    pub fn client(&self) -> Option<&'a str> {
        Some(Term::at(self.table, self.client.checked_sub(1)?).id())
    }

    /// The placeholders in it, in order of first mention.
    pub fn placeholders(&self) -> List<'a, Placeholder<'a>> {
        self.placeholders.clone().list(self.table, Placeholder::read_ref)
    }

    /// The text with captured values filled in; what wasn't captured stays as `<name>`.
    pub fn fill(&self, captures: &Captures<'_>) -> String {
        let mut filled = self.text.to_owned();
        for placeholder in self.placeholders() {
            if let Some(value) = captures.get(placeholder.id()) {
                filled = replace_name(&filled, placeholder.id(), value);
            }
        }
        filled
    }
}

fn replace_name(text: &str, name: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len() + value.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        match tail[1..].strip_prefix(name).and_then(|t| t.strip_prefix('>')) {
            Some(after) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('<');
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Where a fact was read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    title: &'a str,
    url: &'a str,
    checked: &'a str,
}

impl<'a> Source<'a> {
    pub(crate) fn read_ref(table: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Source::read(table, &mut table.record(Section::Sources, c.num()))
    }

    fn read(_: Table<'a>, c: &mut Cursor<'a>) -> Self {
        Source { title: c.text(), url: c.text(), checked: c.text() }
    }

    /// The page's title.
    pub fn title(self) -> &'a str {
        self.title
    }

    /// Its address.
    pub fn url(self) -> &'a str {
        self.url
    }

    /// When it was last checked (`YYYY-MM-DD`).
    pub fn checked(self) -> &'a str {
        self.checked
    }
}

/// Reads a text item.
pub(crate) fn text<'a>(_: Table<'a>, c: &mut Cursor<'a>) -> &'a str {
    c.text()
}

/// Reads a number item.
pub(crate) fn number<'a>(_: Table<'a>, c: &mut Cursor<'a>) -> usize {
    c.num()
}

/// Reads a whole record of a section, to see whether it is sound.
pub(crate) fn walk<'a>(table: Table<'a>, section: Section, c: &mut Cursor<'a>) {
    match section {
        Section::Problems => drop(ProblemRecord::read(table, c)),
        Section::ProblemWords => drop(ProblemWords::read(table, c)),
        Section::Observations => {
            c.last_text();
        }
        Section::ProblemTexts if TEXTS => drop(ProblemText::read(table, c)),
        Section::Causes if TEXTS => drop(CauseText::read(table, c)),
        Section::Resolutions if TEXTS => drop(ResolutionText::read(table, c)),
        Section::Sources if TEXTS => drop(Source::read(table, c)),
        _ => reference::walk(table, section, c),
    }
}
