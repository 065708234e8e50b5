//! What the module for typed words exports: the pages that hold them.

use pullmedic_table::{Searcher, Table, json};

use crate::with_state;

/// The table's words, once there is one.
pub(crate) type Engine = Option<Searcher<'static>>;

pub(crate) fn load(engine: &mut Engine, table: Table<'static>) {
    *engine = Some(Searcher::new(table));
}

/// Takes the buffer as a query; the length of the answer.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `search`")]
#[unsafe(no_mangle)]
pub extern "C" fn search(limit: usize) -> usize {
    with_state(|state| {
        let query = state.take_text();
        let hits = state.searcher.as_ref().map(|searcher| searcher.search(&query, limit));
        state.answer(json::search(&hits.unwrap_or_default()))
    })
}
