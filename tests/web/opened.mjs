// The other way to time a first answer: the page has loaded, and the clock runs from the first key or the paste.
//
// So are other searches' figures measured: the time from opening the search to the first result, nothing of which was asked
// for before. What a page has fetched by its load event counts as loaded, with its bytes: ours begins to fetch the engine
// at once, a search that comes with its first key has fetched nothing of it.
import { SLOW_4G, withTab } from "./chrome.mjs";

const KEY = 60; // milliseconds from key to key

/** Runs in the page: puts a text into the box, at once or key by key; the milliseconds until a first result is painted. */
function enter({ box, event, results, first, open }, text, pause) {
  const field = document.querySelector(box);
  const list = document.querySelector(results);
  const started = performance.now();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!list.querySelector(first)) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - started));
    });
    observer.observe(list, { childList: true, subtree: true });
    setTimeout(resolve, 60000, NaN); // a search that failed says nothing
    if (open && document.querySelector(open).getAttribute("aria-expanded") === "false") document.querySelector(open).click();
    const put = (length) => {
      field.value = text.slice(0, length);
      field.dispatchEvent(new InputEvent(event, { bubbles: true, inputType: pause ? "insertText" : "insertFromPaste" }));
      if (length < text.length) setTimeout(put, pause, length + 1);
    };
    put(pause ? 1 : text.length);
  });
}

async function run(browser, server, peer, text, pause, rest = 0) {
  return withTab(browser, async (tab) => {
    const session = await tab.createCDPSession();
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_4G);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    tab.setDefaultTimeout(120000);
    const before = server.sent();
    await tab.goto(server.address, { waitUntil: "load", timeout: 120000 });
    const loaded = server.sent() - before;
    await new Promise((resolve) => setTimeout(resolve, rest));
    const ms = await tab.evaluate(enter, peer, text, pause);
    return { ms, loaded, then: server.sent() - before - loaded };
  });
}

/** Words typed key by key, each key 60 ms after the one before. */
export const typed = (browser, server, peer, words) => run(browser, server, peer, words, KEY);

/** The same two seconds after the load: what is fetched in between is for who doesn't type at once. */
export const typedLater = (browser, server, peer, words) => run(browser, server, peer, words, KEY, 2000);

/** A log pasted at once. */
export const pasted = (browser, server, peer, log) => run(browser, server, peer, log, 0);
