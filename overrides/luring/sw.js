// Serves the saved site of one run and edition. editions/web/offline.py writes `daftar` above this line.
(() => {
  "use strict";
  const scope = registration.scope;
  const own = `pilar:${daftar.run}:${daftar.edisi}:${new URL(scope).pathname}:`;
  const pages = own + daftar.versi;
  const downloads = `${own}unduhan`;
  const list = new URL("assets/luring-daftar.js", scope).href;
  const { kemasan, luring, ...facts } = daftar;
  const TYPES = { html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", svg: "image/svg+xml" };

  const windows = async () => (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(one => one.url.startsWith(scope));
  const tell = async message => { for (const one of await windows()) one.postMessage(message); };

  // store/pack.py says how files lie in a pack: names and lengths of their parts in one line, then the parts.
  const unpacked = async packed => {
    const bytes = new Uint8Array(await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
    let at = bytes.indexOf(10) + 1;
    const { kemasan, bagian } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, at)));
    const files = kemasan.map(name => [name, []]);
    for (let i = 0; i < bagian.length; i += 2) files[bagian[i]][1].push(bytes.subarray(at, at += bagian[i + 1]));
    return files.map(([name, parts]) => [name, new Response(new Blob(parts), { headers: { "Content-Type": TYPES[name.split(".").pop()] ?? "" } })]);
  };

  // The browser itself refuses bytes of another version (Subresource Integrity).
  const fresh = async (name, hash) => {
    const answer = await fetch(scope + name, { cache: "no-cache", integrity: `sha256-${hash}`, credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${answer.status} ${name}`);
    return unpacked(answer.body);
  };

  // What two versions share is loaded once: beside the files of a pack stand their names, by its hash.
  const names = hash => `${scope}?${hash}`;
  const shared = async hash => {
    for (const name of (await caches.keys()).filter(name => name.startsWith(own))) {
      const cache = await caches.open(name);
      const listed = await cache.match(names(hash));
      if (listed) return Promise.all((await listed.json()).map(async file => [file, await cache.match(scope + file)]));
    }
    return undefined;
  };

  // Chromium does not always call a full disk by its name.
  const full = async error => {
    const { quota, usage } = await navigator.storage.estimate();
    return error.name === "QuotaExceededError" || quota - usage < facts.simpan;
  };

  const save = async () => {
    const packs = Object.entries(kemasan);
    const all = packs.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
    let done = 0;
    try {
      const cache = await caches.open(pages);
      const next = async () => {
        for (let pack = packs.shift(); pack; pack = packs.shift()) {
          const [name, [hash, bytes]] = pack;
          const files = await shared(hash) ?? await fresh(name, hash);
          for (const [file, content] of files) await cache.put(scope + file, content);
          await cache.put(names(hash), new Response(JSON.stringify(files.map(([file]) => file))));
          done += bytes;
          tell({ selesai: done, semua: all });
        }
      };
      await Promise.all([next(), next(), next()]);
      await cache.put(list, new Response(`self.pilarLuring = ${JSON.stringify(facts)};`, { headers: { "Content-Type": TYPES.js } }));
    } catch (error) {
      packs.length = 0;
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

  // Hosts show a page for its folder, and many also without its suffix.
  const find = async path => {
    for (const name of [path, `${path}index.html`, `${path}.html`]) {
      const found = await caches.match(name, { cacheName: pages });
      if (found) return found;
    }
    return caches.match(path, { cacheName: downloads });
  };

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
    const saved = await find(url.split("?")[0]);
    if (saved) return saved;
    try {
      return await fetch(request);
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
