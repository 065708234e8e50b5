// One question, one answer: findings and search results for a text.
// Where WebAssembly is off, the words of the pages are searched instead, and nothing is diagnosed.
"use strict";

pullmedic.ask = (() => {
  const LIMIT = 12;

  /**
   * `{ text, findings, others, hits, searchOnly }`; `text` is the question without its secrets.
   * What was found is answered at once; before the table that is searched has come, `later` has the hits.
   */
  async function ask(question) {
    try {
      const engine = await pullmedic.engine();
      const text = engine.mask(question);
      const { findings, other_registries: others } = await engine.diagnose(text);
      const found = new Set(findings.map((finding) => finding.problem));
      const search = async () =>
        (await engine.search(words(text), LIMIT)).filter((hit) => !found.has(hit.problem));
      const answer = { text, findings, others, hits: [], searchOnly: false };
      if (findings.length > 0 && !engine.isWhole())
        return { ...answer, later: pullmedic.quiet.then(search) };
      return { ...answer, hits: await search() };
    } catch {
      return searchOnly(question);
    }
  }

  /** What of a text is worth searching for: all of a short one, the lines that complain of a log. */
  function words(text) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (lines.length <= 2) return text.slice(0, 600);
    const complaints = lines.filter((line) =>
      /error|fail|denied|unauthori[sz]ed|forbidden|refused|timeout|unable|cannot|not found/i.test(
        line,
      ),
    );
    return (complaints.length > 0 ? complaints : lines).slice(-3).join(" ").slice(0, 600);
  }

  // The search without the engine.

  let entries = null;
  pullmedic.index = (list) => {
    entries = prepare(list);
  };

  const tokens = (text) => text.toLowerCase().match(/[a-z0-9][a-z0-9._-]*[a-z0-9]|[a-z0-9]/g) ?? [];

  function prepare(list) {
    const counts = new Map();
    const prepared = list.map((entry) => {
      const title = new Set(tokens(`${entry.title} ${entry.id}`));
      const text = new Set(tokens(`${entry.text} ${entry.title}`));
      const codes = new Set(entry.codes.map((code) => code.toLowerCase()));
      for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
      return { ...entry, title, text, codes, shown: entry.title };
    });
    const rarity = (word) => Math.log(1 + list.length / (counts.get(word) ?? list.length));
    return { prepared, rarity };
  }

  function score({ title, text, codes }, word, rarity) {
    if (codes.has(word)) return 50;
    if (title.has(word)) return 3 * rarity(word);
    if (text.has(word)) return rarity(word);
    const longer = word.length > 3 && [...title].some((other) => other.startsWith(word));
    return longer ? 1 : 0;
  }

  async function searchOnly(question) {
    const text = question.slice(0, 20000);
    if (!entries) await pullmedic.script(pullmedic.data("data/index.js"));
    const asked = [...new Set(tokens(words(text)))];
    const hits = entries.prepared
      .map((entry) => ({
        problem: entry.id,
        title: entry.shown,
        provider: entry.id.split("/")[0],
        url: `${entry.id}/`,
        score: asked.reduce((sum, word) => sum + score(entry, word, entries.rarity), 0),
      }))
      .filter((hit) => hit.score > 1)
      .sort((a, b) => b.score - a.score || (a.problem < b.problem ? -1 : 1))
      .slice(0, LIMIT);
    return { text, findings: [], others: [], hits, searchOnly: true };
  }

  return ask;
})();
