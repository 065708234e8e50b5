// Pages that were found by words: problems, and those that are no problem's; and an answer in a sentence, to be read out.
"use strict";

pullmedic.hits = (() => {
  const { el } = pullmedic;
  const { badge, pageLink } = pullmedic.finding;

  function places(places) {
    const items = places.map((place) => el("li", {}, pageLink(place)));
    return el(
      "ul",
      { class: "hits places", "aria-label": "Answers that are no problem’s page" },
      ...items,
    );
  }

  function view(answer) {
    const { findings, hits, others, searchOnly } = answer;
    const found = findings.length > 0;
    const heading = found
      ? "Other pages with these words"
      : others.length > 0
        ? "The same words from our registries"
        : searchOnly
          ? "Pages with these words"
          : "Pages that may help";
    const off =
      "WebAssembly is off in this browser, so nothing is diagnosed; these pages hold your words.";
    const note = searchOnly ? [el("p", { class: "stays" }, off)] : [];
    // Below an answer, or a text that holds none, only the nearest: the rest is noise.
    const shown = found || pullmedic.show.looksLikeALog(answer) ? hits.slice(0, 5) : hits;
    const items = shown.map((hit) =>
      el("li", { "data-problem": hit.problem }, badge(hit.provider), " ", pageLink(hit)),
    );
    return [el("h2", {}, heading), ...note, el("ol", { class: "hits" }, ...items)];
  }

  /** What is read out. */
  function spoken({ findings, hits, others }) {
    const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
    if (findings.length > 0)
      return `${count(findings.length, "problem", "problems")} found. ${findings[0].title}, ${findings[0].confidence}.`;
    if (others.length > 0) return `No problem found: this is from ${others.join(", ")}.`;
    return hits.length > 0 ? `${count(hits.length, "page", "pages")} may help.` : "Nothing found.";
  }

  return { places, view, spoken };
})();
