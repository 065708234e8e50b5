// How an answer is shown as a whole: findings first, or what was understood instead; then pages with the words.
"use strict";

pullmedic.show = (() => {
  const { el } = pullmedic;
  const { view, badge, inline } = pullmedic.finding;
  /** Findings that are shown with their causes at once. */
  const OPEN = 2;

  /** Everything for one answer, in order. */
  function show(answer) {
    const { text, findings, hits, places } = answer;
    const parts = findings.length > 1 ? [contents(findings)] : [];
    parts.push(...findings.map((finding, i) => view(text, finding, i < OPEN)));
    if (isUnclear(answer)) parts.push(...understood(answer));
    if (places?.length > 0) parts.push(pullmedic.hits.places(places));
    if (hits.length > 0) parts.push(...pullmedic.hits.view(answer));
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
        " ",
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

  Object.assign(show, { isUnclear, looksLikeALog });
  return show;
})();
