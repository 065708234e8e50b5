//! Three logs, from a fixed seed: what CI systems and clusters print, with planted errors; lines full of alarming words;
//! and messages that stop short.

use std::fmt::Write;

use fastrand::Rng;

use crate::generate::{WORDS, phrase};
use crate::template::Template;

const SEED: u64 = 0x6d_65_64_69;

/// One line in so many of the mixed log is an error.
const RARITY: u64 = 10_000;

/// Which log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// CI and kubelet lines; one in ten thousand is an error.
    Mixed,
    /// Every line holds `unauthorized`, `denied`, `error` and a registry's host.
    Hostile,
    /// Every line is the first 50 to 95 % of a message.
    Near,
}

impl Kind {
    /// By the name on a command line.
    pub fn named(name: &str) -> Option<Kind> {
        match name {
            "mixed" => Some(Kind::Mixed),
            "hostile" => Some(Kind::Hostile),
            "near" => Some(Kind::Near),
            _ => None,
        }
    }
}

/// A log and where its planted lines begin.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// Whole lines.
    pub text: String,
    /// Sorted.
    pub planted: Vec<usize>,
}

impl Log {
    /// A log of at least so many bytes.
    pub fn new(kind: Kind, templates: &[Template], size: usize) -> Log {
        let mut writer = Writer::new(kind, templates);
        let mut log = Log { text: String::with_capacity(size + 4096), planted: Vec::new() };
        while log.text.len() < size {
            let start = log.text.len();
            if writer.line(&mut log.text) {
                log.planted.push(start);
            }
        }
        log
    }

    /// The lines of about the first `size` bytes.
    pub fn head(&self, size: usize) -> Log {
        let bytes = self.text.as_bytes();
        let end = bytes[size.min(bytes.len())..].iter().position(|b| *b == b'\n');
        let end = end.map_or(bytes.len(), |at| size + at + 1);
        let planted = self.planted.iter().copied().filter(|start| *start < end).collect();
        Log { text: self.text[..end].to_owned(), planted }
    }
}

/// Writes a log, line by line, for ever.
pub struct Writer<'t> {
    kind: Kind,
    templates: &'t [Template],
    rng: Rng,
    count: u64,
}

impl<'t> Writer<'t> {
    /// The same templates give the same log.
    pub fn new(kind: Kind, templates: &'t [Template]) -> Self {
        Writer { kind, templates, rng: Rng::with_seed(SEED), count: 0 }
    }

    /// Appends a line; says whether it is a planted error.
    pub fn line(&mut self, out: &mut String) -> bool {
        self.count += 1;
        let is_planted = self.kind == Kind::Mixed && self.count % RARITY == RARITY / 2;
        match self.kind {
            _ if is_planted => self.planted(out),
            Kind::Mixed => self.noise(out),
            Kind::Hostile => self.hostile(out),
            Kind::Near => self.near(out),
        }
        out.push('\n');
        is_planted
    }

    fn template(&mut self) -> Option<&'t Template> {
        let messages = self.templates;
        (!messages.is_empty()).then(|| &messages[self.rng.usize(..messages.len())])
    }

    fn planted(&mut self, out: &mut String) {
        let Some(template) = self.template() else { return };
        out.push_str("Error response from daemon: https://contoso.azurecr.io/v2/: ");
        out.push_str(&template.fill(&mut self.rng));
        out.push_str(" (see the log)");
    }

    fn near(&mut self, out: &mut String) {
        let Some(template) = self.template() else { return };
        let text = template.fill(&mut self.rng);
        let part = text.len() * self.rng.usize(50..96) / 100;
        out.push_str(&text[..text.floor_char_boundary(part)]);
    }

    fn hostile(&mut self, out: &mut String) {
        const FORMS: [&str; 6] = [
            "unauthorized to see contoso.azurecr.io, access denied with an error",
            "error: contoso.azurecr.io says denied, unauthorized",
            "denied: unauthorized error from fabrikam.azurecr.io",
            "level=error msg=\"unauthorized or denied\" host=contoso.azurecr.io",
            "https://contoso.azurecr.io/v2/ error, denied, unauthorized",
            "unauthorized, then denied, then an error at tailspin.azurecr.io",
        ];
        self.stamp(out);
        out.push_str(FORMS[self.rng.usize(..FORMS.len())]);
        out.push(' ');
        out.push_str(&phrase(&mut self.rng));
    }

    fn stamp(&mut self, out: &mut String) {
        let n = self.count;
        let (hour, minute, second) = (n / 360_000 % 24, n / 6_000 % 60, n / 100 % 60);
        let part = self.rng.u32(..1_000_000);
        write!(out, "2026-11-20T{hour:02}:{minute:02}:{second:02}.{part:06}Z ").unwrap_or_default();
    }

    fn noise(&mut self, out: &mut String) {
        let rng = &mut self.rng;
        let (n, id) = (rng.u32(2..900), rng.u64(..) & 0xff_ffff_ffff);
        let word = WORDS[rng.usize(..WORDS.len())];
        let form = rng.u32(..32);
        if !form.is_multiple_of(3) {
            self.stamp(out);
        }
        write_noise(out, form, n, id, word).unwrap_or_default();
        if form == 31 {
            out.push_str(&phrase(&mut self.rng));
        }
    }
}

