// The search page: results while one types, as links in groups.
(function () {
  "use strict";

  const AT_ONCE = 10;   // results of a kind, before one asks for more
  const CHECKED = 20;   // documents looked at for them, where a list cannot tell
  const PAUSE = 80;     // milliseconds after the last keystroke
  const KEPT = 500;     // characters of a query that an address can hold

  const FILES = ["search-lists", "search-terms", "search-index", "search-results"];

  // What these make is asked for only once they are there.
  const of = (name) => (...all) => window.tongwenResults[name](...all);
  const [element, item, kindName, nearby, promoted] = ["element", "item", "kindName", "nearby", "promoted"].map(of);
  const field = document.getElementById("q");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const browse = document.getElementById("browse");
  const narrow = document.getElementById("narrow");
  const { edition, failed } = results.dataset;

  let words, index;
  const opened = () => (index ??= window.tongwenLoad(FILES).then(async function () {
    const [said, site] = await Promise.all([window.tongwenSearch.words(edition), window.tongwenSearch.open(edition)]);
    words = said;
    return site;
  }).catch(function (error) {
    index = undefined;
    throw error;
  }));

  /** The next results of a group: as many as are shown at once, or what is left. */
  async function next(site, result, group) {
    const shown = [];
    const until = Math.min(group.numbers.length, group.at + (result.exact ? AT_ONCE : CHECKED));
    while (group.at < until && shown.length < AT_ONCE) {
      const numbers = group.numbers.slice(group.at, Math.min(until, group.at + AT_ONCE - shown.length));
      const documents = await Promise.all(numbers.map(site.get));
      documents.forEach(function (one, i) {
        const kind = group.kinds?.get(numbers[i]) ?? group.kind;
        if (result.exact || site.answers(one, result.asked)) shown.push([kind, one]);
      });
      group.at += numbers.length;
    }
    return shown.map(function ([kind, one]) {
      const entry = item(site, words, kind, one, result.terms);
      if (group.kinds) entry.prepend(element("p", "of-kind", kindName(words, kind)));
      return entry;
    });
  }

  function section(site, result, group, items) {
    const heading = element("h2", "", kindName(words, group.kind), " ");
    heading.id = "found-" + group.kind;
    if (result.exact) heading.append(element("span", "count", String(group.numbers.length)));
    const list = element("ol", "", ...items);
    const made = element("section", "", heading, list);
    made.setAttribute("aria-labelledby", heading.id);
    if (group.at < group.numbers.length) {
      const more = element("button", "more", words.more);
      more.type = "button";
      more.addEventListener("click", async function () {
        more.disabled = true;
        const added = await next(site, result, group).catch(() => []);
        list.append(...added);
        more.disabled = false;
        if (group.at >= group.numbers.length) more.remove();
        added[0]?.querySelector("a").focus();
      });
      made.append(more);
    }
    return made;
  }

  // What results are narrowed to: a memorandum's id, a kind, a year.
  const NARROWED = ["in", "kind", "year"];
  const OPTIONS = 50;   // memoranda that one can choose from, those with most results
  const narrowed = Object.fromEntries(NARROWED.map((name) => [name, new URLSearchParams(location.search).get(name) ?? ""]));

  let memoranda;
  const known = (site) => (memoranda ??= site.memoranda().catch(function () {
    memoranda = undefined;
    return { of: () => undefined };
  }));

  /** The groups with what fits, and how many results each choice would leave. */
  function fitting(groups, list) {
    const counts = { in: new Map(), kind: new Map(), year: new Map() };
    const names = new Map();
    const kept = groups.map(function (group) {
      const numbers = group.numbers.filter(function (number) {
        const one = list.of(group.kind, number);
        const own = { in: one?.id, kind: group.kind, year: one?.year ? String(one.year) : undefined };
        const wrong = NARROWED.filter((name) => narrowed[name] && narrowed[name] !== own[name]);
        for (const name of NARROWED) {
          // What another choice excludes is no result of this one.
          if (own[name] !== undefined && wrong.every((other) => other === name)) {
            counts[name].set(own[name], (counts[name].get(own[name]) ?? 0) + 1);
          }
        }
        if (one) names.set(one.id, one.name);
        return wrong.length === 0;
      });
      return { ...group, numbers };
    });
    return { groups: kept.filter((group) => group.numbers.length), counts, names };
  }

  /** The choices, with how many results each has. */
  function choices({ counts, names }, exact) {
    const labels = { in: (id) => names.get(id) ?? id, kind: (kind) => kindName(words, kind), year: (year) => year };
    const made = NARROWED.map(function (name) {
      const ordered = [...counts[name]];
      if (name === "in") ordered.sort((a, b) => b[1] - a[1]);
      if (name === "year") ordered.sort((a, b) => b[0] - a[0]);
      const shown = ordered.slice(0, OPTIONS);
      if (narrowed[name] && !shown.some(([value]) => value === narrowed[name])) shown.unshift([narrowed[name], counts[name].get(narrowed[name]) ?? 0]);
      const select = element("select");
      select.append(new Option(words.narrowAll, ""));
      for (const [value, count] of shown) select.append(new Option(labels[name](value) + "（" + (exact ? "" : "≤ ") + count + "）", value));
      select.value = narrowed[name];
      select.addEventListener("change", function () {
        narrowed[name] = select.value;
        run().then(() => narrow.querySelector("[name=" + name + "]")?.focus());
      });
      select.name = name;
      return element("label", "", element("span", "", words["narrow" + name[0].toUpperCase() + name.slice(1)]), select);
    });
    narrow.replaceChildren(...made);
  }

  function show(message, sections, choice) {
    found.textContent = message;
    results.replaceChildren(...sections);
    narrow.hidden = !choice;
    if (choice) choices(choice, choice.exact);
    browse.hidden = sections.some((one) => one.localName === "section");
    results.removeAttribute("aria-busy");
  }

  let turn = 0;
  async function run() {
    const query = field.value;
    const mine = ++turn;
    keep(query);
    if (!query.trim()) return show("", []);
    results.setAttribute("aria-busy", "true");
    try {
      const site = await opened();
      const result = await site.search(query);
      let choice;
      const isThere = result.groups.length > 0;
      if ("several" in results.dataset && result.groups.length) {
        choice = { ...fitting(result.groups, await known(site)), exact: result.exact };
        result.groups = choice.groups;
      }
      result.groups = promoted(result.groups, result.best);
      for (const group of result.groups) group.at = 0;
      const items = await Promise.all(result.groups.map((group) => next(site, result, group)));
      // What was typed since has its own answer.
      if (mine !== turn) return;
      const sections = result.groups.map((group, i) => section(site, result, group, items[i])).filter((one) => one.querySelector("li, .more"));
      const near = isThere || !result.terms.length ? [] : await site.near(query).catch(() => []);
      if (mine !== turn) return;
      const count = result.groups.reduce((sum, group) => sum + group.numbers.length, 0);
      const message = result.exact ? words.found : words.about;
      show(sections.length ? message.replace("{count}", count) : result.terms.length ? words.none : "", sections.length ? sections : nearby(words, near, (search) => location.pathname + search), choice);
    } catch (error) {
      if (mine === turn) show(failed, []);
    }
  }

  /** Keeps the query in the address, where the script toggle finds it. */
  function keep(query) {
    const chosen = NARROWED.filter((name) => narrowed[name]).map((name) => [name, narrowed[name]]);
    const search = query && query.length <= KEPT ? "?" + new URLSearchParams([["q", query], ...chosen]) : "";
    if (search === location.search) return;
    try {
      history.replaceState(history.state, "", location.pathname + search + location.hash);
    } catch (refused) { /* too often, or not from disk: only the address stays behind */ }
  }

  let timer;
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  }

  // While an input method composes, what stands in the field is not yet the word.
  field.addEventListener("input", function (event) { if (!event.isComposing) soon(); });
  field.addEventListener("compositionend", soon);
  field.addEventListener("focus", () => window.tongwenLoad(FILES).catch(() => {}), { once: true });
  field.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing || !field.value) return;
    event.preventDefault();
    field.value = "";
    run();
  });
  field.form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(timer);
    run();
  });

  field.value = new URLSearchParams(location.search).get("q") ?? field.value;
  if (field.value) run();
})();
