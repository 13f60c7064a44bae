// How this device shows pages: size of text, contrast, light or dark. The frame sets it before it paints.
(() => {
  "use strict";
  const KEY = "pilar:tampilan";
  const CHOICES = {
    ukuran: ["Ukuran huruf", { "": "Biasa", besar: "Besar", lebih: "Lebih besar", paling: "Paling besar" }],
    mode: ["Warna", { "": "Ikut telepon", terang: "Terang", gelap: "Gelap" }],
    kontras: ["Kontras", { "": "Biasa", kuat: "Kuat" }],
  };
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; } };
  const choice = read();
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const { dataset } = document.documentElement;
    dataset.mdColorScheme = (choice.mode ? choice.mode === "gelap" : system.matches) ? "slate" : "default";
    dataset.ukuran = choice.ukuran ?? "";
    dataset.kontras = choice.kontras ?? (matchMedia("(prefers-contrast: more)").matches ? "kuat" : "");
  };
  system.addEventListener("change", apply);

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const group = ([name, [title, options]]) => element("fieldset", {},
    element("legend", { textContent: title }),
    ...Object.entries(options).map(([value, label]) => element("label", {},
      element("input", { type: "radio", name, value, checked: (choice[name] ?? "") === value }), label)));
  const note = element("p", { hidden: true, textContent: "Peramban ini tidak mau menyimpan pilihan; pilihan ini berlaku untuk halaman ini saja." });
  const close = element("button", { type: "button", textContent: "Tutup" });
  const heading = element("h2", { id: "judul-tampilan", textContent: "Tampilan" });
  const dialog = element("dialog", { className: "pilar-pilihan" }, heading, ...Object.entries(CHOICES).map(group), note, close);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("change", event => {
    choice[event.target.name] = event.target.value;
    apply();
    try { localStorage.setItem(KEY, JSON.stringify(choice)); note.hidden = true; } catch { note.hidden = false; }
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  window.pilar.tampilan = { open: () => dialog.showModal() };
})();
