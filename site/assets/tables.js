// Reference tables: sort by a click on a heading, filter while typing.
"use strict";

for (const table of document.querySelectorAll("[data-sortable]")) {
  const body = table.tBodies[0];
  const cell = (row, column) => row.cells[column].textContent.trim();
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = pullmedic.el("button", { type: "button" }, heading.textContent);
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
  const count = document.querySelector("[data-filter-count]");
  filter?.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    count.textContent = words.length > 0 ? `${shown} of ${body.rows.length}` : "";
  });
}
