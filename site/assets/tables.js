// Reference tables: sort by a click on a heading, filter while typing; `#filter=push` opens one filtered. Lists of problems:
// filter while typing.
"use strict";

const has = (element, word) => element.textContent.toLowerCase().includes(word);
const split = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
const filterCount = document.querySelector("[data-filter-count]");

for (const table of document.querySelectorAll("[data-sortable]")) {
  const body = table.tBodies[0];
  const cell = (row, column) => row.cells[column].textContent.trim();
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = pullmedic.el("button", { type: "button" }, ...heading.childNodes);
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(cell(a, column), cell(b, column)));
      body.append(...(down ? rows.reverse() : rows));
    });
  });

  const filter = document.querySelector(`[data-filter="${table.id}"]`);

  /** Shows the rows with all words; says how many. */
  function show(words) {
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !words.every((word) => has(row, word));
      if (!row.hidden) shown += 1;
    }
    filterCount.textContent = words.length > 0 ? `${shown} of ${body.rows.length}` : "";
    return shown;
  }
  filter?.addEventListener("input", () => show(split(filter.value)));

  // Of a question's words as many as a row has together.
  const [, asked] = /^#filter=(.+)$/.exec(location.hash) ?? [];
  if (filter && asked) {
    const rows = [...body.rows];
    const words = split(decodeURIComponent(asked));
    const known = words.filter((word) => rows.some((row) => has(row, word)));
    while (show(known) === 0) known.pop();
    filter.value = known.join(" ");
    filter.scrollIntoView();
  }
}

const listFilter = document.querySelector("[data-filter-lists]");

/** What stands in several lists is shown in the first of them. */
function filterLists() {
  const words = split(listFilter.value);
  const part = listFilter.closest("section") ?? document.getElementById("content");
  const lists = [...part.querySelectorAll(":is(.entries, .links)")];
  const [all, shown] = [new Set(), new Set()];
  for (const item of lists.flatMap((list) => [...list.children])) {
    const { href } = item.querySelector("a");
    all.add(href);
    item.hidden = words.length > 0 && (shown.has(href) || !words.every((word) => has(item, word)));
    if (!item.hidden) shown.add(href);
  }
  for (const list of lists) {
    list.hidden = !list.querySelector(":scope > li:not([hidden])");
    const heading = list.previousElementSibling;
    if (heading?.matches("h2, h3")) heading.hidden = list.hidden;
  }
  for (const jumps of part.querySelectorAll(".chips")) jumps.hidden = words.length > 0;
  const elsewhere = shown.size === 0 ? ": paste the error above, all pages are searched" : "";
  filterCount.textContent = words.length > 0 ? `${shown.size} of ${all.size}${elsewhere}` : "";
}

listFilter?.addEventListener("input", filterLists);
// A browser that comes back to a page keeps what was typed.
if (listFilter?.value) filterLists();
