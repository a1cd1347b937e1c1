// Opens the search in place: by `/`, unless that is switched off, and by Ctrl-K.
// What it needs comes when it is asked for.
(function () {
  "use strict";

  var SWITCH = "tongwen-slash";
  var FILES = ["search-lists", "search-terms", "search-index", "search-results", "search-dialog"];
  var here = document.currentScript.src;
  var form = document.querySelector("form.search");
  var own = document.getElementById("q");
  var keys = document.getElementById("keys");

  // Private windows may refuse storage; then the choice holds for this page.
  var isOn = true;
  try { isOn = localStorage.getItem(SWITCH) !== "off"; } catch (refused) { /* as it is */ }

  /** A box that switches `/` on and off. */
  function govern(box) {
    box.checked = isOn;
    box.addEventListener("change", function () {
      isOn = box.checked;
      try { localStorage.setItem(SWITCH, isOn ? "on" : "off"); } catch (refused) { /* for this page */ }
    });
  }

  function open() {
    if (own) { own.focus(); own.select(); return; }
    window.tongwenLoad(FILES).then(function () {
      window.tongwenFinder.open(form, new URL("search.css", here).href, govern);
    }, function () { location.assign(form.action); });
  }

  /** Whether a key is meant for what has the focus. */
  function isWriting(target) {
    return target.isContentEditable || /^(input|textarea|select)$/.test(target.localName);
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.defaultPrevented || event.altKey || !(form || own)) return;
    var command = event.ctrlKey || event.metaKey;
    var slash = event.key === "/" && !command && isOn && !isWriting(event.target);
    var letter = event.key.toLowerCase() === "k" && command && !event.shiftKey;
    if (!slash && !letter || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });

  if (keys) {
    keys.hidden = false;
    govern(keys.querySelector("input"));
  }
})();
