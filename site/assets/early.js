// Before the first paint: the reader's choice of colours. On the home page, when served: what the engine is made of is
// read as it comes, so that it is ready for the scripts that use it.
"use strict";
try {
  const scheme = localStorage.getItem("pullmedic:scheme");
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage may be forbidden; then the system decides.
}
document.documentElement.classList.add("scripting");
{
  // In the mode of a link without `crossorigin`, which has asked for the same and is no fault on a disk.
  const linked = (path) => fetch(path, { mode: "no-cors", credentials: "include" });
  const links = [...document.querySelectorAll("link[as=fetch]")];
  const [front, core, wasm] = links.map((link) => link.getAttribute("href"));
  const loaded = (path) => linked(path).then((response) => response.arrayBuffer());
  if (wasm && location.protocol !== "file:" && self.WebAssembly?.compileStreaming) {
    self.pullmedicEarly = {
      [front]: loaded(front),
      [core]: loaded(core),
      [wasm]: WebAssembly.compileStreaming(linked(wasm)),
    };
    // Who uses them asks again.
    for (const promise of Object.values(self.pullmedicEarly)) promise.catch(() => {});
  }
}
