// A term of the glossary, or an abbreviation: what it means, beside the text. Loaded on first tap.
(() => {
  "use strict";
  const box = document.createElement("div");
  box.id = "istilah";
  box.className = "pilar-istilah";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  document.body.append(box);
  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  let origin;

  const open = element => {
    origin = element;
    const known = window.pilar.glosarium[decodeURIComponent((element.hash ?? "").slice(1))];
    const [term, long, meaning] = known ?? [element.textContent, "", element.title];
    const name = document.createElement("p");
    name.append(made("strong", term), long ? ` (${long})` : "");
    const ways = document.createElement("p");
    if (element.href) ways.append(made("a", "Buka di glosarium", { href: element.href }), " ");
    ways.append(made("button", "Tutup", { type: "button", onclick: () => box.hidePopover() }));
    box.setAttribute("aria-label", `Arti ${term}`);
    box.replaceChildren(name, made("p", meaning), ways);
    box.showPopover();
    place(element.getBoundingClientRect());
    box.focus();
  };

  // Below its term, or above where there is no room; on a phone as wide as the screen.
  const place = at => {
    const { width, height } = box.getBoundingClientRect();
    const below = at.bottom + 8 + height <= innerHeight;
    box.style.left = `${Math.max(12, Math.min(at.left, document.documentElement.clientWidth - width - 12))}px`;
    box.style.top = `${Math.max(8, below ? at.bottom + 8 : at.top - height - 8)}px`;
  };
  addEventListener("scroll", () => box.matches(":popover-open") && place(origin.getBoundingClientRect()), { passive: true });
  box.addEventListener("toggle", event => {
    if (event.newState === "closed" && (document.activeElement === document.body || box.contains(document.activeElement))) origin.focus();
  });

  window.pilar.istilah = { open };
})();
