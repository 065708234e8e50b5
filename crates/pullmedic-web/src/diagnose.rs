//! What the module for pasted logs exports: what tells which shards a text needs, its findings, and the text without its
//! secrets.

use pullmedic_table::parts::Parts;
use pullmedic_table::{Matcher, Options, Table, TableError, gram_text, json, mask as mask_secrets};

use crate::with_state;

/// The table or its parts.
pub(crate) struct Engine {
    parts: Option<Parts<'static>>,
    /// None when parts came that aren't in it.
    matcher: Option<Matcher<'static>>,
}

impl Engine {
    pub(crate) const NONE: Engine = Engine { parts: None, matcher: None };

    pub(crate) fn load(&mut self, table: Table<'static>) {
        self.parts = Parts::new(table);
        self.matcher = self.parts.is_none().then(|| Matcher::new(table));
    }

    /// A whole table needs no shards.
    fn add(&mut self, number: usize, shard: Table<'static>) -> Result<(), TableError> {
        let Some(parts) = &mut self.parts else { return Ok(()) };
        self.matcher = None;
        parts.add(number, shard)
    }

    /// The whole table's, or that of the parts that are there. What is put together stays for as long as the module
    /// does: a page asks few questions that need more parts than the one before.
    fn matcher(&mut self) -> Option<&Matcher<'static>> {
        if let (Some(parts), None) = (&self.parts, &self.matcher) {
            let (words, strings) = parts.put_together();
            self.matcher = Some(Matcher::new(Table::from_parts(
                pullmedic_table::words(words.leak()),
                strings.leak(),
            )));
        }
        self.matcher.as_ref()
    }
}

/// Takes the buffer as a pasted text; the length of the answer, the letters in which the front's grams are looked for: they
/// tell which shards to add before the text is diagnosed.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `letters`")]
#[unsafe(no_mangle)]
pub extern "C" fn letters() -> usize {
    with_state(|state| {
        let text = state.take_text();
        state.answer(gram_text(&text))
    })
}

/// Takes the buffer as this shard; if it isn't one, the length of the reason, which is the result. A whole table needs none.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `add`")]
#[unsafe(no_mangle)]
pub extern "C" fn add(number: usize) -> usize {
    with_state(|state| {
        let added = state.take_table().and_then(|shard| state.engine.add(number, shard));
        state.report(added)
    })
}

/// Takes the buffer as a pasted text; the length of the answer.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `diagnose`")]
#[unsafe(no_mangle)]
pub extern "C" fn diagnose() -> usize {
    with_state(|state| {
        let text = state.take_text();
        let found = state.engine.matcher().map(|m| m.diagnose(&text, &Options::default()));
        state.answer(json::diagnosis(&found.unwrap_or_default()))
    })
}

/// Takes the buffer as a text and answers with it, its secrets masked; the length of the answer.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `mask`")]
#[unsafe(no_mangle)]
pub extern "C" fn mask() -> usize {
    with_state(|state| {
        let text = state.take_text();
        state.answer(mask_secrets(&text).into_owned())
    })
}
