// Tells of a mistake with the address of the very sentence: the one that is selected,
// or the one that the address names. Without it, the link names the page.
(function () {
  "use strict";

  function sentence() {
    var selected = getSelection();
    var node = selected && !selected.isCollapsed && selected.anchorNode;
    var element = node && (node.nodeType === 1 ? node : node.parentElement);
    var found = element && element.closest("main [id]:not(main)");
    return found ? "#" + found.id : location.hash;
  }

  document.querySelectorAll("a.report").forEach(function (link) {
    var href = link.getAttribute("href");
    var own = encodeURIComponent(link.dataset.address);
    function fill() {
      var address = location.href.split("#")[0] + sentence();
      link.setAttribute("href", href.split(own).join(encodeURIComponent(address)));
    }
    // Pressing the link takes the selection away.
    link.addEventListener("pointerdown", fill);
    link.addEventListener("keydown", fill);
  });
})();
