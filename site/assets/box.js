// The box: typing, pasting, keys, the address, and what is read out.
"use strict";

pullmedic.box = (() => {
  const box = document.getElementById("q");
  const results = document.getElementById("results");
  const content = document.getElementById("content");
  const status = document.getElementById("q-status");
  const clear = document.querySelector("[data-clear]");
  if (!box || !results) return null;
  const isHome = document.documentElement.dataset.kind === "home";
  const scripts = document.currentScript.dataset;

  // A pasted text never goes into the address; only words that were typed do.
  let pasted = false;
  let asked = 0;
  let shown = 0;
  let pause = 0;

  const isEmpty = () => box.value.trim() === "";

  async function answer() {
    const question = box.value;
    asked += 1;
    const mine = asked;
    clear.hidden = question === "";
    grow();
    if (isEmpty()) return leave();
    const places = placesFor(question);
    const found = await pullmedic.ask(question);
    if (found.findings.length === 0) found.places = await places();
    if (pullmedic.show.isUnclear(found))
      await pullmedic.script(scripts.understood).catch(() => {});
    // While somebody types, the answer to fewer words is better than none.
    if (mine < shown || isEmpty()) return;
    shown = mine;
    show(found);
    pullmedic.answered();
    hands();
    const hits = await found.later?.catch(() => []);
    if (hits?.length > 0 && mine === shown)
      results.lastElementChild.before(...pullmedic.show.hits({ ...found, hits }));
  }

  /** Pages that answer a short question; what knows them comes with the first one, at once if it was typed. */
  function placesFor(question) {
    if (question.length > 120 || question.includes("\n")) return () => [];
    const find = async () => {
      if (!pullmedic.places) await pullmedic.script(scripts.places);
      return pullmedic.places(question);
    };
    const found = pasted ? null : find().catch(() => []);
    return () => found ?? find().catch(() => []);
  }

  function show(found) {
    const best = found.findings[0];
    if (best && Object.keys(best.captures).length > 0)
      pullmedic.values.capture(best.provider, best.captures);
    results.replaceChildren(...pullmedic.show(found));
    results.hidden = false;
    content.hidden = true;
    document.documentElement.dataset.answered = "";
    remember(found);
    clearTimeout(pause);
    pause = setTimeout(() => {
      status.textContent = spoken(found);
    }, 700);
  }

  function spoken({ findings, hits, others }) {
    const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
    if (findings.length > 0)
      return `${count(findings.length, "problem", "problems")} found. ${findings[0].title}, ${findings[0].confidence}.`;
    if (others.length > 0) return `No problem found: this is from ${others.join(", ")}.`;
    return hits.length > 0 ? `${count(hits.length, "page", "pages")} may help.` : "Nothing found.";
  }

  function leave() {
    shown = asked;
    results.replaceChildren();
    results.hidden = true;
    content.hidden = false;
    delete document.documentElement.dataset.answered;
    status.textContent = "";
    clearTimeout(pause);
    address("");
  }

  function remember({ text }) {
    const words = box.value.trim();
    const fits = !pasted && words.length <= 100 && !words.includes("\n") && text.trim() === words;
    address(fits ? words : "");
  }

  /** Only the home page's address carries the words; other pages keep their anchors. */
  function address(words) {
    if (!isHome) return;
    const hash = words ? `#q=${encodeURIComponent(words)}` : "";
    if (location.hash !== hash)
      history.replaceState(null, "", location.pathname + location.search + hash);
  }

  function grow() {
    if (isHome) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 4, innerHeight * 0.4)}px`;
  }

  /** The home page is there to be asked: compile at once, start at the first sign of a reader. */
  function prepare() {
    pullmedic.engine.prepare().catch(() => {});
    const start = () => pullmedic.engine().catch(() => {});
    for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"])
      addEventListener(sign, start, { once: true, passive: true });
    addEventListener("load", () => isEmpty() && hands());
  }

  /** On the home page, what a hand needs: copying, tabs, forms. It comes when no answer is waited for. */
  const hands = () => (isHome ? pullmedic.script(scripts.page) : Promise.resolve());

  const links = () => [...results.querySelectorAll("a[data-result]")];

  function step(by) {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (at + by < 0) box.focus();
    else all[Math.min(at + by, all.length - 1)]?.focus();
  }

  function reset() {
    box.value = "";
    pasted = false;
    answer();
    box.focus();
  }

  function keyInBox(event) {
    const oneLine = !box.value.includes("\n");
    if (event.key === "Escape") reset();
    else if (
      event.key === "Enter" &&
      !event.shiftKey &&
      !event.isComposing &&
      oneLine &&
      links().length > 0
    )
      step(1);
    else if (
      event.key === "ArrowDown" &&
      (oneLine || box.selectionStart === box.value.length) &&
      links().length > 0
    )
      step(1);
    else return;
    event.preventDefault();
  }

  function keyElsewhere(event) {
    const typing = event.target.matches("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const selected = String(getSelection()).trim();
      box.focus();
      if (selected !== "" && isEmpty()) {
        box.value = selected;
        pasted = true;
        answer();
      }
    } else if (event.key === "Escape" && !results.hidden) {
      event.preventDefault();
      if (results.contains(event.target)) box.focus();
      else reset();
    } else if (
      event.target.matches("a[data-result]") &&
      (event.key === "ArrowDown" || event.key === "ArrowUp")
    ) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  function fromAddress() {
    const [, words] = /^#q=(.*)$/.exec(location.hash) ?? [];
    if (words === undefined) return;
    try {
      box.value = decodeURIComponent(words.replaceAll("+", " "));
    } catch {
      box.value = words;
    }
    pasted = false;
    answer();
  }

  box.addEventListener("input", (event) => {
    if (event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop")
      pasted = true;
    if (box.value === "") pasted = false;
    answer();
  });
  box.addEventListener("keydown", keyInBox);
  box.addEventListener(
    "focus",
    () => {
      pullmedic.engine().catch(() => {});
    },
    { once: true },
  );
  box.form.addEventListener("submit", (event) => event.preventDefault());
  box.form.addEventListener("reset", (event) => {
    event.preventDefault();
    reset();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== box) keyElsewhere(event);
  });
  document.addEventListener("click", ({ target }) => {
    if (!pullmedic.page && target.closest("[data-copy]")) hands().then(() => target.click());
    const example = target.closest("[data-example]");
    if (!example) return;
    box.value = document.getElementById(example.dataset.example).content.textContent.trim();
    pasted = true;
    answer();
    box.focus({ preventScroll: true });
  });
  addEventListener("hashchange", fromAddress);
  pullmedic.values.onChange(() => pullmedic.values.fill(results));
  if (isHome) prepare();
  if (box.value !== "") answer();
  else fromAddress();
  return { answer };
})();
