// Before the first paint: the reader's choice of colours. Served, what the engine is made of is asked for here: on the home
// page at once, so that it is ready for the scripts that use it, and what a text will need of the table as soon as it is
// pasted, which may be before those scripts have come.
"use strict";

const pullmedicEarly = (() => {
  const html = document.documentElement;
  const { root, version } = html.dataset;
  const asked = {};
  let seen;

  /** What a file is used for, remembered until it fails: the next time may have a network. */
  function ask(path, use) {
    if (!asked[path]) {
      // In the mode of a link without `crossorigin`, which has asked for the same and is no fault on a disk.
      asked[path] = fetch(root + path, { mode: "no-cors", credentials: "include" }).then(use);
      asked[path].catch(() => delete asked[path]);
    }
    return asked[path];
  }

  const bytes = (response) => (response.ok ? response.arrayBuffer() : Promise.reject());

  /** A piece of the table. */
  const part = (name) => ask(`data/${name}.bin?v=${version}`, bytes);

  /** Asks for what a text seems to need of the table. */
  async function expect(text) {
    if (text.length < 20 || text === seen) return;
    seen = text;
    const end = text.slice(-65536).toLowerCase(); // what went wrong stands there
    for (const number of pullmedicGuess(await part("front"), end)) part(`shard-${number}`);
  }

  html.classList.add("scripting");
  try {
    html.dataset.scheme = localStorage.getItem("pullmedic:scheme") ?? "";
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  const link = document.querySelector("link[href*=wasm]"); // the home page's
  if (link && location.protocol !== "file:") {
    // What stands below the box is laid out when the page is whole and nobody waits: a text that is pasted at once goes first.
    html.classList.add("parsing");
    const idle = self.requestIdleCallback ?? setTimeout;
    addEventListener("DOMContentLoaded", () => idle(() => html.classList.remove("parsing")));
    part("front");
    part("core");
    if (self.WebAssembly?.compileStreaming) ask(link.getAttribute("href"), WebAssembly.compileStreaming);
    addEventListener("input", ({ target }) => expect(target.value).catch(() => {}), { once: true, capture: true });
  }
  return { asked, part, expect };
})();
