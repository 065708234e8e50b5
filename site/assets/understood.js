// When nothing was found: what was understood, whose registry it is, and what else would help.
"use strict";

pullmedic.understood = (() => {
  const { el } = pullmedic;
  const { inline } = pullmedic.finding;
  const OWNERS = [
    [/(^|\.)docker\.(io|com)$/, "Docker Hub"],
    [/^mcr\.microsoft\.com$/, "Microsoft’s public registry"],
    [/(^|\.)ghcr\.io$/, "GitHub’s registry"],
    [/(^|\.)quay\.io$/, "Quay"],
    [/\.amazonaws\.com$|^public\.ecr\.aws$/, "Amazon’s registry"],
    [/(^|\.)(gcr\.io|pkg\.dev)$/, "Google’s registry"],
  ];

  const ours = () => [...document.querySelectorAll("nav a[data-id]")];

  /** What to say instead of a finding. */
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
      waysIn(),
    ];
  }

  /** Where one looks without words. */
  function waysIn() {
    const ways = [["codes/", "by code"], ["clients/", "by client"], ["operations/", "by what you were doing"], ["all/", "from A to Z"]];
    const links = ways.map(([path, title]) => el("a", { href: pullmedic.url(pullmedic.root + path) }, title));
    return el("p", {}, "Or look it up: ", ...links.flatMap((link, i) => (i > 0 ? [", ", link] : [link])), ".");
  }

  return understood;
})();
