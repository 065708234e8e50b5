// What no answer waits for: on the home page the style for paper, and what words are searched with, before there are any; what
// only a served page can have, which is the manifest and, when nobody waits for anything, the service worker.
"use strict";
{
  const { el, data, root, script, quiet } = pullmedic;
  const add = (attributes) => document.head.append(el("link", { ...attributes, href: root + data(attributes.href) }));
  if (pullmedic.isHome) quiet.then(() => add({ rel: "stylesheet", media: "print", href: "assets/print.css" }));
  async function prepareSearch() {
    await Promise.all([pullmedic.engine.prepareSearch(), script(data("assets/places.js"))]);
    await script(data("data/places.js"));
  }
  // The delay lets a paste pass that comes with the page.
  if (pullmedic.isHome && !pullmedic.onDisk && !navigator.connection?.saveData)
    setTimeout(() => prepareSearch().catch(() => {}), 300);
  if (!pullmedic.onDisk) {
    add({ rel: "manifest", href: "assets/site.webmanifest" });
    quiet.then(() => script(data("assets/offline.js"))).catch(() => {});
  }
}
