// Three tasks as a new reader would do them, by hand: `node tasks.mjs SITE_DIR`. Says how many steps each takes (a paste, a
// question, a key, a click) and how many seconds the page kept the reader waiting; ends with 1 when one fails.
import { startBrowser } from "./chrome.mjs";
import { serve } from "./server.mjs";

const LOG = `2026-11-20T09:14:03.001Z The push refers to repository [contoso.azurecr.io/team/web]\r
2026-11-20T09:14:05.120Z \u001b[31mError response from daemon: Get "https://contoso.azurecr.io/v2/": denied: {"errors":[{"code":"DENIED","message":"client with IP \\u0027203.0.113.7\\u0027 is not allowed access. Refer https://aka.ms/acr/firewall to grant access."}]}\u001b[0m\r
`;

/** The reader: every step is counted, and so is the time until its effect is there. */
function reader(tab) {
  const done = { steps: 0, seconds: 0 };
  const step = async (act, effect) => {
    const started = performance.now();
    await act();
    await tab.waitForFunction(effect, { polling: 20, timeout: 20000 });
    done.steps += 1;
    done.seconds += (performance.now() - started) / 1000;
  };
  return {
    done,
    paste: (text, effect) => step(() => tab.evaluate((t) => (document.getElementById("q").focus(), document.execCommand("insertText", false, t)), text), effect),
    ask: (text, effect) => step(async () => (await tab.focus("#q"), await tab.keyboard.type(text)), effect),
    press: (key, effect) => step(() => tab.keyboard.press(key), effect),
    copy: (command) =>
      step(async () => {
        const button = await tab.waitForFunction((start) => [...document.querySelectorAll(".command")].find((e) => e.checkVisibility() && e.querySelector("pre").textContent.startsWith(start))?.querySelector("[data-copy]"), { polling: 20 }, command);
        await button.click();
      }, () => document.querySelector("[data-copy][data-done]")),
    copied: () => tab.evaluate(() => navigator.clipboard.readText()),
  };
}

const TASKS = {
  "from a log to the command on the clipboard": async (tab) => {
    const it = reader(tab);
    await it.paste(LOG, () => document.querySelector("#results .fix .command"));
    await it.copy("az acr network-rule add");
    return { ...it.done, got: await it.copied(), good: (text) => text === "az acr network-rule add --name contoso --ip-address 203.0.113.7" };
  },
  "which role do I need to push?": async (tab) => {
    const it = reader(tab);
    await it.ask("which role do I need to push?", () => document.querySelector("#results .places a"));
    await it.press("Enter", () => document.activeElement.closest(".places"));
    await it.press("Enter", () => document.querySelector("table.reference"));
    const row = await tab.evaluate(() => [...document.querySelectorAll("tbody tr")].map((e) => e.innerText.replaceAll("\t", " | ")).find((t) => /push/i.test(t)));
    return { ...it.done, got: `${await tab.title()}: ${row}`, good: (text) => /AcrPush|Writer/.test(text) };
  },
  "log in with Podman to the Frankfurt region by API key": async (tab) => {
    const it = reader(tab);
    await it.ask("log in with Podman to the Frankfurt region by API key", () => document.querySelector("#results .places a"));
    await it.press("Enter", () => document.activeElement.closest(".places"));
    await it.press("Enter", () => document.querySelector("[data-builder]:not([hidden]) [data-login]:not([hidden])"));
    await it.copy("");
    return { ...it.done, got: await it.copied(), good: (text) => /podman login/.test(text) && /iamapikey/.test(text) && /de\.icr\.io/.test(text) };
  },
};

const server = await serve(process.argv[2]);
const browser = await startBrowser();
let failed = 0;
for (const [task, work] of Object.entries(TASKS)) {
  const context = await browser.createBrowserContext();
  await context.overridePermissions(server.address.slice(0, -1), ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
  const tab = await context.newPage();
  await tab.goto(server.address, { waitUntil: "load" });
  const { steps, seconds, got, good } = await work(tab).catch((error) => ({ steps: "?", seconds: NaN, got: String(error), good: () => false }));
  if (!good(got)) failed += 1;
  console.log(`${good(got) ? "done" : "FAILED"}: ${task}: ${steps} steps, ${seconds.toFixed(1)} s of waiting\n  ${got.replaceAll("\n", "\n  ")}`);
  await context.close();
}
await browser.close();
server.close();
process.exit(failed > 0 ? 1 : 0);
