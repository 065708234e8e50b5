// The reader's own values: typed ones are kept in this browser, those read from a log in this tab.
// They take the place of the blanks in every command: <var data-blank="registry">.
"use strict";

pullmedic.values = (() => {
  const typed = pullmedic.stored("localStorage", "pullmedic:values", {});
  const read = pullmedic.stored("sessionStorage", "pullmedic:captured", {});
  const changed = new Set();

  /** All values known for a provider; what is typed wins over what was read from a log. */
  function of(provider) {
    const values = { ...read.get()[provider] };
    for (const [name, value] of Object.entries(typed.get()[provider] ?? {}))
      if (value) values[name] = value;
    return complete(provider, values);
  }

  /** Adds what follows from the others: the login server from the registry and the other way round. */
  function complete(provider, values) {
    const pattern = hostPattern(provider);
    const [before, after] = pattern.split("<registry>");
    const host = values["login-server"];
    if (values.registry && !host) values["login-server"] = before + values.registry + after;
    if (host && !values.registry && host.startsWith(before) && host.endsWith(after)) {
      values.registry = host.slice(before.length, host.length - after.length);
    }
    if (!values.namespace && values.repository?.includes("/"))
      values.namespace = values.repository.split("/")[0];
    if (!values.image && values["login-server"] && values.repository) {
      const version = values.digest ? `@${values.digest}` : values.tag ? `:${values.tag}` : "";
      if (version) values.image = `${values["login-server"]}/${values.repository}${version}`;
    }
    return values;
  }

  const hosts = {};

  /** `<registry>.azurecr.io`, or another cloud's when the builder says so. */
  function hostPattern(provider) {
    const link = document.querySelector(`nav a[data-id="${CSS.escape(provider)}"]`);
    return hosts[provider] ?? link?.dataset.host ?? "<registry>";
  }

  function providerOf(node) {
    return node.closest("[data-provider]")?.dataset.provider ?? "";
  }

  /** Puts values into the blanks below `part`; `own` are values for this part only. */
  function fill(part, own) {
    const known = new Map();
    for (const blank of part.querySelectorAll("var[data-blank]")) {
      const provider = providerOf(blank);
      if (!known.has(provider))
        known.set(
          provider,
          own ? { ...of(provider), ...complete(provider, { ...own }) } : of(provider),
        );
      const name = blank.dataset.blank;
      const value = known.get(provider)[name];
      if (value) {
        blank.dataset.capture = name;
        blank.textContent = value;
      } else {
        delete blank.dataset.capture;
        blank.textContent = `<${name}>`;
      }
    }
  }

  /** Of a form's inputs only those for the blanks in `part` that `read` leaves open. */
  function onlyUsed(form, part, read = {}) {
    if (!form) return;
    const blanks = [...part.querySelectorAll("var[data-blank]")];
    const shown = blanks.filter((blank) => !blank.closest("[data-login][hidden]"));
    const wanted = new Set(shown.map((blank) => blank.dataset.blank));
    let left = 0;
    for (const input of form.querySelectorAll("input[name]")) {
      const isLeft = wanted.has(input.name) && !read[input.name];
      input.parentElement.hidden = !isLeft;
      if (isLeft) left += 1;
    }
    form.hidden = left === 0;
  }

  function show(form) {
    const provider = form.dataset.values;
    const own = typed.get()[provider] ?? {};
    const all = of(provider);
    for (const input of form.querySelectorAll("input[name]")) {
      if (input === document.activeElement) continue;
      input.value = own[input.name] || all[input.name] || "";
      input.toggleAttribute("data-from", Boolean(!own[input.name] && all[input.name]));
    }
  }

  function showAll() {
    for (const form of document.querySelectorAll("form[data-values]")) show(form);
  }

  function refresh() {
    showAll();
    fill(document.getElementById("content"));
    for (const listener of changed) listener();
  }

  /** Keeps what a log held, in this tab only. */
  function capture(provider, values) {
    read.set({ ...read.get(), [provider]: values });
    refresh();
  }

  addEventListener("storage", refresh);
  addEventListener("pageshow", refresh);
  refresh();

  return {
    of,
    fill,
    onlyUsed,
    showAll,
    capture,
    typed,
    read,
    hosts,
    refresh,
    onChange: (listener) => changed.add(listener),
  };
})();
