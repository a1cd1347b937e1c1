// Finds documents. Knows the index that the build wrote, not the page: what
// folds to what, which characters are invisible, how names are read, and how
// lists are laid out, all come from there.
(function () {
  "use strict";

  // How many bytes of lists one query may read; what they leave open, texts decide.
  const BUDGET = 100_000;
  const TERMS = 12;
  // What an answer is worth: in a text, by its sound, in a title, by the number
  // of its area, by its own.
  const [TEXT, SOUND, TITLE, WITHIN, NUMBER] = [1, 5, 10, 50, 100];

  // What search-terms.js and search-lists.js know; pages that only fold texts go without it.
  const meaning = window.tongwenTerms ?? {};
  const { cover, decode, each, hash, meet } = window.tongwenLists ?? {};

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
    return documents.map(function ([context, path, number, title, texts, names, others]) {
      const [shown, place, ...numbers] = Array.isArray(number) ? number : [number, number, number];
      return { context: contexts[context], path, number: shown, place, numbers, title, texts, names, others };
    });
  }

  /** A document's title and text, folded. */
  function folded(fold, shown) {
    return shown.folded ??= {
      title: fold.text(shown.title).folded,
      text: fold.text(shown.texts.join("")).folded,
    };
  }

  /** How well one document answers one term: 0 if it does not. */
  function weigh(fold, shown, term) {
    const { title, text } = folded(fold, shown);
    const { same, within } = meaning.numbersOf(term);
    if (shown.numbers.some((number) => same.includes(number))) return NUMBER;
    if (within && shown.place.startsWith(within) && shown.numbers.includes(shown.place)) return WITHIN;
    if (title.includes(term) || shown.names.some((name) => name.includes(term))) return TITLE;
    return text.includes(term) || shown.others.some((words) => words.includes(term)) ? TEXT : 0;
  }

  /** All numbers of documents with what they weigh, the most for each. */
  function merged(...all) {
    const hits = new Map();
    for (const some of all) for (const [number, weight] of some) if (!(hits.get(number) >= weight)) hits.set(number, weight);
    return hits;
  }

  /** How the site's names are read: by character, and as the private characters of its lists. */
  const reading = () => load("readings").then(function ({ first, room, letters, pinyin, jyutping }) {
    return [pinyin, jyutping].map(function (table, way) {
      const own = first + way * room;
      const known = table.map((row, i) => [/^[a-z]+/.exec(row)[0], String.fromCodePoint(own + letters + i)]);
      const readings = new Map();
      table.forEach((row, i) => {
        for (const c of row.slice(known[i][0].length)) readings.set(c, [...(readings.get(c) ?? []), known[i][0]]);
      });
      const initials = (term) => [...term].map((letter) => String.fromCodePoint(own + letter.charCodeAt(0) - 97));
      return { readings, runs: (term) => [...meaning.syllables(term, known), initials(term)].map((run) => run.join("")) };
    });
  });

  /** A small site: every text is here. */
  function small(fold, head) {
    const all = documents(head.texts);
    const where = (weigh) => new Map(all.map((shown, number) => [number, weigh(shown)]).filter(([, weight]) => weight));
    const namesOf = (shown) => [folded(fold, shown).title, ...shown.names];
    return {
      get: async (number) => all[number],
      named: async (name) => where((shown) => namesOf(shown).includes(name)).keys(),
      async find(terms) {
        return { found: new Map(terms.map((term) => [term, where((shown) => weigh(fold, shown, term))])), exact: true };
      },
      async sounding(term) {
        const ways = await reading();
        return where((shown) => namesOf(shown).some((name) => ways.some(({ readings }) => meaning.soundsLike(name, term, readings))) && SOUND);
      },
    };
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
      const { same, within } = meaning.numbersOf(term);
      const numbered = [...same.map((number) => [number, NUMBER]), ...(within ? [[within, WITHIN]] : [])]
        .map(async ([number, weight]) => [await list(" " + number), weight]);
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
      for (const [numbers, weight] of await Promise.all(numbered)) for (const number of numbers) put(number, weight);
      return { hits, exact };
    }

    async function get(number) {
      const which = Math.floor(number / chunk);
      if (!chunks.has(which)) chunks.set(which, load(edition + "/" + which).then(documents));
      return (await chunks.get(which))[number % chunk];
    }

    return {
      get,
      named: (name) => list(" =" + name),
      async sounding(term) {
        const runs = (await reading()).flatMap((way) => way.runs(term));
        const all = await Promise.all(runs.map((run) => hitsOf(run, BUDGET / runs.length)));
        return merged(...all.map(({ hits }) => [...hits.keys()].map((number) => [number, SOUND])));
      },
      async find(terms) {
        // The longest words say most.
        const chosen = [...terms].sort((a, b) => b.length - a.length).slice(0, TERMS);
        const all = await Promise.all(chosen.map((term) => hitsOf(term, BUDGET / chosen.length)));
        return {
          found: new Map(chosen.map((term, i) => [term, all[i].hits])),
          exact: chosen.length === terms.length && all.every(({ exact }) => exact),
        };
      },
    };
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

  /** What the search says, where no page of its own does. */
  window.tongwenSearch.words = (edition) => load(edition + "/words");

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
    const measures = head.kinds[0][1];
    const sounded = new Map();

    /** A term, and the names that it is a word for: HKEX means 香港交易所. */
    const meanings = (term) => [...new Set([term, ...head.instead.filter(([words]) => words.includes(term)).flatMap(([, names]) => names)])];

    /** The documents of each term, none where there were too many terms, and whether all of them are known to be. */
    async function find(terms) {
      const asked = terms.map(meanings);
      const { found, exact } = await site.find([...new Set(asked.flat())]);
      const all = asked.map((own) => own.length > 1 ? merged(...own.map((one) => found.get(one) ?? [])) : found.get(own[0]));
      return { asked, found: all, exact };
    }

    /** What letters sound like, where no text has them. */
    async function sounding(term) {
      if (!/^[a-z]{2,40}$/.test(term)) return new Map();
      if (!sounded.has(term)) sounded.set(term, await site.sounding(term));
      return sounded.get(term);
    }

    async function search(query) {
      let terms = fold.terms(query);
      if (!terms.length) return { terms, asked: [], exact: true, best: [], groups: [] };
      let { asked, found, exact } = await find(terms);
      // `jin rong` and `gam1 jung4` are one name.
      const spelt = terms.join("").replace(/[1-6]/g, "");
      if (terms.length > 1 && found.some((hits) => hits?.size === 0) && (await sounding(spelt)).size) {
        [terms, asked, found, exact] = [[spelt], [[spelt]], [new Map()], true];
      }
      found = await Promise.all(found.map((hits, i) => hits?.size === 0 ? sounding(terms[i].replace(/[1-6]/g, "")) : hits));
      const groups = rank(found.filter(Boolean), head.kinds, total).filter(({ numbers }) => numbers.length);
      const whole = new Set(await site.named(fold.text(query).folded));
      const isBest = (number) => number >= measures && (whole.has(number) || terms.length === 1 && found[0]?.get(number) === NUMBER);
      const best = groups.flatMap(({ kind, numbers }) => numbers.filter(isBest).map((number) => ({ kind, number })));
      return { terms: asked.flat(), asked, exact, best, groups };
    }

    /** A run of characters as the first document that has it writes it, up to the borders of its words. */
    async function written(run, hits) {
      const [number] = [...hits].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
      const shown = await site.get(number);
      for (const text of [shown.title, shown.texts.join("")]) {
        const [range] = ranges(fold, [run], text);
        if (!range) continue;
        let [start, end] = range;
        if (window.Intl && Intl.Segmenter) {
          const words = new Intl.Segmenter("zh", { granularity: "word" }).segment(text);
          const last = words.containing(end - 1);
          [start, end] = [words.containing(start).index, last.index + last.segment.length];
        }
        return text.slice(start, end);
      }
      return run;
    }

    /** What is there instead of what is not: the longest parts of terms that texts have. */
    async function near(query) {
      const words = [];
      for (const term of fold.terms(query).slice(0, 4)) {
        const characters = [...term].slice(0, 12);
        const least = isWord(characters[0]) ? 3 : 2;
        const taken = [];
        for (let length = characters.length; length >= least; length--) {
          for (let at = 0; at + length <= characters.length; at++) {
            if (taken.some(([start, end]) => at < end && at + length > start)) continue;
            const run = characters.slice(at, at + length).join("");
            const hits = (await site.find([run])).found.get(run);
            if (!hits?.size) continue;
            taken.push([at, at + length]);
            words.push(await written(run, hits));
          }
        }
      }
      return [...new Set(words)].slice(0, 5);
    }

    return {
      /**
       * The documents' numbers for a query, by kind, and which of them it names.
       * `exact` unless some may not answer it after all.
       */
      search,
      near,
      get: site.get,
      memoranda: () => memoranda(edition, head.kinds),
      answers: (shown, asked) => asked.every((names) => names.some((term) => weigh(fold, shown, term))),
      hasNumber: (shown, terms) => terms.some((term) => shown.numbers.some((number) => meaning.numbersOf(term).same.includes(number))),
      ranges: (terms, text) => ranges(fold, terms, text),
    };
  };
})();
