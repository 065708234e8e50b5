//! The engine as a wasm module; the exports and how to call them are in this crate's README.
//!
//! Nothing here reads or writes memory that isn't its own: an argument is put by the host into the buffer that [`buffer`]
//! made, and an answer is read by the host where [`result`] says. Each export takes the state, works, and puts it back.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pullmedic_table::parts::Parts;
use pullmedic_table::{Matcher, Options, Table, TableError, json, mask as mask_secrets};

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::cell::TalcSyncCell<talc::wasm::WasmGrowAndClaim, talc::wasm::WasmBinning> =
    talc::cell::TalcSyncCell::new_wasm(talc::wasm::WasmGrowAndClaim);

/// What lives between two calls: an argument, the table or its parts, an answer.
struct State {
    buffer: Vec<u8>,
    parts: Option<Parts<'static>>,
    /// None when parts came that aren't in it.
    matcher: Option<Matcher<'static>>,
    result: String,
}

static STATE: Mutex<State> =
    Mutex::new(State { buffer: Vec::new(), parts: None, matcher: None, result: String::new() });

/// The hash of the sources that this module was built from, as `.ci/wasm` computed it.
static SOURCES: &str = match option_env!("PULLMEDIC_SOURCES") {
    Some(hash) => hash,
    None => "0000000000000000000000000000000000000000000000000000000000000000",
};

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    fn take_text(&mut self) -> String {
        let bytes = std::mem::take(&mut self.buffer);
        match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => replace_invalid(error.as_bytes()),
        }
    }

    /// Takes the buffer as a table, which stays for as long as the module does; 1 and the reason when it isn't one.
    fn with_table(
        &mut self,
        take: impl FnOnce(&mut State, Table<'static>) -> Result<(), TableError>,
    ) -> u32 {
        let bytes: &'static [u8] = std::mem::take(&mut self.buffer).leak();
        match Table::from_bytes(bytes).and_then(|table| take(self, table)) {
            Ok(()) => 0,
            Err(error) => {
                self.result = error.reason().into();
                1
            }
        }
    }

    /// The whole table's, or that of the parts that are there. What is put together stays for as long as the module
    /// does: a page asks few questions that need more parts than the one before.
    fn matcher(&mut self) -> Option<&Matcher<'static>> {
        if let (Some(parts), None) = (&self.parts, &self.matcher) {
            let (words, strings) = parts.put_together();
            self.matcher = Some(Matcher::new(Table::from_parts(words.leak(), strings.leak())));
        }
        self.matcher.as_ref()
    }

    fn answer(&mut self, result: String) -> usize {
        self.result = result;
        self.result.len()
    }
}

/// The text that these bytes hold, what isn't UTF-8 replaced.
fn replace_invalid(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    while let Err(error) = str::from_utf8(bytes) {
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        text.push_str(str::from_utf8(valid).unwrap_or_default());
        text.push(char::REPLACEMENT_CHARACTER);
        bytes = &rest[error.error_len().unwrap_or(rest.len())..];
    }
    text.push_str(str::from_utf8(bytes).unwrap_or_default());
    text
}

/// Room for an argument of `length` bytes, in place of the room before.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `buffer`")]
#[unsafe(no_mangle)]
pub extern "C" fn buffer(length: usize) -> *mut u8 {
    let mut state = state();
    state.buffer = vec![0; length];
    state.buffer.as_mut_ptr()
}

/// Takes the buffer as the table, or as the core of one; 1 if it is neither, with the reason as the result.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `load`")]
#[unsafe(no_mangle)]
pub extern "C" fn load() -> u32 {
    state().with_table(|state, table| {
        state.parts = Parts::new(table);
        state.matcher = state.parts.is_none().then(|| Matcher::new(table));
        Ok(())
    })
}

/// Takes the buffer as a pasted text; the length of the answer, a list of the shards to add before it is diagnosed.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `needed`")]
#[unsafe(no_mangle)]
pub extern "C" fn needed() -> usize {
    let mut state = state();
    let text = state.take_text();
    let shards = state.parts.as_ref().map(|parts| parts.needed(&text)).unwrap_or_default();
    state.answer(json::numbers(&shards))
}

/// Takes the buffer as this shard; 1 if it isn't one, with the reason as the result. A whole table needs none.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `add`")]
#[unsafe(no_mangle)]
pub extern "C" fn add(number: usize) -> u32 {
    state().with_table(|state, shard| {
        let Some(parts) = &mut state.parts else { return Ok(()) };
        state.matcher = None;
        parts.add(number, shard)
    })
}

/// Takes the buffer as a pasted text; the length of the answer.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `diagnose`")]
#[unsafe(no_mangle)]
pub extern "C" fn diagnose() -> usize {
    let mut state = state();
    let text = state.take_text();
    let found = state.matcher().map(|m| m.diagnose(&text, &Options::default()));
    let result = json::diagnosis(&found.unwrap_or_default());
    state.answer(result)
}

/// Takes the buffer as a query; the length of the answer.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `search`")]
#[unsafe(no_mangle)]
pub extern "C" fn search(limit: usize) -> usize {
    let mut state = state();
    let query = state.take_text();
    let hits = state.matcher().map(|m| m.search(&query, limit));
    let result = json::search(&hits.unwrap_or_default());
    state.answer(result)
}

/// Takes the buffer as a text and answers with it, its secrets masked; the length of the answer.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `mask`")]
#[unsafe(no_mangle)]
pub extern "C" fn mask() -> usize {
    let mut state = state();
    let text = state.take_text();
    let result = mask_secrets(&text).into_owned();
    state.answer(result)
}

/// Where the last answer stands.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `result`")]
#[unsafe(no_mangle)]
pub extern "C" fn result() -> *const u8 {
    state().result.as_ptr()
}

/// How long the last answer is.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `result_length`")]
#[unsafe(no_mangle)]
pub extern "C" fn result_length() -> usize {
    state().result.len()
}

/// The hash of the sources: 64 hexadecimal digits.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `sources`")]
#[unsafe(no_mangle)]
pub extern "C" fn sources() -> *const u8 {
    SOURCES.as_ptr()
}
