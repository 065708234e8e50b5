// The service worker. The build writes `SITE` above: the version, that of the data, and every
// file's length and hash.
//
// One cache holds one version, whole. A file is taken only when its bytes are those of this
// version, so a site that changes while it is being fetched is never mixed: then this version isn't
// installed, and the next visit tries again. The running version serves until the reader takes the
// new one.
"use strict";

const CACHE = `pullmedic-${SITE.version}`;
const SCOPE = new URL("./", self.location).href;

/** FNV-1a, as the build computes it. */
function hash(bytes) {
  let h = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i += 1) h = Math.imul(h ^ bytes[i], 0x01000193);
  return h >>> 0;
}

/** A page is asked for by its folder, because servers redirect from `index.html`. */
const address = (path) => SCOPE + path.replace(/(^|\/)index\.html$/, "$1");

/** The site's path behind a URL, or undefined when it isn't part of this version. */
function pathOf(url) {
  const bare = url.split(/[?#]/, 1)[0];
  if (!bare.startsWith(SCOPE)) return undefined;
  const path = decodeURIComponent(bare.slice(SCOPE.length));
  const candidates = [
    path === "" || path.endsWith("/") ? `${path}index.html` : path,
    `${path}/index.html`,
  ];
  return candidates.find((candidate) => Object.hasOwn(SITE.files, candidate));
}

/** Whether the version that a page asks for is this one; pages of a newer site ask for another. */
function isThisVersion(path, url) {
  const asked = new URL(url).searchParams.get("v");
  return (
    asked === null ||
    asked === SITE.data ||
    asked === SITE.files[path][1].toString(16).padStart(8, "0")
  );
}

/** Fetches a file and keeps it, if it is of this version. */
async function take(cache, path) {
  const response = await fetch(address(path), { cache: "no-cache" });
  const bytes = new Uint8Array(await response.clone().arrayBuffer());
  const [length, sum] = SITE.files[path];
  if (!response.ok || bytes.length !== length || hash(bytes) !== sum)
    throw new Error(`${path} is of another version`);
  await cache.put(address(path), new Response(bytes, { headers: response.headers }));
}

/** All files; of a very large site what every page needs, the rest as it is visited. */
function wanted() {
  const all = Object.keys(SITE.files);
  return all.length <= 5000
    ? all
    : all.filter((path) => /^(assets|data)\/|^[^/]*(\/index\.html)?$/.test(path));
}

async function install() {
  const cache = await caches.open(CACHE);
  const paths = wanted();
  const lanes = Array.from({ length: 6 }, async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      if (!(await cache.match(address(path)))) await take(cache, path);
    }
  });
  await Promise.all(lanes);
}

async function activate() {
  const old = (await caches.keys()).filter(
    (name) => name.startsWith("pullmedic-") && name !== CACHE,
  );
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const path = pathOf(request.url);
  const cache = await caches.open(CACHE);
  if (path !== undefined && isThisVersion(path, request.url)) {
    const plain = request.url.split(/[?#]/, 1)[0];
    if (
      request.mode === "navigate" &&
      !plain.endsWith("/") &&
      path === `${plain.slice(SCOPE.length)}/index.html`
    )
      return Response.redirect(`${plain}/`);
    const kept = await cache.match(address(path));
    if (kept) return kept;
    const taken = await take(cache, path).then(
      () => cache.match(address(path)),
      () => undefined,
    );
    if (taken) return taken;
  }
  try {
    return await fetch(request);
  } catch (error) {
    const missing = request.mode === "navigate" && (await cache.match(address("404.html")));
    if (missing) return missing;
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(SCOPE))
    event.respondWith(answer(event.request));
});
