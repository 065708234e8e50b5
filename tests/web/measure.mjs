// What a reader waits for, by hand: `node measure.mjs SITE_DIR …`, sites with the made-up catalogue or the real entries.
//
// Served with gzip to Chromium with an empty cache. "Cold" is the home page on Lighthouse's slow 4G (1.6 Mbit/s, 150 ms, a
// processor four times slower) with a log pasted as soon as there is a box: until the first answer is in #results, and the
// bytes that came by then. "Paste" is a log of 200 lines, "key" each key of a few words, both without throttling on a page
// that has answered before: from the event until the answer is in the page and painted.
// "Loaded page" is timed as other searches are (`opened.mjs`): the page has loaded, on the same slow 4G, and the clock runs from
// the first of the words' keys or from the paste; the words also two seconds later.
// RUNS: 5 if not set; the figure is the median.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { SLOW_4G, median, startBrowser, withTab } from "./chrome.mjs";
import { pasted, typed, typedLater } from "./opened.mjs";
import { serve } from "./server.mjs";

const OURS = { box: "#q", event: "input", results: "#results", first: "[data-problem]" };
const RUNS = Number(process.env.RUNS ?? 5);
const WORDS = "token endpoint refused";

/** A message of the site's own, from the first problem whose page shows one without a blank. */
async function messageOf(site) {
  const { problems } = JSON.parse(await readFile(join(site, "table.json"), "utf8"));
  const texts = problems.flatMap(({ symptoms }) => symptoms.filter(({ message, generic }) => message && !generic).map(({ message }) => message));
  return texts.find((text) => text.length > 40 && !text.includes("<")) ?? texts[0].replace(/<registry>/g, "contoso").replace(/<[a-z-]+>/g, "3");
}

const logOf = (message, lines) =>
  Array.from({ length: lines }, (_, i) => (i === lines - 10 ? `Error: https://contoso.azurecr.io/v2/: ${message}` : `2026-11-20T09:14:02.${String(i).padStart(3, "0")}Z #${i} [build ${i}/200] RUN make step-${i}`)).join("\n");

/** Milliseconds from navigation to the first answer, and the bytes received by then. */
const cold = (browser, address, log) =>
  withTab(browser, async (tab) => {
    const session = await tab.createCDPSession();
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    let bytes = 0;
    session.on("Network.dataReceived", ({ encodedDataLength }) => (bytes += encodedDataLength));
    session.on("Network.responseReceived", ({ response }) => (bytes += response.encodedDataLength));
    // Nobody asks the page whether it has answered: on a processor four times slower that alone took 60 ms.
    await tab.evaluateOnNewDocument((text) => {
      window.answered = new Promise((resolve) => {
        addEventListener("DOMContentLoaded", () => {
          const box = document.getElementById("q");
          box.value = text;
          box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
          new MutationObserver((_, observer) => {
            if (!document.querySelector("#results [data-problem]")) return;
            observer.disconnect();
            resolve(performance.now());
          }).observe(document.getElementById("results"), { childList: true, subtree: true });
        });
      });
    }, log);
    await tab.goto(address, { waitUntil: "domcontentloaded" });
    const ms = await tab.evaluate(() => window.answered);
    return { ms, bytes };
  });

/** Milliseconds from an input to its answer, for a paste and for each key. */
const warm = (browser, address, log) =>
  withTab(browser, async (tab) => {
    await tab.goto(address, { waitUntil: "load" });
    const answer = (text, inputType) =>
      tab.evaluate(
        (value, type) =>
          new Promise((resolve) => {
            const box = document.getElementById("q");
            const results = document.getElementById("results");
            const started = performance.now();
            new MutationObserver((_, observer) => {
              observer.disconnect();
              requestAnimationFrame(() => resolve(performance.now() - started));
            }).observe(results, { childList: true, attributes: true });
            box.value = value;
            box.dispatchEvent(new InputEvent("input", { inputType: type, bubbles: true }));
          }),
        text,
        inputType,
      );
    await answer(WORDS, "insertText"); // the engine and its table are there from now on
    await answer(log, "insertFromPaste");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const keys = [];
    for (let n = 3; n <= WORDS.length; n += 1) keys.push(await answer(WORDS.slice(0, n), "insertText"));
    const pastes = [];
    for (let n = 0; n < 5; n += 1) pastes.push(await answer(`${log}\nrun ${n}`, "insertFromPaste"));
    return { paste: median(pastes), key: median(keys), slowestKey: Math.max(...keys) };
  });

const browser = await startBrowser();
const rows = {};
for (const site of process.argv.slice(2)) {
  const server = await serve(site);
  const log = logOf(await messageOf(site), 200);
  const colds = [];
  for (let i = 0; i < RUNS; i += 1) colds.push(await cold(browser, server.address, log));
  const [pastes, words, later] = [[], [], []];
  for (let i = 0; i < RUNS; i += 1) {
    pastes.push(await pasted(browser, server, OURS, log));
    words.push(await typed(browser, server, OURS, WORDS));
    later.push(await typedLater(browser, server, OURS, WORDS));
  }
  const middle = (list, what) => median(list.map((one) => one[what]));
  const { paste, key, slowestKey } = await warm(browser, server.address, log);
  rows[site] = {
    "KB until the first answer": (middle(colds, "bytes") / 1000).toFixed(1),
    "cold, from navigation, slow 4G (ms)": Math.round(middle(colds, "ms")),
    "loaded page, from the paste (ms)": Math.round(middle(pastes, "ms")),
    "loaded page, from the first key (ms)": Math.round(middle(words, "ms")),
    "two seconds later, from the first key (ms)": Math.round(middle(later, "ms")),
    "KB loaded, then for the paste, for the words": [middle(pastes, "loaded"), middle(pastes, "then"), middle(words, "then")].map((n) => (n / 1000).toFixed(1)).join(", "),
    "paste of 200 lines (ms)": paste.toFixed(1),
    "key, median (ms)": key.toFixed(1),
    "slowest key (ms)": slowestKey.toFixed(1),
  };
  server.close();
}
await browser.close();
console.table(rows);
