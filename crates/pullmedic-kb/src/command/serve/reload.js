// Added by `pullmedic-kb serve`: reloads the page after a build, shows what is wrong with the sources.
(function () {
  "use strict";
  var version = document.currentScript.dataset.version;
  var shown = null;

  function show(fault) {
    if (shown) shown.remove();
    shown = null;
    if (!fault) return;
    shown = document.createElement("pre");
    shown.textContent = fault;
    shown.setAttribute("role", "alert");
    shown.style.cssText =
      "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1rem;" +
      "z-index:9999;background:#300;color:#fee;font:14px/1.4 monospace;white-space:pre-wrap";
    document.body.append(shown);
  }

  function ask(since) {
    fetch("/__pullmedic/news?version=" + since)
      .then(function (answer) { return answer.json(); })
      .then(function (news) {
        if (news.fault) show(news.fault);
        else if (String(news.version) !== version) return location.reload();
        else show(null);
        ask(news.version);
      })
      .catch(function () { setTimeout(ask, 1000, since); });
  }

  // The first answer comes at once: it tells whether the sources are in order.
  ask(0);
})();
