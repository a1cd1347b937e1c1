// Shows the rows of one kind of entity, of those in several areas, or of those
// whose name holds some words. The choice stands in the address, so that it can be
// shared and the script toggle keeps it.
(function () {
  "use strict";

  var filter = document.querySelector(".filter");
  var groups = Array.from(document.querySelectorAll("tbody[data-kind]"));
  var buttons = [];
  var several = button(filter.dataset.several, function () { choose("several", asked("several") ? "" : "1"); });
  var field = document.createElement("input");
  var none = document.createElement("p");

  function asked(name) { return new URLSearchParams(location.search).get(name) || ""; }

  function plain(text) { return text.normalize("NFKC").toLowerCase(); }

  function show() {
    var kind = asked("kind");
    if (!buttons.some(function (one) { return one.value === kind; })) kind = "";
    var words = plain(field.value.trim());
    var some = false;
    groups.forEach(function (group) {
      var shown = false;
      group.querySelectorAll("tr:not(.of-kind)").forEach(function (row) {
        var fits = (!asked("several") || row.querySelectorAll("td:not(:empty)").length > 1) &&
          plain(row.querySelector("th").textContent).indexOf(words) >= 0;
        row.hidden = !fits;
        shown = shown || fits;
      });
      group.hidden = !shown || (kind !== "" && group.dataset.kind !== kind);
      some = some || !group.hidden;
    });
    buttons.forEach(function (one) { one.setAttribute("aria-pressed", String(one.value === kind)); });
    several.setAttribute("aria-pressed", String(Boolean(asked("several"))));
    var said = some ? "" : filter.dataset.none;
    if (none.textContent !== said) none.textContent = said;
  }

  function choose(name, value) {
    var query = new URLSearchParams(location.search);
    if (value) query.set(name, value); else query.delete(name);
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
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
  groups.forEach(function (group) {
    var known = buttons.some(function (one) { return one.value === group.dataset.kind; });
    if (!known) add(group.dataset.kind, group.querySelector("th").textContent);
  });
  field.type = "search";
  field.value = asked("q");
  field.placeholder = filter.dataset.find;
  field.setAttribute("aria-label", filter.dataset.find);
  field.addEventListener("input", function () { choose("q", field.value.trim()); });
  none.setAttribute("role", "status");
  filter.append(several, field, none);
  show();
  filter.hidden = false;
})();
