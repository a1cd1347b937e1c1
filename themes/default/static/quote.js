// Offers the address of a sentence of which something is selected, below the selection:
// a link that may be followed, and that is copied where the browser lets it be; and the
// sentence with its citation, to copy.
(function () {
  "use strict";

  // The script that asks for this one has its words.
  var words = document.querySelector("script[data-link]").dataset;
  var said = document.createElement("output");
  var link = document.createElement("a");
  var quotation = document.createElement("a");
  var offer = document.createElement("p");
  offer.className = "quote";
  offer.hidden = true;

  /** The sentence in which a selection of some text begins. */
  function sentence(selected) {
    if (selected.isCollapsed || !selected.toString().trim()) return null;
    var range = selected.getRangeAt(0);
    var all = Array.from(document.querySelectorAll(".measure .text span[id]"));
    return all.find(function (one) {
      var within = document.createRange();
      within.selectNodeContents(one);
      return range.compareBoundaryPoints(Range.END_TO_START, within) < 0
        && range.compareBoundaryPoints(Range.START_TO_END, within) > 0;
    });
  }

  var quoted;

  /** A sentence and where it stands, in the words of its measure's citation. */
  function cited(found) {
    var measure = found.closest(".measure");
    var citation = measure.querySelector(".citation-text") || document.querySelector("main > .citations .citation-text");
    if (!citation) return "";
    var where = citation.textContent;
    var url = measure.dataset.url;
    return found.textContent + "\n——" + (url ? where.replace(url, url + "#" + found.id) : where);
  }

  function show() {
    var selected = getSelection();
    var found = sentence(selected);
    if (offer.contains(document.activeElement)) return;
    offer.hidden = !found;
    if (!found) return;
    link.href = quotation.href = "#" + found.id;
    link.textContent = words.link;
    quotation.textContent = words.quotation;
    quoted = cited(found);
    offer.replaceChildren(link, ...(quoted && navigator.clipboard ? ["　", quotation] : []), said);
    said.textContent = "";
    var text = found.closest(".measure > *");
    if (text.nextElementSibling !== offer) text.after(offer);
    var boxes = selected.getRangeAt(0).getClientRects();
    var last = boxes[boxes.length - 1];
    var frame = offer.parentElement.getBoundingClientRect();
    offer.style.insetBlockStart = Math.min(last.bottom, text.getBoundingClientRect().bottom) - frame.top + 6 + "px";
    offer.style.insetInlineStart = Math.max(0, Math.min(last.left - frame.left, frame.width - offer.offsetWidth)) + "px";
  }

  function copies(control, text) {
    control.addEventListener("click", function (event) {
      if (!navigator.clipboard) return;
      event.preventDefault();
      navigator.clipboard.writeText(text()).then(function () {
        said.textContent = words.done;
      }, function () { location.assign(link.href); });
    });
  }
  copies(link, function () { return link.href; });
  copies(quotation, function () { return quoted; });
  // A press must not take the selection away before the click.
  offer.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  // From a selection, Tab would go on from wherever the focus was left.
  document.addEventListener("keydown", function (event) {
    if (offer.hidden || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") { offer.hidden = true; return; }
    if (event.key !== "Tab" || event.shiftKey || offer.contains(document.activeElement)) return;
    event.preventDefault();
    link.focus();
  });
  offer.addEventListener("focusout", function () { offer.hidden = true; });
  var waiting;
  document.addEventListener("selectionchange", function () {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  show();
})();
