// Every place to write becomes a field; what is written stays on this device. Places and sheets are named by
// editions/web/places.py: `data-isi` below an element with `data-bentuk`; cells of a table by row and column.
// Keys are `<code>:<place>`.
(() => {
  "use strict";
  const { store } = window.pilar;
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const words = element => element?.textContent.replace(/¶/g, "").replace(/\s+/g, " ").trim() ?? "";
  const fields = [];
  const add = (sheet, isi, name, element, read, write) => {
    const field = { sheet, key: `${sheet.code}:${isi}`, name, element, read, write };
    fields.push(field);
    element.addEventListener("input", () => save(field));
  };

  // Kinds of fields. `write` says whether the field can show a text.
  const label = (element, name) => { element.setAttribute("aria-label", name); return element; };
  const text = (sheet, place, tag, rows, name) => {
    const field = label(make(tag, tag === "input" ? { autocomplete: "off" } : { rows }), name);
    // The text once more, unseen: it makes the field as high as what is in it, and prints.
    const box = make("div", { className: "bidang" }, field);
    const fit = () => { box.dataset.teks = field.value; place.classList.toggle("terisi", field.value !== ""); };
    field.addEventListener("input", fit);
    place.prepend(box);
    add(sheet, place.dataset.isi, name, field, () => field.value, value => { field.value = value; fit(); return true; });
  };
  const cell = (sheet, place) => {
    const row = place.parentNode;
    const head = words(row.querySelector("th")) || `baris ${[...row.parentNode.children].indexOf(row) + 1}`;
    text(sheet, place, "textarea", 2, `${place.dataset.label}, ${head}`);
  };
  const lines = (sheet, place) => {
    const one = place.childElementCount === 1;
    const name = place.dataset.isi === "catatan" && sheet.element.matches(".diskusi, .refleksi") ? "Catatan saya" : "Jawaban saya";
    if (place.dataset.isi === "catatan") place.before(make("p", { className: "isian-nama", ariaHidden: "true" }, name));
    text(sheet, place, one ? "input" : "textarea", Math.max(place.childElementCount, 2), `${name}, ${sheet.title}`);
  };
  const tick = (sheet, box) => {
    const name = words(box.parentNode);
    box.disabled = false;
    add(sheet, box.dataset.isi, name, box, () => (box.checked ? name : ""), value => { box.checked = value !== ""; return true; });
  };
  const choices = (sheet, list) => {
    const group = make("fieldset", { className: "isian-pilihan" }, make("legend", {}, `${sheet.title}: ${words(list.previousElementSibling)}`));
    const radios = [...list.children].map(item => {
      const radio = make("input", { type: "radio", name: sheet.code, value: words(item) });
      item.replaceChildren(make("label", {}, radio, make("span", {}, ...item.childNodes)));
      return radio;
    });
    list.before(group);
    group.append(list);
    add(sheet, list.dataset.isi, "Jawaban saya", group, () => radios.find(radio => radio.checked)?.value ?? "",
      value => { radios.forEach(radio => { radio.checked = radio.value === value; }); return !value || radios.some(radio => radio.checked); });
  };
  const cells = (sheet, table) => table.querySelectorAll("td").forEach(place => {
    place.dataset.isi = `b${place.parentNode.sectionRowIndex + 1}k${place.cellIndex + 1}`;
    cell(sheet, place);
  });
  const pairs = (sheet, table) => {
    const rows = [...table.rows].map(row => [...row.cells]);
    const right = rows.map(row => words(row[1])).filter(Boolean);
    rows.filter(([left]) => words(left)).forEach(([left], index) => {
      const name = words(left);
      const select = label(make("select", {}, new Option("– pilih –", ""), ...right.map(value => new Option(value, value))), `Pasangan ${name}`);
      const box = make("div", { className: "bidang" }, select);
      const fit = () => { box.dataset.teks = select.value ? `→ ${select.value}` : "→ ………"; };
      select.addEventListener("input", fit);
      left.append(box);
      fit();
      add(sheet, `${table.dataset.isi}${index + 1}`, name, select, () => select.value.replace(/^[A-Z]\. /, ""), value => {
        select.value = right.find(option => option.replace(/^[A-Z]\. /, "") === value) ?? "";
        fit();
        return !value || select.value !== "";
      });
    });
  };

  // Saving. What could not be stored is tried again with the next letter.
  const unsaved = new Map();
  let reason = "";
  const why = value => {
    try {
      localStorage.setItem("pilar:uji", value);
      localStorage.removeItem("pilar:uji");
      return "penyimpanan peramban penuh";
    } catch (error) {
      return /quota/i.test(error.name) ? "penyimpanan peramban penuh" : "peramban ini melarang halaman menyimpan";
    }
  };
  const put = (key, value) => {
    const done = value === "" ? store.remove(key) && store.get(key) === null : store.set(key, value) && store.get(key) === value;
    if (done) unsaved.delete(key);
    else { unsaved.set(key, value); reason = why(value); }
    return done;
  };
  const save = field => {
    const { code, shape } = field.sheet;
    const filled = fields.some(other => other.sheet === field.sheet && other.read());
    put(field.key, field.read());
    put(`${code}:bentuk`, filled ? store.get(`${code}:bentuk`) ?? shape : "");
    for (const [key, value] of [...unsaved]) put(key, value);
    tell("Tersimpan di perangkat ini.");
  };
  const status = make("p", { role: "status" });
  const tell = good => {
    const said = unsaved.size ? `Belum tersimpan: ${reason}. Kirim atau salin isian Anda sebelum menutup halaman ini.` : good;
    bar.classList.toggle("gagal", unsaved.size > 0);
    if (status.textContent !== said) status.textContent = said;
  };
  addEventListener("beforeunload", event => { if ([...unsaved.values()].some(Boolean)) event.preventDefault(); });

  // What is stored, into the fields. Gives the texts of each sheet that no field can show any more.
  const show = () => {
    const lost = new Map(sheets.map(sheet => [sheet, []]));
    const keys = store.keys();
    for (const field of fields) {
      const value = store.get(field.key) ?? "";
      if (unsaved.has(field.key) || value === field.read()) continue;
      if (!field.write(value)) lost.get(field.sheet).push(value);
    }
    const known = new Set(fields.map(field => field.key));
    for (const sheet of sheets) {
      const gone = keys.filter(key => key.startsWith(`${sheet.code}:`) && key !== `${sheet.code}:bentuk` && !known.has(key));
      lost.get(sheet).push(...gone.map(key => store.get(key)));
    }
    return lost;
  };

  // A sheet that asks something else than when it was filled in says so, and what has no place any more.
  const kinds = [["soal", "Soal"], ["lembar-kerja", "Lembar kerja"], ["latihan", "Latihan"], ["kasus", "Kasus"], ["diskusi", "Diskusi"], ["refleksi", "Refleksi"], ["task-list", "Daftar"]];
  const compare = lost => {
    document.querySelectorAll(".isian-berubah").forEach(note => note.remove());
    for (const sheet of sheets) {
      const was = store.get(`${sheet.code}:bentuk`);
      const texts = lost.get(sheet);
      const filled = texts.length || fields.some(field => field.sheet === sheet && field.read());
      // Once twice as much of the digest was stored.
      if (!filled || was?.startsWith(sheet.shape) || (was === null && !texts.length)) continue;
      const kind = kinds.find(([name]) => sheet.element.classList.contains(name))?.[1] ?? "Bagian";
      const done = make("button", { type: "button" }, "Sudah saya periksa");
      const note = make("div", { className: "isian-berubah" }, make("p", {}, `${kind} ini berubah sejak Anda mengisinya. Isian Anda tidak hilang; periksalah kembali.`));
      if (texts.length) note.append(make("p", {}, "Yang tidak punya tempat lagi:"), make("ul", {}, ...texts.map(value => make("li", {}, value))));
      note.append(done);
      done.addEventListener("click", () => { put(`${sheet.code}:bentuk`, sheet.shape); note.remove(); tell("Tersimpan di perangkat ini."); });
      const head = sheet.element.querySelector(":scope > .kepala, :scope > .label");
      if (head) head.after(note); else sheet.element.before(note);
    }
  };
  const refresh = () => compare(show());

  const sheets = [...document.querySelectorAll("[data-bentuk]")].map(element => ({
    element,
    code: element.dataset.kode ?? element.dataset.lembar,
    shape: element.dataset.bentuk,
    version: document.querySelector("[data-versi]").dataset.versi,
    title: element.dataset.nama ?? words([".kepala .judul", ".label .kode", ".label"].map(name => element.querySelector(name)).find(Boolean)),
  }));
  const build = { TD: cell, DIV: lines, INPUT: tick, OL: choices, TABLE: (sheet, table) => (table.matches(".isian") ? cells : pairs)(sheet, table) };
  for (const place of document.querySelectorAll("[data-isi]")) {
    const sheet = sheets.find(({ element }) => element === place.closest("[data-bentuk]"));
    build[place.tagName]?.(sheet, place);
  }

  const more = make("button", { type: "button" }, "Kirim, cetak …");
  more.setAttribute("aria-haspopup", "dialog");
  const bar = label(make("div", { className: "isian-bilah", role: "group" }, status, more), "Isian Anda di halaman ini");
  (sheets[0].element.closest("article") ?? document.body).append(bar);
  window.pilar.isian = { fields, sheets, make, words, put, refresh, tell };
  more.addEventListener("click", async () => { await window.pilar.load("kirim"); window.pilar.isian.open(); });
  if (document.querySelector("[data-kunci]")) window.pilar.load("periksa");

  refresh();
  if (!put("uji", "1")) unsaved.delete("uji");
  if (reason) { bar.classList.add("gagal"); status.textContent = `Isian tidak dapat disimpan: ${reason}. Anda tetap dapat mengisi, mengirim, dan mencetak.`; }
  else { put("uji", ""); tell(fields.some(field => field.read()) ? "Tersimpan di perangkat ini." : "Yang Anda isi disimpan di perangkat ini saja."); }
  // Written in another window, or on another page before the browser's "back".
  addEventListener("storage", refresh);
  addEventListener("pageshow", event => { if (event.persisted) refresh(); });
})();
