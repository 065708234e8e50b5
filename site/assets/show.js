// How an answer is shown as a whole: findings first, or what was understood instead; then pages with the words.
"use strict";

pullmedic.show = (() => {
  const { el } = pullmedic;
  const { view, badge, inline } = pullmedic.finding;
  /** Findings that are shown with their causes at once. */
  const OPEN = 2;

  /** Everything for one answer, in order. */
  function show(answer) {
    const { text, findings, more = [] } = answer;
    const parts = findings.length > 1 ? [contents(findings)] : [];
    parts.push(...findings.map((finding, i) => view(text, finding, i < OPEN)));
    const stays = "This answer was made in your browser; nothing was sent. Clear (Esc) brings you back.";
    return [...parts, ...more, el("p", { class: "stays" }, stays)];
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

  return show;
})();
