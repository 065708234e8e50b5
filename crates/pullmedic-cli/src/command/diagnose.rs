//! `pullmedic diagnose`: the cause and the fix for what is in a log.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read, Write};

use pullmedic::{
    Confidence, Diagnosis, Finding, Matcher, Options, Stream, Table, TermKind, Why, json, mask,
};

use crate::args::{Diagnose, Format};
use crate::terminal::{FAINT, HEADING, Output, clean, markdown, paragraph};
use crate::{Failure, Outcome, input};

pub(crate) fn run(args: &Diagnose, out: &mut Output) -> Result<Outcome, Failure> {
    let bytes = args.table.as_deref().map(input::bytes).transpose()?;
    let table = match &bytes {
        Some(bytes) => Table::from_bytes(bytes).map_err(|e| format!("can't use the table: {e}"))?,
        None => pullmedic::TABLE,
    };
    let options = options(args, table)?;
    if args.batch {
        return batch(args, table, &options, out);
    }
    let (text, diagnosis) = read(args, &Matcher::new(table), options)?;
    match args.format {
        Format::Text => report(out, table, &text, &diagnosis)?,
        Format::Json => writeln!(out, "{}", json::diagnosis(&diagnosis))?,
        Format::Github => annotations(out, args, &diagnosis)?,
    }
    Ok(if diagnosis.findings.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

/// The largest text that is kept, so that its lines can be shown; of what goes on longer only their numbers are.
const LONGEST: usize = 16 << 20;

/// Reads the input and what is wrong in it. Memory doesn't grow with it beyond [`LONGEST`].
fn read<'a>(
    args: &Diagnose,
    matcher: &Matcher<'a>,
    options: Options<'_>,
) -> Result<(String, Diagnosis<'a>), Failure> {
    let mut input = input::open(&args.files)?;
    let mut next = || -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let part = input.by_ref().take(LONGEST as u64).read_to_end(&mut bytes);
        part.map_err(|e| format!("can't read the input: {e}"))?;
        Ok(bytes)
    };
    let mut bytes = next()?;
    if bytes.len() < LONGEST {
        let text = input::lossy(bytes);
        let diagnosis = matcher.diagnose(&text, &options);
        return Ok((text, diagnosis));
    }
    let mut stream = Stream::new(matcher, options);
    while !bytes.is_empty() {
        stream.feed(&bytes);
        bytes = next()?;
    }
    Ok((String::new(), stream.finish()))
}

fn options<'o>(args: &'o Diagnose, table: Table<'_>) -> Result<Options<'o>, Failure> {
    let mut options = Options::default();
    if let Some(provider) = &args.provider {
        check_provider(table, provider)?;
        options.provider = Some(provider);
    }
    Ok(options)
}

pub(crate) fn check_provider(table: Table<'_>, id: &str) -> Result<(), Failure> {
    let known: Vec<&str> = table.providers().map(pullmedic::Provider::id).collect();
    if known.contains(&id) {
        return Ok(());
    }
    Err(format!("there is no provider `{id}`; known ones: {}", known.join(", ")).into())
}

/// For people: the first finding in full, the others in short.
fn report(
    out: &mut Output,
    table: Table<'_>,
    text: &str,
    diagnosis: &Diagnosis<'_>,
) -> io::Result<()> {
    let Some((first, others)) = diagnosis.findings.split_first() else {
        return nothing(out, diagnosis);
    };
    finding(out, table, text, first)?;
    if !others.is_empty() {
        writeln!(out, "\n{HEADING}Also found{HEADING:#}")?;
    }
    for other in others {
        let id = other.problem.id();
        let line = format!(
            "{} {FAINT}({}; {id}){FAINT:#}",
            markdown(other.problem.title()),
            other.confidence
        );
        paragraph(out, "  - ", 4, &line)?;
    }
    other_registries(out, diagnosis)
}

fn finding(
    out: &mut Output,
    table: Table<'_>,
    text: &str,
    finding: &Finding<'_>,
) -> io::Result<()> {
    let problem = finding.problem;
    writeln!(out, "{HEADING}{}{HEADING:#}", markdown(problem.title()))?;
    writeln!(out, "{FAINT}{} · {}{FAINT:#}", problem.id(), in_words(finding.confidence))?;
    writeln!(out)?;
    let shown = mask(text);
    let lines: Vec<&str> = shown.lines().collect();
    for line in &finding.why.lines {
        let words = lines.get(*line as usize - 1).copied().unwrap_or_default();
        writeln!(out, "  {FAINT}{line:>4}{FAINT:#}  {}", shorten(clean(words).trim()))?;
    }
    let seen = seen(table, &finding.why);
    if !seen.is_empty() {
        paragraph(out, "", 2, &format!("{FAINT}seen:{FAINT:#} {}", seen.join(" · ")))?;
    }
    writeln!(out)?;
    paragraph(out, "", 0, &markdown(problem.summary()))?;
    writeln!(out, "\n{HEADING}Causes, most likely first{HEADING:#}")?;
    for ranked in &finding.causes {
        let note = said(&finding.why, ranked.cause.id());
        super::cause(out, ranked.cause, &finding.captures, &note)?;
    }
    writeln!(out, "\n{HEADING}What to do{HEADING:#}")?;
    if let Some(likeliest) = finding.causes.first() {
        for fix in likeliest.cause.resolutions() {
            super::resolution(out, fix, &finding.captures)?;
        }
    }
    if finding.causes.len() > 1 {
        let id = problem.id();
        writeln!(out, "\n{FAINT}The other causes' steps: pullmedic explain {id}{FAINT:#}")?;
    }
    Ok(())
}

