// On the home page and the timetable: marks what goes on now, by the clock of this device.
(() => {
  "use strict";
  const days = [...document.querySelectorAll("[data-tanggal]")].map(element => ({
    element,
    date: element.dataset.tanggal,
    name: element.querySelector("h2, h3").firstChild.textContent.split(":")[0],
    long: element.querySelector("h3 span")?.textContent,
    slots: [...element.querySelectorAll("[data-jam]")].map(slot => {
      const [start, end] = slot.dataset.jam.split("-").map(Number);
      return { element: slot, start, end };
    }),
  })).filter(day => day.slots.length);
  if (!days.length) return;
  const zone = { WIB: 7, WITA: 8, WIT: 9 }[document.querySelector("[data-zona]").dataset.zona];
  const MINUTE = 60000, DAY = 1440 * MINUTE;
  const clock = minutes => `${String(Math.floor(minutes / 60)).padStart(2, "0")}.${String(minutes % 60).padStart(2, "0")}`;

  // Text and link of an entry, without its hour; a copy, for the entry stays where it is.
  const entry = slot => {
    const link = slot.element.querySelector("a");
    const name = document.createElement(link ? "a" : "span");
    if (link) name.href = link.href;
    name.textContent = link ? link.textContent : slot.element.lastChild.textContent.trim();
    return name;
  };
  const time = text => Object.assign(document.createElement("span"), { className: "jam", textContent: text });

  // What the box of the home page says: when, and an entry or a sentence.
  const told = (today, now) => {
    const day = days.find(one => one.date >= today);
    const first = days[0], last = days.at(-1);
    if (!day || (day === last && day.date === today && now >= last.slots.at(-1).end)) {
      return ["Pelatihan ini sudah selesai", ["Bahan dan isian Anda tetap dapat dibuka di sini."]];
    }
    const distance = Math.round((new Date(day.date) - new Date(today)) / DAY);
    if (distance > 0) {
      const when = distance === 1 ? "besok" : day === first ? `${distance} hari lagi` : day.long;
      return [`${day === first ? "Mulai" : day.name}: ${when}`, [time(clock(day.slots[0].start)), entry(day.slots[0])]];
    }
    const running = day.slots.find(slot => slot.start <= now && now < slot.end);
    const next = day.slots.find(slot => slot.start > now);
    if (running) {
      const then = next ? ["Berikutnya ", time(clock(next.start)), entry(next)] : [];
      return [`Sekarang, ${day.name.toLowerCase()}, sampai ${clock(running.end)}`, [entry(running)], then];
    }
    if (next) return [`${day.name}, hari ini`, [time(clock(next.start)), entry(next)]];
    const tomorrow = days[days.indexOf(day) + 1];
    return [`${day.name} selesai. ${tomorrow.name}, ${tomorrow.long}`, [time(clock(tomorrow.slots[0].start)), entry(tomorrow.slots[0])]];
  };

  const paragraph = (name, parts) => {
    const made = document.createElement("p");
    made.className = name;
    made.append(...parts.flatMap(part => [part, " "]));
    return made;
  };
  const show = () => {
    const there = new Date(Date.now() + zone * 60 * MINUTE);
    const today = there.toISOString().slice(0, 10), now = there.getUTCHours() * 60 + there.getUTCMinutes();
    for (const day of days) {
      day.element.classList.toggle("hari-ini", day.date === today);
      for (const slot of day.slots) {
        slot.element.classList.toggle("kini", day.date === today && slot.start <= now && now < slot.end);
      }
    }
    for (const link of document.querySelectorAll("[data-hari]")) {
      if (link.dataset.hari === today) link.setAttribute("aria-current", "date");
      else link.removeAttribute("aria-current");
    }
    const box = document.getElementById("hari-ini");
    if (box) {
      const [when, what, then = []] = told(today, now);
      box.replaceChildren(paragraph("saat", [when]), paragraph("acara", what), ...(then.length ? [paragraph("nanti", then)] : []));
    }
  };
  show();
  setInterval(show, MINUTE / 2);
  document.addEventListener("visibilitychange", () => document.hidden || show());
})();
