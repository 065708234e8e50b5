// The engine: the same as in the command, as two modules, with the table of this site.
// Served, the module that recognises and the core of the table are fetched, then for each text what else of
// the table it needs; the module that searches and the whole table once there is something to search. On a
// disk, where nothing may be fetched, both modules and the whole table are scripts.
"use strict";

pullmedic.engine = (() => {
  const { wasm, search } = document.currentScript.dataset;
  const early = pullmedicEarly;
  let isThere = false;

  /** A module: compiled while it comes if `early.js` could ask for it, and the server says what it is. */
  const module = (path) => early.asked[path]?.catch(() => compiled(path)) ?? compiled(path);

  async function compiled(path) {
    const response = await fetch(pullmedic.root + path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  }

  const part = async (name) => new Uint8Array(await early.part(name));

  /** A module and its table in pieces: served, the files of these names; on a disk, what scripts hold. */
  async function load(path, names, global) {
    if (typeof WebAssembly !== "object") throw new Error("WebAssembly is off");
    if (!pullmedic.onDisk) return Promise.all([module(path), ...names.map(part)]);
    await pullmedic.script(pullmedic.data("assets/disk.js"));
    return pullmedic.fromDisk(global);
  }

  /** A promise made once, and again when it failed: the next time may have a network. */
  function once(make) {
    let promise = null;
    return () => {
      promise ??= make().catch((error) => {
        promise = null;
        throw error;
      });
      return promise;
    };
  }

  const parts = once(() => load(wasm, ["front", "core"], "PULLMEDIC_WASM"));
  const whole = once(() => load(search, ["table"], "PULLMEDIC_SEARCH"));

  /** A module with its table, and how to talk to it. It frees no memory: when it has much, another instance takes over. */
  function instance([code, ...pieces]) {
    const taken = [];
    let exports;
    const put = (...pieces) => {
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      let at = exports.buffer(length); // first: it may move the memory
      for (const piece of pieces) {
        new Uint8Array(exports.memory.buffer, at, piece.length).set(piece);
        at += piece.length;
      }
    };
    const answer = (length) =>
      new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.result(), length));
    const give = (pieces, name, ...argument) => {
      put(...pieces);
      const fault = exports[name](...argument);
      if (fault !== 0) throw new Error(answer(fault));
    };
    const take = (...what) => {
      give(...what);
      taken.push(what);
    };
    const begin = () => {
      ({ exports } = new WebAssembly.Instance(code));
      for (const what of taken) give(...what);
    };
    const ask = (text, name, ...argument) => {
      if (exports.memory.buffer.byteLength > 2 ** 27) begin();
      put(new TextEncoder().encode(text));
      return answer(exports[name](...argument));
    };
    begin();
    take(pieces, "load");
    return { take, ask };
  }

  async function start() {
    const { take, ask } = instance(await parts());
    isThere = true;
    let isWhole = pullmedic.onDisk;
    const searcher = once(async () => {
      const made = instance(await whole());
      isWhole = true;
      return made;
    });

    let isWarm = pullmedic.onDisk;
    const added = new Set();
    /** Adds what a text needs of the table, which the whole table on a disk needn't be asked for. */
    async function complete(text) {
      const needed = pullmedic.onDisk ? [] : pullmedicGuess(await early.part("front"), ask(text, "letters"));
      const numbers = needed.filter((number) => !added.has(number));
      const coming = Promise.all(numbers.map((number) => part(`shard-${number}`)));
      // Functions are compiled when they are called for the first time: now, if there is something to wait for.
      const soon = () => Promise.race([coming, new Promise((resolve) => setTimeout(resolve))]);
      if (!isWarm && !(await soon())) ask(text, "diagnose");
      isWarm = true;
      const shards = await coming;
      for (const [i, number] of numbers.entries()) {
        if (!added.has(number)) take([shards[i]], "add", number);
        added.add(number);
      }
    }

    return {
      /** Whether searching waits for nothing. */
      isWhole: () => isWhole,
      async diagnose(text) {
        await complete(text);
        return JSON.parse(ask(text, "diagnose"));
      },
      async search(text, limit) {
        return JSON.parse((await searcher()).ask(text, "search", limit)).results;
      },
      mask: (text) => ask(text, "mask"),
    };
  }

  const engine = once(start);
  /** Asks for what a text seems to need of the table while the module is still on its way. */
  engine.expect = async (text) => isThere || pullmedic.onDisk || early.expect(text);
  /** Fetches what the engine is made of, beside the page's own work; starting it costs a moment. */
  engine.prepare = parts;
  /** Fetches what searching needs, likewise. */
  engine.prepareSearch = whole;
  return engine;
})();
