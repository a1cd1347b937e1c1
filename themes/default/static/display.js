// The reader's own size of text and choice of light or dark, set before anything is
// painted. Its two lists stand in the foot, and by it in the contents too.
(function () {
  "use strict";

  var root = document.documentElement;
  // Of two colours of the window's frame the first that answers holds.
  var tint = document.querySelector("meta[name=theme-color][media]");
  var media = tint && tint.media;
  var lists = [];
  var chosen = {};

  // Private windows may refuse storage; then a choice holds for this page.
  function kept(name) {
    try { return localStorage.getItem("tongwen-" + name) || ""; } catch (refused) { return chosen[name] || ""; }
  }

  function keep(name, value) {
    chosen[name] = value;
    try { localStorage.setItem("tongwen-" + name, value); } catch (refused) { /* for this page */ }
  }

  function apply() {
    var theme = root.dataset.theme = kept("theme");
    root.dataset.size = kept("size");
    if (tint) tint.media = !theme ? media : theme === "dark" ? "all" : "not all";
    lists.forEach(function (list) {
      list.value = kept(list.name);
      if (list.selectedIndex < 0) list.value = "";
    });
  }

  /** What begins first below the head: it stays where it is when the size changes. */
  function inView() {
    var main = document.getElementById("main");
    var line = parseFloat(getComputedStyle(main).scrollMarginTop) - 1;
    return Array.from(main.querySelectorAll("p, li, h1, h2, h3, tr, dt, summary, span[id]")).find(function (one) {
      return one.offsetHeight && one.getBoundingClientRect().top >= line;
    });
  }

  apply();
  // Another window may choose, or the page after this one that one comes back from.
  addEventListener("storage", apply);
  addEventListener("pageshow", apply);
  function begin() {
    var foot = document.querySelector(".display");
    var contents = document.querySelector(".panel");
    if (foot && contents) contents.append(foot.cloneNode(true));
    lists = document.querySelectorAll(".display select");
    apply();
    lists.forEach(function (list) {
      list.addEventListener("change", function () {
        var seen = inView();
        var before = seen && seen.getBoundingClientRect().top;
        keep(list.name, list.value);
        apply();
        if (seen && scrollY > 0) scrollBy(0, seen.getBoundingClientRect().top - before);
      });
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
