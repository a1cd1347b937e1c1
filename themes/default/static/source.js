// Computes the digest of a published file in the browser, and compares it with the
// one on the page. Where the browser cannot, it says so: the command stands above.
(function () {
  "use strict";

  function hexadecimal(buffer) {
    return Array.from(new Uint8Array(buffer), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }

  var able = location.protocol !== "file:" && window.isSecureContext && window.fetch &&
    window.crypto && crypto.subtle;

  document.querySelectorAll(".compare").forEach(function (row) {
    var button = row.querySelector("button");
    var output = row.querySelector("output");
    var said = row.dataset;
    row.hidden = false;
    if (!able) {
      button.hidden = true;
      output.textContent = said.unable;
      return;
    }
    button.addEventListener("click", function () {
      output.textContent = "…";
      fetch(said.file, { cache: "no-store" }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.arrayBuffer();
      }).then(function (bytes) {
        return crypto.subtle.digest("SHA-256", bytes);
      }).then(function (digest) {
        var own = hexadecimal(digest);
        var same = own === said.sha256;
        output.className = same ? "same" : "differs";
        output.textContent = (same ? said.same : said.differs).replace("{digest}", own);
      }).catch(function () {
        output.className = "differs";
        output.textContent = said.failed;
      });
    });
  });
})();
