// Before the first paint: the reader's choice of colours. Served, what the engine is made of is asked for here: on the home
// page at once, so that it is ready for the scripts that use it, and what a text will need of the table as soon as it is
// pasted, which may be before those scripts have come.
"use strict";

self.pullmedicEarly = (() => {
  const html = document.documentElement;
  const { kind, root, version } = html.dataset;
  const asked = {};
  let seen;

  // In the mode of a link without `crossorigin`, which has asked for the same and is no fault on a disk.
  const linked = (path) => fetch(root + path, { mode: "no-cors", credentials: "include" });

  /** Remembers what was asked for until it fails: the next time may have a network. */
  function keep(path, promise) {
    promise.catch(() => delete asked[path]);
    return (asked[path] = promise);
  }

  /** A piece of the table. */
  function part(name) {
    const path = `data/${name}.bin?v=${version}`;
    const bytes = (response) => (response.ok ? response.arrayBuffer() : Promise.reject(path));
    return asked[path] ?? keep(path, linked(path).then(bytes));
  }

  /** Asks for what a text seems to need of the table. */
  async function expect(text) {
    if (text.length < 20 || text === seen) return;
    seen = text;
    const end = text.slice(-65536); // what went wrong stands there
    for (const number of self.pullmedicGuess(await part("front"), end)) part(`shard-${number}`);
  }

  html.classList.add("scripting");
  try {
    const scheme = localStorage.getItem("pullmedic:scheme");
    if (scheme) html.dataset.scheme = scheme;
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  if (kind === "home" && location.protocol !== "file:") {
    const wasm = document.querySelector("link[href*=wasm]").getAttribute("href");
    part("front");
    part("core");
    if (self.WebAssembly?.compileStreaming) keep(wasm, WebAssembly.compileStreaming(linked(wasm)));
    addEventListener("input", ({ target }) => expect(target.value).catch(() => {}), { once: true, capture: true });
  }
  return { asked, part, expect };
})();
