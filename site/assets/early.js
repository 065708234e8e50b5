// Before the first paint: the reader's choice of colours.
"use strict";
try {
  const scheme = localStorage.getItem("pullmedic:scheme");
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage may be forbidden; then the system decides.
}
document.documentElement.classList.add("scripting");
