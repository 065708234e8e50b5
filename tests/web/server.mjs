// The site as a web host gives it: gzip, folders with an index, 404.html for what is missing.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".bin": "application/octet-stream",
};
const isFile = (path) => stat(path).then((found) => found.isFile(), () => false);

/** `{ address, sent, close }`: serves a folder on a free port of this machine; `sent()` is the number of bytes so far, without heads. */
export async function serve(folder) {
  let sent = 0;
  const packed = new Map(); // packed once, so that a run measures the page and not this server
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = join(folder, normalize(path));
    if (!(await isFile(file))) file = join(file, "index.html");
    const status = (await isFile(file)) ? 200 : 404;
    if (status === 404) file = join(folder, "404.html");
    const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "max-age=600" };
    if (extname(file) === ".png") {
      response.writeHead(status, headers);
      return createReadStream(file).pipe(response);
    }
    if (!packed.has(file)) packed.set(file, gzipSync(await readFile(file), { level: 9 }));
    response.writeHead(status, { ...headers, "Content-Encoding": "gzip", "Content-Length": packed.get(file).length });
    response.end(packed.get(file));
    sent += packed.get(file).length;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, sent: () => sent, close: () => server.close() };
}
