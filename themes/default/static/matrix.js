// Shows the rows of one kind of entity, of those in several areas, or of those
// whose names hold some words, typed in either script. The choice stands in the
// address, so that it can be shared and the script toggle keeps it.
(function () {
  "use strict";

  var query = new URLSearchParams(location.search);
  var filter = document.querySelector(".filter");
  var rows = Array.from(document.querySelectorAll("tr[data-kind]"));
  var fold = function (text) { return text.normalize("NFKC").toLowerCase(); };
  var names = folded();
  var isFolding = false;
  var buttons = [];
  var several = button(filter.dataset.several, function () { choose("several", asked("several") ? "" : "1"); });
  var field = document.createElement("input");
  var found = document.createElement("p");

  function asked(name) { return query.get(name) || ""; }

  function folded() {
    return rows.map(function (row) {
      var also = (row.dataset.also || "").split("\n");
      return [row.querySelector("th").textContent].concat(also).map(fold).join("\n");
    });
  }

  /** From the first word on, names are found as the site's search finds them. */
  function foldAsSearch() {
    if (isFolding) return;
    isFolding = true;
    window.tongwenLoad(["search-lists", "search-terms", "search-index"]).then(function () {
      return window.tongwenSearch.fold(filter.dataset.edition);
    }).then(function (found) {
      fold = found;
      names = folded();
      show();
    }, function () { isFolding = false; });
  }

  function show() {
    var kind = asked("kind");
    if (!buttons.some(function (one) { return one.value === kind; })) kind = "";
    var words = field.value.split(/\s+/).map(fold).filter(Boolean);
    if (words.length > 0) foldAsSearch();
    var count = 0;
    rows.forEach(function (row, place) {
      row.hidden = kind !== "" && row.dataset.kind !== kind ||
        asked("several") !== "" && !("several" in row.parentNode.dataset) ||
        !words.every(function (word) { return names[place].indexOf(word) >= 0; });
      count += row.hidden ? 0 : 1;
    });
    document.querySelectorAll(".matrix tbody").forEach(function (group) {
      group.hidden = !group.querySelector("tr[data-kind]:not([hidden])");
    });
    buttons.forEach(function (one) { one.setAttribute("aria-pressed", String(one.value === kind)); });
    several.setAttribute("aria-pressed", String(asked("several") !== ""));
    var said = count === rows.length ? "" : count === 0 ? filter.dataset.none : filter.dataset.found.replace("{count}", count);
    if (found.textContent !== said) found.textContent = said;
  }

  function choose(name, value) {
    if (value) query.set(name, value); else query.delete(name);
    var text = query.toString();
    try {
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    } catch (error) {
      // From disk, an address stays as it is.
    }
    show();
  }

  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function add(kind, label) {
    var made = button(label, function () { choose("kind", kind); });
    made.value = kind;
    filter.append(made);
    buttons.push(made);
  }

  add("", filter.dataset.all);
  JSON.parse(filter.dataset.kinds).forEach(function (kind) { add(kind[0], kind[1]); });
  field.type = "search";
  field.value = asked("q");
  field.placeholder = filter.dataset.find;
  field.setAttribute("aria-label", filter.dataset.find);
  field.addEventListener("input", function () { choose("q", field.value.trim()); });
  found.setAttribute("role", "status");
  filter.append(several, field, found);
  show();
  filter.hidden = false;
})();
