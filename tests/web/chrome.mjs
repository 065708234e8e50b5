// Headless Chromium, and what the checks do with it.
import { launch } from "puppeteer-core";

export const startBrowser = () =>
  launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--hide-scrollbars", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb",
    ],
  });

/** Work in a tab of its own, with nothing stored. */
export async function withTab(browser, work) {
  const context = await browser.createBrowserContext();
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Lighthouse's slow 4G. */
export const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Light and dark, as the system says it. */
export const SCHEMES = Object.fromEntries(
  ["light", "dark"].map((value) => [value, [{ name: "prefers-color-scheme", value }]]),
);

/** Pastes into the box and waits for the answer with its steps. */
export async function paste(tab, text) {
  await tab.focus("#q");
  await tab.evaluate((pasted) => document.execCommand("insertText", false, pasted), text);
  await tab.waitForSelector("#results .fix .command");
}
