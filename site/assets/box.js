// The box: typing, pasting, the address.
"use strict";

pullmedic.box = (() => {
  const box = document.getElementById("q");
  const results = document.getElementById("results");
  const content = document.getElementById("content");
  const status = document.getElementById("q-status");
  const clear = document.querySelector("[data-clear]");
  if (!box || !results) return null;
  const { isHome } = pullmedic;

  // A pasted text never goes into the address; only words that were typed do.
  let pasted = false;
  let asked = 0;
  let shown = 0;
  let pause = 0;
  let rest = 0;

  const isEmpty = () => box.value.trim() === "";

  async function answer() {
    const question = box.value;
    asked += 1;
    const mine = asked;
    clear.hidden = question === "";
    if (isEmpty()) return leave();
    const places = placesFor(question);
    const found = await pullmedic.ask(question);
    if (found.findings.length === 0 || found.hits.length > 0) {
      await hands();
      found.more = await pullmedic.hits.more(found, places);
    }
    // While somebody types, the answer to fewer words is better than none.
    if (mine < shown || isEmpty()) return;
    shown = mine;
    show(found);
    pullmedic.answered();
    const parts = [...results.querySelectorAll(":scope > .finding")];
    hands().then(() => pullmedic.seen(parts, found.findings)).catch(() => {});
    const hits = await found.later?.catch(() => []);
    if (hits?.length > 0 && mine === shown)
      results.lastElementChild.before(...pullmedic.hits.view({ ...found, hits }));
  }

  /** Pages that answer a short question; what knows them comes with the first one, at once if it was typed. */
  function placesFor(question) {
    if (question.length > 120 || question.includes("\n")) return () => [];
    const find = async () => {
      if (!pullmedic.places) await pullmedic.script(pullmedic.data("assets/places.js"));
      return pullmedic.places(question);
    };
    const found = pasted ? null : find().catch(() => []);
    if (!pasted) pullmedic.engine.prepareSearch().catch(() => {});
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
    const speak = () => (status.textContent = pullmedic.hits.spoken(found));
    pause = setTimeout(() => hands().then(speak).catch(() => {}), 700);
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

  function remember({ text, searchOnly }) {
    const words = box.value.trim();
    const fits = !pasted && words.length <= 100 && !words.includes("\n") && text.trim() === words;
    address(fits ? words : "", fits || searchOnly ? null : text);
  }

  /** Only the home page's address carries the words; other pages keep their anchors. It follows when
   * the keys rest: to write it costs as much as to search, and browsers refuse it when it comes too often.
   * What isn't in it is `kept` (keep.js). */
  function address(words, kept = null) {
    pullmedic.kept = kept;
    pullmedic.keep?.();
    if (!isHome) return;
    clearTimeout(rest);
    const hash = words ? `#q=${encodeURIComponent(words)}` : "";
    const write = () => history.replaceState(history.state, "", location.pathname + location.search + hash);
    if (location.hash !== hash) rest = setTimeout(write, 150);
  }

  /** The home page is there to be asked: compile at once, start at the first sign of a reader. */
  function prepare() {
    pullmedic.engine.prepare().catch(() => {});
    const start = () => pullmedic.engine().catch(() => {});
    for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"])
      addEventListener(sign, start, { once: true, passive: true });
    addEventListener("load", () => isEmpty() && hands());
  }

  /** On the home page, what a hand needs: keys, copying, tabs, forms. It comes when no answer is waited for. */
  const hands = () => (isHome ? pullmedic.more("page.js") : Promise.resolve());

  /** A text as if it were pasted. */
  function put(text) {
    box.value = text;
    pasted = true;
    answer();
  }

  /** On a phone the keyboard would cover what was found. */
  function lookDown() {
    if (results.hidden || !matchMedia("(pointer: coarse)").matches) return;
    box.blur();
    results.scrollIntoView();
  }

  function reset() {
    box.value = "";
    pasted = false;
    answer();
    box.focus();
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
    const isPaste = event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop";
    pasted = box.value !== "" && (pasted || isPaste);
    answer().then(() => isPaste && pasted && lookDown());
  });
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
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy], [data-ticket], [data-example]");
    if (button && !pullmedic.page) hands().then(() => button.click());
  });
  addEventListener("hashchange", fromAddress);
  pullmedic.values.onChange(() => pullmedic.values.fill(results));
  if (isHome) prepare();
  if (box.value !== "") answer();
  else fromAddress();
  return { answer, reset, put };
})();
