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

  /** Adds to each finding, as it is shown, what its own part of the text shows. */
  pullmedic.seen = async (shown, findings) => {
    if (shown.length === 0) return;
    if (!terms) await pullmedic.script(pullmedic.data("data/terms.js"));
    findings.forEach(({ why = {} }, i) => add(shown[i], why));
  };

  function add(shown, why) {
    const { pair, inline } = pullmedic.finding;
    const lists = LISTS.filter(([key]) => why[key]?.length > 0);
    if (lists.length === 0) return;
    const titles = (key) => why[key].map((id) => title(key, id)).join(", ");
    const pairs = lists.map(([key, name]) => pair(name, {}, ...inline(titles(key))));
    const list = pullmedic.el(
      "dl",
      { class: "captures seen", "aria-label": "Seen in your text" },
      ...pairs,
    );
    [...shown.querySelectorAll(":scope > :is(.evidence, .captures)")].at(-1).after(list);
  }
}
