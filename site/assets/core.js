// What every script uses: the namespace, storage, elements, scripts on demand, links on a disk.
"use strict";

const pullmedic = (() => {
  const html = document.documentElement;
  const onDisk = location.protocol === "file:";

  /** A JSON value in one of the browser's stores; without a store it lives as long as the page. */
  function stored(store, key, empty) {
    let memory = empty;
    return {
      get() {
        try {
          return JSON.parse(window[store].getItem(key)) ?? memory;
        } catch {
          return memory;
        }
      },
      set(value) {
        memory = value;
        try {
          window[store].setItem(key, JSON.stringify(value));
        } catch {
          // Full or forbidden: the page's own memory has to do.
        }
      },
    };
  }

  /** An element with attributes and children; children that are strings become text. */
  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== undefined && value !== null && value !== false)
        element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== null));
    return element;
  }

  /** Markup that this site's own build has rendered, for this page's depth. */
  function rendered(markup) {
    const template = document.createElement("template");
    template.innerHTML = markup.replaceAll("%ROOT%/", html.dataset.root);
    settle(template.content);
    return template.content;
  }

  /** On a disk there is no server that knows what a folder's page is. */
  function settle(part) {
    if (!onDisk) return;
    for (const link of part.querySelectorAll("a[href]"))
      link.setAttribute("href", onDiskUrl(link.getAttribute("href")));
  }

  function onDiskUrl(url) {
    if (/^[a-z]+:/i.test(url) || url.startsWith("#")) return url;
    const [path, anchor] = url.split("#", 2);
    const full = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    return anchor === undefined ? full : `${full}#${anchor}`;
  }

  const scripts = new Map();

  /** Loads a script, or a style, below the site's root, once. */
  function script(path) {
    if (!scripts.has(path)) {
      scripts.set(
        path,
        new Promise((resolve, reject) => {
          const url = html.dataset.root + path;
          const isStyle = path.includes(".css");
          const element = isStyle ? el("link", { rel: "stylesheet", href: url }) : el("script", { src: url });
          element.addEventListener("load", resolve);
          element.addEventListener("error", () => {
            scripts.delete(path);
            reject(new Error(`can't load ${path}`));
          });
          document.body.append(element); // a style behind the page's own, which the home page has there
        }),
      );
    }
    return scripts.get(path);
  }

  /** Data, and scripts that few readers need, belong to the page's own version of the site. */
  const data = (path) => `${path}?v=${html.dataset.version}`;

  const isHome = html.dataset.kind === "home";

  /** A script for what comes behind a first answer; on the home page its style comes with it, elsewhere it is there. */
  const more = (name) =>
    Promise.all([name, ...(isHome ? ["steps.css"] : [])].map((name) => script(data(`assets/${name}`))));

  /** When nobody waits for anything: behind the first answer, or some time after the page has come. */
  let answered;
  const quiet = new Promise((resolve) => {
    answered = () => setTimeout(resolve, 500);
    addEventListener("load", () => setTimeout(resolve, 4000));
  });

  return {
    root: html.dataset.root,
    onDisk,
    stored,
    el,
    rendered,
    settle,
    url: onDisk ? onDiskUrl : (url) => url,
    script,
    data,
    isHome,
    more,
    quiet,
    answered,
  };
})();

pullmedic.settle(document);
