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
        let entry = EntryView::new(&ctx, problem).short();
        letters.entry(initial(&title)).or_default().push((title.to_lowercase(), entry));
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

/// The first letter or digit, as a heading; `#` for titles that have neither.
fn initial(title: &str) -> char {
    let first = title.chars().find(|c| c.is_alphanumeric());
    first.map_or('#', |c| c.to_uppercase().next().unwrap_or(c))
}
