// Enhances what already works without it: the script toggle keeps the place,
// citations can be copied by a button, the contents close themselves.
(function () {
  "use strict";

  // The entry page alone reads the choice; private windows may refuse storage.
  function remember(lang) {
    try { localStorage.setItem("tongwen-script", lang); } catch (refused) { /* nothing to keep */ }
  }

  function inView(element, top) {
    var box = element.getBoundingClientRect();
    return box.bottom > top && box.top < innerHeight;
  }

  // The fragment while its target is in view, else the topmost measure under
  // the sticky header; at the head of the page, nothing.
  function place() {
    var top = Math.max(0, document.querySelector("header.site").getBoundingClientRect().bottom) + 24;
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && inView(target, top)) return location.hash;
    if (scrollY < 1) return location.hash;
    var seen = Array.from(document.querySelectorAll(".measure[id]")).find(function (measure) {
      return inView(measure, top);
    });
    return seen ? "#" + seen.id : location.hash;
  }

  document.querySelectorAll("a[hreflang]").forEach(function (link) {
    var toggle = link.closest(".scripts");
    var target = link.getAttribute("href");
    function follow() {
      remember(link.hreflang);
      if (toggle) link.setAttribute("href", target + location.search + place());
    }
    link.addEventListener("click", follow);
    link.addEventListener("auxclick", follow);
  });

  // A long list of areas opens at this one.
  var current = document.querySelector(".side [aria-current]");
  if (current) {
    var side = current.closest(".side");
    side.scrollTop = current.offsetTop - side.clientHeight / 3;
  }

  if (navigator.clipboard) {
    document.querySelectorAll(".copy").forEach(function (row) {
      var button = row.querySelector("button");
      row.hidden = false;
      button.addEventListener("click", function () {
        var text = row.parentElement.querySelector(".citation-text").textContent;
        navigator.clipboard.writeText(text).then(function () {
          row.querySelector("output").textContent = button.dataset.done;
        }, function () { row.hidden = true; });
      });
    });
  }

  var contents = document.querySelector(".contents details");
  if (contents) {
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !contents.open) return;
      contents.open = false;
      contents.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) {
      if (!contents.contains(event.target)) contents.open = false;
    });
    contents.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !contents.contains(event.relatedTarget)) contents.open = false;
    });
  }
})();
