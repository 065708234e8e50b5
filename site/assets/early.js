// Before the first paint: the reader's choice of colours; and what the engine is made of, where it
// will be needed. (Links in the page itself would be errors on a disk.)
"use strict";
try {
  const scheme = localStorage.getItem("pullmedic:scheme");
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage may be forbidden; then the system decides.
}
document.documentElement.classList.add("scripting");
if (location.protocol !== "file:") {
  for (const href of document.currentScript.dataset.soon?.split(" ") ?? []) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href });
    document.head.append(link);
  }
}
