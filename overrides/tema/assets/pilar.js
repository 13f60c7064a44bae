// On every page. Other scripts find what they share in `window.pilar`.
(() => {
  "use strict";
  const root = new URL("..", document.currentScript.src).href;
  const meta = name => document.querySelector(`meta[name=${name}]`)?.content ?? "";
  const run = meta("pilar-run");
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

  // Says something to screen readers, without moving the focus.
  let region;
  const announce = text => {
    if (!region) {
      region = document.createElement("p");
      region.className = "pilar-kabar";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  };

  window.pilar = { root, run, edition: meta("pilar-edisi"), store, load, announce };
  if (document.querySelector("[data-kode] [data-isi]")) load("isian");

  // Collapsed boxes print open.
  let closed = [];
  addEventListener("beforeprint", () => { closed = [...document.querySelectorAll("details:not([open])")]; closed.forEach(box => { box.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach(box => { box.open = false; }); });
})();
