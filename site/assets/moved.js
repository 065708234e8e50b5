// A former address: on to the new one, with the anchor, and without a step in the history.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const target = new URL(document.getElementById("moved").href);
  if (location.protocol === "file:" && target.pathname.endsWith("/"))
    target.pathname += "index.html";
  target.hash = location.hash;
  location.replace(target);
});
