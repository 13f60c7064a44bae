// What is filled in leaves the page, or comes back: to send, to keep as a file, to load, to print, to clear.
(() => {
  "use strict";
  const { run, edition, store, isian } = window.pilar;
  const { fields, sheets, make, put, refresh, tell } = isian;
  const KIND = "isian-pilar";
  const ANSWER = /^[A-Z][A-Z0-9]+-[\w.-]+:\w+$/;
  const page = decodeURIComponent(location.pathname.split("/").pop()).replace(/\.html?$/, "") || "halaman";
  const title = document.querySelector("h1")?.firstChild?.textContent.trim() || document.title;
  const filled = () => fields.filter(field => field.read());
  const ofPage = key => sheets.some(({ code }) => key.startsWith(`${code}:`));

  // The file. What could not be stored is in it too: it is taken from the fields.
  const file = (all, type) => {
    const answers = {};
    for (const key of store.keys().filter(key => ANSWER.test(key) && (all || ofPage(key))).sort()) answers[key] = store.get(key);
    const names = {}, versions = {};
    for (const { key, read, name, sheet } of fields) {
      if (read()) {
        answers[key] = read();
        answers[`${sheet.code}:bentuk`] ??= sheet.shape;
        names[key] = name.includes(sheet.title) ? name : `${sheet.title}: ${name}`;
        versions[sheet.code.split("-")[0]] = sheet.version;
      } else delete answers[key];
    }
    const data = { jenis: KIND, format: 1, pelatihan: run, edisi: edition, halaman: all ? "semua" : title, dibuat: new Date().toISOString(), versi: versions, isian: answers, keterangan: names };
    return new File([JSON.stringify(data, null, 1)], `isian-${run}-${all ? "semua" : page}.${type}`, { type: type === "txt" ? "text/plain" : "application/json" });
  };
  // The same to read, as messengers show it: *bold*.
  const readable = () => {
    const parts = sheets.map(sheet => {
      const own = filled().filter(field => field.sheet === sheet);
      const one = own.length === 1 && own[0].name.startsWith("Jawaban saya");
      const lines = own.map(field => (one ? field.read() : field.element.type === "checkbox" ? `✓ ${field.name}` : `${field.name.split(`, ${sheet.title}`)[0]}: ${field.read()}`));
      return lines.length ? `*${sheet.title}*\n${lines.join("\n")}` : "";
    });
    return [`*Isian: ${title}*`, ...parts.filter(Boolean)].join("\n\n");
  };
  const download = data => {
    const link = make("a", { href: URL.createObjectURL(data), download: data.name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    say(`Berkas ${data.name} disimpan di unduhan.`);
  };
  // Browsers share only some kinds of files, .txt among them and .json not (Chromium's list of the Web Share API).
  const share = async (data, instead) => {
    if (!navigator.canShare?.(data)) return download(instead);
    try { await navigator.share(data); } catch (error) { if (error.name !== "AbortError") download(instead); }
  };
  const sendText = () => {
    const text = readable();
    return share({ title, text }, new File([text], `isian-${run}-${page}.txt`, { type: "text/plain" }));
  };
  const sendFile = () => share({ title, files: [file(false, "txt")] }, file(false, "json"));

  const read = async source => {
    let data;
    try { data = JSON.parse(await source.text()); } catch { data = null; }
    const answers = Object.entries(data?.isian ?? {});
    if (data?.jenis !== KIND || !answers.every(([key, value]) => ANSWER.test(key) && typeof value === "string")) return say("Berkas ini bukan berkas isian. Pilih berkas yang namanya berawal “isian-”.");
    if (data.pelatihan !== run) return say(`Berkas ini dari pelatihan lain (${data.pelatihan}). Muatlah di situs pelatihan itu.`);
    const others = answers.filter(([key, value]) => !key.endsWith(":bentuk") && (store.get(key) ?? value) !== value).length;
    if (others && !confirm(`${others} isian di perangkat ini berbeda dan akan diganti dengan isi berkas. Lanjutkan?`)) return undefined;
    const failed = answers.filter(([key, value]) => !put(key, value)).length;
    refresh();
    tell("Tersimpan di perangkat ini.");
    const count = answers.filter(([key]) => !key.endsWith(":bentuk")).length;
    return say(failed ? `Hanya sebagian yang dapat disimpan: ${failed} isian gagal.` : `${count} isian dimuat.`);
  };
  const clear = all => {
    if (!confirm(all ? "Hapus semua isian pelatihan ini dari perangkat ini? Ini tidak dapat dibatalkan." : "Kosongkan semua isian di halaman ini? Ini tidak dapat dibatalkan.")) return;
    for (const key of store.keys().filter(key => ANSWER.test(key) && (all || ofPage(key)))) put(key, "");
    for (const field of fields) { field.write(""); put(field.key, ""); }
    refresh();
    tell("Isian sudah dikosongkan.");
    say("Isian sudah dikosongkan.");
  };

  const news = make("p", { role: "status", className: "kabar" });
  const say = text => { news.textContent = text; };
  const button = (text, act) => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", act);
    return element;
  };
  const picker = make("input", { type: "file", accept: ".json,.txt,application/json,text/plain", hidden: true });
  picker.addEventListener("change", async () => { if (picker.files[0]) await read(picker.files[0]); picker.value = ""; });
  const canShare = Boolean(navigator.share);
  const count = make("p", {});
  const dialog = make("dialog", { className: "isian-dialog" },
    make("h2", { id: "isian-judul" }, "Isian Anda"), count,
    button(canShare ? "Kirim sebagai teks" : "Simpan sebagai teks", sendText),
    button(canShare ? "Kirim sebagai berkas" : "Simpan sebagai berkas", sendFile),
    button("Cetak halaman ini", () => { dialog.close(); print(); }),
    button("Simpan cadangan semua halaman", () => download(file(true, "json"))),
    button("Muat berkas isian", () => picker.click()), picker,
    button("Kosongkan halaman ini", () => clear(false)),
    button("Hapus semua isian pelatihan ini", () => clear(true)),
    news, button("Tutup", () => dialog.close()));
  dialog.setAttribute("aria-labelledby", "isian-judul");
  document.body.append(dialog);
  isian.open = () => {
    say("");
    count.textContent = `${filled().length} isian terisi di halaman ini. Berkas isian dapat dimuat lagi, juga di ponsel lain.`;
    dialog.showModal();
  };
})();
