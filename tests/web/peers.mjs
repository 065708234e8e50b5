// Our box beside mdBook's search and Pagefind on the same content, by hand: `node peers.mjs DIR …`.
//
// DIR is what `pullmedic-catalogue N DIR` wrote, with the site built as DIR/site. Its problems become an mdBook in DIR/book:
// a chapter each, with title, summary, messages, causes and steps. Pagefind indexes the same book, and answers in a page
// with nothing but a box (DIR/pagefind), which is less than its own interface loads. MDBOOK and PAGEFIND name the programs,
// `mdbook` and `pagefind` if not set.
//
// In one run, for each: the bytes (gzip) and the time of a first visit on slow 4G until the first answer to a pasted line, from
// navigation; the time from a paste, and from the first of a few words' keys, on a page that has loaded, and the bytes by then
// (`opened.mjs`); without throttling the time from a paste about a problem that wasn't asked about before to its answer, and from each key of
// a few words; how often the right page is first for the questions in DIR/questions.json, and how many unrelated errors get an
// answer (from us: a diagnosis).
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { writeBook, writeIndex } from "./book.mjs";
import { SLOW_4G, median, startBrowser, withTab } from "./chrome.mjs";
import { pasted, typed } from "./opened.mjs";
import { serve } from "./server.mjs";

const RUNS = Number(process.env.RUNS ?? 3);
const WORDS = "token endpoint refused";

/** Where the box is, where its answers are, and how the first answer names its problem; asked in the page. */
const OURS = { folder: "site", box: "#q", event: "input", results: "#results", first: "[data-problem]" };
const PEERS = {
  pullmedic: OURS,
  mdBook: { folder: "book", box: "#mdbook-searchbar", event: "keyup", results: "#mdbook-searchresults-outer", first: "#mdbook-searchresults a", open: "#mdbook-search-toggle", deep: true },
  Pagefind: { folder: "pagefind", box: "#q", event: "input", results: "#results", first: "a" },
};

/** Runs in the page: puts a text into the box, resolves with the milliseconds until its answer is painted, and what is first. */
function ask({ box, event, results, first, open, deep }, text) {
  const field = document.querySelector(box);
  const list = document.querySelector(results);
  const started = performance.now();
  return new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      requestAnimationFrame(() => {
        const isLate = performance.now() - started > 59000;
        const hit = isLate ? null : list.querySelector(first);
        const name = hit?.dataset.problem ?? hit?.getAttribute("href").replace(/^\/|\.html.*$/g, "");
        resolve({ ms: performance.now() - started, at: performance.now(), first: name, isDiagnosis: Boolean(hit?.dataset.confidence) });
      });
    };
    const observer = new MutationObserver(done);
    setTimeout(done, 60000); // a search that failed says nothing
    observer.observe(list, { childList: true, subtree: deep, characterData: deep });
    if (open && document.querySelector(open).getAttribute("aria-expanded") === "false") document.querySelector(open).click();
    field.value = text;
    field.dispatchEvent(new InputEvent(event, { bubbles: true, inputType: text.length > 30 ? "insertFromPaste" : "insertText" }));
  });
}

const cold = (browser, server, peer, text) =>
  withTab(browser, async (tab) => {
    const session = await tab.createCDPSession();
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const before = server.sent();
    await tab.goto(server.address, { waitUntil: "domcontentloaded", timeout: 120000 });
    const { at } = await tab.evaluate(ask, peer, text);
    return { ms: at, bytes: server.sent() - before };
  });

async function measure(browser, folder, peer) {
  const { questions, unrelated } = JSON.parse(await readFile(join(folder, "questions.json"), "utf8"));
  const server = await serve(join(folder, peer.folder));
  const line = questions[0].text;
  const colds = [];
  for (let i = 0; i < RUNS; i += 1) colds.push(await cold(browser, server, peer, line));
  const [loadedPastes, words] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    loadedPastes.push(await pasted(browser, server, peer, line));
    words.push(await typed(browser, server, peer, WORDS));
  }
  const middle = (list, what) => median(list.map((one) => one[what]));
  const warm = await withTab(browser, async (tab) => {
    tab.setDefaultTimeout(120000);
    await tab.goto(server.address, { waitUntil: "load" });
    await tab.evaluate(ask, peer, WORDS);
    await tab.evaluate(ask, peer, line);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const keys = [];
    for (let n = 3; n <= WORDS.length; n += 1) keys.push((await tab.evaluate(ask, peer, WORDS.slice(0, n))).ms);
    const pastes = [];
    for (const { text } of questions.filter(({ kind }) => kind === "message").slice(0, 9)) pastes.push((await tab.evaluate(ask, peer, text)).ms);
    const right = {};
    for (const { kind, text, answer } of questions) {
      const { first } = await tab.evaluate(ask, peer, text);
      right[kind] = (right[kind] ?? 0) + (first === answer ? 1 : 0);
    }
    let claimed = 0;
    for (const text of unrelated) {
      const { first, isDiagnosis } = await tab.evaluate(ask, peer, text);
      if (peer === OURS ? isDiagnosis : first) claimed += 1;
    }
    return { keys, pastes, right, claimed };
  });
  server.close();
  return {
    "KB until the first answer": (middle(colds, "bytes") / 1000).toFixed(1),
    "cold, from navigation, slow 4G (ms)": Math.round(middle(colds, "ms")),
    "loaded page, from the paste (ms)": Math.round(middle(loadedPastes, "ms")),
    "loaded page, from the first key (ms)": Math.round(middle(words, "ms")),
    "KB loaded, then for the paste, for the words": [middle(loadedPastes, "loaded"), middle(loadedPastes, "then"), middle(words, "then")].map((n) => (n / 1000).toFixed(1)).join(", "),
    "paste (ms)": median(warm.pastes).toFixed(1),
    "key (ms)": median(warm.keys).toFixed(1),
    ...warm.right,
    unrelated: warm.claimed,
  };
}

const browser = await startBrowser();
for (const folder of process.argv.slice(2)) {
  await writeBook(folder);
  await writeIndex(folder);
  const rows = {};
  for (const [name, peer] of Object.entries(PEERS)) {
    rows[name] = await measure(browser, folder, peer);
    console.error(name, rows[name]);
  }
  console.log(folder);
  console.table(rows);
}
await browser.close();
