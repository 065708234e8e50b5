// The login builder: registry → credential → client → cloud or region, and the command that follows.
// Without this script the page lists all commands.
"use strict";
{
  const builders = [...document.querySelectorAll("[data-builder]")];
  const kept = pullmedic.stored("localStorage", "pullmedic:login", {});
  const select = (builder, name) => builder.querySelector(`[data-select="${name}"]`);

  /** Shows the commands that fit; when none does, those with the same credential. */
  function show(builder) {
    const credential = select(builder, "credential").value;
    const client = select(builder, "client").value;
    const logins = [...builder.querySelectorAll("[data-login]")];
    const same = logins.filter((login) => login.dataset.credential === credential);
    const exact = same.filter((login) => login.dataset.client === client);
    const shown = new Set(exact.length > 0 ? exact : same);
    for (const login of logins) login.hidden = !shown.has(login);
    builder.querySelector("[data-none]").hidden = exact.length > 0;
    for (const fact of builder.querySelectorAll("[data-fact]"))
      fact.hidden = fact.dataset.fact !== credential;
    mute(builder, logins, credential);
    ask(builder);
  }

  /** Only the values that the commands in sight have blanks for. */
  function ask(builder) {
    const blanks = [...builder.querySelectorAll("[data-login]:not([hidden]) var[data-blank]")];
    const wanted = new Set(blanks.map((blank) => blank.dataset.blank));
    for (const input of builder.querySelectorAll("form[data-values] input")) {
      input.parentElement.hidden = !wanted.has(input.name);
    }
    builder.querySelector("form[data-values]")?.toggleAttribute("hidden", wanted.size === 0);
  }

  /** Clients that have no command with this credential stay in the list, marked as such. */
  function mute(builder, logins, credential) {
    const known = new Set(
      logins.filter((l) => l.dataset.credential === credential).map((l) => l.dataset.client),
    );
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

  for (const builder of builders) {
    const provider = builder.dataset.provider;
    const before = kept.get()[provider] ?? {};
    for (const name of ["credential", "client", "host"]) {
      const list = select(builder, name);
      if ([...list.options].some((option) => option.value === before[name]))
        list.value = before[name];
      list.addEventListener("change", () => {
        const now = kept.get();
        kept.set({ ...now, [provider]: { ...now[provider], [name]: list.value } });
        if (name === "host") pullmedic.values.chooseHost(provider, list.value);
        show(builder);
      });
    }
    show(builder);
  }
  document
    .querySelector('[data-choice="provider"]')
    ?.addEventListener("change", ({ target }) => open(target.value));
  const first =
    builders.find((builder) => location.hash === `#${builder.dataset.provider}`) ??
    builders.find((builder) => builder.dataset.provider === kept.get().provider) ??
    builders[0];
  if (first) open(first.dataset.provider);
}
