// The problems of a built site as an mdBook, and Pagefind's index of it: for peers.mjs.
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const MANY = { maxBuffer: 1 << 26 };

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const fence = (text) => `\`\`\`text\n${text}\n\`\`\``;

function step({ say, run, variants }) {
  const commands = run ? [run] : (variants ?? []).map((variant) => variant.run);
  return [say, ...commands.filter(Boolean).map(fence)].filter(Boolean).join("\n\n");
}

/** All that our own page says of a problem, as Markdown. */
function chapter({ title, summary, symptoms, causes, resolutions }) {
  const messages = symptoms.map(({ message, code, observation }) => (message ? fence(message) : (observation ?? `\`${code}\``)));
  const why = causes.map((cause) => [`### ${cause.title}`, cause.explain, cause.check?.ask, cause.check?.run && fence(cause.check.run), cause.check?.expect].filter(Boolean).join("\n\n"));
  const fixes = resolutions.map((fix) => [`### ${fix.title}`, ...fix.steps.map(step)].join("\n\n"));
  return [`# ${title}`, summary, "## Messages", ...messages, "## Causes", ...why, "## What to do", ...fixes].join("\n\n");
}

/** `DIR/book`, from the problems in `DIR/site/table.json`. */
export async function writeBook(folder) {
  const { problems } = JSON.parse(await readFile(join(folder, "site/table.json"), "utf8"));
  const root = join(folder, "book-source");
  await rm(root, { recursive: true, force: true });
  await write(join(root, "book.toml"), '[book]\ntitle = "Registry errors"\n[build]\nbuild-dir = "../book"\n[output.html.print]\nenable = false\n');
  const lines = problems.map(({ title, problem }) => `- [${title.replaceAll(/[[\]]/g, "")}](${problem}.md)`);
  await write(join(root, "src/SUMMARY.md"), `# Summary\n\n[Home](home.md)\n\n${lines.join("\n")}\n`);
  await write(join(root, "src/home.md"), "# Registry errors\n\nSearch for an error.\n");
  for (const problem of problems) await write(join(root, "src", `${problem.problem}.md`), chapter(problem));
  await run(process.env.MDBOOK ?? "mdbook", ["build", root], MANY);
}

const BOX = `<!doctype html><html lang="en"><title>Registry errors</title><input id="q"><ol id="results"></ol><script type="module">
import * as pagefind from "./pagefind/pagefind.js";
const box = document.getElementById("q"), list = document.getElementById("results");
let asked = 0;
box.addEventListener("input", async () => {
  const mine = (asked += 1);
  const { results } = await pagefind.search(box.value);
  const pages = await Promise.all(results.slice(0, 5).map((result) => result.data()));
  if (mine !== asked) return;
  const items = pages.map(({ url, meta }) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = url;
    link.textContent = meta.title;
    item.append(link);
    return item;
  });
  list.replaceChildren(...(items.length ? items : ["Nothing found"]));
});
</script></html>`;

/** `DIR/pagefind`: the index of `DIR/book`, and a page with a box. */
export async function writeIndex(folder) {
  const site = join(folder, "pagefind");
  await rm(site, { recursive: true, force: true });
  await run(process.env.PAGEFIND ?? "pagefind", ["--site", join(folder, "book"), "--output-path", join(site, "pagefind"), "--glob", "{azure,ibm}/**/*.html"], MANY);
  await write(join(site, "index.html"), BOX);
  await write(join(site, "404.html"), "Nothing here");
}
