// How an answer is shown as a whole: findings first, or what was understood instead; then pages with the words.
"use strict";

pullmedic.show = (() => {
  const { el } = pullmedic;
  const { view, seen, badge, pageLink, inline } = pullmedic.finding;
  /** Findings that are shown with their causes at once. */
  const OPEN = 2;

  /** Everything for one answer, in order. */
  function show(answer) {
    const { text, findings, hits, places } = answer;
    const parts = findings.length > 1 ? [contents(findings)] : [];
    parts.push(...findings.map((finding, i) => view(text, finding, i < OPEN)));
    if (findings.length > 0) seen(parts[0], findings[0]).catch(() => {});
    if (isUnclear(answer)) parts.push(...understood(answer));
    if (places?.length > 0) parts.push(placesView(places));
    if (hits.length > 0) parts.push(...hitsView(answer));
    const stays = "This answer was made in your browser; nothing was sent. Clear (Esc) brings you back.";
    parts.push(el("p", { class: "stays" }, stays));
    return parts;
  }

  /** What a long answer holds, as links to its parts. */
  function contents(findings) {
    const items = findings.map((finding) =>
      el(
        "li",
        {},
        badge(finding.provider),
        el("a", { href: `#finding-${finding.problem}` }, ...inline(finding.title)),
        el("span", { class: "soft" }, ` ${finding.confidence}`),
      ),
    );
    const heading = el("h2", {}, `${findings.length} problems in this text`);
    return el(
      "nav",
      { class: "contents", "aria-label": "Problems found" },
      heading,
      el("ol", {}, ...items),
    );
  }

  /** What was understood where nothing was found, unless the script that knows it couldn't be loaded. */
  const understood = (answer) => (pullmedic.understood ? [pullmedic.understood(answer)] : []);

  /** Whether there is nothing, or no more than pages with the words of a log. */
  function isUnclear(answer) {
    const { findings, hits, places = [] } = answer;
    return findings.length === 0 && (looksLikeALog(answer) || hits.length + places.length === 0);
  }

  function looksLikeALog({ text, searchOnly, others }) {
    return !searchOnly && (others.length > 0 || text.trim().includes("\n") || text.length > 60);
  }

  // Search results

  function placesView(places) {
    const items = places.map((place) => el("li", {}, pageLink(place)));
    return el(
      "ul",
      { class: "hits places", "aria-label": "Answers that are no problem’s page" },
      ...items,
    );
  }

  function hitsView(answer) {
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
    const shown = found || looksLikeALog(answer) ? hits.slice(0, 5) : hits;
    const items = shown.map((hit) =>
      el("li", { "data-problem": hit.problem }, badge(hit.provider), " ", pageLink(hit)),
    );
    return [el("h2", {}, heading), ...note, el("ol", { class: "hits" }, ...items)];
  }

  show.hits = hitsView;
  show.isUnclear = isUnclear;
  return show;
})();
