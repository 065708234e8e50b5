// When nothing was found: what was understood (words in `/data/signs.js`), whose registry it is, and what else would help.
"use strict";

pullmedic.understood = (() => {
  const { el } = pullmedic;
  const { inline } = pullmedic.finding;
  let signs = null;
  pullmedic.knowSigns = (known) => {
    signs = known;
  };

  const ours = () => [...document.querySelectorAll("nav a[data-id]")];
  const link = (path, ...title) => el("a", { href: pullmedic.url(pullmedic.root + path) }, ...title);
  /** `a`, `a and b`, `a, b and c`. */
  const listed = (parts, and) =>
    parts.flatMap((part, i) => (i === 0 ? [part] : [i < parts.length - 1 ? ", " : ` ${and} `, part]));

  /** What to say instead of a finding. */
  async function understood(answer) {
    if (!signs) await pullmedic.script(pullmedic.data("data/signs.js"));
    const parts = answer.others.length > 0 ? theirs(answer) : unknown(answer);
    return el("section", { class: "understood", "aria-label": "What was understood" }, ...parts);
  }

  /** Somebody else's registry: perhaps by a name that lacks its host. */
  function theirs({ others }) {
    const names = listed(ours().map((link) => link.textContent.trim()), "and").join("");
    const hosts = ours().map((link) => el("code", {}, `${link.dataset.example}/…`));
    const owners = others.map((other) => {
      const name = signs.registries[other];
      return !name ? other : other.includes(".") ? `${name} (${other})` : name;
    });
    return [
      el("h2", {}, "This is from ", ...listed(owners, "and")),
      el(
        "p",
        {},
        `Only ${names} are known here. The same words from another registry have other causes, so there is no diagnosis.`,
      ),
      el(
        "p",
        {},
        "Did you mean your own registry? Then put its host before the image’s name: ",
        ...listed(hosts, "or"),
        ". Without a host, Docker Hub is asked.",
      ),
    ];
  }

  /** The first host of a registry of ours in a text, and its provider's link in the header. */
  function ownHost(text) {
    for (const host of text.toLowerCase().match(/[\w-]+(\.[\w-]+)+/g) ?? [])
      for (const link of ours())
        for (const domain of link.dataset.domains.split(" "))
          if (`.${host}`.endsWith(`.${domain}`)) return { host, link };
    return undefined;
  }

  /** The clients whose words are in a text, those with the most of them first. */
  function clients(text) {
    const lower = text.toLowerCase();
    const count = ({ signs }) => signs.filter((sign) => lower.includes(sign.toLowerCase())).length;
    const met = signs.clients.map((client) => ({ ...client, count: count(client) }));
    return met.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  }

  function unknown({ text, searchOnly }) {
    const own = ownHost(text);
    const who = clients(text).slice(0, 3);
    const isPod = /kubelet|kubectl|\bpod\b/i.test(text);
    const advice = [
      ...(own ? [] : ["the line that names the registry, such as your `docker push`"]),
      "the whole message, from “Error” to the end of the line",
      "the command you ran, and a few lines before the error",
      ...(isPod || who.length === 0 ? ["for Kubernetes, the Events of `kubectl describe pod`"] : []),
    ];
    const registry = own ? `${own.host} (${own.link.textContent.trim()})` : "no registry of ours";
    const pages = who.map(({ title, url }) => link(url, title));
    return [
      el("h2", {}, searchOnly ? "No page holds these words" : "No known problem is in this text"),
      el(
        "p",
        {},
        `It names ${registry}`,
        ...(pages.length > 0 ? [". It looks like output of ", ...listed(pages, "and")] : []),
        own || pages.length > 0 ? ", but no message that is known here is in it." : ".",
      ),
      el("p", {}, "What else to paste:"),
      el("ul", {}, ...advice.map((line) => el("li", {}, ...inline(line)))),
      waysIn(own),
    ];
  }

  /** Where one looks without words. */
  function waysIn(own) {
    const ways = [
      ...(own ? [[`${own.link.dataset.id}/`, `all of ${own.link.textContent.trim()}`]] : []),
      ["codes/", "by code"],
      ["clients/", "by client"],
      ["operations/", "by what you were doing"],
      ["all/", "from A to Z"],
    ];
    const links = ways.map(([path, title]) => link(path, title));
    return el("p", {}, "Or look it up: ", ...listed(links, "or"), ".");
  }

  return understood;
})();
