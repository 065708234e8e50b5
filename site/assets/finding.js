// How an answer is shown: findings with their evidence, causes and steps; then search results; or,
// when nothing was found, what was understood.
"use strict";

pullmedic.show = (() => {
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

  /** Everything for one answer, in order. */
  function show(answer) {
    const parts = answer.findings.map((finding, i) => findingView(answer, finding, i));
    if (answer.findings.length === 0 && looksLikeALog(answer)) parts.push(understood(answer));
    if (answer.hits.length > 0) parts.push(...hitsView(answer));
    if (parts.length === 0) parts.push(understood(answer));
    parts.push(
      el(
        "p",
        { class: "stays" },
        "This answer was made in your browser; nothing was sent. Esc brings you back.",
      ),
    );
    return parts;
  }

  function looksLikeALog({ text, searchOnly, others }) {
    return !searchOnly && (others.length > 0 || text.trim().includes("\n") || text.length > 60);
  }

  // Findings

  function findingView(answer, finding, index) {
    const view = el("article", {
      class: "finding",
      "data-problem": finding.problem,
      "data-confidence": finding.confidence,
      "data-provider": finding.provider,
    });
    view.append(
      el(
        "p",
        { class: "verdict" },
        badge(finding.provider),
        el("span", { class: "confidence" }, SURE[finding.confidence]),
        el("span", {}, reason(finding)),
      ),
      el("h2", {}, pageLink(finding)),
      evidence(answer.text, finding),
    );
    const captured = Object.entries(finding.captures);
    if (captured.length > 0) view.append(capturesView(captured));
    const more = () => details(view, finding);
    if (index < 2) more();
    else {
      const button = el("button", { type: "button", class: "quiet" }, "Causes and steps");
      button.addEventListener("click", () => {
        button.remove();
        more();
      });
      view.append(button);
    }
    return view;
  }

  function capturesView(captured) {
    const pairs = captured.map(([name, value]) =>
      el("div", {}, el("dt", {}, name), el("dd", { "data-capture": name }, value)),
    );
    return el("dl", { class: "captures", "aria-label": "Read from your text" }, ...pairs);
  }

  /** The lines that matched, with the matching part marked; positions count bytes. */
  function evidence(text, finding) {
    const lines = [
      ...new Set([...finding.matches.map((m) => m.line), ...(finding.why?.lines ?? [])]),
    ]
      .sort((a, b) => a - b)
      .slice(0, 12);
    const bytes = new TextEncoder().encode(text);
    const decode = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
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

  function marked(decode, from, to, matches) {
    const line = el("span");
    let at = from;
    for (const match of [...matches].sort((a, b) => a.start - b.start)) {
      const start = Math.max(at, match.start);
      const end = Math.min(to, match.end);
      if (start >= end) continue;
      line.append(decode(at, start), el("mark", {}, decode(start, end)));
      at = end;
    }
    line.append(decode(at, to));
    return line;
  }

  async function details(view, finding) {
    let known;
    try {
      known = await texts(finding.problem);
    } catch {
      view.append(
        el(
          "p",
          {},
          "Its causes and steps are on ",
          pageLink(finding, { "data-result": false }),
          ".",
        ),
      );
      return;
    }
    const steps = el("div", { class: "finding-steps" });
    const causes = finding.causes.filter((cause) => known.causes[cause.id]);
    const choose = (cause) => {
      steps.replaceChildren(...stepsFor(known, cause));
      ready(steps, finding);
    };
    if (causes.length > 0) {
      view.append(
        el("h3", {}, causes.length > 1 ? "Which cause is yours? Most likely first" : "The cause"),
      );
      view.append(causesView(finding, known, causes, choose));
      view.append(pullmedic.rendered(known.values), steps);
      choose(causes[0]);
    }
    ready(view, finding);
  }

  /** Blanks filled with what this text held, tabs as the reader likes them. */
  function ready(part, finding) {
    const own = { ...finding.captures };
    pullmedic.values.fill(part, own);
    pullmedic.values.showAll();
    pullmedic.page.openTabs(part);
  }

  function causesView(finding, known, causes, choose) {
    const group = `cause-of-${finding.problem}`;
    const items = causes.map((cause, i) => {
      const id = `${group}-${cause.id}`;
      const radio = el("input", { type: "radio", name: group, id, checked: i === 0 });
      radio.addEventListener("change", () => choose(cause));
      const label = el("label", { for: id }, pullmedic.rendered(known.causes[cause.id].title));
      const seen = (finding.why?.signs ?? []).filter(
        (sign) => sign.cause === cause.id && sign.speaks === "for",
      );
      if (seen.length > 0)
        label.append(
          " ",
          el(
            "span",
            { class: "spoken" },
            `line ${[...new Set(seen.map((s) => s.line))].join(", ")} speaks for it`,
          ),
        );
      return el(
        "li",
        {},
        causes.length > 1 ? radio : el("span"),
        label,
        pullmedic.rendered(known.causes[cause.id].html),
      );
    });
    return el("ol", { class: "choices" }, ...items);
  }

  function stepsFor(known, cause) {
    const fixes = known.causes[cause.id].fixes.filter((id) => known.fixes[id]);
    if (fixes.length === 0) return [];
    return [el("h3", {}, "What to do"), ...fixes.map((id) => pullmedic.rendered(known.fixes[id]))];
  }

  // Search results, and nothing found

  function hitsView(answer) {
    const heading =
      answer.findings.length > 0
        ? "Other pages with these words"
        : answer.searchOnly
          ? "Pages with these words"
          : "Pages that may help";
    const note = answer.searchOnly
      ? [
          el(
            "p",
            { class: "stays" },
            "WebAssembly is off in this browser, so nothing is diagnosed; these pages hold your words.",
          ),
        ]
      : [];
    const shown = answer.findings.length > 0 ? answer.hits.slice(0, 5) : answer.hits;
    const items = shown.map((hit) =>
      el("li", { "data-problem": hit.problem }, badge(hit.provider), " ", pageLink(hit)),
    );
    return [el("h2", {}, heading), ...note, el("ol", { class: "hits" }, ...items)];
  }

  function understood({ text, others, searchOnly }) {
    const view = el("section", { class: "understood", "aria-label": "What was understood" });
    const providers = [...document.querySelectorAll("nav a[data-id]")].map((link) =>
      link.textContent.trim(),
    );
    if (others.length > 0) {
      view.append(
        el("h2", {}, `This is from ${others.join(", ")}`),
        el(
          "p",
          {},
          `That isn’t a registry of ours (${providers.join(", ")}), so there is no diagnosis: an error of somebody else’s registry only looks alike.`,
        ),
      );
    } else {
      view.append(
        el("h2", {}, searchOnly ? "No page holds these words" : "No known problem is in this text"),
      );
      if (!/[a-z0-9-]+\.[a-z]{2,}/i.test(text))
        view.append(el("p", {}, "There is no registry host in it."));
    }
    const advice = [
      "the whole message, from “Error” to the end of the line",
      "the command you ran, and a few lines before the error",
      "for Kubernetes, the Events of `kubectl describe pod`",
    ];
    view.append(
      el("p", {}, "What helps to find it:"),
      el("ul", {}, ...advice.map((line) => el("li", {}, ...inline(line)))),
    );
    return view;
  }

  show.hits = hitsView;
  return show;
})();
