// Lighthouse as it measures a phone. What it checks is decided by one run; its performance, which a
// busy machine spoils, by the median of three unless the first is perfect.
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const score = (lhr, category) => Math.round(lhr.categories[category].score * 100);

async function once(browser, url) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await context.newPage();
    return await lighthouse(url, { output: "html", logLevel: "error", onlyCategories: CATEGORIES }, undefined, tab);
  } finally {
    await context.close();
  }
}

/** What costs points in a category. */
function failed(lhr, category) {
  const audits = lhr.categories[category].auditRefs.filter((ref) => ref.weight > 0).map((ref) => lhr.audits[ref.id]);
  return audits.filter((audit) => audit.score !== null && audit.score < 0.9).map((audit) => `${audit.id} ${audit.displayValue ?? ""}`.trim());
}

/** `{ scores, figures, report, why }`. */
export async function measure(browser, url) {
  const runs = [await once(browser, url)];
  while (runs.length < 3 && score(runs[0].lhr, "performance") < 100) runs.push(await once(browser, url));
  runs.sort((a, b) => score(a.lhr, "performance") - score(b.lhr, "performance"));
  const { lhr, report } = runs[Math.floor(runs.length / 2)];
  const of = (make) => Object.fromEntries(CATEGORIES.map((category) => [category, make(lhr, category)]));
  const shown = { FCP: "first-contentful-paint", LCP: "largest-contentful-paint", TBT: "total-blocking-time", CLS: "cumulative-layout-shift" };
  const figures = Object.fromEntries(Object.entries(shown).map(([name, id]) => [name, lhr.audits[id].displayValue]));
  figures.runs = runs.map((run) => score(run.lhr, "performance")).join(" ");
  return { scores: of(score), figures, report, why: of(failed) };
}
