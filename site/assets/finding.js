// How a finding is shown: what matched in the reader's own text and what was read from it. Its causes and steps are in
// `steps.js`.
"use strict";

pullmedic.finding = (() => {
  const { el } = pullmedic;
  const SURE = { certain: "This is it", likely: "Most likely this", possible: "Possibly this" };
  const fragments = new Map();
  pullmedic.load = (id, texts) => fragments.set(id, texts);

  async function texts(problem) {
    if (!fragments.has(problem)) await pullmedic.script(pullmedic.data(`${problem}.js`));
    return fragments.get(problem);
  }

  const badge = (provider) => {
    const link = document.querySelector(`nav a[data-id="${CSS.escape(provider)}"]`);
    return el(
      "span",
      { class: "badge", "data-provider": provider },
      link?.textContent.trim() ?? provider,
    );
  };
  const pageLink = (item, attributes = {}) =>
    el(
      "a",
      { href: pullmedic.url(pullmedic.root + item.url), "data-result": true, ...attributes },
      ...inline(item.title),
    );

  /** A title's back-ticks; the rest of it is text. */
  const inline = (title) =>
    title.split("`").map((part, i) => (i % 2 === 1 ? el("code", {}, part) : part));

  /** Why this answer: what the engine saw besides the words. */
  function reason({ confidence, why }) {
    const where = why?.host_line ? ` on line\u00a0${why.host_line}` : "";
    if (confidence === "possible")
      return "Others print these words too; add a line that names your registry.";
    if (confidence === "likely")
      return why?.host
        ? `Others print these words too, but ${why.host}${where} points here.`
        : "Others print these words too, but something else in your text points here.";
    return why?.host ? `${why.host} is named${where}.` : "Nobody else prints these words.";
  }

  /** A finding; its causes and steps come at once when it is `open`, or at a click. */
  function view(text, finding, open) {
    const heading = el("h2", { id: `finding-${finding.problem}` }, pageLink(finding));
    const shown = el(
      "article",
      {
        class: "finding",
        "data-problem": finding.problem,
        "data-confidence": finding.confidence,
        "data-provider": finding.provider,
      },
      el(
        "p",
        { class: "verdict" },
        badge(finding.provider),
        el("span", { class: "confidence" }, SURE[finding.confidence]),
        el("span", {}, reason(finding)),
      ),
      heading,
      evidence(text, finding),
      captures(finding),
    );
    if (open) details(shown, finding);
    else shown.append(opener(shown, finding));
    return shown;
  }

  function opener(shown, finding) {
    const button = el("button", { type: "button", class: "quiet" }, "Causes and steps");
    button.addEventListener("click", () => {
      button.remove();
      details(shown, finding);
    });
    return button;
  }

  // What was read from the text

  const NAMES = { ip: "IP address", "login-server": "host" };
  const ORDER = ["registry", "repository", "tag", "digest", "ip"];

  /** The values, the telling ones first; what only puts others together is left out. */
  function captures({ captures: values }) {
    const parts = {
      image: ["registry", "repository"],
      "login-server": ["registry"],
      namespace: ["repository"],
    };
    const names = Object.keys(values).filter(
      (name) => !(parts[name] ?? [null]).every((part) => part && values[part]),
    );
    if (names.length === 0) return undefined;
    const rank = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
    const pairs = names
      .sort((a, b) => rank(a) - rank(b))
      .map((name) =>
        pair(NAMES[name] ?? name.replaceAll("-", " "), { "data-capture": name }, values[name]),
      );
    return el("dl", { class: "captures", "aria-label": "Read from your text" }, ...pairs);
  }

  const pair = (name, attributes, ...value) =>
    el("div", {}, el("dt", {}, name), el("dd", attributes, ...value));

  /** The lines that matched, with the matching part marked; positions count bytes. Of many or long ones those that tell most,
   * and as much as leaves room for the cause on the same screen, until they are asked for. */
  function evidence(text, finding, isWhole) {
    const matches = innermost(finding.matches);
    const longest = [...matches].sort(byLength).map((match) => match.line);
    const lines = [...new Set([...longest, ...(finding.why?.lines ?? [])])];
    const [few, most] = isWhole ? [50, Infinity] : innerWidth < 640 ? [1, 100] : [4, 400];
    const bytes = new TextEncoder().encode(text);
    const decode = (from, to) => readable(new TextDecoder().decode(bytes.subarray(from, to)));
    const starts = [0];
    for (let i = 0; i < bytes.length; i += 1) if (bytes[i] === 10) starts.push(i + 1);
    let isCut = lines.length > few;
    const chosen = lines.slice(0, few).sort((a, b) => a - b);
    const rows = chosen.map((number) => {
      let from = starts[number - 1];
      while (bytes[from] === 32 || bytes[from] === 9) from += 1;
      const to = number < starts.length ? starts[number] - 1 : bytes.length;
      const line = marked(decode, from, to, matches, most);
      isCut ||= line.textContent.length < decode(from, to).length;
      return el("p", {}, el("span", { "aria-label": `line ${number}` }, String(number)), line);
    });
    const label = "What matched in your text";
    const shown = el("div", { class: "evidence", tabindex: -1, role: "group", "aria-label": label }, ...rows);
    if (isCut) {
      const more = el("button", { type: "button", class: "quiet" }, "Show all");
      more.addEventListener("click", () => {
        const whole = evidence(text, finding, true);
        shown.replaceWith(whole);
        whole.focus({ preventScroll: true });
      });
      rows.at(-1).lastChild.append(" ", more);
    }
    return shown;
  }

  /** Without what a terminal would have turned into colours. */
  const readable = (text) =>
    // eslint-disable-next-line no-control-regex
    text.replace(
      /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)|[\u0000-\u0008\u000b-\u001f]/g,
      "",
    );

  const size = ({ start, end }) => end - start;
  const byLength = (a, b) => size(b) - size(a);

  /** In order; of matches within one another the inner one, which tells more; of those that overlap all. */
  function innermost(matches) {
    const kept = [];
    for (const match of [...matches].sort((a, b) => a.start - b.start || b.end - a.end)) {
      const { line, start, end } = kept.at(-1) ?? {};
      if (line !== match.line || end <= match.start) kept.push(match);
      else kept.splice(-1, 1, match.end > end ? { ...match, start } : match);
    }
    return kept;
  }

  /** A line with its marks; of a long one some `most` letters: the longest marks, then what is around them. */
  function marked(decode, from, to, matches, most) {
    let left = decode(from, to).length > most ? most : Infinity;
    const rooms = [];
    for (const match of matches.filter(({ start, end }) => end > from && start < to).sort(byLength)) {
      if (left > 0) rooms.push([match, left]);
      left -= size(match);
    }
    const parts = [];
    let [at, gaps] = [to, rooms.length + 1];
    const put = (start, head) => {
      const part = shortened(decode(start, at), Math.max(left, 0) / gaps, head);
      left -= part.length;
      gaps -= 1;
      parts.unshift(part);
    };
    // From the end, where less stands than before a mark.
    for (const [match, room] of rooms.sort(([a], [b]) => b.start - a.start)) {
      const [start, stop] = [Math.max(from, match.start), Math.min(at, match.end)];
      put(stop, at === to ? 1 : 0.5);
      parts.unshift(el("mark", {}, shortened(decode(start, stop), room, 0.3)));
      at = start;
    }
    put(from, at === to ? 1 : 0);
    return el("span", {}, ...parts);
  }

  /** Some `room` letters of a text, the share `head` of them from its beginning, the others from its end. */
  function shortened(text, room, head) {
    if (text.length <= room + 1) return text;
    const start = text.slice(0, room * head).replace(/ \S*$/, " ");
    const end = text.slice(text.length - room * (1 - head)).replace(/^\S* /, " ");
    return `${start}…${end}`;
  }

  /** Its causes and steps; what shows them comes when the answer itself is there. */
  async function details(shown, finding) {
    try {
      const [known] = await Promise.all([texts(finding.problem), pullmedic.more("steps.js")]);
      pullmedic.steps(shown, finding, known);
    } catch {
      const link = pageLink(finding, { "data-result": false });
      shown.append(el("p", {}, "Its causes and steps are on ", link, "."));
    }
  }

  return { view, badge, pageLink, inline, pair };
})();
