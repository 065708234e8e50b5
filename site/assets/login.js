// The login builder: registry → credential → client → cloud or region, and the command that follows.
// Without this script the page lists all commands. `#ibm/api-key/podman/de.icr.io` opens it with
// its choices made; any of them may be empty.
"use strict";
{
  const CHOICES = ["credential", "client", "host"];
  const builders = [...document.querySelectorAll("[data-builder]")];
  const kept = pullmedic.stored("localStorage", "pullmedic:login", {});
  const select = (builder, name) => builder.querySelector(`[data-select="${name}"]`);
  const chosen = (builder) => CHOICES.map((name) => select(builder, name).value);

  /** Shows the commands that fit; when none does, those with the same credential. */
  function show(builder) {
    const [credential, client] = chosen(builder);
    const logins = [...builder.querySelectorAll("[data-login]")];
    const same = logins.filter((login) => login.dataset.credential === credential);
    const exact = same.filter((login) => login.dataset.client === client);
    const shown = new Set(exact.length > 0 ? exact : same);
    for (const login of logins) login.hidden = !shown.has(login);
    builder.querySelector("[data-none]").hidden = exact.length > 0;
    for (const fact of builder.querySelectorAll("[data-fact]"))
      fact.hidden = fact.dataset.fact !== credential;
    mute(builder, new Set(same.map((login) => login.dataset.client)));
    pullmedic.values.onlyUsed(builder.querySelector("form[data-values]"), builder);
  }

  /** Clients that have no command with this credential stay in the list, marked as such. */
  function mute(builder, known) {
    for (const option of select(builder, "client").options) {
      option.textContent = option.textContent.replace(" (not with this)", "");
      if (!known.has(option.value)) option.textContent += " (not with this)";
    }
  }

  function open(provider) {
    for (const builder of builders) builder.hidden = builder.dataset.provider !== provider;
    const radio = document.getElementById(`provider-${provider}`);
    if (radio) radio.checked = true;
    kept.set({ ...kept.get(), provider });
  }

  /** Makes the choices that are among the offered ones. */
  function choose(builder, values) {
    CHOICES.forEach((name, i) => {
      const list = select(builder, name);
      if (![...list.options].some((option) => option.value === values[i])) return;
      list.value = values[i];
      if (name === "host") pullmedic.values.chooseHost(builder.dataset.provider, values[i]);
    });
  }

  function change(builder, name) {
    const { provider } = builder.dataset;
    const list = select(builder, name);
    const now = kept.get();
    kept.set({ ...now, [provider]: { ...now[provider], [name]: list.value } });
    if (name === "host") pullmedic.values.chooseHost(provider, list.value);
    show(builder);
    const hash = [provider, ...chosen(builder)].map(encodeURIComponent).join("/");
    history.replaceState(null, "", `#${hash}`);
  }

  /** The address decides, then what was chosen before, then what is known of the registry. */
  function start() {
    const [asked, ...values] = location.hash.slice(1).split("/").map(decodeURIComponent);
    for (const builder of builders) {
      const { provider } = builder.dataset;
      const before = kept.get()[provider] ?? {};
      const known = pullmedic.values.of(provider).registry;
      const own = asked === provider ? values : [];
      const remembered = [before.credential, before.client, known ?? before.host];
      choose(
        builder,
        CHOICES.map((_, i) => own[i] || remembered[i]),
      );
      show(builder);
    }
    const by = (provider) => builders.find((builder) => builder.dataset.provider === provider);
    const first = by(asked) ?? by(kept.get().provider) ?? builders[0];
    if (first) open(first.dataset.provider);
  }

  for (const builder of builders)
    for (const name of CHOICES)
      select(builder, name).addEventListener("change", () => change(builder, name));
  document
    .querySelector('[data-choice="provider"]')
    ?.addEventListener("change", ({ target }) => open(target.value));
  addEventListener("hashchange", start);
  start();
}