/// Whose registry the log is about, and what it says of client, operation, stage, status and credential.
fn seen(table: Table<'_>, why: &Why<'_>) -> Vec<String> {
    let host = why.host.iter().zip(why.host_line);
    let host = host.map(|(host, line)| format!("{} (line {line})", clean(host)));
    let title = |(kind, id): &(TermKind, &str)| {
        let title = table.terms(*kind).find(|term| term.id() == *id)?.title();
        let number = if *kind == TermKind::Status { format!("{id} ") } else { String::new() };
        Some(number + &markdown(title))
    };
    host.chain(why.seen.iter().filter_map(title)).collect()
}

/// Which lines speak for a cause, and which against it.
fn said(why: &Why<'_>, cause: &str) -> String {
    let lines = |speaks_for: bool| {
        let signs = why.signs.iter().filter(|sign| sign.cause == cause);
        let lines = signs.filter(|sign| sign.speaks_for == speaks_for).map(|sign| sign.line);
        lines.collect::<BTreeSet<u32>>()
    };
    let side = |lines: BTreeSet<u32>, side: &str| {
        let numbers: Vec<String> = lines.iter().map(u32::to_string).collect();
        (!numbers.is_empty()).then(|| format!("line {} speaks {side} it", numbers.join(", ")))
    };
    let sides = [side(lines(true), "for"), side(lines(false), "against")];
    let said: Vec<String> = sides.into_iter().flatten().collect();
    if said.is_empty() { String::new() } else { format!("({})", said.join("; ")) }
}

/// A line that fits beside its number.
fn shorten(line: &str) -> String {
    const MOST: usize = 300;
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn in_words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "certain: the log names it",
        Confidence::Likely => {
            "likely: common words, and signs of this provider elsewhere in the log"
        }
        Confidence::Possible => {
            "possible: common words, and nothing that tells whose registry it is"
        }
    }
}

fn nothing(out: &mut Output, diagnosis: &Diagnosis<'_>) -> io::Result<()> {
    writeln!(out, "Nothing known was found.")?;
    other_registries(out, diagnosis)?;
    let hint = "Paste more of the log: the line with the registry's host, the command that was run, and the \
                lines before the error. Or look by words: pullmedic search WORDS";
    paragraph(out, "", 0, hint)
}

fn other_registries(out: &mut Output, diagnosis: &Diagnosis<'_>) -> io::Result<()> {
    if diagnosis.other_registries.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = diagnosis.other_registries.iter().map(|n| clean(n)).collect();
    writeln!(out, "\nSomebody else's registries in this log: {}", names.join(", "))
}

/// GitHub Actions: one annotation per finding, at its first match.
fn annotations(out: &mut Output, args: &Diagnose, diagnosis: &Diagnosis<'_>) -> io::Result<()> {
    let file = match args.files.as_slice() {
        [one] if one.as_os_str() != "-" => format!("file={},", property(&one.to_string_lossy())),
        _ => String::new(),
    };
    for finding in &diagnosis.findings {
        let Some(place) = finding.matches.first() else { continue };
        let level = if finding.confidence == Confidence::Possible { "notice" } else { "error" };
        let cause = finding.causes.first().map_or("", |c| c.cause.title());
        let title = property(finding.problem.title());
        let text = data(&format!("{}\nMost likely: {cause}", finding.problem.summary()));
        writeln!(
            out,
            "::{level} {file}line={},col={},title={title}::{text}",
            place.line, place.column
        )?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// JSON Lines in, JSON Lines out, in order; a bad line is answered and the rest goes on.
fn batch(
    args: &Diagnose,
    table: Table<'_>,
    options: &Options<'_>,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let mut found = false;
    let reader = BufReader::new(input::open(&args.files)?);
    for (i, line) in reader.split(b'\n').enumerate() {
        let line = line.map_err(|e| format!("can't read the input: {e}"))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match row(&line) {
            Ok((id, text)) => {
                let diagnosis = table.diagnose(&text, options);
                found |= !diagnosis.findings.is_empty();
                writeln!(out, "{}", json::batch_line(&id, &diagnosis))?;
            }
            Err(error) => {
                writeln!(out, "{}", serde_json::json!({ "line": i + 1, "error": error }))?;
            }
        }
        // Whoever writes the rows may wait for each answer.
        out.flush()?;
    }
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

/// The `id`, as JSON, and the `text` of a line of a batch.
fn row(line: &[u8]) -> Result<(String, String), String> {
    let value: serde_json::Value =
        serde_json::from_slice(line).map_err(|e| format!("not JSON: {e}"))?;
    let text = value.get("text").and_then(|t| t.as_str()).ok_or("there is no string `text`")?;
    let id = value.get("id").ok_or("there is no `id`")?;
    Ok((id.to_string(), text.to_owned()))
}
