// What else a text shows besides its problems: clients, tasks, stages, statuses, credentials (words in `/data/terms.js`).
"use strict";
{
  const LISTS = [
    ["clients", "client"],
    ["operations", "task"],
    ["stages", "stage"],
    ["statuses", "status"],
    ["credentials", "credential"],
  ];
  let terms = null;
  pullmedic.knowTerms = (lists) => {
    terms = lists;
  };
  const title = (key, id) => (key === "statuses" ? `${id} ` : "") + (terms[key][id] ?? id);

  /** Adds it to the answer: below the list of several problems, or within the only one. */
  pullmedic.seen = async ([finding]) => {
    const { why = {} } = finding ?? {};
    const lists = LISTS.filter(([key]) => why[key]?.length > 0);
    if (lists.length === 0) return;
    const shown = document.querySelector("#results > :is(.contents, .finding)");
    if (!terms) await pullmedic.script(pullmedic.data("data/terms.js"));
    const { pair, inline } = pullmedic.finding;
    const titles = (key) => why[key].map((id) => title(key, id)).join(", ");
    const pairs = lists.map(([key, name]) => pair(name, {}, ...inline(titles(key))));
    const list = pullmedic.el(
      "dl",
      { class: "captures seen", "aria-label": "Seen in your text" },
      ...pairs,
    );
    [...shown.querySelectorAll(":scope > :is(ol, .evidence, .captures)")].at(-1).after(list);
  };
}
