// Serves the saved site of one run and edition. editions/web/offline.py writes `daftar` above this line.
(() => {
  "use strict";
  const scope = registration.scope;
  const own = `pilar:${daftar.run}:${daftar.edisi}:${new URL(scope).pathname}:`;
  const pages = own + daftar.versi;
  const downloads = `${own}unduhan`;
  const list = new URL("assets/luring-daftar.js", scope).href;
  const { berkas, luring, ...facts } = daftar;

  // By name and hash: what two versions share is fetched once.
  const key = name => `${scope}${name}?${berkas[name]}`;
  const windows = async () => (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(one => one.url.startsWith(scope));
  const tell = async message => { for (const one of await windows()) one.postMessage(message); };

  // The browser itself refuses bytes of another version (Subresource Integrity).
  const fresh = async name => {
    const answer = await fetch(scope + name, { cache: "no-cache", integrity: `sha256-${berkas[name]}`, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status} ${name}`);
    // A redirected answer may not be given to a navigation (Fetch, 4.1).
    return answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
  };

  // Chromium does not always call a full disk by its name.
  const full = async error => {
    const { quota, usage } = await navigator.storage.estimate();
    return error.name === "QuotaExceededError" || quota - usage < facts.simpan;
  };

  const save = async () => {
    const names = Object.keys(berkas);
    let done = 0;
    try {
      const cache = await caches.open(pages);
      const next = async () => {
        for (let name = names.shift(); name !== undefined; name = names.shift()) {
          await cache.put(key(name), (await caches.match(key(name))) ?? await fresh(name));
          done += 1;
          tell({ selesai: done, semua: done + names.length });
        }
      };
      await Promise.all([next(), next(), next(), next()]);
      await cache.put(list, new Response(`self.pilarLuring = ${JSON.stringify(facts)};`, { headers: { "Content-Type": "text/javascript; charset=utf-8" } }));
    } catch (error) {
      names.length = 0;
      await caches.delete(pages);
      await tell({ gagal: (await full(error)) ? "penuh" : "jaringan" });
      throw error;
    }
  };

  const tidy = async () => {
    const old = (await caches.keys()).filter(name => name.startsWith(own) && name !== pages && name !== downloads);
    await Promise.all(old.map(name => caches.delete(name)));
    // A window that was there before, alone, has just said "save": it may lose the network now.
    if (!old.length && (await windows()).length === 1) await clients.claim();
  };

  const find = path => [path, `${path}index.html`, `${path}.html`].find(name => Object.hasOwn(berkas, name));

  const unsaved = url => {
    const up = "../".repeat(url.slice(scope.length).split(/[?#]/)[0].split("/").length - 1);
    return new Response(luring.replaceAll("{akar}", up), { headers: { "Content-Type": "text/html; charset=utf-8" } });
  };

  const answer = async request => {
    const url = request.url.split("#")[0];
    const visit = request.mode === "navigate";
    // A new version takes over between two pages, and only where no other window shows the old one.
    if (visit && registration.waiting && (await windows()).length < 2) {
      registration.waiting.postMessage("ganti");
      return new Response("", { headers: { Refresh: "0" } });
    }
    if (url === list) return (await caches.match(list, { cacheName: pages })) ?? fetch(request);
    const path = url.split("?")[0];
    const name = find(decodeURI(path.slice(scope.length)));
    const saved = name === undefined
      ? await caches.match(path, { cacheName: downloads })
      : await caches.match(key(name), { cacheName: pages });
    if (saved) return saved;
    try {
      return await (name !== undefined && await caches.has(pages) ? fresh(name) : fetch(request));
    } catch {
      return visit ? unsaved(url) : Response.error();
    }
  };

  addEventListener("install", event => event.waitUntil(save()));
  addEventListener("activate", event => event.waitUntil(tidy()));
  addEventListener("message", event => { if (event.data === "ganti") skipWaiting(); });
  addEventListener("fetch", event => {
    const { request } = event;
    if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
  });
})();
