// Worksheets: every place to write becomes a field; what is written stays on this device.
(() => {
  "use strict";
  const { store } = window.pilar;
  for (const place of document.querySelectorAll("[data-kode] [data-isi]")) {
    const sheet = place.closest("[data-kode]");
    const key = [sheet.dataset.kode, place.dataset.isi].join(":");
    const field = document.createElement("textarea");
    const row = place.closest("tr");
    const number = row ? [...row.parentNode.children].indexOf(row) + 1 : 0;
    const label = row?.querySelector("th")?.textContent || (number ? `baris ${number}` : "");
    field.setAttribute("aria-label", [place.dataset.label ?? "Jawaban", label].filter(Boolean).join(", "));
    field.rows = row ? 2 : place.children.length || 4;
    field.value = store.get(key) ?? "";
    const fit = () => { field.style.height = "auto"; field.style.height = `${field.scrollHeight + 2}px`; };
    field.addEventListener("input", () => { if (field.value) store.set(key, field.value); else store.remove(key); fit(); });
    place.replaceChildren(field);
    if (field.value) fit();
  }
})();
