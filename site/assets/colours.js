// The choice of colours in the footer; `early.js` takes it up before the first paint of the next page.
"use strict";
{
  const select = document.getElementById("scheme");
  const html = document.documentElement;
  if (select) {
    select.value = html.dataset.scheme ?? "";
    select.addEventListener("change", () => {
      if (select.value) html.dataset.scheme = select.value;
      else delete html.dataset.scheme;
      try {
        if (select.value) localStorage.setItem("pullmedic:scheme", select.value);
        else localStorage.removeItem("pullmedic:scheme");
      } catch {
        // Not remembered, then.
      }
    });
  }
}
