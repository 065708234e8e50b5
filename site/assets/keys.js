// Keys for the box and its results: `/`, arrows, Enter, Esc; and the examples' buttons. Beside the home page the box is as high
// as what is in it.
"use strict";
if (pullmedic.box) {
  const box = document.getElementById("q");
  const results = document.getElementById("results");

  function grow() {
    if (pullmedic.isHome) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 4, innerHeight * 0.4)}px`;
  }
  const put = (text) => (pullmedic.box.put(text), grow());
  const reset = () => (pullmedic.box.reset(), grow());
  box.addEventListener("input", grow);
  box.form.addEventListener("reset", () => setTimeout(grow));
  if (box.value !== "") grow();

  const links = () => [...results.querySelectorAll("a[data-result]")];

  function step(by) {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (at + by < 0) box.focus();
    else all[Math.min(at + by, all.length - 1)]?.focus();
  }

  /** Whether a key leads from the box to the results: Enter, if it isn't for a new line, and the arrow behind the last line. */
  function leadsOn({ key, shiftKey, isComposing }) {
    const oneLine = !box.value.includes("\n");
    const isEnter = key === "Enter" && !shiftKey && !isComposing && oneLine;
    const isDown = key === "ArrowDown" && (oneLine || box.selectionStart === box.value.length);
    return (isEnter || isDown) && links().length > 0;
  }

  function keyInBox(event) {
    if (event.key === "Escape") reset();
    else if (leadsOn(event)) step(1);
    else return;
    event.preventDefault();
  }

  function toBox() {
    const selected = String(getSelection()).trim();
    box.focus();
    if (selected !== "" && box.value.trim() === "") put(selected);
  }

  function keyElsewhere(event) {
    const { key, target } = event;
    const typing = target.matches("input, select, textarea, [contenteditable]");
    if (key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) toBox();
    else if (key === "Escape" && !results.hidden)
      if (results.contains(target)) box.focus();
      else reset();
    else if (target.matches("a[data-result]") && key === "ArrowDown") step(1);
    else if (target.matches("a[data-result]") && key === "ArrowUp") step(-1);
    else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", (event) => {
    if (event.target === box) keyInBox(event);
    else keyElsewhere(event);
  });

  let examples = {};
  pullmedic.knowExamples = (texts) => {
    examples = texts;
  };
  document.addEventListener("click", async ({ target }) => {
    const { example } = target.closest("[data-example]")?.dataset ?? {};
    if (!example) return;
    await pullmedic.script(pullmedic.data("data/examples.js"));
    put(examples[example]);
    box.focus({ preventScroll: true });
  });
}
