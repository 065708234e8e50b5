// The looks of the page kinds, compared with the pictures in snapshots/.
//
// The pages are those of the small knowledge base in crates/pullmedic-site/tests/kb, so that a
// picture changes when the theme does and not when an entry is written. Fonts are pinned to the
// Liberation ones; the pictures are small, and a share of their pixels may differ.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import sharp from "sharp";

import { SCHEMES, paste } from "./chrome.mjs";

const KEPT = fileURLToPath(new URL("snapshots/", import.meta.url));
const ANSWERED = "Error: contoso.azurecr.io: client with IP '203.0.113.7' is not allowed access to <b>now</b>";
const SHOTS = {
  home: [""],
  answer: ["", ANSWERED],
  problem: ["azure/client-ip-refused/"],
  reference: ["reference/azure-ports/"],
  login: ["login/"],
};
/** Phones as they are, desktops at half their size. */
const WIDTHS = [{ width: 375, height: 812, scale: 1 }, { width: 1280, height: 1000, scale: 0.5 }];
const FONTS = `:root { --text: "Liberation Sans"; --code: "Liberation Mono" } * { caret-color: transparent !important }`;
/** So much of a picture may differ: rounding, another build of the browser. */
const TOLERANCE = 0.01;

/** Whether the pinned fonts are there; with others nothing can be compared. A page takes a moment to change its fonts. */
async function hasFonts(tab) {
  for (let tries = 0; tries < 20; tries += 1) {
    if (await isPinned(tab)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function isPinned(tab) {
  const session = await tab.createCDPSession();
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "h1" });
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
  return fonts.every((font) => font.familyName === "Liberation Sans");
}

/** What a reader sees first of a page, as a small PNG of few colours. */
async function take(browser, address, [page, text], { width, height, scale }, scheme) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await context.newPage();
    await tab.setBypassCSP(true);
    await tab.setViewport({ width, height });
    await tab.emulateMediaFeatures([...scheme, { name: "prefers-reduced-motion", value: "reduce" }]);
    await tab.goto(address + page, { waitUntil: "load" });
    await tab.addStyleTag({ content: FONTS });
    if (!(await hasFonts(tab))) return undefined;
    if (text) await paste(tab, text);
    const picture = sharp(await tab.screenshot({ type: "png" })).resize({ width: width * scale });
    return await picture.png({ palette: true, colours: 32, dither: 0, effort: 10 }).toBuffer();
  } finally {
    await context.close();
  }
}

/** The share of pixels that differ; all of them when the sizes do, or when there is no picture yet. */
async function difference(name, taken) {
  const before = await readFile(join(KEPT, name)).catch(() => undefined);
  if (!before) return 1;
  const [a, b] = await Promise.all([before, taken].map((png) => sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })));
  const { width, height } = a.info;
  if (width !== b.info.width || height !== b.info.height) return 1;
  return pixelmatch(a.data, b.data, undefined, width, height, { threshold: 0.2 }) / (width * height);
}

async function compare(browser, address, name, shot, size, scheme, failed) {
  const taken = await take(browser, address, shot, size, scheme);
  if (!taken) return "the fonts Liberation Sans and Liberation Mono are needed (fonts-liberation)";
  if (process.env.UPDATE_SNAPSHOTS) await writeFile(join(KEPT, name), taken);
  const share = await difference(name, taken);
  if (share <= TOLERANCE) return undefined;
  await writeFile(join(failed, name), taken);
  return `${(share * 100).toFixed(1)} % differ; see ${join(failed, name)}, or bless it with UPDATE_SNAPSHOTS=1`;
}

/** The picture in the top README: the real entries, looked at by people and compared with nothing. */
export async function picture(browser, address, log) {
  const size = { width: 1280, height: 1000, scale: 0.625 };
  const taken = await take(browser, address, ["", log], size, SCHEMES.light);
  if (taken) await writeFile(join(KEPT, "readme.png"), taken);
}

/** Compares all; pictures that differ go to the folder `failed`. */
export async function snapshots(browser, address, failed) {
  await Promise.all([KEPT, failed].map((folder) => mkdir(folder, { recursive: true })));
  const faults = [];
  for (const [kind, shot] of Object.entries(SHOTS))
    for (const size of WIDTHS)
      for (const [colours, scheme] of Object.entries(SCHEMES)) {
        const name = `${kind}-${size.width}-${colours}.png`;
        const fault = await compare(browser, address, name, shot, size, scheme, failed);
        if (fault) faults.push(`${name}: ${fault}`);
      }
  return faults;
}
