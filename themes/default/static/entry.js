// At the entry only: go where the reader chose before, else where the browser's
// languages point. A reader with neither sees both scripts; the choice is kept.
(function () {
  "use strict";

  function saved() {
    try { return localStorage.getItem("tongwen-script"); } catch (refused) { return null; }
  }

  // A bare `zh` means Simplified, as in CLDR's likely subtags.
  function preferred() {
    var tag = (navigator.languages || [navigator.language]).find(function (language) {
      return /^zh\b/i.test(language);
    });
    if (!tag) return null;
    return /hant|-(hk|mo|tw)\b/i.test(tag) && !/hans/i.test(tag) ? "zh-Hant" : "zh-Hans";
  }

  var links = Array.from(document.querySelectorAll("a[hreflang]"));
  links.forEach(function (link) {
    link.addEventListener("click", function () {
      try { localStorage.setItem("tongwen-script", link.hreflang); } catch (refused) { /* nothing to keep */ }
    });
  });

  var choice = saved() || preferred();
  var link = choice && links.find(function (candidate) {
    return candidate.hreflang.indexOf(choice) === 0;
  });
  if (link) location.replace(link.getAttribute("href") + location.search + location.hash);
})();
