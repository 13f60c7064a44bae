// The box that saves the site on this device, removes it again, and says where that cannot be done.
(() => {
  "use strict";
  const { root, announce } = window.pilar;
  const box = document.getElementById("luring");
  const size = bytes => (bytes >= 999500 ? `${(bytes / 1e6).toFixed(1).replace(".", ",").replace(",0", "")} MB` : `${Math.max(1, Math.round(bytes / 1000))} KB`);
  const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const button = (text, act) => { const made = make("button", text, { type: "button", className: "md-button", onclick: () => act(made) }); return made; };
  const reasons = {
    penuh: "Penyimpanan telepon ini penuh, jadi tidak ada yang disimpan. Hapus beberapa foto atau aplikasi, lalu coba lagi.",
    jaringan: "Jaringan terputus, jadi belum ada yang disimpan. Coba lagi saat sinyal baik.",
    dilarang: "Peramban ini tidak mengizinkan situs menyimpan apa pun, misalnya karena mode penyamaran. Bukalah di jendela biasa, atau unduh salinannya.",
  };
  // Where cookies are blocked, Chromium refuses workers with a NotSupportedError, caches with a SecurityError.
  const why = error => (error.name === "QuotaExceededError" ? "penuh" : /^(Security|NotAllowed|NotSupported)Error$/.test(error.name) ? "dilarang" : "jaringan");

  const instead = () => {
    if (location.protocol === "file:") return "Salinan ini sudah ada di perangkat Anda dan dapat dibaca tanpa jaringan.";
    if (!window.isSecureContext) return "Alamat ini tidak diawali https://, jadi peramban tidak dapat menyimpannya. Unduh salinannya sebagai gantinya.";
    if (!window.DecompressionStream) return "Peramban ini terlalu lama untuk menyimpan situs ini. Perbaruilah, atau unduh salinannya.";
    return navigator.serviceWorker && window.caches ? "" : reasons.dilarang;
  };

  const facts = async () => { await window.pilar.load("luring-daftar"); return self.pilarLuring; };
  const registered = async () => {
    const found = await navigator.serviceWorker.getRegistration(root);
    return found?.scope === root ? found : undefined;
  };
  const prefix = list => `pilar:${list.run}:${list.edisi}:${new URL(root).pathname}:`;
  const clear = async list => {
    await (await registered())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(prefix(list))) await caches.delete(name);
  };

  // Resolves once the worker has everything; rejects with the reason it gave.
  const settled = worker => new Promise((resolve, reject) => {
    let reason = "jaringan";
    navigator.serviceWorker.addEventListener("message", ({ data }) => { reason = data.gagal ?? reason; });
    const look = () => {
      if (worker.state === "activated") resolve();
      // Its last message may come after the news that it has failed.
      if (worker.state === "redundant") setTimeout(() => reject(reason), 300);
    };
    worker.addEventListener("statechange", look);
    look();
  });

  const saveSite = async (list, status) => {
    const saving = new AbortController();
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data.semua) status.textContent = `Menyimpan ${size(data.selesai)} dari ${size(data.semua)} …`;
    }, { signal: saving.signal });
    navigator.serviceWorker.startMessages();
    try {
      // Asked before the first byte is paid for.
      const { quota, usage } = await navigator.storage.estimate();
      if (quota - usage < list.simpan) throw "penuh";
      const made = await navigator.serviceWorker.register(`${root}sw.js`, { scope: root, updateViaCache: "none" });
      await settled(made.installing ?? made.waiting ?? made.active);
      await navigator.storage?.persist?.().catch(() => false);
    } catch (error) {
      const reason = typeof error === "string" ? error : why(error);
      await clear(list).catch(() => {});
      throw reason;
    } finally {
      saving.abort();
    }
  };

  const status = make("p", "", { className: "pilar-luring-kabar" });
  const say = text => { status.textContent = text; announce(text); };
  // Of an update that the browser began by itself.
  navigator.serviceWorker?.addEventListener("message", async ({ data }) => {
    if (data.gagal === "penuh" && (await registered())?.active) say("Penyimpanan telepon ini penuh: pembaruan belum tersimpan, dan versi lama tetap dapat dibaca.");
  });

  const drawSite = async list => {
    const saved = (await registered())?.active;
    if (saved) await drawDownloads(list);
    else document.querySelectorAll(".pilar-luring-satu").forEach(toggle => toggle.remove());
    const place = box.querySelector("[data-situs]");
    if (saved) {
      place.replaceChildren(
        make("p", `Tersimpan: halaman, pencarian, dan lembar kerja dapat dibuka tanpa jaringan. Pembaruan diambil sendiri saat ada jaringan.${Object.keys(list.unduhan).length ? " Buku dan kertas disimpan satu per satu di halaman Cetak dan unduh." : ""}`),
        button("Hapus simpanan", async () => {
          await clear(list);
          await drawSite(list);
          say("Simpanan dihapus. Isian lembar kerja Anda tetap ada.");
        }),
      );
    } else {
      place.replaceChildren(
        make("p", `Halaman, pencarian, dan lembar kerja: unduhan sekitar ${size(list.unduh)}, memakai ${size(list.simpan)} di telepon. Buku PDF tidak ikut.`),
        button("Simpan untuk luring", async pressed => {
          pressed.disabled = true;
          say("Menyimpan …");
          try {
            await saveSite(list, status);
            await drawSite(list);
            say("Selesai. Situs ini sekarang dapat dibuka tanpa jaringan.");
          } catch (reason) {
            pressed.disabled = false;
            say(reasons[reason] ?? reasons.jaringan);
          }
        }),
      );
    }
  };

  // Beside each link to a book or paper: saved one by one.
  const drawDownloads = async list => {
    const store = await caches.has(`${prefix(list)}unduhan`) ? await caches.open(`${prefix(list)}unduhan`) : null;
    for (const link of document.querySelectorAll("article a[href]")) {
      const address = link.href.split("#")[0];
      const bytes = list.unduhan[decodeURI(address.slice(root.length))];
      if (!bytes || link.nextElementSibling?.matches(".pilar-luring-satu")) continue;
      const saved = (await (await store?.match(address))?.blob())?.size;
      const toggle = make("button", "", { type: "button", className: "pilar-luring-satu" });
      const show = now => {
        toggle.dataset.bita = now ?? "";
        toggle.textContent = !now ? "Simpan" : now === bytes ? "Hapus simpanan" : "Simpan versi baru";
        toggle.setAttribute("aria-label", `${toggle.textContent}: ${link.textContent.trim()}, ${size(bytes)}`);
      };
      toggle.onclick = async () => {
        toggle.disabled = true;
        try {
          const cache = await caches.open(`${prefix(list)}unduhan`);
          if (Number(toggle.dataset.bita) === bytes) {
            await cache.delete(address);
            show();
            say("Simpanan dihapus.");
          } else {
            const answer = await fetch(address, { cache: "no-cache" });
            if (!answer.ok) throw new Error(answer.status);
            const whole = await answer.blob();
            await cache.put(address, new Response(whole, { headers: { "Content-Type": whole.type } }));
            show(whole.size);
            say("Tersimpan untuk luring.");
          }
        } catch (error) {
          say(reasons[why(error)]);
        }
        toggle.disabled = false;
      };
      show(saved);
      link.after(" ", toggle);
    }
  };

  const draw = async () => {
    const message = instead();
    box.classList.add("pilar-luring");
    box.replaceChildren(make("h2", "Baca tanpa jaringan", { id: "luring-judul" }), make("div", message), status);
    box.children[1].dataset.situs = "";
    if (message) return;
    try {
      const list = await facts();
      if (!document.querySelector("link[rel=manifest]")) document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: `${root}manifest.webmanifest` }));
      await drawSite(list);
    } catch (error) {
      box.children[1].textContent = reasons[why(error)];
    }
  };
  draw();
})();
