// On every page. Other scripts find what they share in `window.pilar`.
(() => {
  "use strict";
  const root = new URL("..", document.currentScript.src).href;
  const meta = name => document.querySelector(`meta[name=${name}]`)?.content ?? "";
  const run = meta("pilar-run");
  const edition = meta("pilar-edisi");
  const prefix = `pilar:${run}:`;

  // What this device keeps of a run. A browser may forbid it (SecurityError) or be full (QuotaExceededError).
  const store = {
    get: key => { try { return localStorage.getItem(prefix + key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(prefix + key, value); return true; } catch { return false; } },
    remove: key => { try { localStorage.removeItem(prefix + key); return true; } catch { return false; } },
    keys: () => { try { return Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)); } catch { return []; } },
  };

  // A script of assets/, once; works from file:// too, where fetch and modules do not.
  const loading = new Map();
  const load = name => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}assets/${name}.js`;
        script.onload = resolve;
        script.onerror = () => { loading.delete(name); script.remove(); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // Says something to screen readers, without moving the focus.
  let region;
  const announce = text => {
    if (!region) {
      region = make("p", { className: "pilar-kabar" });
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  };

  window.pilar = { root, run, edition, store, load, announce };

  // On a phone each cell of a wide table, and of a worksheet, stands under the head of its column.
  for (const table of document.querySelectorAll(".susun, .isian")) {
    const heads = [...table.tHead?.rows[0].cells ?? []].map(head => head.textContent.replace(/\s+/g, " ").trim());
    for (const cell of table.querySelectorAll("td")) cell.dataset.label = heads[cell.cellIndex] ?? "";
  }

  // Scripts that only some pages need: where the page has what they serve.
  const serves = { isian: "[data-isi]", luring: "#luring", kelas: "[data-kelas]", "hari-ini": "[data-tanggal]" };
  for (const [name, selector] of Object.entries(serves)) if (document.querySelector(selector)) load(name);

  // What a script serves is not in the page without it: the buttons of the head, which keeps their room (rangka.css),
  // and the sections of a page beside it, on a desk.
  const head = document.querySelector(".pilar-kepala");
  const tool = (id, text) => make("button", { id, type: "button", className: "pilar-alat" }, make("span", {}, text));
  const menu = tool("menu", "Menu");
  menu.setAttribute("aria-controls", "navigasi");
  menu.ariaExpanded = "false";
  head.prepend(menu);
  if (document.querySelector("#isi:not(.pilar-lebar)")) {
    const sections = [...document.querySelectorAll("article h2[id]")].map(({ id, textContent }) =>
      make("li", {}, make("a", { href: `#${id}` }, textContent.replace("¶", ""))));
    document.querySelector(".pilar-badan").append(make("nav", { className: "pilar-samping", ariaLabel: "Pada halaman ini" }, make("ul", {}, ...sections)));
  }

  // The menu of a phone covers the page: what is below it can not be reached while it is open.
  const nav = document.getElementById("navigasi");
  const below = document.querySelectorAll(".pilar-kepala, #isi, .pilar-kaki, .pilar-lompat");
  const close = make("button", { type: "button", className: "pilar-tutup" }, "Tutup menu");
  close.addEventListener("click", () => open(false));
  const open = yes => {
    nav.prepend(close);
    nav.classList.toggle("buka", yes);
    menu.setAttribute("aria-expanded", yes);
    below.forEach(part => { part.inert = yes; });
    (yes ? close : menu).focus();
  };
  menu.addEventListener("click", () => open(true));
  nav.addEventListener("keydown", event => { if (event.key === "Escape" && nav.classList.contains("buka")) open(false); });
  document.addEventListener("click", event => { if (nav.classList.contains("buka") && !event.target.closest("#navigasi, #menu")) open(false); });
  nav.addEventListener("click", event => { if (event.target.closest("a[href^='#']")) open(false); });
  matchMedia("(min-width: 61.9375em)").addEventListener("change", event => { if (event.matches && nav.classList.contains("buka")) open(false); });

  // Tools that are fetched when they are asked for.
  for (const [name, text] of [["cari", "Cari"], ["tampilan", "Tampilan"]]) {
    const button = tool(name, text);
    button.ariaHasPopup = "dialog";
    button.addEventListener("click", () => load(name).then(() => window.pilar[name].open(), () => announce("Tidak dapat dibuka tanpa jaringan.")));
    head.append(button);
  }
  addEventListener("keydown", event => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      document.getElementById("cari").click();
    }
  });

  // What scrolls sideways can be scrolled by keyboard, and says that there is more.
  const wide = new ResizeObserver(boxes => {
    for (const { target } of boxes) {
      const more = target.scrollWidth > target.clientWidth + 1;
      const set = more ? (name, value) => target.setAttribute(name, value) : name => target.removeAttribute(name);
      set("tabindex", "0");
      set("role", "region");
      set("aria-label", "Tabel, dapat digeser ke samping");
    }
  });
  document.querySelectorAll(".gulir").forEach(box => wide.observe(box));

  // What a term means, beside the text; without this, its link leads to the glossary.
  const explain = event => {
    const term = event.target.closest?.("article a[href*='glosarium.html#'], abbr[tabindex]");
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey || !term.showPopover) return;
    event.preventDefault();
    Promise.all([load("glosarium"), load("istilah")]).then(() => window.pilar.istilah.open(term), () => { if (term.href) location.assign(term.href); });
  };
  document.addEventListener("click", explain);
  document.addEventListener("keydown", event => { if (event.key === "Enter" && event.target.matches("abbr[tabindex]")) explain(event); });

  // Where one left off, to the section: the home page offers it.
  const path = location.href.slice(root.length).replace(/[?#].*/, "");
  const left = () => {
    const passed = [...document.querySelectorAll("#isi :is(h2, h3)[id]")].filter(heading => heading.getBoundingClientRect().top < innerHeight / 3);
    const title = document.title.split(" · ").slice(0, -1).join(" · ");
    store.set(`terakhir:${edition}`, JSON.stringify({ path: path + (passed.length ? `#${passed.at(-1).id}` : ""), title }));
  };
  if (path && !/^(index|luring)\.html/.test(path)) {
    left();
    addEventListener("visibilitychange", () => { if (document.hidden) left(); });
  }

  // On paper a page says where it comes from.
  const origin = [".pilar-nama", ".pilar-kolofon"].map(name => document.querySelector(name).textContent.trim());
  document.getElementById("isi").prepend(make("p", { className: "pilar-cetakan" }, origin.join(" · ")));

  // Collapsed boxes print open.
  let closed = [];
  addEventListener("beforeprint", () => { closed = [...document.querySelectorAll("details:not([open])")]; closed.forEach(box => { box.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach(box => { box.open = false; }); });
})();
