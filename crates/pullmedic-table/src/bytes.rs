//! Searching and trimming bytes, plainly: what is looked for is short, and the standard library's searchers, one for each
//! kind of needle, would be a good part of the wasm module. Lists of words are one text, with `|` between them.

use alloc::vec::Vec;

/// Where `needle` stands first.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// What stands before the first `needle` and behind it.
pub(crate) fn split_once<'t>(text: &'t [u8], needle: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let at = find(text, needle)?;
    Some((&text[..at], &text[at + needle.len()..]))
}

/// A text without the bytes of `set` at its end.
pub(crate) fn trim_end<'t>(text: &'t [u8], set: &[u8]) -> &'t [u8] {
    let mut text = text;
    while let [rest @ .., last] = text
        && is_in(*last, set)
    {
        text = rest;
    }
    text
}

/// ASCII as text.
pub(crate) fn as_text(bytes: &[u8]) -> &str {
    core::str::from_utf8(bytes).unwrap_or_default()
}

/// Whether a byte may stand in a variable's name, or in a word.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The lines of a text, without their ends.
pub(crate) fn lines(text: &[u8]) -> Lines<'_> {
    Lines(text)
}

/// See [`lines`].
pub(crate) struct Lines<'t>(&'t [u8]);

impl<'t> Iterator for Lines<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let (line, rest) = self.0.split_at(run(self.0, |byte| byte != b'\n'));
        self.0 = rest.get(1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// How many characters a text has.
pub(crate) fn count_chars(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The number that hexadecimal digits stand for.
pub(crate) fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
}

/// The words of a list that separates them by `|`.
pub(crate) fn words(list: &str) -> impl Iterator<Item = &[u8]> {
    list.as_bytes().split(|byte| *byte == b'|')
}

/// Which of the words in a list bytes begin with, and its length.
pub(crate) fn begin(bytes: &[u8], list: &str) -> Option<(usize, usize)> {
    let at = words(list).position(|word| bytes.starts_with(word))?;
    words(list).nth(at).map(|word| (at, word.len()))
}

/// Whether bytes begin with one of the words in a list.
pub(crate) fn begins_with(bytes: &[u8], list: &str) -> bool {
    begin(bytes, list).is_some()
}

/// Whether bytes are one of the words in a list, letters' case aside.
pub(crate) fn is_one_of(bytes: &[u8], list: &str) -> bool {
    words(list).any(|word| bytes.eq_ignore_ascii_case(word))
}

/// Whether bytes end with one of the words in a list, letters' case aside.
pub(crate) fn ends_with(bytes: &[u8], list: &str) -> bool {
    words(list).any(|word| {
        let start = bytes.len().wrapping_sub(word.len());
        is_same(bytes.get(start..), word)
    })
}

fn is_same(bytes: Option<&[u8]>, word: &[u8]) -> bool {
    bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(word))
}

/// How many bytes at the beginning are of a kind.
pub(crate) fn run(bytes: &[u8], is_in: fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is_in(**byte)).count()
}

/// How many bytes at the end are of a kind.
pub(crate) fn run_back(bytes: &[u8], is_in: fn(u8) -> bool) -> usize {
    bytes.iter().rev().take_while(|byte| is_in(**byte)).count()
}

/// Whether a byte is in a set.
#[expect(
    clippy::manual_contains,
    reason = "a set is short, and `contains` brings a searcher for long texts"
)]
pub(crate) fn is_in(byte: u8, set: &[u8]) -> bool {
    set.iter().any(|other| *other == byte)
}

/// Puts a number into a list in order, unless it is there.
pub(crate) fn insert(list: &mut Vec<u32>, number: u32) {
    let at = partition(list.len(), &|at| list[at] < number);
    if list.get(at) != Some(&number) {
        list.insert(at, number);
    }
}

/// How many of so many things in order come before a place.
pub(crate) fn partition(count: usize, is_before: &dyn Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
