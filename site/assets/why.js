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
      const line = (tag) => (text) => [tag, text, text.toLowerCase()];
      const clean = messages.map((text) => text.replace(/<[\w-]+>/g, "…"));
      const lines = [...clean.map(line("code")), ...sentences.map(line("span"))];
      known[id] = { lines, first: line("span")(sentences[0]) };
      texts.push(lines.map(([, , small]) => small).join("\n"));
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
    const share = texts.filter((text) => find(text, root)).length / texts.length;
    return { root, tells: share > COMMON || share === 0 ? 0 : -Math.log(share) };
  }

  const isSmall = (code) => code > 96 && code < 123;
  const isInWord = (code) =>
    code < 128 ? isSmall(code) || (code > 47 && code < 58) : /[\p{L}\p{N}]/u.test(String.fromCharCode(code));

  /** Where in a text in small letters the word stands, perhaps with an ending of up to three letters. By hand: to compile a pattern
   * that knows all letters takes milliseconds, and every key makes a new word. */
  function find(text, root, from = 0) {
    for (let at = text.indexOf(root, from); at >= 0; at = text.indexOf(root, at + 1)) {
      let end = at + root.length;
      while (end < at + root.length + 3 && isSmall(text.charCodeAt(end))) end += 1;
      if (!isInWord(text.charCodeAt(at - 1)) && !isInWord(text.charCodeAt(end))) return [at, end];
    }
    return undefined;
  }

  /** The line that has most of the words and says more than the title; a message before a sentence. */
  function best({ lines, first }, title, words) {
    const score = ([, , small]) => words.reduce((sum, { root, tells }) => sum + (find(small, root) ? tells : 0), 0);
    const more = lines.filter(([, text]) => !title.includes(text));
    const scored = more.map((line) => ({ line, score: score(line) }));
    const most = scored.reduce((a, b) => (b.score > a.score ? b : a), { line: first, score: 0 });
    return most.line;
  }

  /** A line with the words marked; of one with more than `room` letters not all that stands before them. */
  function marked([tag, text, small], words, room) {
    const marks = words.flatMap(({ root }) => all(small, root)).sort(([a], [b]) => a - b);
    if (marks.length === 0 || small.length !== text.length) return el(tag, {}, text);
    // Words in a row are one mark.
    const rows = [];
    for (const [start, end] of marks) {
      const last = rows.at(-1);
      if (last && text.slice(last[1], start).trim() === "") last[1] = Math.max(last[1], end);
      else rows.push([start, end]);
    }
    const before = text.slice(0, rows[0][0]);
    const isCut = before.length > BEFORE && text.length > room;
    const parts = [isCut ? `… ${before.slice(-BEFORE).replace(/^\S* /, "")}` : before];
    rows.forEach(([start, end], i) =>
      parts.push(el("mark", {}, text.slice(start, end)), text.slice(end, rows[i + 1]?.[0])),
    );
    return el(tag, {}, ...parts);
  }

  function all(small, root) {
    const found = [];
    for (let mark = find(small, root); mark; mark = find(small, root, mark[1])) found.push(mark);
    return found;
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
