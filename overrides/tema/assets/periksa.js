// Self-check: answers to questions whose key participants may see. The key shows once an answer was checked.
(() => {
  "use strict";
  const { fields, make } = window.pilar.isian;
  const plain = text => text.toLowerCase().normalize("NFKC").replace(/[\s.,;:!?"“”'’]+/g, " ").trim();
  const letter = field => {
    const options = field.element.matches("select")
      ? [...field.element.options].map(option => option.value).filter(Boolean)
      : [...field.element.querySelectorAll("input")].map(radio => radio.value);
    const chosen = field.element.matches("select") ? field.element.value : field.read();
    return String.fromCharCode(65 + options.indexOf(chosen));
  };
  const judged = (own, accepted) => {
    if (own.some(field => !field.read())) return [own.length > 1 ? "Lengkapi jawaban Anda dahulu." : "Jawablah dahulu.", false];
    if (!accepted.length) return ["Bandingkan jawaban Anda dengan kunci di bawah ini.", true];
    if (own[0].element.matches("input, textarea")) {
      return [accepted.map(plain).includes(plain(own[0].read())) ? "Benar." : "Belum sama dengan kunci. Bandingkan dengan kunci di bawah ini.", true];
    }
    const right = own.filter((field, index) => letter(field) === accepted[index]).length;
    if (own.length > 1) return [right === own.length ? "Benar semua." : `${right} dari ${own.length} pasangan benar.`, true];
    return [right ? "Benar." : "Belum benar.", true];
  };
  for (const key of document.querySelectorAll("[data-kunci]")) {
    const question = key.closest("[data-bentuk]");
    const own = fields.filter(field => field.sheet.element === question);
    const result = make("p", { className: "hasil", role: "status" });
    const check = make("button", { type: "button", className: "isian-periksa" }, "Periksa");
    check.setAttribute("aria-label", `Periksa ${question.querySelector(".kode").textContent}`);
    key.hidden = true;
    key.before(check, result);
    check.addEventListener("click", () => {
      const [said, answered] = judged(own, JSON.parse(key.dataset.kunci));
      result.textContent = said;
      key.hidden = !answered;
    });
    question.addEventListener("input", () => { result.textContent = ""; key.hidden = true; });
  }
})();
