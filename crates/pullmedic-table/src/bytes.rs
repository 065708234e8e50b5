//! Searching and trimming bytes, plainly: what is looked for is short, and the standard library's searchers, one for each
//! kind of needle, would be a good part of the wasm module.

/// Where `needle` stands first.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// What stands before the first `needle` and behind it.
pub(crate) fn split_once<'t>(text: &'t str, needle: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text.as_bytes(), needle.as_bytes())?;
    Some((&text[..at], &text[at + needle.len()..]))
}

/// A text without the ASCII characters of `set` at its end.
pub(crate) fn trim_end<'t>(text: &'t str, set: &[u8]) -> &'t str {
    let len = text.bytes().rev().take_while(|byte| set.contains(byte)).count();
    &text[..text.len() - len]
}

/// The words of a list that separates them by `|`.
fn words(list: &str) -> impl Iterator<Item = &[u8]> {
    list.as_bytes().split(|byte| *byte == b'|')
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
pub(crate) fn run(bytes: &[u8], is_in: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is_in(**byte)).count()
}
