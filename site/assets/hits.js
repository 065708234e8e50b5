// How an answer is shown as a whole: findings first, then pages with the words; or, when nothing
// was found, what was understood and what else would help.
"use strict";

pullmedic.show = (() => {
  const { el } = pullmedic;
  const { view, badge, pageLink, inline } = pullmedic.finding;
  /** Findings that are shown with their causes at once. */
  const OPEN = 2;
  const OWNERS = [
    [/(^|\.)docker\.(io|com)$/, "Docker Hub"],
    [/^mcr\.microsoft\.com$/, "Microsoft’s public registry"],
    [/(^|\.)ghcr\.io$/, "GitHub’s registry"],
    [/(^|\.)quay\.io$/, "Quay"],
    [/\.amazonaws\.com$|^public\.ecr\.aws$/, "Amazon’s registry"],
    [/(^|\.)(gcr\.io|pkg\.dev)$/, "Google’s registry"],
  ];

  /** Everything for one answer, in order. */
  function show(answer) {
    const { text, findings, hits, places } = answer;
    const parts = findings.length > 1 ? [contents(findings)] : [];
    parts.push(...findings.map((finding, i) => view(text, finding, i < OPEN)));
    if (findings.length === 0 && looksLikeALog(answer)) parts.push(understood(answer));
    if (places?.length > 0) parts.push(placesView(places));
    if (hits.length > 0) parts.push(...hitsView(answer));
    if (parts.length === 0) parts.push(understood(answer));
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

  // Nothing found

  const ours = () => [...document.querySelectorAll("nav a[data-id]")];

  function understood(answer) {
    const parts = answer.others.length > 0 ? theirs(answer) : unknown(answer);
    return el("section", { class: "understood", "aria-label": "What was understood" }, ...parts);
  }

  function named(host) {
    const [, owner] = OWNERS.find(([pattern]) => pattern.test(host)) ?? [];
    return owner ? `${owner} (${host})` : host;
  }

  /** Somebody else's registry: perhaps by a name that lacks its host. */
  function theirs({ others }) {
    const names = ours().map((link) => link.textContent.trim());
    const hosts = ours().flatMap((link, i) => [
      i > 0 ? " or " : "",
      el("code", {}, `${link.dataset.example}/…`),
    ]);
    return [
      el("h2", {}, `This is from ${others.map(named).join(", ")}`),
      el(
        "p",
        {},
        `There is no diagnosis, because it isn’t a registry of ours (${names.join(", ")}) and an error of somebody else’s only looks alike.`,
      ),
      el(
        "p",
        {},
        "Did you mean yours? Then the image’s name has to begin with its host: ",
        ...hosts,
        ". A name without a host goes to Docker Hub.",
      ),
    ];
  }

  /** The first host of a registry of ours in a text, with the provider's short name. */
  function ownHost(text) {
    for (const host of text.toLowerCase().match(/[\w-]+(\.[\w-]+)+/g) ?? [])
      for (const link of ours())
        for (const domain of link.dataset.domains.split(" "))
          if (`.${host}`.endsWith(`.${domain}`)) return `${host} (${link.textContent.trim()})`;
    return undefined;
  }

  function unknown({ text, searchOnly }) {
    const host = ownHost(text);
    const advice = [
      ...(host ? [] : ["the registry’s host: `docker push` and the like name it"]),
      "the whole message, from “Error” to the end of the line",
      "the command you ran, and a few lines before the error",
      "for Kubernetes, the Events of `kubectl describe pod`",
    ];
    return [
      el("h2", {}, searchOnly ? "No page holds these words" : "No known problem is in this text"),
      el(
        "p",
        {},
        host ? `It names ${host}, but no message that is known here.` : "It names no registry of ours.",
      ),
      el("p", {}, "What else to paste:"),
      el("ul", {}, ...advice.map((line) => el("li", {}, ...inline(line)))),
    ];
  }

  show.hits = hitsView;
  return show;
})();
