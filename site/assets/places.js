// Words that lead to a page which is no problem's: a table, a client, or the login builder with its
// choices made. "Which role may push?" and "log in with Podman by API key" are answered here.
"use strict";

pullmedic.places = (() => {
  const LIMIT = 3;
  const EMPTY = new Set(
    "a an and are as at be by can do does for from have how i in is it me my need of on or our the this to us use using via what when where which who why with".split(
      " ",
    ),
  );
  pullmedic.isEmpty = (word) => EMPTY.has(word);
  let known = null;
  pullmedic.knowPlaces = (places) => {
    const pages = places.pages.map((page) => ({ ...page, words: page.words.split(" "), named: wordsOf(page.title) }));
    known = { ...places, pages };
  };

  const wordsOf = (text) =>
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !EMPTY.has(word));
  const has = (words, word) =>
    words.some(
      (other) =>
        other === word || (word.length > 3 && other.includes(word)) || other === `${word}s`,
    );
  const count = (asked, words) => asked.filter((word) => has(words, word)).length;

  /** The best of `[id, title]` pairs, or undefined. */
  function best(asked, pairs) {
    const scored = pairs.map(([id, title]) => ({
      id,
      title,
      score: count(asked, wordsOf(`${id} ${title}`)),
    }));
    return scored.reduce((a, b) => (b.score > a.score ? b : a), { score: 0 });
  }

  /** The builder, opened at what was asked for, when logging in was asked for. */
  function logins(asked, question) {
    if (!/\b(log|sign)[ -]?(in|on)\b/i.test(question)) return [];
    const all = known.builders.map((builder) => {
      // What every login or every registry of the provider is called chooses nothing.
      const common = ["log", "sign", "login", "logon", "signin", ...builder.words.split(" ")];
      const rest = asked.filter((word) => !common.includes(word));
      const [credential, client, host] = ["credentials", "clients", "hosts"].map((list) =>
        best(rest, builder[list]),
      );
      const chosen = [credential, client, host];
      const score = chosen.reduce(
        (sum, one) => sum + one.score,
        count(asked, wordsOf(builder.words)),
      );
      const how = [
        client.title && ` with ${client.title}`,
        credential.title && ` by ${credential.title}`,
      ];
      const where = host.title ? `: ${host.title}` : "";
      const title = `Log in to ${builder.short}${how.filter(Boolean).join("")}${where}`;
      const path = chosen.map(({ id }) => encodeURIComponent(id ?? "")).join("/");
      return { title, url: `login/#${builder.provider}/${path}`, score };
    });
    const most = Math.max(...all.map(({ score }) => score));
    return all.filter(({ score }) => score === most);
  }

  /** For nothing but the host of a registry of ours: how to log in to it, what it needs; its values are known from now on. */
  function ofHost(question) {
    const [host] = question.trim().toLowerCase().replace(/^https?:\/\//, "").split("/");
    const links = [...document.querySelectorAll("nav a[data-domains]")];
    const isOf = (domain) => `.${host}`.endsWith(`.${domain}`);
    const link = /^[\w.-]+$/.test(host) && links.find(({ dataset }) => dataset.domains.split(" ").some(isOf));
    if (!link) return undefined;
    const builder = known.builders.find(({ provider }) => provider === link.dataset.id);
    const nameIn = (pattern) => {
      const [before, after] = pattern.split("<registry>");
      return before === "" && host.endsWith(after) ? host.slice(0, -after.length) : "";
    };
    const [pattern] = builder.hosts.find(([pattern]) => pattern === host || nameIn(pattern)) ?? [];
    if (pattern) pullmedic.values.capture(builder.provider, { registry: nameIn(pattern) || host, "login-server": host });
    const isHosts = ({ title }) => title.startsWith("Hosts") && title.endsWith(`(${builder.short})`);
    return [
      { title: `Log in to ${host}`, url: `login/#${builder.provider}///${encodeURIComponent(pattern ?? "")}` },
      ...known.pages.filter(isHosts).slice(0, 1),
      { title: `All problems of ${builder.short}`, url: `${builder.provider}/` },
    ];
  }

  /** Pages for a short question. */
  async function places(question) {
    const asked = [...new Set(wordsOf(question))];
    if (asked.length === 0) return [];
    if (!known) await pullmedic.script(pullmedic.data("data/places.js"));
    const host = ofHost(question);
    if (host) return host;
    const scored = known.pages.map((page) => {
      const named = asked.filter((word) => has(page.named, word));
      const others = asked.filter((word) => !named.includes(word) && has(page.words, word));
      const url =
        others.length > 0 && page.url.startsWith("reference/")
          ? `${page.url}#filter=${encodeURIComponent(others.join(" "))}`
          : page.url;
      return { ...page, url, score: count(asked, page.words) + named.length, named: named.length };
    });
    const enough = scored.filter((page) => page.named > 0 && page.score > asked.length);
    // Of equals the shorter address, which is the more general page.
    enough.sort((a, b) => b.score - a.score || a.url.length - b.url.length);
    return [...logins(asked, question), ...enough].slice(0, LIMIT);
  }

  return places;
})();
