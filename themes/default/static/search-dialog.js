// The search in place: a dialog with the first results while one types. Enter
// leads to the search page, which has them all.
(function () {
  "use strict";

  const PAUSE = 80;                       // milliseconds after the last keystroke
  const SHOWN = { best: 3, measure: 5 };  // results of a kind
  const OTHERS = 2;                       // and of any other

  const { element, item, kindName, nearby, promoted } = window.tongwenResults;

  let dialog, field;

  function build(form, style, govern, words) {
    const page = form.action;
    const edition = new URL(page).pathname.split("/").at(-2);
    const address = (path) => new URL(path, page).href;
    const all = (query) => address("?" + new URLSearchParams([["q", query]]));

    field = element("input");
    Object.assign(field, { type: "search", name: "q", maxLength: 500, autocomplete: "off", spellcheck: false, autofocus: true });
    field.setAttribute("aria-label", words.site);
    const submit = element("button", "", words.search);
    const close = element("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => dialog.close());
    const own = element("form", "field", field, submit, close);
    own.action = page;
    own.setAttribute("role", "search");

    const status = element("p", "found");
    status.setAttribute("role", "status");
    const results = element("div", "results");
    const more = element("a", "all", words.all);
    const box = element("input");
    box.type = "checkbox";
    govern(box);
    dialog = element("dialog", "finder", own, status, results, element("footer", "", more, element("label", "", box, words.slash)));
    dialog.setAttribute("aria-label", words.site);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

    const sheet = element("link");
    Object.assign(sheet, { rel: "stylesheet", href: style });
    document.head.append(sheet);
    document.body.append(dialog);

    let index, turn = 0, timer;
    const opened = () => (index ??= window.tongwenSearch.open(edition).catch(function (error) {
      index = undefined;
      throw error;
    }));

    /** The first results of each kind that answer. */
    async function first(site, result, group) {
      const most = SHOWN[group.kind] ?? OTHERS;
      const numbers = group.numbers.slice(0, result.exact ? most : 2 * most);
      const shown = await Promise.all(numbers.map(site.get));
      const entries = shown.map((one, i) => [group.kinds?.get(numbers[i]) ?? group.kind, one])
        .filter(([, one]) => result.exact || site.answers(one, result.asked)).slice(0, most);
      return entries.map(function ([kind, one]) {
        const entry = item(site, words, kind, one, result.terms, address);
        entry.prepend(element("p", "of-kind", kindName(words, kind)));
        return entry;
      });
    }

    function show(message, ...parts) {
      status.textContent = message;
      results.replaceChildren(...parts);
    }

    async function run() {
      const mine = ++turn;
      const query = field.value;
      more.href = query ? all(query) : page;
      if (!query.trim()) return show("");
      try {
        const site = await opened();
        const result = await site.search(query);
        const groups = promoted(result.groups, result.best);
        const items = (await Promise.all(groups.map((group) => first(site, result, group)))).flat();
        const near = items.length || !result.terms.length ? [] : await site.near(query).catch(() => []);
        if (mine !== turn) return;
        if (!items.length) return show(result.terms.length ? words.none : "", ...nearby(words, near, address));
        const count = groups.reduce((sum, group) => sum + group.numbers.length, 0);
        show((result.exact ? words.found : words.about).replace("{count}", count), element("ol", "", ...items));
      } catch (error) {
        if (mine === turn) show(words.failed);
      }
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE);
    }

    // While an input method composes, what stands in the field is not yet the word.
    field.addEventListener("input", function (event) { if (!event.isComposing) soon(); });
    field.addEventListener("compositionend", soon);
    // Up and down go through the results, and back to the field.
    dialog.addEventListener("keydown", function (event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing) return;
      const stops = [field, ...results.querySelectorAll("a")];
      const next = stops[stops.indexOf(document.activeElement) + step];
      if (!next || !stops.includes(document.activeElement)) return;
      event.preventDefault();
      next.focus();
    });
    more.href = page;
  }

  async function open(form, style, govern) {
    if (!dialog) {
      const edition = new URL(form.action).pathname.split("/").at(-2);
      const words = await window.tongwenSearch.words(edition);
      if (!dialog) build(form, style, govern, words);
    }
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
  }

  window.tongwenFinder = { open };
})();
