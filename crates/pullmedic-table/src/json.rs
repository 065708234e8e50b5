//! The JSON that programs read, written without help.
//!
//! Shapes: [`diagnosis`] and [`batch_line`] for what was found, [`search`] for hits, [`list`] for all problems, [`problem`]
//! for one with all its texts.

use alloc::string::String;

use crate::diagnose::{Diagnosis, Finding, RankedCause, Why};
use crate::search::Hit;
use crate::view::{Command, Problem, Resolution, Step};
use crate::{Captures, SymptomKind, TEXTS, TermKind};

/// `{"format": 1, "findings": […], "other_registries": […]}`
pub fn diagnosis(diagnosis: &Diagnosis<'_>) -> String {
    let mut json = Writer::default();
    json.object(|json| {
        json.number("format", 1);
        diagnosis_keys(json, diagnosis);
    });
    json.out
}

/// `{"id": …, "findings": […], "other_registries": […]}`; `id` is JSON already.
pub fn batch_line(id: &str, diagnosis: &Diagnosis<'_>) -> String {
    let mut json = Writer::default();
    json.object(|json| {
        json.raw("id", id);
        diagnosis_keys(json, diagnosis);
    });
    json.out
}

/// `{"results": [{"problem", "title", "provider", "url", "score"}]}`
pub fn search(hits: &[Hit<'_>]) -> String {
    let mut json = Writer::default();
    json.object(|json| {
        json.array("results", hits.iter(), |json, hit| {
            json.object(|json| {
                head(json, hit.problem);
                json.float("score", hit.score);
            });
        });
    });
    json.out
}

/// `{"problems": [{"problem", "title", "provider", "url", "aliases", "codes"}]}`
pub fn list(problems: &[Problem<'_>]) -> String {
    let mut json = Writer::default();
    json.object(|json| {
        json.array("problems", problems.iter(), |json, problem| {
            json.object(|json| {
                head(json, *problem);
                json.strings("aliases", problem.aliases());
                json.strings("codes", problem.codes());
            });
        });
    });
    json.out
}

/// A problem with all its texts.
pub fn problem(problem: Problem<'_>) -> String {
    let mut json = Writer::default();
    json.object(|json| problem_keys(json, problem));
    json.out
}

/// A text as a JSON string, with its quotes.
pub fn string(text: &str) -> String {
    let mut json = Writer::default();
    json.quoted(text);
    json.out
}

/// `value` with the keys of a whole problem, for writers of larger documents.
pub fn problem_keys(json: &mut Writer, problem: Problem<'_>) {
    head(json, problem);
    json.string("summary", problem.summary());
    json.string("frequency", ["rare", "occasional", "common"][problem.frequency() as usize]);
    json.strings("aliases", problem.aliases());
    json.strings("operations", problem.operations());
    json.strings("keywords", problem.keywords());
    json.strings("codes", problem.codes());
    symptoms(json, problem);
    json.array("causes", problem.causes(), |json, cause| {
        json.object(|json| {
            json.string("id", cause.id());
            json.string("title", cause.title());
            json.optional("explain", cause.explain());
            if let Some(check) = cause.check() {
                json.key("check");
                json.object(|json| {
                    if let Some(command) = check.command() {
                        command_keys(json, &command, None);
                    }
                    json.optional("ask", check.question());
                    json.string("expect", check.expect());
                });
            }
            json.strings("signs", cause.signs().map(crate::Sign::text));
            json.strings("against", cause.against().map(crate::Sign::text));
            json.strings("resolutions", cause.resolutions().map(Resolution::id));
        });
    });
    json.array("resolutions", problem.resolutions(), |json, r| resolution(json, r, None));
    json.strings("related", problem.related().map(Problem::id));
    json.array("sources", problem.sources(), |json, source| {
        json.object(|json| {
            json.string("title", source.title());
            json.string("url", source.url());
            json.string("checked", source.checked());
        });
    });
    json.string("file", problem.file());
}

fn symptoms(json: &mut Writer, problem: Problem<'_>) {
    json.array("symptoms", problem.symptoms().enumerate(), |json, (index, symptom)| {
        json.object(|json| {
            let key = match symptom.kind() {
                SymptomKind::Message => "message",
                SymptomKind::Code => "code",
                SymptomKind::Observation => "observation",
            };
            json.string(key, symptom.text());
            if symptom.kind() != SymptomKind::Code {
                json.optional("code", symptom.code());
            }
            json.strings("clients", symptom.clients());
            json.boolean("generic", symptom.generic());
            json.boolean("weak", symptom.weak());
            json.strings("with", symptom.with().map(crate::Sign::text));
            json.strings("without", symptom.without().map(crate::Sign::text));
            json.optional("note", problem.note(index));
            json.optional("since", problem.since(index));
        });
    });
}

fn diagnosis_keys(json: &mut Writer, diagnosis: &Diagnosis<'_>) {
    json.array("findings", diagnosis.findings.iter(), |json, found| finding(json, found));
    json.strings("other_registries", diagnosis.other_registries.iter().map(String::as_str));
}

fn head(json: &mut Writer, problem: Problem<'_>) {
    json.string("problem", problem.id());
    json.string("title", problem.title());
    json.string("provider", problem.provider());
    json.string("url", problem.url());
}

fn finding(json: &mut Writer, finding: &Finding<'_>) {
    json.object(|json| {
        head(json, finding.problem);
        json.string("confidence", finding.confidence.id());
        json.float("score", finding.score);
        json.array("matches", finding.matches.iter(), |json, m| {
            json.object(|json| {
                json.number("line", m.line as usize);
                json.number("column", m.column as usize);
                json.number("start", m.start);
                json.number("end", m.end);
                json.number("symptom", m.symptom);
            });
        });
        json.key("captures");
        json.object(|json| {
            for (id, value) in finding.captures.iter() {
                json.string(id, value);
            }
        });
        json.array("causes", finding.causes.iter(), |json, cause| {
            ranked_cause(json, cause, &finding.captures);
        });
        why(json, &finding.why);
    });
}

fn ranked_cause(json: &mut Writer, ranked: &RankedCause<'_>, captures: &Captures<'_>) {
    json.object(|json| {
        json.string("id", ranked.cause.id());
        json.string("title", if TEXTS { ranked.cause.title() } else { "" });
        json.number("signs", ranked.signs);
        json.number("against", ranked.against);
        json.key("resolutions");
        json.open('[');
        if TEXTS {
            ranked.cause.resolutions().for_each(|found| resolution(json, found, Some(captures)));
        }
        json.close(']');
    });
}

fn resolution(json: &mut Writer, resolution: Resolution<'_>, captures: Option<&Captures<'_>>) {
    json.object(|json| {
        json.string("id", resolution.id());
        json.string("title", resolution.title());
        json.optional("risk", resolution.risk());
        json.array("steps", resolution.steps(), |json, s| step(json, &s, captures));
        json.optional("otherwise", resolution.otherwise());
    });
}

/// A step's only command stands in the step itself; several are its variants.
fn step(json: &mut Writer, step: &Step<'_>, captures: Option<&Captures<'_>>) {
    json.object(|json| {
        json.optional("say", step.say());
        let mut commands = step.commands();
        if commands.len() == 1 {
            if let Some(command) = commands.next() {
                command_keys(json, &command, captures);
            }
        } else if !commands.is_empty() {
            json.array("variants", commands, |json, command| {
                json.object(|json| command_keys(json, &command, captures));
            });
        }
        json.optional("expect", step.expect());
    });
}

fn command_keys(json: &mut Writer, command: &Command<'_>, captures: Option<&Captures<'_>>) {
    match captures {
        Some(captures) => json.string("run", &command.fill(captures)),
        None => json.string("run", command.text()),
    }
    json.optional("shell", command.shell());
    json.optional("client", command.client());
}

fn why(json: &mut Writer, why: &Why<'_>) {
    json.key("why");
    json.object(|json| {
        json.optional("host", why.host.as_deref());
        if let Some(line) = why.host_line {
            json.number("host_line", line as usize);
        }
        json.array("lines", why.lines.iter(), |json, line| json.plain_number(*line as usize));
        for (kind, key) in [
            (TermKind::Client, "clients"),
            (TermKind::Operation, "operations"),
            (TermKind::Stage, "stages"),
            (TermKind::Status, "statuses"),
            (TermKind::Credential, "credentials"),
        ] {
            json.strings(key, why.seen.iter().filter(|(k, _)| *k == kind).map(|(_, id)| *id));
        }
        json.array("signs", why.signs.iter(), |json, sign| {
            json.object(|json| {
                json.string("cause", sign.cause);
                json.string("text", sign.text);
                json.string("speaks", if sign.speaks_for { "for" } else { "against" });
                json.number("line", sign.line as usize);
            });
        });
    });
}

/// Writes JSON: keys and values, commas between them.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
    needs_comma: bool,
}

impl Writer {
    /// The document so far.
    pub fn into_string(self) -> String {
        self.out
    }

    fn comma(&mut self) {
        if self.needs_comma {
            self.out.push(',');
        }
        self.needs_comma = true;
    }

    /// An object as a value.
    pub fn object(&mut self, body: impl FnOnce(&mut Writer)) {
        self.open('{');
        body(self);
        self.close('}');
    }

    fn open(&mut self, bracket: char) {
        self.comma();
        self.out.push(bracket);
        self.needs_comma = false;
    }

    fn close(&mut self, bracket: char) {
        self.out.push(bracket);
        self.needs_comma = true;
    }

    /// A key, to be followed by a value.
    pub fn key(&mut self, key: &str) {
        self.comma();
        self.quoted(key);
        self.out.push(':');
        self.needs_comma = false;
    }

    /// A key with an array; left out when it would be empty, save for those that readers rely on.
    pub fn array<T>(
        &mut self,
        key: &str,
        items: impl Iterator<Item = T>,
        mut item: impl FnMut(&mut Writer, T),
    ) {
        self.key(key);
        self.open('[');
        for value in items {
            item(self, value);
        }
        self.close(']');
    }

    /// A key with an array of strings.
    pub fn strings<'s>(&mut self, key: &str, items: impl Iterator<Item = &'s str>) {
        self.array(key, items, |json, item| {
            json.comma();
            json.quoted(item);
        });
    }

    /// A key with a string.
    pub fn string(&mut self, key: &str, value: &str) {
        self.key(key);
        self.quoted(value);
        self.needs_comma = true;
    }

    /// A key with a string, if there is one.
    pub fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.string(key, value);
        }
    }

    /// A key with `true`; nothing for `false`.
    pub fn boolean(&mut self, key: &str, value: bool) {
        if value {
            self.raw(key, "true");
        }
    }

    /// A key with a number.
    pub fn number(&mut self, key: &str, value: usize) {
        self.key(key);
        self.plain_number(value);
    }

    fn plain_number(&mut self, value: usize) {
        self.comma();
        push_number(&mut self.out, value, 1);
    }

    /// A key with a number that has two places.
    pub fn float(&mut self, key: &str, value: f32) {
        self.key(key);
        let hundredths = (value.max(0.0) * 100.0 + 0.5) as u32;
        push_number(&mut self.out, hundredths as usize / 100, 1);
        self.out.push('.');
        push_number(&mut self.out, hundredths as usize % 100, 2);
        self.needs_comma = true;
    }

    /// A key with a value that is JSON already.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.key(key);
        self.out.push_str(value);
        self.needs_comma = true;
    }

    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                    self.out.push_str("\\u");
                    let digit =
                        |shift: u32| char::from(b"0123456789abcdef"[c as usize >> shift & 15]);
                    for shift in [12, 8, 4, 0] {
                        self.out.push(digit(shift));
                    }
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

/// Writes a number with at least so many digits (formatting machinery would be a good part of the wasm module).
pub(crate) fn push_number(out: &mut String, value: usize, digits: usize) {
    if value >= 10 || digits > 1 {
        push_number(out, value / 10, digits.saturating_sub(1));
    }
    out.push(char::from(b'0' + (value % 10) as u8));
}
