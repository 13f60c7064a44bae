// Opens what editions/seal sealed: passphrase to key, key to page. All of it happens in this browser.
(() => {
  "use strict";
  const load = JSON.parse(document.getElementById("muatan").textContent);
  const form = document.querySelector("form");
  const field = document.getElementById("sandi");
  const news = document.getElementById("berita");
  const root = new URL("../".repeat(load.nama.split("/").length - 1) || ".", location);
  const memory = `pilar-segel:${load.garam}`;
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const utf8 = text => new TextEncoder().encode(text);

  // As keys.py does; tests compare the two.
  const normalized = text => text.replace(/[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, "")
    .normalize("NFKC")
    .replace(/[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, "")
    .replace(/[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g, " ")
    .replace(/^ | $/g, "");

  const derived = async passphrase => {
    const word = await crypto.subtle.importKey("raw", utf8(normalized(passphrase)), "PBKDF2", false, ["deriveBits"]);
    const slow = { name: "PBKDF2", hash: "SHA-256", salt: bytes(load.garam), iterations: load.putaran };
    const secret = await crypto.subtle.importKey("raw", await crypto.subtle.deriveBits(slow, word, 256), "HKDF", false, ["deriveBits"]);
    const use = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("pilar segel isi") };
    return new Uint8Array(await crypto.subtle.deriveBits(use, secret, 256));
  };

  const opened = async (key, sealed, name) => {
    const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData: utf8(name) };
    const packed = await crypto.subtle.decrypt(how, aes, sealed.subarray(12));
    const small = new Uint8Array(packed, 4, new DataView(packed).getUint32(0));
    return new Response(new Blob([small]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
  };

  const say = (text, wrong) => {
    news.textContent = text;
    news.classList.toggle("salah", Boolean(wrong));
  };

  // The search hands over each piece of its index as it has come.
  const openPieces = key => {
    window.pilarSegel = async (name, sealed) => JSON.parse(await (await opened(key, bytes(sealed), name)).text());
  };

  const finish = () => {
    if (location.hash) location.replace(location.hash);
    const lock = document.createElement("button");
    lock.textContent = "Kunci situs ini";
    lock.className = "pilar-segel";
    lock.addEventListener("click", () => { sessionStorage.removeItem(memory); location.reload(); });
    (document.querySelector(".pilar-kaki") ?? document.body).append(lock);
  };

  const show = async key => {
    const plain = await opened(key, bytes(load.isi), load.nama);
    if (load.jenis !== "halaman") {
      const link = document.createElement("a");
      link.download = load.nama.split("/").pop().replace(/\.html$/, "");
      link.href = URL.createObjectURL(new Blob([plain], { type: load.jenis }));
      link.textContent = `Simpan ${link.download}`;
      form.remove();
      news.replaceChildren(link);
      document.querySelector("main").hidden = false;
      return;
    }
    const page = await plain.text();
    openPieces(key);
    document.open();
    document.addEventListener("DOMContentLoaded", finish);
    document.write(page);
    document.close();
  };

  const remembered = () => { try { return sessionStorage.getItem(memory); } catch { return null; } };
  const remember = key => { try { sessionStorage.setItem(memory, btoa(String.fromCharCode(...key))); } catch { /* forbidden: each page asks */ } };
  const damaged = "Isi halaman ini rusak atau tidak lengkap. Salin atau unduh ulang situsnya.";

  const start = async () => {
    if (!globalThis.isSecureContext || !crypto.subtle) {
      form.remove();
      say("Situs ini hanya dapat dibuka lewat alamat https:// atau langsung dari berkas di perangkat ini.", true);
    } else if (!globalThis.DecompressionStream) {
      form.remove();
      say("Peramban ini terlalu lama. Perbarui dahulu, lalu buka kembali situs ini.", true);
    } else if (remembered()) {
      try {
        return await show(bytes(remembered()));
      } catch {
        say(damaged, true);
      }
    }
    document.querySelector("main").hidden = false;
    field.focus();
  };

  document.getElementById("tampak").addEventListener("change", event => { field.type = event.target.checked ? "text" : "password"; });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say("Membuka …");
    const key = await derived(field.value);
    try {
      await opened(key, bytes(load.uji), "uji");
    } catch {
      say("Kata sandi ini tidak cocok. Periksa huruf besar, huruf kecil, dan spasinya, lalu coba lagi.", true);
      button.disabled = false;
      field.select();
      return;
    }
    remember(key);
    try {
      await show(key);
    } catch {
      say(damaged, true);
    }
  });
  start();
})();
