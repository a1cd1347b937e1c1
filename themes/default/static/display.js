// The reader's own size of text and choice of light or dark, set before anything is
// painted. Knows nothing of the page but its root and the two lists in its foot,
// which are not shown without this script.
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

  apply();
  // Another window may choose, or the page after this one that one comes back from.
  addEventListener("storage", apply);
  addEventListener("pageshow", apply);
  function begin() {
    lists = document.querySelectorAll(".display select");
    apply();
    lists.forEach(function (list) {
      list.addEventListener("change", function () { keep(list.name, list.value); apply(); });
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
