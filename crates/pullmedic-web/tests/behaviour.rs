//! The modules answer like the engine they were built from: for every example of the knowledge base, and a few queries.
//!
//! They are run in an interpreter, so no browser and no wasm toolchain is needed. `PULLMEDIC_WASM` names another folder
//! than that of the committed modules: `.ci/wasm --built` says where the last build is.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use pullmedic_core::{Kb, Sources};
use pullmedic_pack::{Layers, Packed};
use pullmedic_table::parts::Parts;
use pullmedic_table::{Matcher, Options, Table, gram_text, json, mask};
use wasmi::{
    Config, Engine, Instance, Linker, Memory, Module, Store, TypedFunc, WasmParams, WasmResults,
};

#[path = "../../../tests/secrets/planted.rs"]
mod planted;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn kb() -> Kb {
    pullmedic_core::compile(&Sources::read(&root().join("kb")).unwrap()).unwrap()
}

/// A module, instantiated, and how to talk to it.
struct Web {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Web {
    fn new(module: &str, table: &[u8]) -> Self {
        Self::with(&Config::default(), module, table)
    }

    fn with(config: &Config, module: &str, table: &[u8]) -> Self {
        let folder = env::var_os("PULLMEDIC_WASM").map(PathBuf::from);
        let path = folder.unwrap_or_else(|| root().join("site/assets")).join(module);
        let engine = Engine::new(config);
        let module = Module::new(&engine, fs::read(path).unwrap()).unwrap();
        let mut store = Store::new(&engine, ());
        // Refused, and not needed, unless fuel is counted.
        let _ = store.set_fuel(u64::MAX);
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let mut web = Web { store, instance, memory };
        web.give(table);
        assert_eq!(web.ask("load", ()), "");
        web
    }

    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, argument: P) -> R {
        let export: TypedFunc<P, R> = self.instance.get_typed_func(&self.store, name).unwrap();
        export.call(&mut self.store, argument).unwrap()
    }

    fn give(&mut self, bytes: &[u8]) {
        let at: u32 = self.call("buffer", bytes.len() as u32);
        self.memory.write(&mut self.store, at as usize, bytes).unwrap();
    }

