// Valid HTML, no accessibility violation, Lighthouse at the top, looks as they were last seen:
//
//   npm ci && node check.mjs [SITE_DIR [SMALL_SITE_DIR]]
//
// SITE_DIR is what `cargo kb build` writes; SMALL_SITE_DIR the same of the small knowledge base in
// crates/pullmedic-site/tests/kb, for the pictures. Every page is validated; one page of each kind
// is looked at by axe in both colour schemes; three are measured by Lighthouse as on a phone.
// Reports and pictures that differ go to target/web-report/.
//
// CHROME_PATH       the browser; /usr/bin/chromium if not set
// ONLY              some of html,axe,lighthouse,snapshots
// UPDATE_SNAPSHOTS  keeps the pictures as they are now
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { ANSWERED, axeOn } from "./axe.mjs";
import { startBrowser } from "./chrome.mjs";
import { validate } from "./html.mjs";
import { measure } from "./lighthouse.mjs";
import { serve } from "./server.mjs";
import { picture, snapshots } from "./snapshots.mjs";

/** One page of each kind. */
const KINDS = [
  "", "azure/", "ibm/", "azure/client-ip-not-allowed/", "ibm/login-credentials-not-valid/",
  "codes/", "codes/401/", "clients/", "clients/podman/", "operations/", "operations/push/",
  "reference/", "reference/ibm-regions/", "reference/azure-credentials/", "login/", "all/",
  "about/", "privacy/", "404.html",
];
const MEASURED = ["", "azure/client-ip-not-allowed/", "reference/ibm-regions/"];
/** Performance is measured, and measures the machine too. */
const MARKS = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

const root = fileURLToPath(new URL("../../", import.meta.url));
const REPORT = join(root, "target/web-report");
const [site = join(root, "target/site"), small = join(root, "target/site-small")] = process.argv.slice(2);
const show = (page) => page || "(home)";

async function checkHtml() {
  const pages = (await readdir(site, { recursive: true })).filter((path) => path.endsWith(".html"));
  const faults = [];
  for (const page of pages)
    for (const fault of await validate(await readFile(join(site, page), "utf8"), page)) faults.push(`${page}: ${fault}`);
  return { what: `${pages.length} pages`, faults };
}

async function checkAxe({ browser, address }) {
  const tab = await browser.newPage();
  const faults = [];
  for (const page of [...KINDS, "answer"])
    for (const violation of await axeOn(tab, address, page)) faults.push(`${show(page)}, ${violation}`);
  await tab.close();
  return { what: `${KINDS.length} pages and an answer, light and dark`, faults };
}

async function checkLighthouse({ browser, address }) {
  const faults = [];
  const rows = {};
  for (const page of MEASURED) {
    const { scores, figures, report, why } = await measure(browser, address + page);
    await writeFile(join(REPORT, `lighthouse-${page.replaceAll("/", "_") || "home"}.html`), report);
    rows[show(page)] = { ...scores, ...figures };
    for (const [category, mark] of Object.entries(MARKS))
      if (scores[category] < mark) faults.push(`${show(page)}: ${category} ${scores[category]}, less than ${mark}: ${why[category].join("; ")}`);
  }
  console.table(rows);
  return { what: `${MEASURED.length} pages as on a phone`, faults };
}

async function checkSnapshots({ browser, address }) {
  if (process.env.UPDATE_SNAPSHOTS) await picture(browser, address, ANSWERED);
  const server = await serve(small);
  const faults = await snapshots(browser, server.address, join(REPORT, "snapshots"));
  server.close();
  return { what: "20 pictures", faults };
}

const CHECKS = { html: checkHtml, axe: checkAxe, lighthouse: checkLighthouse, snapshots: checkSnapshots };
const wanted = process.env.ONLY?.split(",") ?? Object.keys(CHECKS);

await rm(REPORT, { recursive: true, force: true });
await mkdir(REPORT, { recursive: true });
const server = await serve(site);
const browser = await startBrowser();
const results = {};
try {
  for (const name of wanted) {
    const started = Date.now();
    const { what, faults } = await CHECKS[name]({ browser, address: server.address });
    results[name] = { what, faults };
    console.log(`${name}: ${what}, ${faults.length} faults (${Math.round((Date.now() - started) / 1000)} s)`);
    for (const fault of faults) console.log(`  ${fault}`);
  }
} finally {
  await browser.close();
  server.close();
}
await writeFile(join(REPORT, "report.json"), JSON.stringify(results, null, 2));
const count = Object.values(results).reduce((sum, { faults }) => sum + faults.length, 0);
console.log(count === 0 ? "web checks: no faults" : `web checks: ${count} faults`);
process.exit(count === 0 ? 0 : 1);
