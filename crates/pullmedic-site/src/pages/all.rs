//! `/all/`: every problem, A to Z.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::Frame;
use super::{Maker, Page, nowhere, page_template};
use crate::markdown;
use crate::view::listing::EntryView;

#[derive(Serialize)]
struct All {
    page: Frame,
    letters: Vec<Letter>,
    problems: usize,
}

page_template!(All, "all.html");

#[derive(Serialize)]
struct Letter {
    letter: char,
    problems: Vec<EntryView>,
}

pub(super) fn page(maker: &Maker<'_>) -> Page {
    let ctx = maker.ctx("all/");
    let problems = maker.site.kb.problems();
    let mut letters: BTreeMap<char, Vec<(String, EntryView)>> = BTreeMap::new();
    for problem in problems {
        let title = markdown::plain(&problem.title);
        let filed = without_article(&title);
        let entry = EntryView::new(&ctx, problem).short();
        letters.entry(initial(filed)).or_default().push((filed.to_lowercase(), entry));
    }
    let letters = letters.into_iter().map(|(letter, mut entries)| {
        entries.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.id.cmp(&y.id)));
        Letter { letter, problems: entries.into_iter().map(|(_, entry)| entry).collect() }
    });
    let context = All {
        page: Frame::new(&ctx, "all", "All problems, A to Z", "Every problem in one list."),
        letters: letters.collect(),
        problems: problems.len(),
    };
    maker.page(&ctx, &nowhere(), &context)
}

/// A title as it is filed: most begin with an article, under which nobody looks.
fn without_article(title: &str) -> &str {
    ["A ", "An ", "The "].iter().find_map(|article| title.strip_prefix(article)).unwrap_or(title)
}

/// The first letter or digit, as a heading; `#` for titles that have neither.
fn initial(title: &str) -> char {
    let first = title.chars().find(|c| c.is_alphanumeric());
    first.map_or('#', |c| c.to_uppercase().next().unwrap_or(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_which_letter() {
        let filed = |title| initial(without_article(title));
        assert_eq!(filed("The token has expired"), 'T');
        assert_eq!(filed("A role is missing"), 'R');
        assert_eq!(filed("An identity was deleted"), 'I');
        assert_eq!(filed("Another registry answers"), 'A');
        assert_eq!(filed("'docker login' fails"), 'D');
    }
}
