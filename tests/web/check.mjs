// Valid HTML, no accessibility violation, Lighthouse at the top: `node check.mjs SITE_DIR`.
//
// Every kind of page is validated and looked at by axe in both colour schemes; three pages are
// measured by Lighthouse as on a phone. Reports go to target/web-report/.
//
// CHROME_PATH       the browser; /usr/bin/chromium if not set
// PERFORMANCE_MIN   Lighthouse's pass mark for performance, 95 if not set: the figure is measured
//                   on a machine that does other things too. All other marks are 100.
// ONLY              some of html,axe,lighthouse
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { axeOn } from "./axe.mjs";
import { startBrowser } from "./chrome.mjs";
import { validate } from "./html.mjs";
import { measure } from "./lighthouse.mjs";
import { serve } from "./server.mjs";

/** One page of each kind. */
const KINDS = [
  "", "azure/", "ibm/", "azure/client-ip-not-allowed/", "ibm/login-credentials-not-valid/",
  "codes/", "codes/401/", "clients/", "clients/podman/", "operations/", "operations/push/",
  "reference/", "reference/ibm-regions/", "reference/azure-credentials/", "login/", "all/",
  "about/", "privacy/", "404.html",
];
const MEASURED = ["", "azure/client-ip-not-allowed/", "reference/ibm-regions/"];
const REPORT = fileURLToPath(new URL("../../target/web-report/", import.meta.url));
const only = process.env.ONLY?.split(",");
const wanted = (check) => !only || only.includes(check);

const site = process.argv[2];
if (!site) {
  console.error("usage: node check.mjs SITE_DIR");
  process.exit(2);
}

const fileOf = (page) => join(site, page === "" || page.endsWith("/") ? `${page}index.html` : page);
const show = (page) => page || "(home)";
const faults = [];

async function checkHtml() {
  console.log(`\nHTML: ${KINDS.length} pages`);
  for (const page of KINDS) {
    const found = await validate(await readFile(fileOf(page), "utf8"), page);
    for (const fault of found) faults.push(`${show(page)}: ${fault}`), console.log(`  ${show(page)}: ${fault}`);
  }
}

async function checkAxe(browser, address) {
  console.log(`\naxe: ${KINDS.length} pages and an answer, light and dark`);
  for (const scheme of ["light", "dark"]) {
    for (const page of [...KINDS, "answer"]) {
      for (const violation of await axeOn(browser, address, page, scheme)) {
        faults.push(`${show(page)}, ${scheme}: ${violation}`);
        console.log(`  ${show(page)}, ${scheme}: ${violation}`);
      }
    }
  }
}

async function checkLighthouse(browser, address) {
  const marks = { performance: Number(process.env.PERFORMANCE_MIN ?? 95), accessibility: 100, "best-practices": 100, seo: 100 };
  console.log(`\nLighthouse, mobile, median of 3; pass marks ${JSON.stringify(marks)}`);
  const rows = {};
  for (const page of MEASURED) {
    const { scores, figures, report, why } = await measure(browser, address + page);
    await writeFile(join(REPORT, `lighthouse-${page.replaceAll("/", "_") || "home"}.html`), report);
    rows[show(page)] = { ...scores, ...figures };
    for (const [category, mark] of Object.entries(marks)) {
      if (scores[category] < mark) faults.push(`${show(page)}: ${category} ${scores[category]}, less than ${mark}: ${why[category].join("; ")}`);
    }
  }
  console.table(rows);
  return rows;
}

await rm(REPORT, { recursive: true, force: true });
await mkdir(REPORT, { recursive: true });
let lighthouse = {};
if (wanted("html")) await checkHtml();
if (wanted("axe") || wanted("lighthouse")) {
  const server = await serve(site);
  const browser = await startBrowser();
  try {
    if (wanted("axe")) await checkAxe(browser, server.address);
    if (wanted("lighthouse")) lighthouse = await checkLighthouse(browser, server.address);
  } finally {
    await browser.close();
    server.close();
  }
}
await writeFile(join(REPORT, "report.json"), JSON.stringify({ faults, lighthouse }, null, 2));
console.log(faults.length > 0 ? `\n${faults.length} faults:\n  ${faults.join("\n  ")}` : "\nNo faults.");
process.exit(faults.length > 0 ? 1 : 0);
