// The engine: the same module as in the command, with the table of this site.
// Served, both are fetched as they are; on a disk, where nothing may be fetched, both are scripts.
"use strict";

pullmedic.engine = (() => {
  const { wasm, script } = document.currentScript.dataset;
  let table = null;
  pullmedic.table = (base64) => {
    table = bytes(base64);
  };

  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

  async function fetched(path) {
    const response = await fetch(pullmedic.root + path, { priority: "low" });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.arrayBuffer();
  }

  async function load() {
    if (!pullmedic.onDisk)
      return Promise.all([fetched(wasm), fetched(pullmedic.data("data/table.bin"))]);
    await Promise.all([
      pullmedic.script(script),
      pullmedic.script(pullmedic.data("data/table.js")),
    ]);
    return [bytes(self.PULLMEDIC_WASM), table];
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

  const parts = once(load);

  async function start() {
    if (typeof WebAssembly !== "object") throw new Error("WebAssembly is off");
    const [code, data] = await parts();
    const { exports } = (await WebAssembly.instantiate(code)).instance;
    const put = (part) => {
      const at = exports.buffer(part.length); // first: it may move the memory
      new Uint8Array(exports.memory.buffer, at, part.length).set(part);
    };
    const answer = () => {
      const [at, length] = [exports.result(), exports.result_length()];
      return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, at, length));
    };
    const give = (text) => put(new TextEncoder().encode(text));
    put(new Uint8Array(data));
    if (exports.load() !== 0) throw new Error(answer());
    return {
      diagnose(text) {
        give(text);
        exports.diagnose();
        return JSON.parse(answer());
      },
      search(text, limit) {
        give(text);
        exports.search(limit);
        return JSON.parse(answer()).results;
      },
      mask(text) {
        give(text);
        exports.mask();
        return answer();
      },
    };
  }

  const engine = once(start);
  /** Fetches what the engine is made of, which costs no time; starting it costs a moment. */
  engine.prepare = parts;
  return engine;
})();
