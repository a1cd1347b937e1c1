// The script toggle keeps the place on every page: what stands at the top of the
// view, the details that are open, results that come late. Editions of a page have
// the same elements; lists that each script sorts its own way have the same links.
(function () {
  "use strict";

  var KEY = "tongwen-place";
  var LATE = 5000; // milliseconds in which a page may still fill itself
  var main = document.getElementById("main");
  if (!main) return;

  function all(selector) { return Array.from(main.querySelectorAll(selector)); }
  function top(element) { return element.getBoundingClientRect().top; }
  // Below what sticks to the top, as far as links to an id lead.
  function line() { return parseFloat(getComputedStyle(main).scrollMarginTop) + 8; }
  function quoted(text) { return '"' + text.replace(/["\\]/g, "\\$&") + '"'; }

  function inView(element) {
    var box = element.getBoundingClientRect();
    return box.bottom > line() + 16 && box.top < innerHeight;
  }

  /** The fragment that stands for what is in view: of the address while that is
      in view, else the measure, else the nearest id above; none at the page's head. */
  function fragment() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (scrollY < 1 || (target && inView(target))) return location.hash;
    var measure = all(".measure[id]").find(inView);
    if (measure) return "#" + measure.id;
    var above = all("[id]").filter(function (element) { return element.offsetHeight && top(element) <= line(); }).pop();
    return above ? "#" + above.id : "";
  }

  /** How to find an element in the other edition: by its id, by where it leads, or
      as the so-manieth of its name. */
  function known(element) {
    if (element.id) return { by: "#" + CSS.escape(element.id), nth: 0, top: top(element) };
    var link = element.matches("a") ? element : element.querySelector("a[href]:not([hreflang])");
    var near = link && Math.abs(top(link) - top(element)) < 60;
    var by = near && !link.hreflang ? "a[href=" + quoted(link.getAttribute("href")) + "]" : element.localName;
    var found = near ? link : element;
    return { by: by, nth: all(by).indexOf(found), top: top(found), group: group(element) };
  }

  /** The list of results that an element is in, which may have to be asked for more. */
  function group(element) {
    var section = element.closest("section[aria-labelledby]");
    return section && section.querySelector(".more") ? section.getAttribute("aria-labelledby") : "";
  }

  function place() {
    // The first element that is seen whole; in a long text, the last one above.
    var at = line() - 9;
    var nearest = null;
    var distance = Infinity;
    all("[id], a[href]:not([hreflang]), p, li, tr, dt, h1, h2, h3, th, summary, figure").forEach(function (element) {
      var box = element.getBoundingClientRect();
      var away = box.top < at ? at - box.top + innerHeight / 2 : box.top - at;
      if (box.height && away < distance) { nearest = element; distance = away; }
    });
    return {
      element: nearest && known(nearest),
      head: scrollY < 1,
      share: scrollY / Math.max(1, document.documentElement.scrollHeight - innerHeight),
      open: all("details").map(function (details) { return details.open; }),
      aside: all(".scroll, .table").map(function (box) { return box.scrollLeft; }),
    };
  }

  function find(sought) {
    return sought && all(sought.by)[sought.nth];
  }

  /** Brings a place to where it stood, now and while the page still fills itself,
      until the reader goes on. */
  function restore(kept) {
    var details = all("details");
    if (details.length === kept.open.length) details.forEach(function (one, at) { one.open = kept.open[at]; });

    function settle() {
      var element = find(kept.element);
      if (element && element.getClientRects().length) {
        if (!kept.head) scrollBy(0, top(element) - kept.element.top);
        all(".scroll, .table").forEach(function (box, at) { box.scrollLeft = kept.aside[at] || 0; });
        return true;
      }
      var more = kept.element && kept.element.group && document.querySelector("[aria-labelledby=" + quoted(kept.element.group) + "] .more:enabled");
      if (more) more.click();
      return false;
    }
    var late = new MutationObserver(settle);
    var input = ["wheel", "touchstart", "pointerdown", "keydown"];
    function loaded() {
      settle();
      // The browser's own way to the fragment may come after.
      setTimeout(function () { removeEventListener("scroll", settle); }, 300);
    }
    function stop() {
      late.disconnect();
      removeEventListener("load", loaded);
      removeEventListener("scroll", settle);
      input.forEach(function (kind) { removeEventListener(kind, stop); });
    }
    input.forEach(function (kind) { addEventListener(kind, stop, { passive: true }); });
    late.observe(main, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "open"] });
    addEventListener("scroll", settle, { passive: true });
    addEventListener("load", loaded);
    settle();
    setTimeout(function () {
      if (!kept.head && !find(kept.element)) scrollTo(0, kept.share * (document.documentElement.scrollHeight - innerHeight));
      stop();
    }, LATE);
  }

  function kept() {
    try {
      var text = sessionStorage.getItem(KEY);
      sessionStorage.removeItem(KEY);
      var found = JSON.parse(text);
      return found && found.to === location.pathname ? found : null;
    } catch (refused) { return null; }
  }

  document.querySelectorAll(".scripts a[hreflang]").forEach(function (link) {
    var target = link.getAttribute("href");
    function follow() {
      link.setAttribute("href", target + location.search + fragment());
      var now = place();
      now.to = link.pathname;
      try { sessionStorage.setItem(KEY, JSON.stringify(now)); } catch (refused) { /* the fragment remains */ }
    }
    link.addEventListener("click", follow);
    link.addEventListener("auxclick", follow);
  });

  var left = kept();
  if (left) restore(left);
})();
