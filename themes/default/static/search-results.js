// How a result of the search reads: for the search page and for the dialog.
(function () {
  "use strict";

  const LONG = 140;     // characters of a sentence that are shown whole
  const BEGINNING = 16; // characters that name a measure without a name

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /** A text with the terms marked; only from `first` to `last`, if given. */
  function marked(text, ranges, first = 0, last = text.length) {
    const parts = [];
    let at = first;
    for (const [start, end] of ranges) {
      if (end <= first || start >= last) continue;
      parts.push(text.slice(at, Math.max(at, start)), element("mark", "", text.slice(Math.max(first, start), Math.min(last, end))));
      at = Math.min(last, end);
    }
    parts.push(text.slice(at, last));
    return parts.filter((part) => part !== "");
  }

  /** The sentence with the first match, and its number; the first of all if the match is elsewhere. */
  function excerpt(site, shown, terms) {
    const text = shown.texts.join("");
    const ranges = site.ranges(terms, text);
    let [start, sentence] = [0, 0];
    const [from, to] = ranges[0] ?? [0, 0];
    while (sentence + 1 < shown.texts.length && start + shown.texts[sentence].length <= from) {
      start += shown.texts[sentence++].length;
    }
    let end = start + (shown.texts[sentence] ?? "").length;
    // A match may reach into the next sentence.
    for (let next = sentence + 1; end < to && next < shown.texts.length; next++) end += shown.texts[next].length;
    if (end - start <= LONG) return { sentence, matched: ranges.length > 0, parts: marked(text, ranges, start, end) };
    const first = Math.max(start, Math.min(from - LONG / 4, end - LONG));
    const last = Math.min(end, Math.max(first + LONG, Math.min(to, first + 2 * LONG)));
    const parts = marked(text, ranges, first, last);
    return {
      sentence, matched: ranges.length > 0,
      parts: [first > start ? "…" : "", ...parts, last < end ? "…" : ""],
    };
  }

  /** How a text begins: up to its first pause, or to where a word ends. */
  function beginning(text) {
    const clause = text.split(/[，。；：、！？\n\t,;:.!?]/)[0];
    const whole = clause.length < 4 ? text.split("\n")[0] : clause;
    if (whole.length <= BEGINNING) return whole;
    let end = BEGINNING;
    if (window.Intl && Intl.Segmenter) {
      const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(whole);
      end = words.containing(BEGINNING).index || BEGINNING;
    }
    return whole.slice(0, end);
  }

  /** A result: what leads to it, where it stands, and the words around the match. `to` makes a path an address. */
  function item(site, words, kind, shown, terms, to = (path) => path) {
    const { sentence, matched, parts } = excerpt(site, shown, terms);
    const link = element("a");
    const anchor = kind === "measure" && matched ? "#m" + shown.place.replace(".", "-") + "-s" + (sentence + 1) : "";
    link.href = to(shown.path + anchor);
    if (kind === "measure") {
      const number = site.hasNumber(shown, terms) ? element("mark", "", shown.number) : shown.number;
      link.append(element("span", "number", number));
    }
    const title = shown.title || words.excerpt.replace("{words}", beginning(shown.texts.join("")));
    link.append(element("span", shown.title ? "" : "excerpted", ...marked(title, site.ranges(terms, title))));
    const entry = element("li", "", link);
    if (shown.context) entry.append(element("p", "context", shown.context));
    if (parts.length) {
      const text = element("p", "excerpt", ...parts);
      if (kind === "area") text.append(" ", element("small", "editorial", words.editorial));
      entry.append(text);
    }
    return entry;
  }

  /** What a kind of results is called. */
  const kindName = (words, kind) => words["kind" + kind[0].toUpperCase() + kind.slice(1)] ?? kind;

  /** The words that are there instead of those that are not, as links to their own results. */
  function nearby(words, near, to) {
    if (!near.length) return [];
    const links = near.map(function (word) {
      const link = element("a", "", word);
      link.href = to("?" + new URLSearchParams([["q", word]]));
      return element("li", "", link);
    });
    return [element("p", "near-title", words.near), element("ul", "near", ...links)];
  }

  /** The documents that a query names, before all groups. */
  function promoted(groups, best) {
    const kept = new Set(groups.flatMap((group) => group.numbers));
    const kinds = new Map(best.filter(({ number }) => kept.has(number)).map(({ kind, number }) => [number, kind]));
    if (!kinds.size) return groups;
    const rest = groups.map((group) => ({ ...group, numbers: group.numbers.filter((number) => !kinds.has(number)) }));
    return [{ kind: "best", kinds, numbers: [...kinds.keys()] }, ...rest.filter((group) => group.numbers.length)];
  }

  window.tongwenResults = { element, item, kindName, nearby, promoted };
})();