/// One of the lines that builds and clusters print all day.
#[expect(clippy::too_many_lines, reason = "one arm for each form of a line")]
fn write_noise(out: &mut String, form: u32, n: u32, id: u64, word: &str) -> std::fmt::Result {
    match form {
        0 => write!(
            out,
            "I1120 10:03:22.{id:06}    1742 pods.go:{n}] \"Pod is ready\" pod=\"shop/web-{id:x}\" ms={n}"
        ),
        1 => write!(
            out,
            "Normal  Pulled  {n}s  kubelet  Image contoso.azurecr.io/shop/web:{n} was there already"
        ),
        2 => write!(out, "#{n} [builder 4/9] RUN make {word} --jobs 8 --target release"),
        3 => write!(
            out,
            "time=\"2026-11-20T10:03:22Z\" level=info msg=\"step finished\" step={word} id={id:x}"
        ),
        4 => write!(
            out,
            "{{\"level\":\"info\",\"logger\":\"scheduler\",\"msg\":\"queued\",\"job\":\"{id:x}\",\"ms\":{n}}}"
        ),
        5 => {
            write!(out, "   Compiling {word}-core v0.{n}.1 (/home/runner/work/shop/crates/{word})")
        }
        6 => write!(out, "ok {n} - returns the {word} of a customer ({n} ms)"),
        7 => write!(out, "GET /api/v1/orders/{id} HTTP/1.1 200 {n} \"-\" \"probe/1.{n}\""),
        8 => write!(out, "{id:012x}: Download complete"),
        9 => write!(out, "{id:012x}: Extracting [=================>        ]  {n} MB"),
        10 => {
            write!(out, "npm http fetch 200 https://packages.example.com/{word} {n}ms (cache hit)")
        }
        11 => write!(
            out,
            "Normal  Scheduled  {n}s  scheduler  Assigned shop/web-{id:x} to node pool1-{n}"
        ),
        12 => write!(
            out,
            "[{n}/900] Building CXX object src/{word}/CMakeFiles/{word}.dir/{id:x}.cpp.o"
        ),
        13 => write!(out, "##[group]Run tests of {word} on shard {n}"),
        14 => write!(
            out,
            "E1120 10:03:22.{id:06}    1742 probe.go:{n}] Readiness probe of web-{id:x} answered slowly"
        ),
        15 => write!(out, "   --> src/{word}/mod.rs:{n}:9   warning: unused variable: `{word}`"),
        16 => write!(out, "Layer {id:x} exists already at contoso.azurecr.io/shop/{word}"),
        17 => write!(out, "INFO  retry {n}: the {word} took longer than usual, trying once more"),
        18 => write!(out, "Step {n}/30 : COPY --chown=app:app ./{word} /srv/{word}"),
        19 => write!(out, "PASS tests/{word}.test.ts ({n} ms, {n} assertions, 0 skipped)"),
        20 => write!(out, "Saved cache of {word} with key linux-{id:x} ({n} MB)"),
        21 => write!(out, "Normal  Created  {n}s  kubelet  Created container: web-{word}"),
        22 => write!(out, "debug: {word} -> {word}, {n} entries, hash {id:x}, nothing to do"),
        23 => {
            write!(out, "\u{1b}[32mINFO\u{1b}[0m worker {n} picked up job {id:x} from queue {word}")
        }
        24 => write!(
            out,
            "{{\"ts\":{id},\"kind\":\"{word}\",\"text\":\"rows \\\"{n}\\\" written\",\"ok\":true}}"
        ),
        25 => {
            write!(out, "Pushed contoso.azurecr.io/shop/web:{n} digest: sha256:{id:064x} size: {n}")
        }
        26 => write!(out, "- name: {word}  image: nginx:1.{n}  restarts: 0  age: {n}h"),
        27 => write!(out, "gradle: Task :{word}:compileJava UP-TO-DATE in {n} ms"),
        28 => write!(
            out,
            "127.0.0.1 - - [20/Nov/2026:10:03:22 +0000] \"POST /{word} HTTP/2\" 204 0 {n}"
        ),
        29 => {
            write!(out, "WARN the {word} service answered with status {n} before, now it is fine")
        }
        30 => write!(
            out,
            "collected {n} items / {word}: ........................................ [ {n}%]"
        ),
        _ => write!(out, "note {n}: "),
    }
}
