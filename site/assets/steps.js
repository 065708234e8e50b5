// Below a finding: which cause it may be, and the steps for the chosen one.
"use strict";

pullmedic.steps = (() => {
  const { el } = pullmedic;
  /** So many causes a phone shows before its reader asks for all. */
  const FEW = 4;

  /** Adds them to a finding, from the texts of its problem. */
  function add(shown, finding, known) {
    const causes = finding.causes.filter((cause) => known.causes[cause.id]);
    if (causes.length === 0) return;
    const steps = el("div", { class: "finding-steps", id: `steps-${finding.problem}` });
    const values = pullmedic.rendered(known.values).firstElementChild;
    const choose = (cause) => {
      steps.replaceChildren(...stepsFor(known, cause, values));
      ready(shown, finding);
      pullmedic.values.onlyUsed(values, steps, finding.captures);
      change.hidden = !values || !steps.querySelector("var[data-capture]");
    };
    // A value that was read wrong: a click on it leads to its input, and without a mouse this.
    const change = el("button", { type: "button", class: "quiet" }, "Change the values");
    change.addEventListener("click", () => {
      pullmedic.values.onlyUsed(values, steps);
      values.querySelector("label:not([hidden]) input").focus();
    });
    const parts = causes.length > 1 ? [choices(finding, known, causes, choose), steps] : [steps];
    const ticket = el("button", { type: "button", class: "quiet", "data-ticket": true }, "Copy as a ticket");
    shown.append(el("div", { class: "diagnosis" }, ...parts), ticket, " ", change);
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
    const legend = el("legend", {}, "Which is yours? Likeliest first");
    const all = el("button", { type: "button", class: "quiet" }, `${causes.length - FEW} more causes`);
    const list = el("ol", {}, ...items);
    all.addEventListener("click", () => all.remove());
    return el("fieldset", { class: "choices" }, legend, list, causes.length > FEW + 1 ? all : null);
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

  return add;
})();
