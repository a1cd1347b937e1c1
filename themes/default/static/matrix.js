// Shows the rows of one kind of entity. The choice stands in the address, so
// that it can be shared and the script toggle keeps it.
(function () {
  "use strict";

  var filter = document.querySelector(".filter");
  var groups = Array.from(document.querySelectorAll("tbody[data-kind]"));
  var buttons = [];

  function show(kind) {
    groups.forEach(function (group) { group.hidden = kind !== "" && group.dataset.kind !== kind; });
    buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.value === kind)); });
  }

  function choose(kind) {
    var query = new URLSearchParams(location.search);
    if (kind) query.set("kind", kind); else query.delete("kind");
    var text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    show(kind);
  }

  function add(kind, label) {
    var button = document.createElement("button");
    button.type = "button";
    button.value = kind;
    button.textContent = label;
    button.addEventListener("click", function () { choose(kind); });
    filter.append(button);
    buttons.push(button);
  }

  add("", filter.dataset.all);
  groups.forEach(function (group) {
    var known = buttons.some(function (button) { return button.value === group.dataset.kind; });
    if (!known) add(group.dataset.kind, group.querySelector("th").textContent);
  });
  var asked = new URLSearchParams(location.search).get("kind") || "";
  show(buttons.some(function (button) { return button.value === asked; }) ? asked : "");
  filter.hidden = false;
})();
