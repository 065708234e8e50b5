// The strip with the reader's own values: typing, forgetting, and the way from a blank to its input and back.
"use strict";
{
  const { values } = pullmedic;
  const { typed, read, hosts, refresh } = values;

  function type(provider, name, value) {
    const all = typed.get();
    all[provider] = { ...all[provider], [name]: value.trim() };
    typed.set(all);
    refresh();
  }

  function forget(provider) {
    for (const store of [typed, read]) {
      const all = store.get();
      delete all[provider];
      store.set(all);
    }
    refresh();
  }

  function chooseHost(provider, pattern) {
    hosts[provider] = pattern;
    if (!pattern.includes("<registry>")) type(provider, "registry", pattern);
    else refresh();
  }

  values.chooseHost = chooseHost;

  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-values]");
    if (form && target.name) type(form.dataset.values, target.name, target.value);
  });
  /** The blank whose input has the focus: Enter leads back to it, with its command ready to be copied. */
  let from = null;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.closest("form[data-values]")) return;
    event.preventDefault();
    from?.closest(".command")?.querySelector("[data-copy]").focus();
    from?.scrollIntoView({ block: "center" });
    from = null;
  });
  document.addEventListener("click", ({ target }) => {
    const forgetting = target.closest("[data-forget]");
    if (forgetting) forget(forgetting.closest("form").dataset.values);
    // A blank leads to the input that fills it.
    const blank = target.closest("var[data-blank]");
    if (!blank || String(getSelection()) !== "") return;
    const form = blank.closest("[data-provider]").querySelector("form[data-values]");
    const input = form?.querySelector(`[name="${CSS.escape(blank.dataset.blank)}"]`);
    if (!input) return;
    from = blank;
    form.hidden = false;
    input.parentElement.hidden = false;
    input.focus();
  });
}
