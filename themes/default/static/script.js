// Enhances what already works without it: the choice of script is remembered,
// citations can be copied by a button, the contents close themselves. Loads what
// only some readers come to need.
(function () {
  "use strict";

  var own = document.currentScript;
  var loading = {};

  /** Loads scripts of the theme by name, each once; they run in their order. */
  window.tongwenLoad = function (names) {
    return Promise.all(names.map(function (name) {
      return loading[name] = loading[name] || new Promise(function (take, refuse) {
        var script = document.createElement("script");
        script.src = new URL(name + ".js", own.src).href;
        script.async = false;
        script.onload = take;
        script.onerror = function () { delete loading[name]; refuse(); };
        document.head.append(script);
      });
    }));
  };

  // The entry page alone reads the choice; private windows may refuse storage.
  function remember(lang) {
    try { localStorage.setItem("tongwen-script", lang); } catch (refused) { /* nothing to keep */ }
  }

  document.querySelectorAll("a[hreflang]").forEach(function (link) {
    function follow() { remember(link.hreflang); }
    link.addEventListener("click", follow);
    link.addEventListener("auxclick", follow);
  });

  var words = own.dataset;
  if (navigator.clipboard && words.copy) {
    document.querySelectorAll(".copy").forEach(function (row) {
      var button = document.createElement("button");
      var output = document.createElement("output");
      button.type = "button";
      button.textContent = words.copy;
      row.append(button, output);
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(row.previousElementSibling.textContent).then(function () {
          output.textContent = words.copied;
        }, function () { row.remove(); });
      });
    });
  }

  // The contents of the site, and on a narrow page those of its document.
  document.querySelectorAll(".contents details, .side details").forEach(function (contents) {
    function isBeside() { return contents.matches(".side *") && matchMedia("(width >= 60.01rem)").matches; }
    function close() { if (!isBeside()) contents.open = false; }
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !contents.open || isBeside()) return;
      close();
      contents.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) {
      if (!contents.contains(event.target)) close();
    });
    contents.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !contents.contains(event.relatedTarget)) close();
    });
    // A link within the page leaves it where it is.
    contents.addEventListener("click", function (event) {
      if (event.target.closest("a")) close();
    });
  });
})();
