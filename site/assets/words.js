// The search without the engine: the words of the pages, where WebAssembly is off.
"use strict";

pullmedic.searchOnly = (() => {
  let entries = null;
  let prepared = null;
  pullmedic.index = (list) => {
    entries = list;
  };
  pullmedic.knowSymptoms = (symptoms) => (pullmedic.symptoms = symptoms);

  const tokens = (text) => text.toLowerCase().match(/[a-z0-9][a-z0-9._-]*[a-z0-9]|[a-z0-9]/g) ?? [];

  function prepare(list) {
    const counts = new Map();
    const known = list.map((entry) => {
      const { messages, words } = pullmedic.symptoms[entry.id];
      const title = new Set(tokens(`${entry.title} ${entry.id}`));
      const text = new Set(tokens([...messages, ...words, entry.text, entry.title].join(" ")));
      const codes = new Set(entry.codes.map((code) => code.toLowerCase()));
      for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
      return { ...entry, title, text, codes, shown: entry.title };
    });
    const rarity = (word) => Math.log(1 + list.length / (counts.get(word) ?? list.length));
    return { known, rarity };
  }

  function score({ title, text, codes }, word, rarity) {
    if (codes.has(word)) return 50;
    if (title.has(word)) return 3 * rarity(word);
    if (text.has(word)) return rarity(word);
    const longer = word.length > 3 && [...title].some((other) => other.startsWith(word));
    return longer ? 1 : 0;
  }

  /** As `ask` answers; `words` says what of a text is worth searching for. */
  async function searchOnly(question, words, limit) {
    const text = question.slice(0, 20000);
    await Promise.all(["index", "symptoms"].map((name) => pullmedic.script(pullmedic.data(`data/${name}.js`))));
    prepared ??= prepare(entries);
    const asked = [...new Set(tokens(words(text)))];
    const hits = prepared.known
      .map((entry) => ({
        problem: entry.id,
        title: entry.shown,
        provider: entry.id.split("/")[0],
        url: `${entry.id}/`,
        score: asked.reduce((sum, word) => sum + score(entry, word, prepared.rarity), 0),
      }))
      .filter((hit) => hit.score > 1)
      .sort((a, b) => b.score - a.score || (a.problem < b.problem ? -1 : 1))
      .slice(0, limit);
    return { text, findings: [], others: [], hits, searchOnly: true };
  }

  return searchOnly;
})();
