// The service worker, and what the reader is told of it: a new version waits until it is taken, so that no page mixes two.
"use strict";
(async () => {
  if (!("serviceWorker" in navigator && isSecureContext)) return;
  const offer = (registration) => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    const button = pullmedic.el("button", { type: "button" }, "Use it");
    button.addEventListener("click", () => registration.waiting?.postMessage("take over"));
    document.body.append(
      pullmedic.el(
        "div",
        { class: "notice", role: "status" },
        "There is a newer version of these pages. ",
        button,
      ),
    );
  };
  try {
    const registration = await navigator.serviceWorker.register(`${pullmedic.root}sw.js`);
    offer(registration);
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => offer(registration));
    });
    let controlled = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (controlled) location.reload();
      controlled = true;
    });
  } catch {
    // Without it the site works as long as there is a network.
  }
})();
