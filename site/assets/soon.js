// Asks for what the engine is made of, before the scripts that use it have come. On a disk a link in the
// page itself would be an error.
"use strict";
if (location.protocol !== "file:") {
  for (const href of document.currentScript.dataset.soon.split(" ")) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href });
    document.head.append(link);
  }
}
