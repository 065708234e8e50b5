// The engine on a disk, where nothing may be fetched: both modules and the whole table are scripts.
"use strict";
{
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  let table = null;
  pullmedic.table = (base64) => {
    table = bytes(base64);
  };

  /** The module that a script holds as this global, and the table. */
  pullmedic.fromDisk = async (global) => {
    await Promise.all([
      pullmedic.script(pullmedic.data("assets/engine.js")),
      pullmedic.script(pullmedic.data("data/table.js")),
    ]);
    return [await WebAssembly.compile(bytes(self[global])), table];
  };
}
