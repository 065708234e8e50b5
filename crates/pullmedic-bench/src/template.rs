//! [`Template`]: a message or a code of a table, as pieces.

use fastrand::Rng;
use pullmedic_table::{PlaceholderKind, SymptomKind, Table};

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text.
    Text(String),
    /// A placeholder.
    Hole(PlaceholderKind),
}

/// A message or a code.
#[derive(Debug, Clone)]
pub struct Template {
    /// In order; two texts never stand side by side.
    pub pieces: Vec<Piece>,
    /// Whether it counts as a whole word only.
    pub is_code: bool,
}

impl Template {
    /// Every message and code that a table's problems name, each once.
    pub fn all(table: Table<'_>) -> Vec<Template> {
        let symptoms = table.problems().flat_map(pullmedic_table::Problem::symptoms);
        let is_text = |kind| kind != SymptomKind::Observation;
        let mut sources: Vec<(&str, bool)> = symptoms
            .filter(|symptom| is_text(symptom.kind()))
            .map(|symptom| (symptom.text(), symptom.kind() == SymptomKind::Code))
            .collect();
        sources.sort_unstable();
        sources.dedup();
        sources.into_iter().map(|(text, is_code)| Template::parse(table, text, is_code)).collect()
    }

    fn parse(table: Table<'_>, source: &str, is_code: bool) -> Template {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = source;
        while let Some(at) = rest.find('<') {
            let before = rest[..at].strip_suffix('\\').unwrap_or(&rest[..at]);
            text.push_str(before);
            let hole = hole(table, &rest[at..]).filter(|_| before.len() == at);
            let len = hole.map_or(1, |(_, len)| len);
            match hole {
                Some((kind, _)) => {
                    pieces.extend(piece(&mut text));
                    pieces.push(Piece::Hole(kind));
                }
                None => text.push('<'),
            }
            rest = &rest[at + len..];
        }
        text.push_str(rest);
        pieces.extend(piece(&mut text));
        Template { pieces, is_code }
    }

    /// The message with a value in each hole.
    pub fn fill(&self, rng: &mut Rng) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Hole(kind) => out.push_str(&value(*kind, rng)),
            }
        }
        out
    }

    /// The same as a regular expression, as Rust's `regex`, PCRE and Hyperscan read it.
    pub fn regex(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => escape(text),
            Piece::Hole(kind) => class(*kind).to_owned(),
        });
        let all: String = pieces.collect();
        if self.is_code { format!("\\b{all}\\b") } else { all }
    }

    /// The longest fixed text and its place in [`Template::pieces`].
    pub fn anchor(&self) -> (usize, &str) {
        let texts = self.pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
            Piece::Text(text) => Some((at, text.as_str())),
            Piece::Hole(_) => None,
        });
        texts.max_by_key(|(_, text)| text.len()).unwrap_or((0, ""))
    }
}

/// The placeholder that `text` begins with, and the length of its mention.
fn hole(table: Table<'_>, text: &str) -> Option<(PlaceholderKind, usize)> {
    let end = text.find('>')?;
    Some((table.placeholder(&text[1..end])?.kind(), end + 1))
}

fn piece(text: &mut String) -> Option<Piece> {
    (!text.is_empty()).then(|| Piece::Text(std::mem::take(text)))
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\.+*?()|[]{}^$#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What a hole may hold, as the engine has it, less masked values.
fn class(kind: PlaceholderKind) -> &'static str {
    match kind {
        PlaceholderKind::Name => "[0-9A-Za-z_.-]+",
        PlaceholderKind::Host => r"[0-9A-Za-z_.:\[\]-]+",
        PlaceholderKind::Path => r"[0-9A-Za-z_./~\\@+:$-]+",
        PlaceholderKind::Image => "[0-9A-Za-z_./:@+-]+",
        PlaceholderKind::Digest => "[0-9A-Za-z:.]+",
        PlaceholderKind::Ip => r"[0-9A-Fa-fx.:/\[\]]+",
        PlaceholderKind::Guid => "[0-9A-Fa-fx-]+",
        PlaceholderKind::Number => "[0-9]+",
        PlaceholderKind::Url | PlaceholderKind::Word => "[^ \\n]+",
        PlaceholderKind::Any => "[^\\n]*",
    }
}

/// Whether a hole may hold a byte.
pub fn allows(kind: PlaceholderKind, byte: u8) -> bool {
    let is_name = byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    match kind {
        PlaceholderKind::Name => is_name,
        PlaceholderKind::Host => is_name || b":[]".contains(&byte),
        PlaceholderKind::Path => is_name || b"/~\\@+:$".contains(&byte),
        PlaceholderKind::Image => is_name || b"/:@+".contains(&byte),
        PlaceholderKind::Digest => byte.is_ascii_alphanumeric() || b":.".contains(&byte),
        PlaceholderKind::Ip => byte.is_ascii_hexdigit() || b"x.:/[]".contains(&byte),
        PlaceholderKind::Guid => byte.is_ascii_hexdigit() || b"x-".contains(&byte),
        PlaceholderKind::Number => byte.is_ascii_digit(),
        PlaceholderKind::Url | PlaceholderKind::Word => byte != b' ' && byte != b'\n',
        PlaceholderKind::Any => byte != b'\n',
    }
}

fn value(kind: PlaceholderKind, rng: &mut Rng) -> String {
    const NAMES: [&str; 8] =
        ["contoso", "fabrikam", "tailspin", "orders", "billing", "web-7d9f", "eu-west", "build_42"];
    let name = NAMES[rng.usize(..NAMES.len())];
    let n = rng.u32(1..250);
    match kind {
        PlaceholderKind::Name => name.to_owned(),
        PlaceholderKind::Host => format!("{name}.azurecr.io"),
        PlaceholderKind::Path => format!("shop/{name}"),
        PlaceholderKind::Image => format!("{name}.azurecr.io/shop/{name}:{n}"),
        PlaceholderKind::Digest => format!("sha256:{:032x}{:032x}", rng.u128(..), rng.u128(..)),
        PlaceholderKind::Ip => format!("203.0.113.{n}"),
        PlaceholderKind::Guid => guid(rng.u128(..)),
        PlaceholderKind::Number => n.to_string(),
        PlaceholderKind::Url => format!("https://{name}.azurecr.io/v2/"),
        PlaceholderKind::Word => format!("{name}/{n}"),
        PlaceholderKind::Any => format!("the {name} of run {n}"),
    }
}

fn guid(n: u128) -> String {
    let hex = format!("{n:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
