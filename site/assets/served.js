// What no answer waits for: the style for paper on the home page; what only a served page can have, which is the manifest and,
// when nobody waits for anything, the service worker.
"use strict";
{
  const { el, data, root, quiet } = pullmedic;
  const add = (attributes) => document.head.append(el("link", { ...attributes, href: root + data(attributes.href) }));
  if (pullmedic.isHome) quiet.then(() => add({ rel: "stylesheet", media: "print", href: "assets/print.css" }));
  if (!pullmedic.onDisk) {
    add({ rel: "manifest", href: "assets/site.webmanifest" });
    quiet.then(() => pullmedic.script(data("assets/offline.js"))).catch(() => {});
  }
}
