//! "Did you mean …": the nearest known word.

use std::collections::{BTreeMap, BTreeSet};

/// The candidate with the fewest typing slips, if they are few for the word's length; or else one that the word
/// begins with, such as `push` for `pushing`.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let stem = candidates.iter().copied().filter(|c| c.len() > 3 && word.starts_with(c));
    let stem = stem.max_by_key(|candidate| candidate.len());
    let length = word.chars().count();
    let allowed = |candidate: &str| (length.max(candidate.chars().count()) / 3).clamp(1, 4);
    candidates
        .into_iter()
        // Each character too many is a slip at least: no need to count the others.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed(candidate))
        .map(|candidate| (slips(word, candidate), another_start(word, candidate), candidate))
        .filter(|&(distance, _, candidate)| distance <= allowed(candidate))
        .min()
        .map(|(.., candidate)| candidate)
        .or(stem)
}

/// Most people get the first letter right: of two equally near words, the one with the same start.
fn another_start(word: &str, candidate: &str) -> bool {
    word.chars().next() != candidate.chars().next()
}

/// Ids are words joined by hyphens, and what one remembers may be one of them: the candidates that have the most telling
/// words in common with `id`, slips aside. A word tells more the fewer candidates have it; what many have tells nothing,
/// unless one of them begins as more than half of `id` does.
pub(crate) fn akin<'a>(id: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let candidates: BTreeSet<&str> = candidates.into_iter().collect();
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for word in id.split('-').filter(|word| word.len() > 3) {
        let has = |id: &&str| id.split('-').any(|other| same_word(word, other));
        let having: Vec<&str> = candidates.iter().copied().filter(has).collect();
        for candidate in &having {
            *shared.entry(candidate).or_default() += RARE / having.len();
        }
    }
    let ranked =
        || shared.iter().map(|(candidate, n)| ((*n, long_start(id, candidate)), *candidate));
    let most = ranked().map(|(rank, _)| rank).max().unwrap_or_default();
    let best: Vec<&str> =
        ranked().filter(|(rank, _)| *rank == most).map(|(_, candidate)| candidate).collect();
    if best.len() > 3 { Vec::new() } else { best }
}

/// Whether two words are one, in another form (`pull` and `pulling`) or with a slip for every four letters behind the first:
/// a short word becomes another one too easily (`thing` and `string`), and a whole id with slips has been looked for before.
fn same_word(word: &str, other: &str) -> bool {
    let form = |long: &str, short: &str| short.len() > 3 && long.starts_with(short);
    let allowed = word.chars().count().max(1).div_ceil(4) - 1;
    form(word, other)
        || form(other, word)
        || !another_start(word, other) && slips(word, other) <= allowed
}

/// How many bytes `id` and a candidate begin with alike, if those are more than half of `id`.
fn long_start(id: &str, candidate: &str) -> usize {
    let alike = id.bytes().zip(candidate.bytes()).take_while(|(a, b)| a == b).count();
    if 2 * alike > id.len() { alike } else { 0 }
}

/// What a word counts that one candidate has.
const RARE: usize = 1 << 16;

/// Characters added, left out, replaced or swapped with their neighbour.
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect(), Vec::new()];
    let mut last = '\0';
    for (i, x) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut best =
                (rows[1][j] + usize::from(x != y)).min(rows[1][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && last == y {
                best = best.min(rows[0][j - 1] + 1);
            }
            row.push(best);
        }
        rows[2] = row;
        rows.rotate_left(1);
        last = x;
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, expected) in [
            ("", "abc", 3),
            ("pull", "pull", 0),
            ("plul", "pull", 1),
            ("pul", "pull", 1),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(slips(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        let words = ["login", "pull", "push"];
        assert_eq!(nearest("pul", words), Some("pull"));
        assert_eq!(nearest("lgoin", words), Some("login"));
        assert_eq!(nearest("alias", ["aliases"]), Some("aliases"));
        assert_eq!(nearest("ipp", ["app", "ip"]), Some("ip"));
        assert_eq!(nearest("pushing", words), Some("push"));
        assert_eq!(nearest("delete", words), None);
        assert_eq!(nearest("pull", ["push"]), None);
    }

    #[test]
    fn ids_with_a_telling_word_in_common_are_akin() {
        let ids =
            ["add-writer-role", "grant-role", "grant-manager-role", "log-in-again", "drop-role"];
        assert_eq!(akin("grant-writr", ids), ["add-writer-role"]);
        assert_eq!(akin("grant-all", ids), ["grant-manager-role", "grant-role"]);
        assert_eq!(akin("role", ids), [""; 0], "four have it");
        assert_eq!(akin("log-out", ids), [""; 0], "short words tell nothing");
        let ids = ["ask-for-token-alone", "new-token", "renew-token", "token-file", "drop-token"];
        assert_eq!(akin("ask-for-tokens", ids), ["ask-for-token-alone"]);
        assert_eq!(akin("use-tokens", ids), [""; 0], "five have it");
        let ids = ["connected-new-string", "open-rule"];
        assert_eq!(akin("no-such-thing", ids), [""; 0], "two slips make it another word");
        assert_eq!(akin("add-role", ids), [""; 0], "so does one in a short word");
        assert_eq!(akin("connection-strng", ids), ["connected-new-string"]);
        assert_eq!(akin("connect", ids), ["connected-new-string"]);
    }
}
