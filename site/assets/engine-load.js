// The engine: the same module as in the command, with the table of this site.
// Served, the module and the core of the table are fetched, then for each text what else of the table it
// needs. The whole table is fetched for searching; it makes the parts needless. On a disk, where nothing
// may be fetched, the module and the whole table are scripts.
"use strict";

pullmedic.engine = (() => {
  const { wasm, script } = document.currentScript.dataset;
  let table = null;
  pullmedic.table = (base64) => {
    table = bytes(base64);
  };

  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

  async function fetched(path) {
    const response = await fetch(pullmedic.root + path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  const part = (name) => fetched(pullmedic.data(`data/${name}.bin`));

  async function load() {
    if (!pullmedic.onDisk) return Promise.all([fetched(wasm), part("core")]);
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
    const take = (table) => {
      put(table);
      if (exports.load() !== 0) throw new Error(answer());
    };
    take(data);

    let isWhole = pullmedic.onDisk;
    const whole = once(async () => {
      if (!isWhole) take(await part("table"));
      isWhole = true;
    });

    async function complete(text) {
      give(text);
      exports.needed();
      const numbers = JSON.parse(answer());
      const shards = await Promise.all(numbers.map((number) => part(`shard-${number}`)));
      for (const [i, number] of numbers.entries()) {
        put(shards[i]);
        if (exports.add(number) !== 0) throw new Error(answer());
      }
    }

    return {
      isWhole: () => isWhole,
      async diagnose(text) {
        await complete(text);
        give(text);
        exports.diagnose();
        return JSON.parse(answer());
      },
      async search(text, limit) {
        await whole();
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
