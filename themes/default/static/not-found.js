// The page for an address that there is none of, in the edition that it asks for, with
// the pages of the nearest addresses. Knows of the search's index only what it
// calls and where paths and titles stand in it.
(function () {
  "use strict";

  const SHOWN = 5;
  const FAR = 0.75;     // a distance at which two addresses have nothing to do with each other
  const GAP = 0.6;      // what one part of an address more or less counts
  const BEGINNING = 16; // characters that name a measure without a name

  const root = new URL("../", document.currentScript.src);
  const takers = new Map();

  // Each file of the index is a script that calls this.
  window.tongwenSearch = function (name, data) { takers.get(name)(data); };

  function load(name) {
    return new Promise(function (take, refuse) {
      takers.set(name, take);
      const script = document.createElement("script");
      script.src = new URL("search/" + name + ".js", root).href;
      script.onerror = refuse;
      document.head.append(script);
    });
  }

  /** How far two lists are from each other, by what unlike and missing elements count. */
  function distance(a, b, differ, gap) {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at * gap);
    for (const [at, one] of [...a].entries()) {
      const next = [(at + 1) * gap];
      for (let i = 0; i < b.length; i++) next.push(Math.min(row[i] + differ(one, b[i]), row[i + 1] + gap, next[i] + gap));
      row = next;
    }
    return row[b.length];
  }

  const same = (a, b) => (a === b ? 0 : 1);
  const unlike = (a, b) => distance(a, b, same, 1) / Math.max(a.length, b.length, 1);
  const parts = (path) => path.toLowerCase().replace(/(index)?(\.html?)?$/, "").split("/").filter(Boolean);

  /** An edition's pages: of a large site those of its documents. */
  async function pages(edition) {
    const { texts } = await load(edition);
    if (!texts) return (await load(edition + "/documents")).map(([id, title]) => ({ path: id + "/index.html", title }));
    return texts.documents.map(function ([, path, number, title, sentences]) {
      const [shown] = [number].flat();
      const text = sentences.join("");
      const beginning = text.length > BEGINNING ? text.slice(0, BEGINNING) + "…" : text;
      return { path: path.split("#")[0], title: [shown, title || beginning].filter(Boolean).join(" ") };
    });
  }

  async function offer(section, wanted) {
    const all = await pages(section.dataset.edition);
    const near = all
      .map(({ path, title }) => ({ path, title, away: distance(wanted, parts(path), unlike, GAP) }))
      .filter(({ away }) => away < FAR)
      .sort((a, b) => a.away - b.away)
      .filter(({ away }, _, [nearest]) => away <= nearest.away + GAP);
    const paths = new Set();
    const list = section.querySelector(".near ul");
    for (const { path, title } of near) {
      if (paths.has(path) || paths.size === SHOWN) continue;
      paths.add(path);
      const link = document.createElement("a");
      link.href = new URL(section.dataset.edition + "/" + path, root).href;
      link.textContent = title;
      const entry = document.createElement("li");
      entry.append(link);
      list.append(entry);
    }
    section.querySelector(".near").hidden = paths.size === 0;
  }

  let address = location.pathname.slice(root.pathname.length);
  try { address = decodeURIComponent(address); } catch { /* as it is */ }
  const [first, ...rest] = address.split("/");
  const sections = [...document.querySelectorAll(".both section")];
  const own = sections.find(({ dataset }) => dataset.edition === first);
  const wanted = parts(own ? rest.join("/") : address);
  if (own) {
    document.documentElement.lang = own.lang;
    document.title = document.querySelector("h1").textContent = own.querySelector("h2").textContent;
    for (const section of sections) section.hidden = section !== own;
  }
  // What is missing of the index leaves the page as it is.
  if (wanted.length) for (const section of own ? [own] : sections) offer(section, wanted).catch(() => {});
})();
