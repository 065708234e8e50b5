// Which shards of the table a text needs, as `front.rs` says it. It is asked twice: with the text as it stands before the
// module is there, so that shards come a round trip earlier, where what was said in JSON, colours or wrapped lines may be
// missed; and with the letters that the module makes of the text. Both are in small letters.
"use strict";

const pullmedicGuess = (front, text) => {
  const view = new DataView(front);
  const word = (at) => view.getUint32(at, true);
  const start = 4 + word(4 + 8 + 8 * 22); // behind the number of words and the head: where section 22 begins
  const head = Array.from({ length: 7 }, (_, i) => word(start + 4 * i));
  const [bits, markBits, halves, keys, low, pairs, lowOfPairs] = head;
  let at = 8 * (start + 28);
  function take(length) {
    const number = (word(at >> 3) >>> (at & 7)) & ((1 << length) - 1);
    at += length;
    return number;
  }
  /** So many numbers in order, each with a mark. */
  function list(count, length) {
    let sum = 0;
    return Array.from({ length: count }, () => {
      while (take(1)) sum += 1 << length;
      sum += take(length);
      return [sum, take(markBits)];
    });
  }

  // Of each eight letters and signs that begin with a word: those of the first three, four and eight.
  const hashes = new Set();
  const parts = text.match(/\w+|[^\w\s"'`\\]+/g) ?? [];
  const letters = parts.join("");
  let begin = 0;
  for (const part of parts) {
    const length = /^\w/.test(part) ? Math.min(8, letters.length - begin) : 0;
    for (let i = 0, hash = 0; i < length; i += 1) {
      hash = Math.imul(hash ^ letters.charCodeAt(begin + i), 0x9e3779b1);
      if (i === 2 || i === 3 || i === 7) hashes.add(hash >>> (32 - bits));
    }
    begin += part.length;
  }
  const marks = new Set();
  for (const [key, mark] of list(keys, low)) if (hashes.has(key)) marks.add(mark);
  for (const [pair, mark] of list(pairs, lowOfPairs))
    if (marks.has(Math.floor(pair / halves)) && marks.has(pair % halves)) marks.add(mark);
  return [...marks].flatMap((mark) => (mark < halves ? [] : mark - halves));
};
