// What a term may mean beside its characters: a number, or how a name is read.
// Knows neither the index nor the page.
(function () {
  "use strict";

  /** What may be a number as a document prints it, folded: `4.2`, `(十七)`, `第二十條`. */
  const NUMBERED = /^(第?\(?)([\d.]+|[一二三四五六七八九十百千〇零两]+)(\)?[、.]?)(.?)$/;
  const MOST = 12;  // ways to read a term
  const DIGITS = "〇一二三四五六七八九";
  const UNITS = { 十: 10, 百: 100, 千: 1000 };

  /** A Chinese numeral's value: 十七 is 17, and 一七 too. */
  function valueOf(numeral) {
    let [sum, digit] = [0, 0];
    for (const c of numeral) {
      const value = c === "零" ? 0 : c === "两" ? 2 : DIGITS.indexOf(c);
      if (value >= 0) digit = digit * 10 + value;
      else [sum, digit] = [sum + (digit || 1) * UNITS[c], 0];
    }
    return sum + digit;
  }

  /**
   * How a document may print the number that a term is, and how all the measures
   * of the area of that number are listed: `第十三` is 十三 and 13, and 13.1 too.
   */
  function numbersOf(term) {
    const [, before, numeral, after, unit] = NUMBERED.exec(term) ?? [];
    if (!numeral) return { same: [] };
    const same = new Set([term, before + numeral + after.replace(/[、.]$/, "") + unit]);
    const value = /\d/.test(numeral) ? numeral : String(valueOf(numeral));
    // With its unit a number is of that kind alone: 第三章 is no 第三條.
    if (unit) same.add(before + value + after + unit);
    else for (const number of [numeral, value]) same.add(number);
    const within = !unit && !before.includes("(") && /^\d+$/.test(value) ? value + "." : undefined;
    return { same: [...same], within };
  }

  /** Whether a name is read like a term: all its syllables, the last perhaps begun, or their first letters. */
  function soundsLike(name, term, readings) {
    const characters = [...name];
    const read = (at) => readings.get(characters[at]) ?? [];
    const fits = (at, rest, count) => rest === "" ? count > 1 : read(at).some((syllable) =>
      rest.startsWith(syllable) ? fits(at + 1, rest.slice(syllable.length), count + 1) : count > 0 && syllable.startsWith(rest));
    return characters.some((_, at) =>
      fits(at, term, 0) || [...term].every((letter, i) => read(at + i).some((syllable) => syllable[0] === letter)));
  }

  /** The ways to cut a term into syllables, as their numbers; the last may be begun only. */
  function syllables(term, known) {
    const ways = [];
    (function cut(rest, way) {
      for (const [syllable, number] of known) {
        if (ways.length >= MOST) return;
        const next = [...way, number];
        if (syllable.startsWith(rest)) { if (way.length) ways.push(next); }
        else if (rest.startsWith(syllable)) cut(rest.slice(syllable.length), next);
      }
    })(term, []);
    return ways;
  }

  window.tongwenTerms = { numbersOf, soundsLike, syllables };
})();
