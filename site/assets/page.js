// Commands and causes on a page: copying, tabs that are remembered, the checklist.
"use strict";

pullmedic.page = (() => {
  // Copying takes what is shown: filled values, no prompt, no line numbers.
  const copy = (button) => put(button, button.parentElement.querySelector("pre").textContent.trim());

  async function put(button, text) {
    const { label } = Object.assign(button.dataset, { label: button.dataset.label ?? button.textContent });
    const said = (await toClipboard(text)) ? "Copied" : "Press Ctrl+C";
    button.textContent = said;
    button.toggleAttribute("data-done", said === "Copied");
    setTimeout(() => {
      button.textContent = label;
      button.removeAttribute("data-done");
    }, 1800);
  }

  /** A finding for who has the rights that its reader lacks: what matched, the chosen cause, what to do. */
  function ticket(finding) {
    const all = (part, selector) => [...part.querySelectorAll(selector)].filter((e) => e.checkVisibility());
    const words = (element) => element.innerText.replace(/\s+/g, " ").trim();
    const link = finding.querySelector("h2 a");
    const steps = all(finding, ".fix").flatMap((fix) => [
      `\n${words(fix.querySelector("h3"))}`,
      ...all(fix, ".say, .risk, .worked, .otherwise, pre").map((e) =>
        e.matches("pre") ? e.textContent.trim().replace(/^/gm, "    ") : `- ${words(e)}`,
      ),
    ]);
    return [
      words(link),
      link.href,
      ...all(finding, ".evidence p > span:last-child").map((e) => `> ${words(e).replace(/ Show all$/, "")}`),
      `\n${words(finding.querySelector(".finding-steps > h3"))}`,
      ...steps,
    ].join("\n");
  }

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return oldClipboard(text);
    }
  }

  /** For pages on a disk and without a secure connection. */
  function oldClipboard(text) {
    const area = pullmedic.el("textarea", {
      class: "visually-hidden",
      readonly: true,
      "aria-hidden": "true",
    });
    area.value = text;
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus();
    return done;
  }

  // Tabs: the last choices, the latest first, decide which tab is open everywhere.
  const chosen = pullmedic.stored("localStorage", "pullmedic:tabs", []);

  function openTabs(part) {
    const order = chosen.get();
    if (order.length === 0) return;
    const rank = (radio) =>
      order.includes(radio.value) ? order.indexOf(radio.value) : order.length;
    for (const tabs of part.querySelectorAll(".tabs")) {
      const radios = [...tabs.querySelectorAll(":scope > input")];
      const best = radios.reduce((a, b) => (rank(b) < rank(a) ? b : a));
      if (rank(best) < order.length) best.checked = true;
    }
  }

  function choose(key) {
    chosen.set([key, ...chosen.get().filter((other) => other !== key)].slice(0, 8));
    openTabs(document);
  }

  // The checklist: when one cause is left, it stands out.
  function tick(table) {
    const rows = [...table.tBodies[0].rows];
    const left = rows.filter((row) => !row.querySelector(".tick input").checked);
    const last = rows.length > 1 && left.length === 1 ? left[0] : null;
    for (const row of rows) row.toggleAttribute("data-left", row === last);
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) copy(button);
    const whole = target.closest("[data-ticket]");
    if (whole) put(whole, ticket(whole.closest(".finding")));
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches(".tabs > input")) choose(target.value);
    if (target.matches(".tick input")) tick(target.closest("table"));
  });
  openTabs(document);
  // On a phone the links at the top are a strip: where the reader is should be in sight.
  const here = document.querySelector("nav [aria-current]");
  if (here) here.closest("ul").scrollLeft = here.offsetLeft - 64;
  // A browser that comes back to a page keeps its ticks.
  addEventListener("pageshow", () => document.querySelectorAll(".causes").forEach(tick));

  return { openTabs };
})();
