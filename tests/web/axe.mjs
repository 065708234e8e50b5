// axe-core on one page in one colour scheme, with all its rules.
import axe from "axe-core";

const ANSWERED = `Error response from daemon: Get "https://contoso.azurecr.io/v2/": denied: client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`;

/** Opens a page; "answer" is the home page with an answer. */
async function open(tab, address, page) {
  await tab.goto(address + (page === "answer" ? "" : page), { waitUntil: "load" });
  if (page !== "answer") return;
  await tab.focus("#q");
  await tab.evaluate((text) => document.execCommand("insertText", false, text), ANSWERED);
  await tab.waitForSelector("#results .command");
}

/** The violations found: `rule (impact): where`. */
export async function axeOn(browser, address, page, scheme) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await context.newPage();
    await tab.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: scheme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    await open(tab, address, page);
    await tab.evaluate(axe.source); // not through the page, whose policy forbids foreign scripts
    const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    return violations.map((v) => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.split("\n").at(1) ?? ""}`).join(" | ")}${v.nodes.length > 3 ? ` and ${v.nodes.length - 3} more` : ""}`);
  } finally {
    await context.close();
  }
}
