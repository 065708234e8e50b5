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
      pullmedic.engine.expect(question).catch(() => {});
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
      if (!pullmedic.searchOnly) await pullmedic.script(pullmedic.data("assets/words.js"));
      return pullmedic.searchOnly(question, words, LIMIT);
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

  return ask;
})();
