// How a finding is shown: what matched in the reader's own text, what was read from it, which cause
// it may be, and the steps for the chosen one.
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
    const where = why?.host_line ? ` on line ${why.host_line}` : "";
    if (confidence === "possible")
      return "Others print these words too, and no registry is named in your text.";
    if (confidence === "likely")
      return why?.host
        ? `Others print these words too, but ${why.host}${where} points here.`
        : "Others print these words too, but something else in your text points here.";
    return why?.host ? `Its words, and ${why.host}${where}.` : "Nobody else prints these words.";
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

  /** The lines that matched, with the matching part marked; positions count bytes. */
  function evidence(text, finding) {
    const lines = [
      ...new Set([...finding.matches.map((m) => m.line), ...(finding.why?.lines ?? [])]),
    ]
      .sort((a, b) => a - b)
      .slice(0, 12);
    const bytes = new TextEncoder().encode(text);
    const decode = (from, to) => readable(new TextDecoder().decode(bytes.subarray(from, to)));
    const starts = [0];
    for (let i = 0; i < bytes.length; i += 1) if (bytes[i] === 10) starts.push(i + 1);
    const rows = lines.map((number) => {
      const from = starts[number - 1];
      const to = number < starts.length ? starts[number] - 1 : bytes.length;
      return el(
        "p",
        {},
        el("span", { "aria-label": `line ${number}` }, String(number)),
        marked(decode, from, to, finding.matches),
      );
    });
    return el(
      "div",
      {
        class: "evidence",
        tabindex: "0",
        role: "group",
        "aria-label": "What matched in your text",
      },
      ...rows,
    );
  }

  /** Without what a terminal would have turned into colours. */
  const readable = (text) =>
    // eslint-disable-next-line no-control-regex
    text.replace(
      /\u001b(?:\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007)|[\u0000-\u0008\u000b-\u001f]/g,
      "",
    );

  /** Of a long line what stands next to the marks is enough. */
  const NEAR = 120;
  const isLong = (text) => text.length > 1.2 * NEAR;
  const end = (text) => (isLong(text) ? `… ${text.slice(-NEAR).replace(/^\S* /, "")}` : text.trimStart());
  const begin = (text) => (isLong(text) ? `${text.slice(0, NEAR).replace(/ \S*$/, "")} …` : text);

  function marked(decode, from, to, matches) {
    const line = el("span");
    let at = from;
    for (const match of [...matches].sort((a, b) => a.start - b.start)) {
      const start = Math.max(at, match.start);
      const stop = Math.min(to, match.end);
      if (start >= stop) continue;
      const before = decode(at, start);
      line.append(at === from ? end(before) : before, el("mark", {}, decode(start, stop)));
      at = stop;
    }
    line.append(begin(decode(at, to)));
    return line;
  }

  // Causes and steps

  async function details(shown, finding) {
    let known;
    try {
      known = await texts(finding.problem);
    } catch {
      const link = pageLink(finding, { "data-result": false });
      shown.append(el("p", {}, "Its causes and steps are on ", link, "."));
      return;
    }
    const causes = finding.causes.filter((cause) => known.causes[cause.id]);
    if (causes.length === 0) return;
    const steps = el("div", { class: "finding-steps", id: `steps-${finding.problem}` });
    const values = pullmedic.rendered(known.values).firstElementChild;
    const choose = (cause) => {
      steps.replaceChildren(...stepsFor(known, cause, values));
      ready(shown, finding);
      pullmedic.values.onlyUsed(values, steps, finding.captures);
    };
    const parts = causes.length > 1 ? [choices(finding, known, causes, choose), steps] : [steps];
    shown.append(el("div", { class: "diagnosis" }, ...parts));
    choose(causes[0]);
  }

  /** Blanks filled with what this text held, tabs as the reader likes them. */
  function ready(part, finding) {
    pullmedic.values.fill(part, { ...finding.captures });
    pullmedic.values.showAll();
    pullmedic.page?.openTabs(part);
  }

  /** The causes, each with a line that tells it from the others. */
  function choices(finding, known, causes, choose) {
    const group = `cause-of-${finding.problem}`;
    const items = causes.map((cause, i) => {
      const id = `${group}-${cause.id}`;
      const radio = el("input", { type: "radio", name: group, id, checked: i === 0 });
      radio.addEventListener("change", () => choose(cause));
      const title = pullmedic.rendered(known.causes[cause.id].title);
      const label = el("label", { for: id }, title, spoken(finding, cause));
      const down = el("a", { class: "down", href: `#steps-${finding.problem}` }, "What to do ↓");
      return el("li", {}, radio, label, tell(known.causes[cause.id].html), down);
    });
    return el(
      "fieldset",
      { class: "choices" },
      el("legend", {}, "Which cause is yours? Most likely first"),
      el("ol", {}, ...items),
    );
  }

  function spoken({ why }, cause) {
    const says = (side) => {
      const speaks = (sign) => sign.cause === cause.id && sign.speaks === side;
      const lines = [...new Set((why?.signs ?? []).filter(speaks).map((sign) => sign.line))];
      return lines.length === 0 ? [] : [`line ${lines.join(", ")} speaks ${side} it`];
    };
    const said = [...says("for"), ...says("against")].join("; ");
    return said === "" ? undefined : el("span", { class: "spoken" }, ` ${said}`);
  }

  /** `command or question → what it says if it is this`, from the cause's full text. */
  function tell(html) {
    const cause = pullmedic.rendered(html);
    const probe = cause.querySelector(".ask") ?? cause.querySelector("pre code");
    const expect = cause.querySelector(".expect");
    expect?.querySelector("span")?.remove();
    if (!probe || !expect) return undefined;
    const shown = probe.matches("code") ? [probe] : probe.childNodes;
    return el("p", { class: "tell" }, ...shown, el("br"), "→ ", ...expect.childNodes);
  }

  function stepsFor(known, cause, values) {
    const { html, fixes: ids, title } = known.causes[cause.id];
    const fixes = ids
      .filter((id) => known.fixes[id])
      .map((id) => pullmedic.rendered(known.fixes[id]));
    return [
      el("h3", {}, pullmedic.rendered(title)),
      pullmedic.rendered(html),
      ...(values ? [values] : []),
      ...(fixes.length > 0 ? [el("h3", {}, "What to do"), ...fixes] : []),
    ];
  }

  return { view, badge, pageLink, inline, pair };
})();
