//! The engine as two wasm modules: one recognises, one searches. The exports and how to call them are in this crate's
//! README.
//!
//! Nothing here reads or writes memory that isn't its own: an argument is put by the host into the buffer that [`buffer`]
//! made, and an answer is read by the host where [`result`] says. What both modules export is here, the rest in the
//! module of the feature's name.

#[cfg(feature = "diagnose")]
pub mod diagnose;
#[cfg(feature = "search")]
pub mod search;

use std::cell::RefCell;

use pullmedic_table::{Table, TableError};

/// Frees nothing, so a module has no code that does: its host takes a new instance when this one has grown.
#[cfg(target_family = "wasm")]
#[global_allocator]
#[expect(unsafe_code, reason = "a module has one thread")]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::LeakingAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::LeakingAllocator::new()) };

/// What lives between two calls: an argument, what was made of the table, an answer.
struct State {
    buffer: Vec<u8>,
    result: String,
    #[cfg(feature = "diagnose")]
    engine: diagnose::Engine,
    #[cfg(feature = "search")]
    searcher: search::Engine,
}

thread_local! {
    static STATE: RefCell<State> = const {
        RefCell::new(State {
            buffer: Vec::new(),
            result: String::new(),
            #[cfg(feature = "diagnose")]
            engine: diagnose::Engine::NONE,
            #[cfg(feature = "search")]
            searcher: None,
        })
    };
}

fn with_state<T>(work: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(work)
}

impl State {
    fn take_text(&mut self) -> String {
        String::from_utf8(std::mem::take(&mut self.buffer)).unwrap_or_default()
    }

    /// The buffer as a table, which stays for as long as the module does.
    fn take_table(&mut self) -> Result<Table<'static>, TableError> {
        Table::from_bytes(std::mem::take(&mut self.buffer).leak())
    }

    /// 0, or the reason and its length.
    fn report(&mut self, outcome: Result<(), TableError>) -> usize {
        outcome.map_or_else(|error| self.answer(error.reason().into()), |()| 0)
    }

    fn answer(&mut self, result: String) -> usize {
        self.result = result;
        self.result.len()
    }
}

/// Room for an argument of `length` bytes, in place of the room before.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `buffer`")]
#[unsafe(no_mangle)]
pub extern "C" fn buffer(length: usize) -> *mut u8 {
    with_state(|state| {
        state.buffer = vec![0; length];
        state.buffer.as_mut_ptr()
    })
}

/// Takes the buffer as the table, or as the core of one; if it is neither, the length of the reason, which is the result.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `load`")]
#[unsafe(no_mangle)]
pub extern "C" fn load() -> usize {
    with_state(|state| {
        let taken = state.take_table().map(|table| {
            #[cfg(feature = "diagnose")]
            state.engine.load(table);
            #[cfg(feature = "search")]
            search::load(&mut state.searcher, table);
        });
        state.report(taken)
    })
}

/// Where the last answer stands.
#[expect(unsafe_code, reason = "an export needs its name; no other item is called `result`")]
#[unsafe(no_mangle)]
pub extern "C" fn result() -> *const u8 {
    with_state(|state| state.result.as_ptr())
}
