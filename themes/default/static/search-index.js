// Finds documents. Knows the index that the build wrote, not the page: what
// folds to what, which characters are invisible, and how lists are laid out,
// all come from there.
(function () {
  "use strict";

  // How many bytes of lists one query may read; what they leave open, texts decide.
  const BUDGET = 100_000;
  const TERMS = 12;
  const [TEXT, TITLE, NUMBER] = [1, 10, 100];
  /** What may be a number as a document prints it, folded: `4.2`, `(十七)`, `第二十條`. */
  const NUMBERED = /^第?\(?[\d.一二三四五六七八九十百千〇零]+\)?.?$/;

  const files = new Map();
  const folder = new URL("../search/", document.currentScript.src);

  // Each file is a script that calls this, since a page opened from disk may
  // read nothing else.
  window.tongwenSearch = function (name, data) {
    files.get(name).take(data);
  };

  function load(name) {
    if (!files.has(name)) {
      const file = {};
      file.data = new Promise(function (take, refuse) {
        file.take = take;
        const script = document.createElement("script");
        script.src = new URL(name + ".js", folder).href;
        script.onload = function () { script.remove(); };
        script.onerror = function () {
          script.remove();
          files.delete(name);
          refuse(new Error("cannot load " + script.src));
        };
        document.head.append(script);
      });
      files.set(name, file);
    }
    return files.get(name).data;
  }

  const isWord = (c) => /^[a-z0-9]$/i.test(c);

  /** Characters as the index has them. */
  function folding({ fold, ignored }) {
    const representatives = new Map();
    for (const group of fold) {
      const [representative, ...others] = group;
      for (const c of others) representatives.set(c, representative);
    }
    const isIgnored = (c) => ignored.some(([first, last]) => c.codePointAt(0) >= first && c.codePointAt(0) <= last);
    // Calls `put` with each character that counts and where it stands.
    function walk(text, put) {
      let at = 0;
      for (const c of text) {
        const folded = representatives.get(c) ?? c;
        if (folded === " " || !isIgnored(folded)) put(folded, at, at + c.length);
        at += c.length;
      }
    }
    return {
      /** The words of a query, each once. */
      terms(query) {
        let words = "";
        walk(query, (c) => { words += c; });
        return [...new Set(words.split(" ").filter(Boolean))];
      },
      /** A text folded, and for each of its places where it lies in the text. */
      text(text) {
        let [folded, spaced] = ["", false];
        const [starts, ends] = [[], []];
        walk(text, function (c, start, end) {
          if (c === " ") { spaced = true; return; }
          const parts = spaced && isWord(folded.slice(-1)) && isWord(c) ? [" ", c] : [c];
          for (const unit of parts.join("")) {
            for (let i = 0; i < unit.length; i++) { starts.push(start); ends.push(end); }
            folded += unit;
          }
          spaced = false;
        });
        return { folded, starts, ends };
      },
    };
  }

  /** Where the terms stand in a text, as ranges in order, none within another. */
  function ranges(fold, terms, text) {
    const { folded, starts, ends } = fold.text(text);
    const found = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        found.push([starts[at], ends[at + term.length - 1]]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.reduce(function (kept, range) {
      const last = kept.at(-1);
      if (last && range[0] < last[1]) last[1] = Math.max(last[1], range[1]);
      else kept.push(range);
      return kept;
    }, []);
  }

  /** Documents as the page shows them. */
  function documents({ contexts, documents }) {
    return documents.map(function ([context, path, number, title, texts, also]) {
      const [shown, place, ...numbers] = Array.isArray(number) ? number : [number, number, number];
      return { context: contexts[context], path, number: shown, place, numbers, title, texts, also };
    });
  }

  /** How well one document answers one term: 0 if it does not. */
  function weigh(fold, shown, term) {
    shown.folded ??= {
      title: fold.text(shown.title).folded,
      text: fold.text(shown.texts.join("")).folded,
    };
    if (shown.numbers.includes(term)) return NUMBER;
    if (shown.folded.title.includes(term)) return TITLE;
    if (shown.folded.text.includes(term)) return TEXT;
    return shown.also.some((words) => words.includes(term)) ? TEXT : 0;
  }

  /** A small site: every text is here. */
  function small(fold, head) {
    const all = documents(head.texts);
    return {
      get: async (number) => all[number],
      async find(terms) {
        const found = terms.map(function (term) {
          const hits = new Map();
          all.forEach(function (shown, number) {
            const weight = weigh(fold, shown, term);
            if (weight) hits.set(number, weight);
          });
          return hits;
        });
        return { found, exact: true };
      },
    };
  }

  // A number in printable ASCII: 34 characters go on, 57 end.
  function decode(list) {
    const numbers = [];
    let [number, unit, last] = [0, 1, 0];
    for (let i = 0; i < list.length; i++) {
      const code = list.charCodeAt(i);
      if (code > 92) {
        number += (code - 93 + 57) * unit;
        unit *= 34;
      } else {
        last += number + (code - 35) * unit;
        numbers.push(last);
        [number, unit] = [0, 1];
      }
    }
    return numbers;
  }

  // FNV-1a over code points.
  function hash(key) {
    let value = 0x811c9dc5;
    for (const c of key) value = Math.imul(value ^ c.codePointAt(0), 0x01000193);
    return value >>> 0;
  }

  /**
   * The pairs of a term to look up, by how far in they stand: together they
   * cover it, for the fewest bytes. Too many bytes for that: the cheapest, and
   * then texts must tell.
   */
  function cover(term, costOf, budget) {
    const characters = [...term];
    const pairs = characters.slice(1).map((c, at) => {
      const key = characters[at] + c;
      return { at, key, cost: costOf(key) };
    });
    // Each pair's cheapest way from the start: after the one before, or the next but one.
    const ways = [];
    for (const { at, cost } of pairs) {
      const before = at === 0 ? null : at === 1 || ways[at - 1].cost < ways[at - 2].cost ? at - 1 : at - 2;
      ways.push({ before, cost: cost + (before === null ? 0 : ways[before].cost) });
    }
    if (ways.at(-1).cost <= budget) {
      const chosen = [];
      for (let at = pairs.length - 1; at !== null; at = ways[at].before) chosen.unshift(pairs[at]);
      return { pairs: chosen, exact: true };
    }
    let spent = 0;
    const cheapest = [...pairs].sort((a, b) => a.cost - b.cost || a.at - b.at);
    const chosen = cheapest.filter(({ cost }, i) => (spent += cost) <= budget || i === 0);
    return { pairs: chosen.sort((a, b) => a.at - b.at), exact: false };
  }

  /** Starts of a run of which each list has one part; both ascend. */
  function meet(starts, positions, at) {
    const met = [];
    for (let i = 0, j = 0; i < starts.length && j < positions.length;) {
      const difference = positions[j] - at - starts[i];
      if (difference === 0) { met.push(starts[i]); i++; j++; }
      else if (difference < 0) j++;
      else i++;
    }
    return met;
  }

  /** A large site: lists say where characters stand, texts come as needed. */
  function large(fold, head, edition) {
    const { shards, long, chunk, slot, title } = head.lists;
    const documentCount = head.kinds.reduce((sum, [, count]) => sum + count, 0);
    const extra = each(head.lists.owners);
    const counts = each(head.lists.counts);
    // Characters and pairs that have files of their own, with which of them.
    const alone = new Map([...head.lists.alone].map((c, i) => [c, i]));
    const pairs = new Map();
    [...head.lists.pairs].forEach((c, i, all) => { if (i % 2) pairs.set(all[i - 1] + c, i >> 1); });
    const chunks = new Map();

    async function list(key, file = hash(key) % shards) {
      const lists = await load("grams/" + file);
      for (let i = 0; i < lists.length; i += 2) if (lists[i] === key) return decode(lists[i + 1]);
      return [];
    }
    const positions = (key) => list(key, pairs.has(key) ? shards + 2 * long + pairs.get(key) : undefined);
    // In bytes, about: a shard's are as the build aims at.
    const costOf = (key) => pairs.has(key) ? 2 * counts[pairs.get(key)] : 8_000;

    async function hitsOf(term, budget) {
      const hits = new Map();
      const put = (number, weight) => { if (!(hits.get(number) >= weight)) hits.set(number, weight); };
      const numbered = NUMBERED.test(term) ? list(" " + term) : [];
      const length = [...term].length;
      let exact = true;
      if (length === 1 || pairs.has(term)) {
        const file = length > 1 ? shards + long + pairs.get(term) : alone.has(term) ? shards + alone.get(term) : undefined;
        for (const entry of await list(term, file)) put(entry >> 1, entry & 1 ? TITLE : TEXT);
      } else {
        const plan = cover(term, costOf, budget);
        const lists = await Promise.all(plan.pairs.map(({ key }) => positions(key)));
        const starts = lists.reduce((starts, positions, i) => meet(starts, positions, plan.pairs[i].at - plan.pairs[0].at), lists[0]);
        for (const start of starts) {
          const place = Math.floor(start / slot);
          if (place >= documentCount) put(extra[place - documentCount], TEXT);
          else put(place, start % slot < title ? TITLE : TEXT);
        }
        exact = plan.exact;
      }
      for (const number of await numbered) put(number, NUMBER);
      return { hits, exact };
    }

    async function get(number) {
      const which = Math.floor(number / chunk);
      if (!chunks.has(which)) chunks.set(which, load(edition + "/" + which).then(documents));
      return (await chunks.get(which))[number % chunk];
    }

    return {
      get,
      async find(terms) {
        // The longest words say most.
        const chosen = [...terms].sort((a, b) => b.length - a.length).slice(0, TERMS);
        const all = await Promise.all(chosen.map((term) => hitsOf(term, BUDGET / chosen.length)));
        return {
          found: all.map(({ hits }) => hits),
          exact: chosen.length === terms.length && all.every(({ exact }) => exact),
        };
      },
    };
  }

  // Numbers that do not ascend.
  function each(list) {
    return decode(list).map((sum, i, sums) => sum - (i ? sums[i - 1] : 0));
  }

  /** All terms' documents, by kind, best first: by what they answer and how rarely that is. */
  function rank(found, kinds, total) {
    const [fewest, ...others] = [...found].sort((a, b) => a.size - b.size);
    const scored = [];
    for (const number of fewest.keys()) {
      if (!others.every((hits) => hits.has(number))) continue;
      const score = found.reduce((sum, hits) => sum + hits.get(number) * Math.log(1 + total / hits.size), 0);
      scored.push({ number, score });
    }
    scored.sort((a, b) => b.score - a.score || a.number - b.number);
    let first = 0;
    return kinds.map(function ([kind, count]) {
      const [start, end] = [first, first += count];
      return { kind, numbers: scored.map(({ number }) => number).filter((number) => number >= start && number < end) };
    });
  }

  /** How an edition's index folds texts, for pages that find among their own. */
  window.tongwenSearch.fold = async function (edition) {
    const fold = folding(await load(edition));
    return (text) => fold.text(text).folded;
  };

  /** The memoranda, and which of them a document belongs to. */
  async function memoranda(edition, kinds) {
    const all = (await load(edition + "/documents")).map(([id, name, year, measures, areas]) => ({ id, name, year, measures, areas }));
    const starts = {};
    let first = 0;
    for (const [kind, count] of kinds) [starts[kind], first] = [first, first + count];
    // The first document of each memorandum, of a kind.
    const firsts = function (counts) {
      let at = 0;
      return counts.map((count) => (at += count) - count);
    };
    const [measures, areas] = [firsts(all.map((one) => one.measures)), firsts(all.map((one) => one.areas))];
    function among(list, at) {
      let [low, high] = [0, list.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (list[middle] <= at) low = middle; else high = middle - 1;
      }
      return all[low];
    }
    return {
      of(kind, number) {
        const at = number - starts[kind];
        if (kind === "measure") return among(measures, at);
        if (kind === "area") return among(areas, at);
        return kind === "page" ? all[at] : undefined;
      },
    };
  }

  /** Opens an edition's index. */
  window.tongwenSearch.open = async function (edition) {
    const head = await load(edition);
    const fold = folding(head);
    const site = head.texts ? small(fold, head) : large(fold, head, edition);
    const total = head.kinds.reduce((sum, [, count]) => sum + count, 0);
    return {
      /** The documents' numbers for a query, by kind. `exact` unless some may not answer it after all. */
      async search(query) {
        const terms = fold.terms(query);
        if (!terms.length) return { terms, exact: true, groups: [] };
        const { found, exact } = await site.find(terms);
        const groups = rank(found, head.kinds, total).filter(({ numbers }) => numbers.length);
        return { terms, exact, groups };
      },
      get: site.get,
      memoranda: () => memoranda(edition, head.kinds),
      answers: (shown, terms) => terms.every((term) => weigh(fold, shown, term)),
      ranges: (terms, text) => ranges(fold, terms, text),
    };
  };
})();
