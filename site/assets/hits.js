// What is shown without a finding: pages that were found by words, problems' and others; what was understood. And an answer in a
// sentence, to be read out.
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

  /** How much better than the middle one of all hits the best has to be, and how good at all: it has then a message in common
   * with the text, and not only words that any log of a failure has. What is nearly as good is shown with it. */
  const APART = 1.65;
  const GOOD = 150;
  const NEAR = 0.8;

  /** The hits that are worth showing: of a log's those that stand out. */
  function telling(answer) {
    const { findings, hits } = answer;
    if (!looksLikeALog(answer)) return findings.length > 0 ? hits.slice(0, 5) : hits;
    const [best, middle] = [hits[0]?.score ?? 0, hits[hits.length >> 1]?.score];
    if (best < GOOD || best < APART * middle) return [];
    return hits.filter(({ score }) => score >= NEAR * best).slice(0, 3);
  }

  function view(answer) {
    const { findings, others, searchOnly } = answer;
    const shown = telling(answer);
    if (shown.length === 0) return [];
    const heading =
      findings.length > 0
        ? "Other pages with these words"
        : others.length > 0
          ? "The same message from our registries"
          : searchOnly
            ? "Pages with these words"
            : "Pages that may help";
    const off =
      "WebAssembly is off in this browser, so nothing is diagnosed; these pages hold your words.";
    const say = searchOnly ? off : findings.length > 0 || looksLikeALog(answer) ? "" : "Paste what was printed, and you are told which one it is.";
    const note = say === "" ? [] : [el("p", { class: "stays" }, say)];
    const lines = shown.map(() => el("p", { class: "entry-message" }, "\u00a0"));
    const items = shown.map((hit, i) =>
      el("li", { class: "entry", "data-problem": hit.problem }, badge(hit.provider), " ", pageLink(hit), lines[i]),
    );
    why(answer.text, shown, lines).catch(() => {});
    return [el("h2", {}, heading), ...note, el("ol", { class: "hits" }, ...items)];
  }

  /** Says of each what of it has the words, in the line that is kept for it. */
  async function why(text, shown, lines) {
    // Once they are on the page: how much fits is asked of them.
    await (pullmedic.why ?? pullmedic.quiet);
    if (!pullmedic.why) await pullmedic.script(pullmedic.data("assets/why.js"));
    await pullmedic.why(text, shown, lines);
  }

  /** Whether there is nothing, or no more than pages with the words of a log. */
  function isUnclear(answer) {
    const { findings, hits, places = [] } = answer;
    return findings.length === 0 && (looksLikeALog(answer) || hits.length + places.length === 0);
  }

  function looksLikeALog({ text, searchOnly, others }) {
    return !searchOnly && (others.length > 0 || text.trim().includes("\n") || text.length > 60);
  }

  /** What follows the findings, or stands in their place; `find` knows the pages that are no problem's. */
  async function more(answer, find) {
    if (answer.findings.length === 0) answer.places = await find();
    const parts = isUnclear(answer) ? await understood(answer).catch(() => []) : [];
    if (answer.places?.length > 0) parts.push(places(answer.places));
    return [...parts, ...view(answer)];
  }

  /** What was understood where nothing was found; what knows it comes with the first such text. */
  async function understood(answer) {
    await pullmedic.script(pullmedic.data("assets/understood.js"));
    return [await pullmedic.understood(answer)];
  }

  /** What is read out. */
  function spoken(answer) {
    const { findings, others } = answer;
    const pages = telling(answer).length;
    const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
    if (findings.length > 0)
      return `${count(findings.length, "problem", "problems")} found. ${findings[0].title}, ${findings[0].confidence}.`;
    if (others.length > 0) return `No problem found: this is from ${others.join(", ")}.`;
    return pages > 0 ? `${count(pages, "page", "pages")} may help.` : "Nothing found.";
  }

  return { view, more, spoken };
})();
