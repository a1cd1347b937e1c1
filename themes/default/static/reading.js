// The list of a document's parts follows the reading: it marks what is in view,
// keeps that in its own view, and names it in the bar of a narrow page.
(function () {
  "use strict";

  var side = document.querySelector(".side");
  var main = document.getElementById("main");
  var measures = Array.from(main.querySelectorAll(".measure[id]"));
  var here = side.querySelector("summary span");
  var said = Array.from(here.childNodes);
  var parts = Array.from(side.querySelectorAll('a[href^="#"]')).map(function (link) {
    return { link: link, target: document.getElementById(link.hash.slice(1)) };
  }).filter(function (part) { return part.target; });
  var marked = side.querySelector("li [aria-current]");

  function show(link) {
    var box = link.getBoundingClientRect();
    var frame = side.getBoundingClientRect();
    if (box.top < frame.top + 24 || box.bottom > frame.bottom - 80) side.scrollTop += box.top - frame.top - frame.height / 3;
  }

  /** The last of some elements that begins above the reading. */
  function reached(all, target) {
    var line = parseFloat(getComputedStyle(main).scrollMarginTop) + 24;
    return all.filter(function (one) { return target(one).getBoundingClientRect().top <= line; }).pop();
  }

  function follow() {
    var part = reached(parts, function (one) { return one.target; });
    var measure = reached(measures, function (one) { return one; });
    if (part && part.link !== marked) {
      if (marked && marked.getAttribute("aria-current") === "location") marked.removeAttribute("aria-current");
      marked = part.link;
      marked.setAttribute("aria-current", "location");
      show(marked);
    }
    var number = measure && measure.querySelector(".number").textContent.replace("¶", "");
    var isArea = part && !measures.includes(part.target);
    here.replaceChildren.apply(here, isArea ? [Array.from(part.link.childNodes, function (one) { return one.textContent; }).join(" ")] : said);
    if (number) {
      var shown = document.createElement("span");
      shown.className = "number";
      shown.textContent = number;
      here.append(" ", shown);
    }
  }

  // Beside a wide page the list is open; without this script its style shows it.
  var wide = matchMedia("(width >= 60.01rem)");
  function unfold() { side.querySelector("details").open = wide.matches; }
  wide.addEventListener("change", unfold);
  unfold();

  // What a selection is offered is loaded with the first.
  document.addEventListener("selectionchange", function () {
    window.tongwenLoad(["quote"]);
  }, { once: true });

  if (marked) show(marked);
  if (parts.length === 0) return;
  var waiting = false;
  addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; follow(); });
  }, { passive: true });
  follow();
})();
