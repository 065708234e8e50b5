// The page for unknown addresses looks for the address's own words.
"use strict";

(() => {
  const box = document.getElementById("q");
  const words = location.pathname
    .split("/")
    .filter(Boolean)
    .slice(-2)
    .join(" ")
    .replace(/\.html?$|index/g, "")
    .replace(/[-_]+/g, " ")
    .trim();
  if (!pullmedic.box || box.value.trim() !== "" || !words || words === "404") return;
  box.value = words;
  pullmedic.box.answer().then(() => {
    document.getElementById("content").hidden = false;
    // Nobody pasted it: where it finds nothing, there is nothing to be said about it.
    const isFound = document.querySelector("#results [data-result]") !== null;
    document.querySelector("[data-found]").hidden = !isFound;
    if (isFound) return;
    box.value = "";
    pullmedic.box.answer();
  });
})();
