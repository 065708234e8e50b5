//! The knowledge base as sections of records, field by field in the order in which the engine's views read them.

use std::collections::{BTreeMap, BTreeSet};

use pullmedic_core::{
    Cause, Check, Command, Credential, HostKind, Kb, Login, LoginMode, OtherRegistry,
    PlaceholderKind, Probe, Problem, Provider, ReferenceTable, Resolution, Sign, Source, Step,
    Symptom, SymptomKind, Template, Term, TermKind,
};
use pullmedic_table::format::{Record, Section, Steps, symptom as flag};

use crate::pool::Pool;

/// The sections of a table that hold records.
pub(crate) type Layout = Vec<(Section, Vec<Record>)>;

/// The terms and the providers without what they are only searched by. As in the whole table they are laid out first, so
/// their patterns have the same numbers.
pub(crate) fn without_synonyms(kb: &Kb) -> Layout {
    let mut writer = Writer { is_searched: false, ..Writer::new(kb) };
    let terms = writer.terms();
    let providers = kb.providers().iter().map(|provider| writer.provider(provider)).collect();
    vec![(Section::Terms, terms), (Section::Providers, providers)]
}

/// Lays out all sections but the derived ones.
pub(crate) fn lay_out(kb: &Kb) -> Layout {
    let mut writer = Writer::new(kb);
    let terms = writer.terms();
    let providers = kb.providers().iter().map(|provider| writer.provider(provider)).collect();
    let registries = kb.registries().iter().map(registry).collect();
    let problems = kb.problems().iter().map(|problem| writer.problem(problem)).collect();
    let problem_words = kb.problems().iter().map(problem_words).collect();
    let problem_texts = kb.problems().iter().map(|problem| writer.problem_text(problem)).collect();
    let references = kb.tables().iter().map(|table| writer.reference(table)).collect();
    let provider_texts = kb.providers().iter().map(|p| writer.provider_text(p)).collect();
    let logins = writer.logins();
    vec![
        (Section::Providers, providers),
        (Section::Registries, registries),
        (Section::Placeholders, placeholders(kb)),
        (Section::Terms, terms),
        (Section::Patterns, writer.patterns.into_records()),
        (Section::Problems, problems),
        (Section::Synonyms, synonyms(kb)),
        (Section::Observations, writer.observations),
        (Section::ProblemWords, problem_words),
        (Section::ProblemTexts, problem_texts),
        (Section::Causes, writer.causes.into_records()),
        (Section::Resolutions, writer.resolutions.into_records()),
        (Section::Sources, writer.sources.into_records()),
        (Section::References, references),
        (Section::ProviderTexts, provider_texts),
        (Section::Logins, logins),
        (Section::PlaceholderTexts, placeholder_texts(kb)),
    ]
}

