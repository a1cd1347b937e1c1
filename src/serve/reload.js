// Live reload of the preview. Listens for changes; reloads the page if its own
// bytes changed, swaps style sheets, and lists the content's mistakes.
(() => {
  "use strict";

  const PLACE = "tongwen-preview-place";
  const PAUSE = 1000;

  // ---- which bytes are shown

  /** The tag under which the browser received something, if it tells. */
  function received(entry) {
    const timings = (entry && entry.serverTiming) || [];
    const timing = timings.find((one) => one.name === "etag");
    return timing ? timing.description : null;
  }

  /** The tag of what the server has now; null if it cannot tell. */
  async function tag(address) {
    try {
      const response = await fetch(address, { method: "HEAD", cache: "no-store" });
      const value = response.headers.get("etag");
      return value && value.replaceAll('"', "");
    } catch {
      return null;
    }
  }

  const address = location.pathname + location.search;
  let page = received(performance.getEntriesByType("navigation")[0]);
  const tags = new Map();

  /** What the page runs and shows: if any of it changed, so did the page. */
  function parts() {
    const addresses = [...document.scripts, ...document.images].map((one) => one.src);
    const own = addresses.filter(Boolean).map((address) => new URL(address));
    return own.filter(({ origin, pathname }) => origin === location.origin && !pathname.startsWith("/__preview/"));
  }

  function styleSheets() {
    const links = document.querySelectorAll('link[rel~="stylesheet"]');
    return [...links].filter((link) => new URL(link.href).origin === location.origin);
  }

  async function compare() {
    const now = await tag(address);
    if (now && page && now !== page) {
      keepPlace();
      location.reload();
      return;
    }
    page = page || now;
    for (const { href, pathname } of parts()) {
      const now = await tag(pathname);
      const known = tags.get(pathname) || received(performance.getEntriesByName(href)[0]);
      if (now) tags.set(pathname, now);
      if (now && known && known !== now) {
        keepPlace();
        location.reload();
        return;
      }
    }
    for (const link of styleSheets()) await compareSheet(link);
  }

  async function compareSheet(link) {
    const path = new URL(link.href).pathname;
    const now = await tag(path);
    if (!now) return;
    const known = tags.get(path) || received(performance.getEntriesByName(link.href)[0]);
    tags.set(path, now);
    if (known && known !== now) swap(link, `${path}?${now}`);
  }

  /** The old sheet stays until the new one is there. */
  function swap(link, href) {
    const fresh = link.cloneNode();
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", () => fresh.remove());
    fresh.href = href;
    link.after(fresh);
  }

  let comparing = null;
  let again = false;

  /** One comparison at a time, and one more if something changed meanwhile. */
  async function look() {
    if (comparing) {
      again = true;
      return;
    }
    do {
      again = false;
      comparing = compare();
      await comparing;
    } while (again);
    comparing = null;
  }

  // ---- the place on the page

  function keepPlace() {
    const place = { address, x: scrollX, y: scrollY };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function restorePlace() {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    const place = kept && JSON.parse(kept);
    if (!place || place.address !== address) return;
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true });
  }

  // ---- mistakes

  const STYLE = `
    :host { all: initial; }
    section {
      position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
      box-sizing: border-box; padding: 1rem 1.25rem; border-top: 4px solid #c0341d;
      font: 14px/1.5 system-ui, sans-serif; color: #f3eee6; background: #1d1a17;
    }
    header { display: flex; gap: 1rem; justify-content: space-between; align-items: start; }
    h2 { margin: 0; font-size: 1rem; }
    button { font: inherit; color: inherit; background: #3a342e; border: 0; padding: .25rem .75rem; }
    ol { margin: .5rem 0 0; padding: 0; list-style: none; }
    li { padding: .75rem 0; border-top: 1px solid #4a433b; }
    li:first-child { border-top: 0; }
    p { margin: 0; overflow-wrap: anywhere; }
    .code { color: #ff9d85; font-weight: 600; }
    .place { color: #b9b0a3; }
    .help { color: #a8d5a2; }
    pre {
      margin: .25rem 0; padding: .5rem .75rem 1.75rem; overflow-x: auto; background: #2a2622;
      font: 14px/1.5 ui-monospace, monospace;
    }
    mark { position: relative; color: inherit; background: #6b2415; border-bottom: 2px solid #ff9d85; }
    mark::after {
      content: "^ " attr(data-label); position: absolute; left: 0; top: 100%;
      white-space: nowrap; color: #ff9d85;
    }`;

  let host = null;

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** The line with what is wrong in it marked, and a caret under that. */
  function sourceLine({ before, marked, after, label }) {
    const line = element("pre");
    const mark = element("mark", marked || "\u200b");
    mark.dataset.label = label || "";
    line.append(before, mark, after);
    return line;
  }

  function mistake({ code, message, path, line, notes, help }) {
    const item = element("li");
    const title = element("p");
    title.append(element("span", `error[${code}]: `, "code"), message);
    item.append(title);
    const place = line ? `${path}:${line.number}:${line.column}` : path;
    if (place) item.append(element("p", place, "place"));
    if (line) item.append(sourceLine(line));
    item.append(...notes.map((note) => element("p", `note: ${note}`)));
    item.append(...help.map((one) => element("p", `help: ${one}`, "help")));
    return item;
  }

  /** What keeps this page alone from being rendered. */
  const unrendered = document.getElementById("tongwen-preview-mistakes");
  const own = unrendered ? JSON.parse(unrendered.textContent).errors : [];

  function show({ errors: all, more }) {
    if (host) host.remove();
    host = null;
    const errors = [...own, ...all];
    if (!errors.length) return;
    host = document.createElement("tongwen-preview");
    const shadow = host.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [style];
    const panel = element("section");
    panel.lang = "en";
    panel.setAttribute("role", "alert");
    const count = errors.length + more;
    const header = element("header");
    const counted = `${count} ${count === 1 ? "mistake" : "mistakes"}`;
    const title = all.length
      ? `${counted} in the content; what they concern is as it last was, or not shown`
      : `${counted} on this page`;
    const close = element("button", "Hide");
    close.addEventListener("click", () => host.remove());
    header.append(element("h2", title), close);
    const list = element("ol");
    list.append(...errors.map(mistake));
    panel.append(header, list);
    if (more) panel.append(element("p", `… and ${more} more, listed in the terminal`));
    shadow.append(panel);
    document.body.append(host);
  }

  // ---- the connection

  let source = null;
  let last = null;

  function connect() {
    if (source) source.close();
    source = new EventSource("/__preview/events");
    source.addEventListener("message", (event) => {
      // A mistake that was hidden comes back only if it is another one.
      if (event.data !== last) show(JSON.parse(event.data));
      last = event.data;
      look();
    });
    // The browser reconnects by itself unless the answer was no event stream.
    source.addEventListener("error", () => {
      if (source && source.readyState === EventSource.CLOSED) setTimeout(connect, PAUSE);
    });
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  // Browsers allow few connections to a server: hidden pages give theirs up.
  function follow() {
    if (document.visibilityState === "hidden") disconnect();
    else if (!source) connect();
  }

  restorePlace();
  follow();
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", follow);
})();
