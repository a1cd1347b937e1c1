// On the pages of a sealed version: tells its seal and its bag, and of a newer one,
// where there is one.
// The page itself never changes; `versions.js` of the site around it does, and
// may be missing.
(function () {
  "use strict";

  var notice = document.querySelector("aside.sealed");
  // This file stands at `archive/<version>/assets/sealed.js`.
  var site = new URL("../../../", document.currentScript.src);

  // The versions come latest first.
  window.tongwenVersions = function (list) {
    var own = list.versions.findIndex(function (version) {
      return version.name === notice.dataset.version;
    });
    if (own < 0) return;
    var proof = notice.querySelector(".proof");
    proof.querySelector("code").textContent = list.versions[own].seal;
    if (list.versions[own].zip) {
      var zip = proof.querySelector("a");
      zip.href = new URL(list.versions[own].zip, site).href;
      zip.hidden = false;
    }
    proof.hidden = false;
    if (own < 1) return;
    var latest = list.versions[0];
    var row = notice.querySelector(".newer");
    var link = row.querySelector("a");
    link.href = new URL(latest.path + notice.dataset.home, site).href;
    var date = latest.date.split("-").map(Number);
    link.textContent = latest.name + "（" + date[0] + "年" + date[1] + "月" + date[2] + "日）";
    row.hidden = false;
  };
})();