    /// What a call answers with: its result is as long as it says.
    fn ask(&mut self, name: &str, argument: impl WasmParams) -> String {
        let length: u32 = self.call(name, argument);
        let at: u32 = self.call("result", ());
        let mut bytes = vec![0; length as usize];
        self.memory.read(&self.store, at as usize, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn diagnose(&mut self, text: &str) -> String {
        self.give(text.as_bytes());
        self.ask("diagnose", ())
    }

    fn search(&mut self, query: &str) -> String {
        self.give(query.as_bytes());
        self.ask("search", 10u32)
    }

    /// Adds the shards that a text needs and `parts` hasn't, as a page does.
    fn complete<'s>(&mut self, text: &str, parts: &mut Parts<'s>, shards: &'s [Vec<u8>]) {
        assert_eq!(self.letters(text), gram_text(text), "for {text}");
        for number in parts.needed(text) {
            parts.add(number, Table::from_bytes(&shards[number]).unwrap()).unwrap();
            self.give(&shards[number]);
            assert_eq!(self.ask("add", number as u32), "");
        }
    }

    fn letters(&mut self, text: &str) -> String {
        self.give(text.as_bytes());
        self.ask("letters", ())
    }

    fn mask(&mut self, text: &str) -> String {
        self.give(text.as_bytes());
        self.ask("mask", ())
    }
}

#[test]
fn the_module_answers_like_the_engine() {
    let kb = kb();
    let bytes = Packed::new(&kb).bytes(Layers::Match);
    let matcher = Matcher::new(Table::from_bytes(&bytes).unwrap());
    let mut web = Web::new("pullmedic.wasm", &bytes);
    let examples = kb.problems().iter().flat_map(|problem| &problem.examples);
    for text in examples.map(|example| example.text.as_str()) {
        let own = json::diagnosis(&matcher.diagnose(text, &Options::default()));
        assert_eq!(web.diagnose(text), own, "for {text}");
        assert_eq!(web.mask(text), mask(text), "for {text}");
    }
    web.give(b"\xff");
    assert_eq!(web.ask("mask", ()), "", "what isn't text is none");
}

#[test]
fn the_module_gives_no_secret_away() {
    let kb = kb();
    let mut web = Web::new("pullmedic.wasm", &Packed::new(&kb).bytes(Layers::Match));
    for (at, kind) in planted::KINDS.iter().enumerate() {
        let around = planted::LOGS[at % planted::LOGS.len()];
        let (text, secrets) = planted::log(kind, around, &mut planted::Random(at as u64));
        for output in [web.mask(&text), web.diagnose(&text)] {
            assert!(
                !secrets.iter().any(|secret| planted::shows(&output, secret)),
                "{kind}: {output}"
            );
        }
    }
}

#[test]
fn the_module_searches_like_the_engine() {
    let kb = kb();
    let bytes = Packed::new(&kb).bytes(Layers::Search);
    let matcher = Matcher::new(Table::from_bytes(&bytes).unwrap());
    let mut web = Web::new("search.wasm", &bytes);
    for query in ["login refused", "k8s imagepullbackoff", "CRG0014E", "wrnog regoin", ""] {
        assert_eq!(web.search(query), json::search(&matcher.search(query, 10)), "for {query}");
    }
}

// Over the core, with the shards that each text in turn asks for; and with the whole table in the end.
#[test]
fn the_module_answers_from_parts() {
    let kb = kb();
    let packed = Packed::new(&kb);
    let (bytes, divided) = (packed.bytes(Layers::Match), packed.divide(&kb));
    let matcher = Matcher::new(Table::from_bytes(&bytes).unwrap());
    let own = |text: &str| json::diagnosis(&matcher.diagnose(text, &Options::default()));
    let mut web = Web::new("pullmedic.wasm", &divided.core);
    let mut parts = Parts::new(Table::from_bytes(&divided.core).unwrap()).unwrap();
    let examples = kb.problems().iter().filter_map(|problem| problem.examples.first());
    for text in examples.map(|example| example.text.as_str()) {
        web.complete(text, &mut parts, &divided.shards);
        assert_eq!(web.diagnose(text), own(text), "for {text}");
    }
    web.give(b"no table");
    assert_ne!(web.ask("add", 0), "", "what isn't a table is refused");
    web.give(&bytes);
    assert_eq!(web.ask("load", ()), "");
    let text = "denied: client with IP '203.0.113.7' is not allowed access. contoso.azurecr.io";
    assert_eq!(web.diagnose(text), own(text), "a whole table needs no parts");
}

// It frees none; the site takes a new instance at 128 MB.
#[test]
fn a_question_takes_little_memory() {
    let mut web = Web::new("pullmedic.wasm", &Packed::new(&kb()).bytes(Layers::Match));
    let line = "denied: client with IP '203.0.113.7' is not allowed access. contoso.azurecr.io\n";
    let text = line.repeat(1_000);
    web.diagnose(line);
    let before = web.memory.data_size(&web.store);
    for ask in [Web::letters, Web::mask, Web::diagnose] {
        ask(&mut web, &text);
    }
    let taken = web.memory.data_size(&web.store) - before;
    assert!(taken < 64 * text.len(), "{taken} bytes for {} bytes of text", text.len());
}

// Counted in steps of the interpreter, which no other program on the machine changes.
#[test]
fn a_long_line_takes_linear_time() {
    let bytes = Packed::new(&kb()).bytes(Layers::Match);
    let mut web = Web::with(Config::default().consume_fuel(true), "pullmedic.wasm", &bytes);
    let unit = "denied: client with IP unauthorized: authentication \\\\\\\"failed to fetch anonymous token: \
        https://contoso.azurecr.io/v2/shop/web/manifests/1.4 ";
    let mut steps = |count: usize| {
        let before = web.store.get_fuel().unwrap();
        web.diagnose(&unit.repeat(count));
        before - web.store.get_fuel().unwrap()
    };
    let (small, large) = (steps(125), steps(1_000));
    assert!(large < 10 * small, "{small} steps, eight times the text {large}");
}
