// axe-core with all its rules on one page: light on a desktop, dark on a phone.
import axe from "axe-core";

import { SCHEMES, paste } from "./chrome.mjs";

/** A log with a known answer. */
export const ANSWERED = `Error response from daemon: Get "https://contoso.azurecr.io/v2/": denied: client with IP '203.0.113.7' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.`;
const VIEWS = { light: { width: 1280, height: 900 }, dark: { width: 375, height: 812 } };

const said = ({ target, failureSummary }) => `${target} ${failureSummary.split("\n").at(1) ?? ""}`;

/** `rule (impact): what: where`. */
function violation({ id, impact, help, nodes }) {
  const more = nodes.length > 3 ? ` and ${nodes.length - 3} more` : "";
  return `${id} (${impact}): ${help}: ${nodes.slice(0, 3).map(said).join(" | ")}${more}`;
}

async function run(tab, scheme) {
  await tab.setViewport(VIEWS[scheme]);
  await tab.emulateMediaFeatures([...SCHEMES[scheme], { name: "prefers-reduced-motion", value: "reduce" }]);
  const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((found) => `${scheme}: ${violation(found)}`);
}

/** The violations on a page; "answer" is the home page with an answer. */
export async function axeOn(tab, address, page) {
  await tab.goto(address + (page === "answer" ? "" : page), { waitUntil: "load" });
  if (page === "answer") await paste(tab, ANSWERED);
  await tab.evaluate(axe.source); // not through the page, whose policy forbids foreign scripts
  return [...(await run(tab, "light")), ...(await run(tab, "dark"))];
}
