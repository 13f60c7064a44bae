// In class: what goes on now, and one activity at a time with a countdown. All it knows stands in the page.
(() => {
  "use strict";
  const { store, announce } = window.pilar;
  const place = document.querySelector("[data-kelas]");
  const MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const ahead = place.dataset.zona * HOUR;

  const make = (tag, attributes = {}, ...content) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...content);
    return element;
  };
  const button = (text, onclick, className = "kelas-tombol") => make("button", { type: "button", className, onclick }, text);
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const two = number => String(number).padStart(2, "0");
  // The wall clock of the run, wherever the phone thinks it is: read it with the UTC methods of Date.
  const wall = time => new Date(time + ahead);
  const clock = time => `${two(wall(time).getUTCHours())}.${two(wall(time).getUTCMinutes())}`;
  const date = time => wall(time).toLocaleDateString("id-ID", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const span = element => [...element.querySelectorAll("time")].slice(0, 2).map(one => Date.parse(one.dateTime));
  const minutes = time => Math.ceil(time / MINUTE);
  const until = (time, now) => {
    const days = Math.floor((time + ahead) / DAY) - Math.floor((now + ahead) / DAY);
    const left = minutes(time - now);
    if (left < 60) return `${left} menit lagi`;
    if (!days) return `${Math.floor(left / 60)} jam${left % 60 ? ` ${left % 60} menit` : ""} lagi`;
    return days === 1 ? "besok" : `${days} hari lagi`;
  };

  // Rehearsing: how far the clock is put from the real one, until this tab closes.
  const SHIFT = "pilar:kelas:geser";
  let shift = 0;
  try { shift = Number(sessionStorage.getItem(SHIFT)) || 0; } catch { /* forbidden: this page alone rehearses */ }
  const setShift = value => {
    shift = value;
    try { if (value) sessionStorage.setItem(SHIFT, value); else sessionStorage.removeItem(SHIFT); } catch { /* as above */ }
  };
  const now = () => Date.now() + shift;
  const banner = make("p", { className: "kelas-latihan", hidden: true });
  const showBanner = back => {
    banner.hidden = !shift;
    if (shift) banner.replaceChildren(`Sedang berlatih dengan jam lain. `, button("Kembali ke jam sebenarnya", () => { setShift(0); back(); }));
  };

  // A session that begins late: `sesi`, the instant at which the timetable has it begin, `telat`, the minutes,
  // and `pada`, when that was chosen. What is left out then stands in the box of the session.
  const LATE = "kelas:telat";
  const day = time => Math.floor((time + ahead) / DAY);
  const boxes = [...place.querySelectorAll(".kelas-telat")].map(box => {
    const summary = box.querySelector("summary");
    return { box, summary, original: [...summary.childNodes], from: span(box)[0], module: box.dataset.modul };
  });
  let late = null, unsaved = false;
  const readLate = () => {
    if (unsaved) return;
    try { late = JSON.parse(store.get(LATE)); } catch { late = null; }
    if (late?.pada < Date.now() - 6 * HOUR) late = null;
  };
  const variant = () => late && boxes.find(one => one.from === late.sesi)?.box.querySelector(`[data-telat="${late.telat}"]`);
  const cutOf = code => variant()?.querySelector(`[data-kode="${code}"]`);
  const sessionOf = ({ code, from }) => {
    const found = boxes.filter(one => code?.startsWith(`${one.module}-`) && day(one.from) === day(from) && one.from <= from);
    return found.find(one => one.from === late?.sesi) ?? found.at(-1);
  };
  // Turns of activities, `{ code, from, to }` in order, as they are when that session begins late: pauses stay where they are.
  const rearranged = turns => {
    if (!variant()) return turns;
    const moved = turns.filter(turn => sessionOf(turn)?.from === late.sesi);
    const left = new Map();
    for (const { code, from, to } of moved) left.set(code, (left.get(code) ?? 0) + to - from);
    for (const code of left.keys()) if (cutOf(code)) left.set(code, cutOf(code).dataset.potong * MINUTE);
    const found = turns.filter(turn => !moved.includes(turn));
    let time = late.sesi + late.telat * MINUTE;
    for (const [code, whole] of left) {
      for (let rest = whole; rest > 0;) {
        const room = moved.find(({ to }) => to > time);
        const from = Math.max(time, room?.from ?? time);
        time = Math.min(from + rest, room?.to ?? Infinity);
        rest -= time - from;
        const last = found.at(-1);
        if (last?.code === code && last.to === from) last.to = time; else found.push({ code, from, to: time });
      }
    }
    return found.sort((one, other) => one.from - other.from);
  };
  // Makes buttons of the boxes' minutes; `arrange` runs now and after each choice.
  const offerLate = arrange => {
    const show = () => {
      for (const { box, summary, original, from } of boxes) {
        const ours = late?.sesi === from ? variant() : null;
        summary.replaceChildren(...(ours ? [`Terlambat ${late.telat} menit. `, make("span", {}, ours.lastElementChild.textContent)] : original));
        box.classList.toggle("dipilih", Boolean(ours));
        box.querySelectorAll("button").forEach(one => one.setAttribute("aria-pressed", String((ours?.dataset.telat ?? "0") === one.value)));
      }
      arrange();
    };
    const choose = (one, telat) => {
      late = telat ? { sesi: one.from, telat, pada: Date.now() } : null;
      unsaved = !(late ? store.set(LATE, JSON.stringify(late)) : store.remove(LATE));
      one.box.open = false;
      show();
      one.summary.focus();
      announce(late ? one.summary.textContent : "Tepat waktu");
    };
    for (const one of boxes) {
      const pick = (telat, text) => Object.assign(button(text, () => choose(one, telat)), { value: telat });
      for (const item of one.box.querySelectorAll("[data-telat]")) item.firstElementChild.replaceWith(pick(Number(item.dataset.telat), `${item.dataset.telat} menit`));
      one.box.querySelector("ul").prepend(make("li", {}, pick(0, "Tepat waktu")));
    }
    readLate();
    show();
    addEventListener("pageshow", event => { if (event.persisted) { readLate(); show(); } });
  };

  // Runs `draw` now, each `period` while the page is seen, and whenever it is seen again.
  const keep = (draw, period) => {
    setInterval(() => { if (!document.hidden) draw(); }, period);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) draw(); });
    addEventListener("pageshow", draw);
    draw();
  };

  const whatIsNow = () => {
    const rows = [...place.querySelectorAll(".kelas-daftar > li")].map(row => {
      const when = row.querySelector(".kelas-kapan");
      return { row, code: row.dataset.kegiatan, from: span(row)[0], to: span(row)[1], when, original: [...when.childNodes] };
    });
    let shown;
    // What the list has when a session begins late: a turn is in the row of its activity.
    let turns = rows;
    const arrange = () => {
      const found = rearranged(rows);
      const moved = rows.filter(one => !found.includes(one));
      const next = new Map();
      turns = found.map(turn => {
        if (turn.row) return turn;
        const own = moved.filter(({ code }) => code === turn.code);
        next.set(turn.code, (next.get(turn.code) ?? -1) + 1);
        return { ...turn, row: own[Math.min(next.get(turn.code), own.length - 1)].row };
      });
      for (const { row, code, when, original } of rows) {
        const own = turns.filter(turn => turn.row === row);
        const changed = moved.some(one => one.row === row);
        row.hidden = changed && !own.length && turns.some(turn => turn.code === code && !rows.includes(turn));
        row.classList.toggle("lewat", changed && !own.length);
        when.replaceChildren(...(changed ? [own.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join("; ") || "dilewati"] : original));
      }
      shown = undefined;
    };
    const homes = boxes.map(({ box }) => { const home = document.createComment(""); box.before(home); return home; });
    const offerAt = turn => boxes.forEach(({ box }, index) => {
      if (box === (turn && sessionOf(turn)?.box)) { if (box.parentNode !== card) next.before(box); }
      else if (box.parentNode === card) homes[index].after(box);
    });
    const card = place.querySelector(".kelas-kini");
    const [time, state, left, body, next] = ["kelas-jam", "kelas-keadaan", "kelas-sisa", "kelas-isi", "kelas-nanti"].map(className => make("div", { className }));
    const today = make("a");
    card.append(banner, time, state, left, body, next, make("p", { className: "kelas-jalan" }, today));
    card.hidden = false;
    place.dataset.siap = "";

    const copy = (row, selector) => row.querySelector(selector)?.cloneNode(true) ?? "";
    const open = row => {
      const [name, links] = [copy(row, ".kelas-nama"), copy(row, ".kelas-jalan")];
      const title = links && name.querySelector("a");
      if (title) {
        links.prepend(make("a", { href: title.href, className: "kelas-utama" }, "Buka di kelas"));
        title.replaceWith(title.textContent);
      }
      return [copy(row, ".kelas-kapan"), name, links];
    };
    const coming = ({ row, from }, moment) => {
      const day = Math.floor((from + ahead) / DAY) !== Math.floor((moment + ahead) / DAY) ? `${date(from)}, ` : "";
      return [make("span", { className: "kelas-label" }, `Berikutnya, ${day}${clock(from)}`), copy(row, ".kelas-nama")];
    };
    const say = (current, before, after) => {
      if (current) return "";
      if (!before) return "Pelatihan belum mulai";
      if (!after) return "Pelatihan sudah selesai";
      const [one, other] = [before, after].map(found => found.row.parentElement.dataset.hari);
      return one === other ? "Belum ada acara" : `Hari ${one} sudah selesai`;
    };

    const draw = () => {
      const moment = now();
      const current = turns.find(({ from, to }) => from <= moment && moment < to);
      const after = turns.find(({ from }) => from > moment);
      const before = turns.filter(({ to }) => to <= moment).pop();
      write(time, `${date(moment)}, ${clock(moment)} ${place.dataset.namaZona}`);
      write(left, current ? `${minutes(current.to - moment)} menit lagi` : after ? `${before ? "Lanjut" : "Mulai"} ${until(after.from, moment)}` : "");
      left.hidden = !left.textContent;
      const key = [current, after, before].map(turn => turns.indexOf(turn)).join();
      if (key === shown) return;
      write(state, say(current, before, after));
      state.hidden = !state.textContent;
      body.replaceChildren(...(current ? open(current.row) : []));
      if (!after && !current) body.replaceChildren("Untuk membuka sebuah kegiatan, pilihlah dari daftar di bawah.");
      offerAt(current?.code ? current : after);
      next.hidden = !after;
      next.replaceChildren(...(after ? coming(after, moment) : []));
      const { hari } = (current ?? after ?? before)?.row.parentElement.dataset ?? {};
      today.hidden = !hari;
      today.href = `#hari-${hari}`;
      today.textContent = `Jadwal hari ${hari}`;
      for (const { row } of rows) row.removeAttribute("aria-current");
      current?.row.setAttribute("aria-current", "true");
      if (shown !== undefined) announce(current ? `Sekarang: ${current.row.querySelector(".kelas-nama").textContent.trim()}` : state.textContent);
      shown = key;
    };
    const again = () => { showBanner(again); draw(); };

    const rehearse = place.querySelector(".kelas-coba");
    const form = rehearse.querySelector("form");
    rehearse.hidden = false;
    form.elements.jam.value = clock(now()).replace(".", ":");
    form.addEventListener("submit", event => {
      event.preventDefault();
      const [hour, minute] = form.elements.jam.value.split(":").map(Number);
      setShift(Date.parse(form.elements.hari.value) + hour * HOUR + minute * MINUTE - Date.now());
      rehearse.open = false;
      again();
      card.scrollIntoView({ block: "nearest" });
    });
    showBanner(again);
    offerLate(() => { arrange(); draw(); });
    keep(draw, 2000);
  };

  // The screen stays on while a countdown runs (Screen Wake Lock API); the browser lets go when the page is hidden.
  let lock;
  const awake = async on => {
    if (!on) { lock?.release(); lock = undefined; return; }
    if ((lock && !lock.released) || document.hidden || !navigator.wakeLock) return;
    try { lock = await navigator.wakeLock.request("screen"); } catch { /* low battery, or forbidden */ }
  };

  // Two short tones, and a buzz, where the trainer asked for them.
  const LOUD = "kelas:bunyi";
  let sound;
  const ready = () => { if (store.get(LOUD) && !sound && window.AudioContext) sound = new AudioContext(); sound?.resume(); };
  const ring = () => {
    if (!store.get(LOUD)) return;
    navigator.vibrate?.([300, 150, 300]);
    for (const start of sound ? [0, 0.5] : []) {
      const tone = sound.createOscillator();
      tone.connect(sound.destination);
      tone.start(sound.currentTime + start);
      tone.stop(sound.currentTime + start + 0.25);
    }
  };

  const oneAtATime = () => {
    const sections = [...place.querySelectorAll(".kelas-kegiatan")];
    place.dataset.siap = "";
    place.prepend(banner);
    const timers = sections.map(countdown);
    const turns = sections.flatMap(section => [...section.querySelectorAll("[data-habis]")].map(turn => ({ code: section.dataset.kegiatan, from: span(turn)[0], to: span(turn)[1], planned: true })));
    let active;
    const chosen = () => sections.find(section => `#${section.querySelector("h2").id}` === decodeURIComponent(location.hash).toLowerCase());
    const byClock = () => sections[timers.findIndex(timer => timer.turns.some(({ to }) => now() < to))] ?? sections[0];
    const show = () => {
      const section = chosen() ?? active ?? byClock();
      if (section === active) return;
      for (const other of sections) other.hidden = other !== section;
      active = section;
      offer();
      section.querySelector("h2").focus({ preventScroll: true });
      draw();
    };
    // The box of the session that holds the activity, below its times.
    const offer = () => {
      const own = turns.filter(({ code }) => code === active.dataset.kegiatan);
      const session = own.map(sessionOf)[Math.max(0, own.findIndex(({ to }) => now() < to))];
      for (const { box } of boxes) box.hidden = box !== session?.box;
      if (session) active.querySelector(".kelas-ringkas").after(session.box);
    };
    const arrange = () => {
      const found = rearranged(turns);
      timers.forEach((timer, index) => timer.arrange(found.filter(({ code }) => code === sections[index].dataset.kegiatan)));
      for (const link of place.querySelectorAll(".kelas-urut a")) {
        const code = decodeURIComponent(link.hash).slice(1).toUpperCase();
        link.classList.toggle("lewat", cutOf(code)?.dataset.menit === "0");
      }
      if (active) { offer(); draw(); }
    };
    const draw = () => { awake(timers.map(timer => timer.draw()).some(Boolean)); };
    const again = () => { showBanner(again); draw(); };
    offerLate(arrange);
    addEventListener("hashchange", show);
    show();
    showBanner(again);
    keep(draw, 500);
  };

  // A countdown knows when it ends, not how much is left: a phone that slept, or a page opened anew, is right at once.
  // Stored: `selesai`, the instant of its end (or `sisa`, ms left, while it pauses), and `habis`, the minutes of the activity that are over then.
  const countdown = section => {
    const code = section.dataset.kegiatan;
    let whole = Number(section.dataset.menit);
    const steps = [...section.querySelectorAll(".kelas-langkah > li")];
    const timed = steps.length > 0 && steps.every(step => step.dataset.menit);
    const given = steps.map(step => Number(step.dataset.menit));
    let parts = given, ends;
    const key = `kelas:${code}`;
    let state = null;
    try { state = JSON.parse(store.get(key)); } catch { /* not ours: begin anew */ }
    // What ended long ago was forgotten, not stopped.
    if (state?.selesai < Date.now() - 6 * HOUR) state = null;
    let over = state?.selesai <= Date.now();
    const set = value => {
      state = value;
      over = false;
      if (value) store.set(key, JSON.stringify(value)); else store.remove(key);
      ready();
      draw();
      (section.querySelector(".kelas-langkah > [aria-current]") ?? box).scrollIntoView({ block: "nearest" });
    };

    const left = make("p", { className: "kelas-angka" });
    left.setAttribute("role", "timer");
    const words = make("p", { className: "kelas-kata" });
    const begin = button("", () => set({ selesai: Date.now() + whole * MINUTE, habis: whole }), "kelas-tombol kelas-utama");
    const planned = button("", () => { const { end, habis } = turn(); set({ selesai: end - shift, habis }); });
    const pause = button("Jeda", () => set({ sisa: state.selesai - Date.now(), habis: state.habis }));
    const resume = button("Lanjutkan", () => set({ selesai: Date.now() + state.sisa, habis: state.habis }), "kelas-tombol kelas-utama");
    const more = button("+1 menit", () => set({ ...state, selesai: Math.max(state.selesai, Date.now()) + MINUTE }));
    const stop = button("Selesai", () => set(null));
    const buttons = [begin, planned, pause, resume, more, stop];
    const box = make("div", { className: "kelas-hitung" }, left, words, make("div", { className: "kelas-deret" }, ...buttons));
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `Hitung mundur ${code}`);
    const loud = make("input", { type: "checkbox", checked: Boolean(store.get(LOUD)), onchange: () => { if (loud.checked) store.set(LOUD, "1"); else store.remove(LOUD); ready(); } });
    section.append(box);
    section.querySelector(".kelas-urut").after(make("label", { className: "kelas-bunyi" }, loud, " Bunyi dan getar saat waktu habis"));

    const labels = !timed ? [] : steps.map((step, index) => {
      const label = step.querySelector(".kelas-menit");
      const start = button("", () => set({ selesai: Date.now() + (whole - (ends[index] - parts[index])) * MINUTE, habis: whole }), "kelas-menit");
      start.replaceChildren(...label.childNodes);
      label.replaceWith(start);
      return start;
    });

    // Times and minutes as they are with the choice of a late session.
    const timer = { turns: [] };
    const when = section.querySelector(".kelas-kapan");
    const original = [...when.childNodes];
    const changed = make("p", { className: "kelas-kabar" });
    when.after(changed);
    timer.arrange = turns => {
      const cut = cutOf(code);
      const dropped = cut?.dataset.menit === "0";
      const moved = turns.some(turn => !turn.planned);
      timer.turns = turns;
      whole = Number((!dropped && cut || section).dataset.menit);
      parts = cut?.dataset.langkah?.split(" ").map(Number) ?? given;
      ends = parts.map((_, index) => parts.slice(0, index + 1).reduce((sum, part) => sum + part, 0));
      if (state) state.habis = Math.min(state.habis, whole);
      write(begin, `Mulai ${whole} menit`);
      labels.forEach((label, index) => {
        label.firstChild.data = `${parts[index]} `;
        label.setAttribute("aria-label", `Langkah ${index + 1}, ${parts[index]} menit: mulai dari sini`);
      });
      when.replaceChildren(...(moved ? [turns.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join("; ")] : original));
      write(changed, dropped ? "Dilewati, karena sesi terlambat mulai." : cut ? `Disingkatkan dari ${section.dataset.menit} ke ${whole} menit.` : "");
      changed.hidden = !changed.textContent;
    };

    // The turn that there is now: until when, and how many minutes of the activity are over then.
    const turn = () => {
      const moment = now();
      let habis = 0;
      for (const { from, to } of timer.turns) {
        habis += (to - from) / MINUTE;
        if (from <= moment && moment < to) return { end: to, habis };
      }
      return null;
    };
    const digits = time => {
      const seconds = Math.ceil(time / 1000);
      return `${Math.floor(seconds / 60)}.${two(seconds % 60)}`;
    };
    const spoken = rest => {
      if (rest <= 0) return rest > -MINUTE ? "Waktu habis" : `Waktu habis ${Math.floor(-rest / MINUTE)} menit yang lalu`;
      const index = current(rest);
      if (index < 0) return state.sisa !== undefined ? "Dijeda" : "Sisa waktu";
      const stepLeft = minutes(rest - (state.habis - ends[index]) * MINUTE);
      const step = `Langkah ${index + 1} dari ${steps.length}, ${stepLeft > 0 ? `sisa ${stepLeft} menit` : "waktunya habis"}`;
      return state.sisa !== undefined ? `Dijeda. ${step}` : step;
    };
    const current = rest => {
      if (!timed) return -1;
      const gone = state.habis - rest / MINUTE;
      const index = ends.findIndex(end => gone < end);
      return index < 0 ? steps.length - 1 : index;
    };

    const draw = timer.draw = () => {
      const now = turn();
      const paused = state?.sisa !== undefined;
      const rest = state ? (paused ? state.sisa : state.selesai - Date.now()) : 0;
      const done = Boolean(state) && rest <= 0;
      write(left, state ? (done ? "0.00" : digits(rest)) : "");
      left.hidden = !state;
      write(words, state ? spoken(rest) : now ? `Menurut jadwal selesai pukul ${clock(now.end)}, ${until(now.end, Date.now() + shift)}` : "");
      words.hidden = !words.textContent;
      if (now) write(planned, `Sampai pukul ${clock(now.end)}`);
      const visible = { begin: !state, planned: !state && now, pause: state && !paused && !done, resume: paused, more: state && !paused, stop: state };
      buttons.forEach((one, index) => { one.hidden = !Object.values(visible)[index]; });
      box.classList.toggle("kelas-habis", done);
      const index = state && !done ? current(rest) : -1;
      steps.forEach((step, number) => { if (number === index) step.setAttribute("aria-current", "step"); else step.removeAttribute("aria-current"); });
      if (done && !over) { over = true; ring(); announce(`Waktu habis: ${code}`); }
      return Boolean(state) && !paused && !done;
    };
    return timer;
  };

  if (place.dataset.kelas === "sekarang") whatIsNow(); else oneAtATime();
})();