/// What records refer to by number.
struct Writer<'k> {
    kb: &'k Kb,
    /// Whether what things are only searched by is laid out too.
    is_searched: bool,
    terms: Vec<(usize, &'k Term)>,
    term_places: BTreeMap<(usize, &'k str), usize>,
    problem_places: BTreeMap<&'k str, usize>,
    placeholder_places: BTreeMap<&'k str, usize>,
    patterns: Pool,
    /// Between the patterns that a problem names.
    steps: Steps,
    observations: Vec<Record>,
    causes: Pool,
    resolutions: Pool,
    sources: Pool,
}

/// The numbers of the vocabulary's lists in a table.
const CLIENT: usize = 0;
const CREDENTIAL: usize = 4;
const SHELL: usize = 5;

fn kind_number(kind: TermKind) -> usize {
    match kind {
        TermKind::Client => CLIENT,
        TermKind::Operation => 1,
        TermKind::Stage => 2,
        TermKind::Status => 3,
    }
}

impl<'k> Writer<'k> {
    fn new(kb: &'k Kb) -> Self {
        let v = kb.vocabulary();
        let lists = [&v.clients, &v.operations, &v.stages, &v.statuses, &v.credentials, &v.shells];
        let terms: Vec<(usize, &Term)> = lists
            .into_iter()
            .enumerate()
            .flat_map(|(kind, list)| list.iter().map(move |term| (kind, term)))
            .collect();
        let place =
            |(at, (kind, term)): (usize, &(usize, &'k Term))| ((*kind, term.id.as_str()), at);
        Writer {
            kb,
            is_searched: true,
            term_places: terms.iter().enumerate().map(place).collect(),
            terms,
            problem_places: kb
                .problems()
                .iter()
                .enumerate()
                .map(|(i, p)| (p.id.as_str(), i))
                .collect(),
            placeholder_places: v
                .placeholders
                .iter()
                .enumerate()
                .map(|(i, p)| (p.id.as_str(), i))
                .collect(),
            patterns: Pool::default(),
            steps: Steps::default(),
            observations: Vec::new(),
            causes: Pool::default(),
            resolutions: Pool::default(),
            sources: Pool::default(),
        }
    }

    fn term(&self, kind: usize, id: &str) -> usize {
        self.term_places.get(&(kind, id)).copied().unwrap_or(usize::MAX >> 32)
    }

    fn template(&mut self, template: &Template) -> usize {
        self.pattern(false, &template.source)
    }

    fn pattern(&mut self, is_code: bool, text: &str) -> usize {
        self.patterns.place(Record::new(|r| {
            r.num(usize::from(is_code));
            r.last_text(text);
        }))
    }

    fn sign(&mut self, sign: &Sign) -> usize {
        match sign {
            Sign::Text(template) => {
                let pattern = self.template(template);
                2 * self.steps.to(pattern)
            }
            Sign::Term(kind, id) => 2 * self.term(kind_number(*kind), id) + 1,
        }
    }

    fn signs(&mut self, record: &mut Record, signs: &[Sign]) {
        let numbers: Vec<usize> = signs.iter().map(|sign| self.sign(sign)).collect();
        record.nums(numbers);
    }

    fn terms(&mut self) -> Vec<Record> {
        let (terms, is_searched) = (self.terms.clone(), self.is_searched);
        terms
            .into_iter()
            .map(|(kind, term)| {
                let signs: Vec<usize> = term.signs.iter().map(|sign| self.template(sign)).collect();
                Record::new(|r| {
                    r.num(kind);
                    r.text(&term.id);
                    r.text(&term.title);
                    r.texts(term.synonyms.iter().filter(|_| is_searched));
                    r.nums(signs);
                })
            })
            .collect()
    }

    fn provider(&mut self, provider: &Provider) -> Record {
        let evidence: Vec<usize> = provider.evidence.iter().map(|t| self.template(t)).collect();
        Record::new(|r| {
            r.text(&provider.id);
            r.text(&provider.name);
            r.text(&provider.short);
            r.texts(provider.synonyms.iter().filter(|_| self.is_searched));
            r.list(&provider.hosts, |r, host| {
                r.text(&host.pattern);
                r.num(host_kind(host.kind));
                r.opt(host.cloud.as_deref());
                r.opt(host.region.as_deref());
            });
            r.nums(evidence);
        })
    }

    fn problem(&mut self, problem: &Problem) -> Record {
        self.steps = Steps::default();
        let mut record = Record::default();
        let provider = self.kb.providers().iter().position(|p| p.id == problem.provider);
        record.text(&format!("{}/", problem.id));
        record.num(provider.unwrap_or(0));
        record.text(&problem.title);
        record.num(problem.frequency as usize);
        record.nums(problem.operations.iter().map(|id| self.term(1, id)));
        record.nums(self.problem_numbers(&problem.over));
        record.list(&problem.symptoms, |r, symptom| self.symptom(r, symptom));
        record.list(&problem.causes, |r, cause| {
            r.text(&cause.id);
            self.signs(r, &cause.signs);
            self.signs(r, &cause.against);
        });
        record
    }

    fn problem_numbers(&self, ids: &[String]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.problem_places.get(id.as_str()).copied()).collect()
    }

    fn symptom(&mut self, r: &mut Record, symptom: &Symptom) {
        let has_conditions = !symptom.with.is_empty() || !symptom.without.is_empty();
        let is_message = matches!(symptom.kind, SymptomKind::Message(_));
        let kind = match symptom.kind {
            SymptomKind::Message(_) => 0,
            SymptomKind::Code => 1,
            SymptomKind::Observation(_) => 2,
        };
        let flags = [
            (symptom.generic, flag::GENERIC),
            (symptom.weak, flag::WEAK),
            (is_message && symptom.code.is_some(), flag::CODE),
            (!symptom.clients.is_empty(), flag::CLIENTS),
            (has_conditions, flag::CONDITIONS),
        ];
        let flags =
            flags.iter().filter(|(is_set, _)| *is_set).fold(kind, |all, (_, bit)| all | bit);
        r.num(flags as usize);
        match &symptom.kind {
            SymptomKind::Message(template) => {
                let pattern = self.template(template);
                r.num(self.steps.to(pattern));
            }
            SymptomKind::Code => {
                let pattern = self.pattern(true, symptom.code.as_deref().unwrap_or_default());
                r.num(self.steps.to(pattern));
            }
            SymptomKind::Observation(text) => {
                r.num(self.observations.len());
                self.observations.push(Record::new(|r| r.last_text(text)));
            }
        }
        if let (true, Some(code)) = (is_message, &symptom.code) {
            r.text(code);
        }
        if !symptom.clients.is_empty() {
            r.nums(symptom.clients.iter().map(|id| self.term(CLIENT, id)));
        }
        if has_conditions {
            self.signs(r, &symptom.with);
            self.signs(r, &symptom.without);
        }
    }

    fn problem_text(&mut self, problem: &Problem) -> Record {
        let sources = self.sources(&problem.sources);
        let causes: Vec<usize> = problem.causes.iter().map(|cause| self.cause(cause)).collect();
        let resolutions: Vec<usize> =
            problem.resolutions.iter().map(|resolution| self.resolution(resolution)).collect();
        let has_note = |(_, s): &(usize, &Symptom)| s.note.is_some() || s.since.is_some();
        let related = self.problem_numbers(&problem.related);
        Record::new(|r| {
            r.text(&problem.summary);
            r.nums(related);
            r.nums(sources);
            r.nums(causes);
            r.nums(resolutions);
            r.list(problem.symptoms.iter().enumerate().filter(has_note), |r, (index, symptom)| {
                r.num(index);
                r.opt(symptom.note.as_deref());
                r.opt(symptom.since.as_deref());
            });
            r.text(&problem.location.file);
        })
    }

    fn sources(&mut self, sources: &[Source]) -> Vec<usize> {
        let record = |source: &Source| {
            Record::new(|r| {
                r.text(&source.title);
                r.text(&source.url);
                r.text(&source.checked);
            })
        };
        sources.iter().map(|source| self.sources.place(record(source))).collect()
    }

    fn cause(&mut self, cause: &Cause) -> usize {
        let sources = self.sources(&cause.sources);
        let mut record = Record::default();
        record.text(&cause.title);
        record.opt(cause.explain.as_deref());
        match &cause.check {
            None => record.num(0),
            Some(check) => self.check(&mut record, check),
        }
        record.texts(&cause.resolutions);
        record.nums(sources);
        self.causes.place(record)
    }

    fn check(&self, r: &mut Record, check: &Check) {
        match &check.probe {
            Probe::Run(command) => {
                r.num(1);
                self.command(r, command);
            }
            Probe::Ask(question) => {
                r.num(2);
                r.text(question);
            }
        }
        r.text(&check.expect);
    }

    fn command(&self, r: &mut Record, command: &Command) {
        r.text(&command.text);
        r.num(self.term(SHELL, &command.shell));
        r.num(command.client.as_ref().map_or(0, |id| self.term(CLIENT, id) + 1));
        r.nums(
            command
                .placeholders
                .iter()
                .filter_map(|id| self.placeholder_places.get(id.as_str()).copied()),
        );
    }

    fn resolution(&mut self, resolution: &Resolution) -> usize {
        let sources = self.sources(&resolution.sources);
        let record = Record::new(|r| {
            r.text(&resolution.id);
            r.text(&resolution.title);
            r.opt(resolution.risk.as_deref());
            r.list(&resolution.steps, |r, step| self.step(r, step));
            r.opt(resolution.otherwise.as_deref());
            r.nums(sources);
        });
        self.resolutions.place(record)
    }

    fn step(&self, r: &mut Record, step: &Step) {
        r.opt(step.say.as_deref());
        r.list(&step.commands, |r, command| self.command(r, command));
        r.opt(step.expect.as_deref());
    }

    fn reference(&mut self, table: &ReferenceTable) -> Record {
        let sources = self.sources(&table.sources);
        let provider = self.kb.providers().iter().position(|p| p.id == table.provider);
        Record::new(|r| {
            r.text(&table.id);
            r.num(provider.unwrap_or(0));
            r.text(&table.title);
            r.text(&table.summary);
            r.num(table.key);
            r.list(&table.columns, |r, column| {
                r.text(&column.id);
                r.text(&column.title);
            });
            r.list(&table.rows, pullmedic_table::format::Record::texts);
            r.nums(sources);
        })
    }

    fn provider_text(&mut self, provider: &Provider) -> Record {
        let sources = self.sources(&provider.sources);
        let mut record = Record::default();
        record.text(&provider.vendor);
        record.text(&provider.summary);
        record.list(&provider.terms, |r, (name, value)| {
            r.text(name);
            r.text(value);
        });
        record.list(&provider.credentials, |r, credential| self.credential(r, credential));
        record.nums(sources);
        record
    }

    fn credential(&mut self, r: &mut Record, credential: &Credential) {
        r.num(self.term(CREDENTIAL, &credential.kind));
        r.text(&credential.username);
        r.text(&credential.password);
        r.text(&credential.lifetime);
        r.opt(credential.note.as_deref());
        let obtain: Vec<usize> = credential.obtain.iter().map(|one| self.resolution(one)).collect();
        r.nums(obtain);
        let sources = self.sources(&credential.sources);
        r.nums(sources);
    }

    fn logins(&mut self) -> Vec<Record> {
        let kb = self.kb;
        let all = kb.providers().iter().enumerate();
        let all = all.flat_map(|(index, p)| p.logins.iter().map(move |login| (index, login)));
        all.map(|(index, login)| self.login(index, login)).collect()
    }

    fn login(&mut self, provider: usize, login: &Login) -> Record {
        let sources = self.sources(&login.sources);
        Record::new(|r| {
            r.num(provider);
            r.num(self.term(CLIENT, &login.client));
            r.num(self.term(CREDENTIAL, &login.credential));
            r.num(usize::from(login.mode == LoginMode::Interactive));
            self.command(r, &login.command);
            r.opt(login.note.as_deref());
            r.nums(sources);
        })
    }
}

/// Somebody else's registry.
fn registry(other: &OtherRegistry) -> Record {
    Record::new(|r| {
        r.text(&other.id);
        r.text(&other.name);
        r.texts(&other.hosts);
    })
}

fn host_kind(kind: HostKind) -> usize {
    match kind {
        HostKind::Registry => 0,
        HostKind::Data => 1,
        HostKind::Private => 2,
        HostKind::Retired => 3,
    }
}

fn placeholders(kb: &Kb) -> Vec<Record> {
    let record = |placeholder: &pullmedic_core::Placeholder| {
        Record::new(|r| {
            r.text(&placeholder.id);
            r.num(placeholder_kind(placeholder.kind));
        })
    };
    kb.vocabulary().placeholders.iter().map(record).collect()
}

fn placeholder_kind(kind: PlaceholderKind) -> usize {
    match kind {
        PlaceholderKind::Name => 0,
        PlaceholderKind::Host => 1,
        PlaceholderKind::Path => 2,
        PlaceholderKind::Image => 3,
        PlaceholderKind::Digest => 4,
        PlaceholderKind::Ip => 5,
        PlaceholderKind::Guid => 6,
        PlaceholderKind::Number => 7,
        PlaceholderKind::Url => 8,
        PlaceholderKind::Word => 9,
        PlaceholderKind::Any => 10,
    }
}

fn placeholder_texts(kb: &Kb) -> Vec<Record> {
    let record = |placeholder: &pullmedic_core::Placeholder| {
        Record::new(|r| {
            r.text(&placeholder.title);
            r.opt(placeholder.help.as_deref());
            r.text(&placeholder.example);
        })
    };
    kb.vocabulary().placeholders.iter().map(record).collect()
}

fn synonyms(kb: &Kb) -> Vec<Record> {
    kb.vocabulary().synonyms.iter().map(|group| Record::new(|r| r.texts(group))).collect()
}

/// What a problem is searched by, beyond what its match layer holds.
fn problem_words(problem: &Problem) -> Record {
    Record::new(|r| {
        r.texts(&problem.aliases);
        r.texts(&problem.keywords);
        r.last_text(&search_words(problem));
    })
}

/// Words of a problem's texts by which it may be searched, beyond those in its match layer anyway.
fn search_words(problem: &Problem) -> String {
    let mut known = BTreeSet::new();
    let mut note = |text: &str| known.extend(pullmedic_table::search_words(text));
    note(&problem.id);
    note(&problem.title);
    problem.keywords.iter().for_each(|keyword| note(keyword));
    for symptom in &problem.symptoms {
        match &symptom.kind {
            SymptomKind::Message(template) => note(&template.source),
            SymptomKind::Observation(text) => note(text),
            SymptomKind::Code => {}
        }
    }
    let titles = problem.causes.iter().map(|cause| &cause.title);
    let texts = std::iter::once(&problem.summary).chain(titles);
    let mut words = Vec::new();
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        let stems = pullmedic_table::search_words(word);
        if word.len() > 2 && stems.iter().any(|stem| known.insert(stem.clone())) {
            words.push(word.to_lowercase());
        }
    }
    words.join(" ")
}
