// Why a page was found by words: which of its messages, or else of the sentences about it, has most of them (texts in
// `/data/symptoms.js`).
"use strict";

{
  const { el } = pullmedic;
  /** So many words of a question are looked for, the last ones: in a log what went wrong stands there. */
  const MOST = 40;
  /** A word that more than this share of the problems has tells nothing. */
  const COMMON = 0.3;
  /** Of a line that is too long, so many letters stand before the first word that is marked. */
  const BEFORE = 20;
  /** How wide a letter is, nearly. */
  const LETTER = 7.5;
  /** So many letters fit into a line of a window that is so wide: to ask lays the page out. */
  let fits = { width: 0, room: 0 };

  const known = {};
  /** What is known of each problem, in small letters. */
  const texts = [];
  /** Words that were looked for before: somebody who types asks for most of them again with every key. */
  const looked = new Map();
  pullmedic.knowSymptoms = (symptoms) => (pullmedic.symptoms = symptoms);

  function learn() {
    for (const [id, { messages, words }] of Object.entries(pullmedic.symptoms)) {
      const sentences = words.flatMap((text) => text.split(/(?<=[.!?]) (?=\p{Lu})/u));
      const lines = [...messages.map((text) => ["code", text.replace(/<[\w-]+>/g, "…")]), ...sentences.map((text) => ["span", text])];
      known[id] = { lines, first: sentences[0] };
      texts.push(lines.map(([, text]) => text.toLowerCase()).join("\n"));
    }
  }

  /** The words of a question, each with what finds it and its endings, and how much it tells. */
  function wordsOf(question) {
    const words = question.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._-]*[\p{L}\p{N}]|[\p{L}\p{N}]/gu) ?? [];
    const asked = new Set(words.filter((word) => !pullmedic.isEmpty?.(word)).slice(-MOST));
    for (const word of asked) if (!looked.has(word)) looked.set(word, look(word));
    return [...asked].map((word) => looked.get(word)).filter(({ tells }) => tells > 0);
  }

  function look(word) {
    const root = word.length > 5 ? word.replace(/(ing|ed|es|e|s)$/, "") : word;
    const pattern = `(?<![\\p{L}\\p{N}])${root.replaceAll(".", "\\.")}(?:[a-z]{0,3})(?![\\p{L}\\p{N}])`;
    const finds = new RegExp(pattern, "iu");
    const share = texts.filter((text) => text.includes(root) && finds.test(text)).length / texts.length;
    return { pattern, finds, tells: share > COMMON || share === 0 ? 0 : -Math.log(share) };
  }

  /** The line that has most of the words and says more than the title; a message before a sentence. */
  function best({ lines, first }, title, words) {
    const score = ([, text]) => words.reduce((sum, { finds, tells }) => sum + (finds.test(text) ? tells : 0), 0);
    const more = lines.filter(([, text]) => !title.includes(text));
    const scored = more.map((line) => ({ line, score: score(line) }));
    const most = scored.reduce((a, b) => (b.score > a.score ? b : a), { line: ["span", first], score: 0 });
    return most.line;
  }

  /** A line with the words marked; of one with more than `room` letters not all that stands before them. */
  function marked([tag, text], words, room) {
    if (words.length === 0) return el(tag, {}, text);
    const any = words.map(({ pattern }) => pattern).join("|");
    // Words in a row as one mark.
    const parts = text.split(new RegExp(`((?:${any})(?:\\s+(?:${any}))*)`, "giu"));
    const [before] = parts;
    if (parts.length > 1 && before.length > BEFORE && text.length > room)
      parts[0] = `… ${before.slice(-BEFORE).replace(/^\S* /, "")}`;
    return el(tag, {}, ...parts.map((part, i) => (i % 2 === 1 ? el("mark", {}, part) : part)));
  }

  /** Fills for each of the `hits` its line. */
  pullmedic.why = async (question, hits, lines) => {
    await pullmedic.script(pullmedic.data("data/symptoms.js"));
    if (texts.length === 0) learn();
    const words = wordsOf(question);
    if (fits.width !== innerWidth) fits = { width: innerWidth, room: lines[0].clientWidth / LETTER };
    hits.forEach(({ problem, title }, i) => {
      const of = known[problem];
      if (of) lines[i].replaceChildren(marked(best(of, title.replaceAll("`", ""), words), words, fits.room));
    });
  };
}
