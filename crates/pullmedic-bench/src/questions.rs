//! What readers of a [`catalogue`](crate::catalogue) paste and type: a line, a terminal's last lines, both mangled, words; and
//! errors of other programs, which are nobody's here.

use fastrand::Rng;

use crate::catalogue::{MadeUp, plain};

const SEED: u64 = 0x61_73_6b;

/// The kinds of question, each of every problem asked about.
pub const KINDS: [&str; 4] = ["message", "terminal", "mangled", "plain words"];

/// A question and the id of the problem that answers it.
pub struct Question {
    /// The place in [`KINDS`].
    pub kind: usize,
    /// What is pasted or typed.
    pub text: String,
    /// `azure/made-up-17`
    pub answer: String,
}

/// One of each kind about `asked` of the `count` problems, evenly spread.
pub fn questions(count: usize, asked: usize) -> Vec<Question> {
    let mut rng = Rng::with_seed(SEED);
    let about = |n: usize| MadeUp::new(n * count / asked);
    let mut all = Vec::new();
    for problem in (0..asked).map(about) {
        let message = &problem.messages[rng.usize(..2)];
        let line = format!("{} {}", stamp(&mut rng), fill(message, &mut rng));
        let mangled = mangle(&line, message, &mut rng);
        let texts = [line.clone(), terminal(&line, &mut rng), mangled, plain(message)];
        all.extend(texts.into_iter().enumerate().map(|(kind, text)| Question {
            kind,
            text,
            answer: problem.id.clone(),
        }));
    }
    all
}

fn stamp(rng: &mut Rng) -> String {
    let part = |rng: &mut Rng, top| rng.u32(..top);
    format!(
        "2026-11-2{}T{:02}:{:02}:{:02}.{:03}Z",
        part(rng, 9),
        part(rng, 24),
        part(rng, 60),
        part(rng, 60),
        part(rng, 1000)
    )
}

/// A template with values that no entry has seen.
fn fill(message: &str, rng: &mut Rng) -> String {
    let word =
        |rng: &mut Rng| -> String { (0..rng.usize(5..11)).map(|_| rng.lowercase()).collect() };
    let (registry, repository) = (word(rng), format!("{}/{}", word(rng), word(rng)));
    let guid = format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        rng.u32(..),
        rng.u16(..),
        rng.u16(..0x1000),
        rng.u16(..0x1000),
        rng.u64(..1 << 48)
    );
    let values = [
        ("<registry>", registry),
        ("<repository>", repository),
        ("<tag>", format!("{}.{}", rng.u32(..9), rng.u32(..99))),
        ("<digest>", format!("sha256:{:032x}{:032x}", rng.u128(..), rng.u128(..))),
        ("<ip>", format!("198.51.100.{}", rng.u32(1..255))),
        ("<guid>", guid),
        ("<number>", rng.u32(2..90).to_string()),
    ];
    values.iter().fold(message.to_owned(), |text, (hole, value)| text.replace(hole, value))
}

/// Prompt, progress, the error, how it ended.
fn terminal(line: &str, rng: &mut Rng) -> String {
    let layer = rng.u64(..1 << 48);
    format!(
        "dev@build-7:~/shop$ make release TAG={}\n#9 exporting layers 1.4s done\n{layer:012x}: Preparing\nError: {line}\nmake: *** [Makefile:41: release] Error 1\n",
        rng.u32(1..500)
    )
}

/// Two of what happens to a text between a program and a box, in the order in which it happens: a terminal wraps last.
/// A cut takes as much as 15 % of the message's own words, so that some of its end is there to tell it by.
fn mangle(line: &str, message: &str, rng: &mut Rng) -> String {
    type Mangler = fn(&str) -> String;
    const MANGLERS: [Option<Mangler>; 7] = [
        Some(escaped),
        Some(prefixed),
        Some(coloured),
        Some(lower),
        Some(typographic),
        None,
        Some(wrapped),
    ];
    let first = rng.usize(..MANGLERS.len());
    let second = (first + rng.usize(1..MANGLERS.len())) % MANGLERS.len();
    let cut = |text: &str| cut(text, plain(message).len() * 15 / 100);
    [first.min(second), first.max(second)].iter().fold(line.to_owned(), |text, at| {
        MANGLERS[*at].map_or_else(|| cut(&text), |mangler| mangler(&text))
    })
}

fn coloured(line: &str) -> String {
    let (stamp, rest) = line.split_once(' ').unwrap_or(("", line));
    let middle = rest.find(": ").map_or(rest.len(), |at| at + 1);
    format!(
        "\u{1b}[90m{stamp}\u{1b}[0m \u{1b}[1;31m{}\u{1b}[0m{}",
        &rest[..middle],
        &rest[middle..]
    )
}

fn wrapped(line: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    characters.chunks(72).map(|row| row.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}

fn escaped(line: &str) -> String {
    let inner = line
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\'', "\\u0027")
        .replace('\n', "\\n");
    format!("{{\"level\":\"error\",\"msg\":\"{inner}\",\"n\":7}}")
}

fn cut(line: &str, length: usize) -> String {
    line[..line.floor_char_boundary(line.len() - length)].to_owned()
}

fn typographic(line: &str) -> String {
    line.replace('\'', "\u{2019}").replace('"', "\u{201d}")
}

fn lower(line: &str) -> String {
    line.to_lowercase()
}

fn prefixed(line: &str) -> String {
    line.lines()
        .map(|row| format!("web-7d9f4c6b8-x2lqp  | E1120 {row}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Errors of other programs.
pub const UNRELATED: [&str; 25] = [
    "npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree",
    "psql: error: connection to server at \"db.fabrikam.example\" (192.0.2.4), port 5432 failed: FATAL: password authentication failed for user \"shop\"",
    "error[E0382]: borrow of moved value: `orders`",
    "git@git.fabrikam.example: Permission denied (publickey).",
    "fatal: could not read from remote repository",
    "Traceback (most recent call last):\n  File \"shop.py\", line 7, in <module>\nModuleNotFoundError: No module named 'orders'",
    "ERROR 1045 (28000): Access denied for user 'shop'@'localhost' (using password: YES)",
    "java.lang.NullPointerException: Cannot invoke \"Order.total()\" because \"order\" is null",
    "make: *** No rule to make target 'release'.  Stop.",
    "segmentation fault (core dumped)  ./shop --port 8080",
    "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)",
    "Error: listen EADDRINUSE: address already in use :::3000",
    "E: Unable to locate package libshop-dev",
    "terraform: Error: Unsupported argument on main.tf line 12",
    "curl: (6) Could not resolve host: shop.fabrikam.example",
    "ssh: connect to host 192.0.2.9 port 22: Connection timed out",
    "rsync error: some files could not be transferred (code 23)",
    "TypeError: Cannot read properties of undefined (reading 'map')",
    "redis.exceptions.ConnectionError: Error 111 connecting to 192.0.2.5:6379. Connection refused.",
    "Liveness probe failed: HTTP probe failed with statuscode: 500",
    "OOMKilled: container exceeded its memory limit",
    "go: module example.com/shop: no matching versions for query \"latest\"",
    "error: failed to push some refs to 'https://git.fabrikam.example/shop.git'",
    "pip: ERROR: Could not find a version that satisfies the requirement orders==9",
    "mount: /mnt/data: wrong fs type, bad option, bad superblock on /dev/sdb1",
];
