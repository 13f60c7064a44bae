// Search: a dialog over the page, and of the index in cari/ the pieces that a query needs.
// plugins/pilar/editions/web/search writes the index; `folded`, `parts` and `roots` are as there.
(() => {
  "use strict";
  const { root } = window.pilar;
  const RESULTS = 10, LOADED = 14, PAUSE = 250, EXCERPT = 180, MOST_WORDS = 12;

  // A piece is a script that calls `terima`: from file:// nothing can be fetched.
  const pieces = new Map();
  const piece = name => {
    if (!pieces.has(name)) {
      const waiting = {};
      waiting.data = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.resolve = resolve;
        script.src = `${root}cari/${name}.js`;
        script.onload = () => script.remove();
        script.onerror = () => { pieces.delete(name); script.remove(); reject(new Error(name)); };
        document.head.append(script);
      });
      pieces.set(name, waiting);
    }
    return pieces.get(name).data;
  };
  // A sealed site has its pieces sealed; who opened the page can open them.
  const terima = (name, data) => pieces.get(name)?.resolve(window.pilarSegel ? window.pilarSegel(`cari/${name}.js`, data) : data);

  // Words
  const TOKEN = /[\p{L}\p{N}\p{M}'’‘ʼ`´]+(?:[-/][\p{L}\p{N}\p{M}'’‘ʼ`´]+)*/gu;
  const folded = text => text.replace(/['’‘ʼ`´]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = token => token.split(/[-/]/);
  const SUFFIXES = ["kan", "an", "i", "nya", "ku", "mu", "lah", "kah", "pun"];
  const PREFIXES = [
    [/^(?:di|ke|se|ter|ber|per)/, ""],
    [/^(?:be|pe(?=[^aeioumn])|[mp]e(?=[lrwy]|[mn][aeiou]|ny))/, ""],
    [/^(?:[mp]em(?=[bfpv])|[mp]en(?=[cdjstz])|[mp]eng|[bp]el(?=ajar))/, ""],
    [/^[mp]em(?=[aeiou])/, "p"],
    [/^[mp]en(?=[aeiou])/, "t"],
    [/^[mp]eny(?=[aeiou])/, "s"],
    [/^[mp]eng(?=[aeiou])/, "k"],
  ];
  const stripped = word => [
    ...SUFFIXES.filter(suffix => word.endsWith(suffix)).map(suffix => word.slice(0, -suffix.length)),
    ...PREFIXES.filter(([prefix]) => prefix.test(word)).map(([prefix, first]) => word.replace(prefix, first)),
  ].filter(root => root.length > 2);
  const roots = word => {
    const found = new Set([word]);
    for (let depth = 0, last = found; depth < 4; depth += 1) {
      last = new Set([...last].flatMap(stripped).filter(root => !found.has(root)));
      last.forEach(root => found.add(root));
    }
    return [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  };
  // One letter too many, too few, another, or two that changed places.
  const near = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
    let start = 0;
    while (a[start] === b[start]) start += 1;
    const [x, y] = [a.slice(start), b.slice(start)];
    return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)
      || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  };

  // What every search needs: families of words, and where their shards and the sections' texts are.
  let core;
  const prepared = async () => {
    if (core) return core;
    const { keluarga, pecahan, bagian, sebutan, lazim } = await piece("inti");
    const lines = await Promise.all(Array.from({ length: keluarga }, (_, number) => piece(`n${number}`)));
    const families = lines.join("|").split("|").map(line => line.split(" "));
    const entries = new Map(families.flatMap((family, number) => family.map(word => [word, number])));
    const leads = new Map();
    families.forEach(([first], number) => roots(first).filter(root => root === first || root.length > 4)
      .forEach(root => leads.set(root, [...leads.get(root) ?? [], number])));
    const sections = [];
    bagian.forEach((blocks, page) => blocks.forEach((count, number) => {
      for (let place = 0; place < count; place += 1) sections.push({ page, block: `t${page}-${number}`, place });
    }));
    // Names of a term mean each other; what is said in everyday life means what is written, its last.
    const split = groups => groups.map(group => group.map(name => tokens(name, entries)));
    const names = [
      ...split(sebutan).map(group => ({ said: group, meant: group })),
      ...split(lazim).map(group => ({ said: group.slice(0, -1), meant: group.slice(-1) })),
    ];
    core = { families, entries, leads, shards: pecahan, sections, names };
    return core;
  };
  // A code is one word where the site has it, else its parts; a letter alone is none.
  const tokens = (text, entries) => [...folded(text).matchAll(TOKEN)].flatMap(([token]) => entries.has(token) ? [token] : parts(token))
    .filter(word => !/^\p{L}$/u.test(word));

  // Families that a word may mean, and how surely: itself, its root, a part of a word, one letter wrong.
  const meant = (word, { families, entries, leads }) => {
    if (entries.has(word)) return { sure: 1, numbers: [entries.get(word)] };
    const forms = roots(word);
    const led = forms.find(form => leads.has(form));
    if (led) return { sure: 1, numbers: leads.get(led) };
    const having = test => families.flatMap((family, number) => family.some(test) ? [number] : []).slice(0, 6);
    const begun = having(entry => entry.startsWith(word));
    if (begun.length) return { sure: .7, numbers: begun };
    const long = forms.filter(form => form.length > 3);
    const similar = [...leads.keys()].filter(lead => lead.length > 3 && long.some(form => near(form, lead)));
    if (similar.length) return { sure: .5, guessed: true, numbers: [...new Set(similar.flatMap(lead => leads.get(lead)))].slice(0, 6) };
    return { sure: .4, numbers: word.length > 3 ? having(entry => entry.includes(word)) : [] };
  };

  const family = async (number, { shards }) => {
    const shard = shards.filter(first => first <= number).length - 1;
    const words = (await piece(`k${shard}`))[number - shards[shard]];
    return words.flatMap((form, i) => i % 2 ? [] : [{ form, steps: [...words[i + 1].matchAll(/([A-Z])(\d*)/g)] }]);
  };
  const weighed = async (word, index, found) => {
    const { sure, guessed, numbers } = meant(word, index);
    let families = await Promise.all(numbers.map(number => family(number, index)));
    if (guessed) {
      // Roots are near by chance more often than whole words.
      const close = families.filter(words => words.some(({ form }) => near(form, word)));
      if (close.length) families = close;
      const usual = words => words.reduce((best, one) => one.steps.length > best.steps.length ? one : best).form;
      found.guesses.set(word, families.map(usual));
    }
    const weights = new Map();
    for (const words of families) {
      const own = new Map();
      for (const { form, steps } of words) {
        let section = -1;
        found.forms.add(form);
        for (const [, letter, step] of steps) {
          section += +(step || 1);
          const weight = (letter.charCodeAt() - 64) * (form === word ? 1 : .7);
          const before = own.get(section) ?? 0;
          own.set(section, Math.max(before, weight) + .2 * Math.min(before, weight));
        }
      }
      const rare = Math.log(1 + index.sections.length / own.size);
      own.forEach((weight, section) => weights.set(section, Math.max(weights.get(section) ?? 0, sure * rare * weight)));
    }
    return weights;
  };
  // Weights of several words as one: the square of the mean of their roots, for a section should be
  // about all of them; what has half of the words counts a quarter.
  const together = maps => {
    const sum = new Map();
    maps.forEach(map => map.forEach((weight, section) => sum.set(section, (sum.get(section) ?? 0) + Math.sqrt(weight) / maps.length)));
    sum.forEach((mean, section) => sum.set(section, mean ** 2));
    return sum;
  };

  // A query as a list of what must be found; each in the words typed, or in those that mean the same.
  const wanted = (words, names) => {
    const list = [];
    for (let start = 0; start < words.length;) {
      let length = 1, others = [];
      names.forEach(({ said, meant }) => said.forEach(name => {
        if (name.length >= length && name.every((word, i) => word === words[start + i])) {
          if (name.length > length) others = [];
          length = name.length;
          others.push(...meant.filter(other => other !== name));
        }
      }));
      list.push([words.slice(start, start + length), ...others]);
      start += length;
    }
    return list;
  };
  // Another name of a term with one letter wrong, where no page has what was typed.
  const spelled = (word, index) => meant(word, index).sure === 1 ? word
    : index.names.flatMap(({ said }) => said).find(([name, more]) => !more && name.length > 5 && near(name, word))?.[0] ?? word;
  const ranked = async (words, index, found) => {
    const maps = await Promise.all(wanted(words, index.names).map(async ([own, ...others]) => {
      // What is known under another name is not guessed at.
      const known = !others.length || own.every(word => meant(word, index).sure === 1);
      const all = await Promise.all([...known ? [own] : [], ...others].map(async name => {
        const map = together(await Promise.all(name.map(word => weighed(word, index, found))));
        return [...map].map(([section, weight]) => [section, name === own ? weight : .8 * weight]);
      }));
      const best = new Map();
      all.flat().forEach(([section, weight]) => best.set(section, Math.max(best.get(section) ?? 0, weight)));
      return best;
    }));
    const sections = [...together(maps)].map(([number, weight]) => ({ ...index.sections[number], number, weight, whole: maps.every(map => map.has(number)) }));
    const pages = new Map();
    sections.forEach(({ page, weight }) => pages.set(page, (pages.get(page) ?? 0) + weight));
    sections.forEach(section => { section.weight += .1 * Math.min(pages.get(section.page), 8 * section.weight); });
    return sections.sort((a, b) => b.weight - a.weight || a.number - b.number);
  };

  // The first sections with their texts; what has the words side by side comes first.
  const search = async query => {
    const index = await prepared();
    const found = { forms: new Set(), guesses: new Map() };
    const words = tokens(query.slice(0, 400), index.entries).slice(0, MOST_WORDS).map(word => spelled(word, index));
    const all = await ranked(words, index, found);
    // As many texts as results; what comes next only where its text is there already.
    const blocks = new Set(all.slice(0, RESULTS).map(({ block }) => block));
    const near = all.slice(0, LOADED).filter(({ block }) => blocks.has(block));
    const first = await Promise.all(near.map(async section => {
      const [address, place, texts] = await piece(section.block);
      const [anchor, title, text] = texts[section.place];
      const phrase = ` ${words.join(" ")} `;
      const holds = where => ` ${tokens(where, index.entries).join(" ")} `.includes(phrase);
      const weight = section.weight * (holds(title) ? 1.4 : words.length > 1 && holds(text) ? 1.3 : 1);
      return { address: anchor ? `${address}#${anchor}` : address, place, title, text, weight };
    }));
    const unique = new Map(first.sort((a, b) => b.weight - a.weight).reverse().map(result => [result.address, result]));
    const whole = all.filter(section => section.whole).length;
    return { ...found, count: whole || all.length, results: [...unique.values()].reverse().slice(0, RESULTS) };
  };

  // A text around the words found, with those marked.
  const marked = (text, forms) => {
    const fragment = document.createDocumentFragment();
    let end = 0;
    for (const { start, length } of hits(text, forms)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, start + length);
      fragment.append(text.slice(end, start), mark);
      end = start + length;
    }
    fragment.append(text.slice(end));
    return fragment;
  };
  const hits = (text, forms) => [...text.matchAll(TOKEN)]
    .map(match => ({ start: match.index, length: match[0].length, word: folded(match[0]) }))
    .filter(({ word }) => forms.has(word) || parts(word).some(part => forms.has(part)));
  const excerpt = (text, forms) => {
    const all = hits(text, forms);
    let best = 0, most = 0;
    for (const { start } of all) {
      const count = new Set(all.filter(hit => hit.start >= start && hit.start < start + EXCERPT - 40).map(hit => hit.word)).size;
      if (count > most) [best, most] = [start, count];
    }
    const sentence = Math.max(...[". ", "? ", "! "].map(mark => text.lastIndexOf(mark, best) + 2));
    const start = best - sentence > 90 ? text.indexOf(" ", best - 60) + 1 : sentence > 1 ? sentence : 0;
    const whole = text.length <= start + EXCERPT;
    const end = whole ? text.length : text.lastIndexOf(" ", start + EXCERPT);
    return (start ? "… " : "") + text.slice(start, end > start ? end : start + EXCERPT) + (whole ? "" : " …");
  };

  // The dialog
  const made = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const field = made("input", { type: "search", id: "pilar-cari-kata", placeholder: "Kata, istilah, atau kode", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "search", maxlength: "400", "aria-describedby": "pilar-cari-kabar" });
  const close = made("button", { type: "button", class: "tutup" }, "Tutup");
  const news = made("p", { id: "pilar-cari-kabar", role: "status" });
  const list = made("ol", { "aria-label": "Hasil pencarian" });
  const form = made("form", { role: "search" }, made("label", { for: "pilar-cari-kata" }, "Cari dalam bahan ini"), field, close);
  const dialog = made("dialog", { class: "pilar-cari", "aria-label": "Pencarian" }, form, news, list);
  const links = () => [...list.querySelectorAll("a")];

  const entry = ({ address, place, title, text }, forms) => {
    const link = made("a", { href: root + address }, made("strong", {}, marked(title || place, forms)));
    const around = place.split(" › ").filter(part => part !== title).join(" › ");
    if (around) link.append(made("span", { class: "letak" }, around));
    if (text) link.append(made("span", { class: "kutipan" }, marked(excerpt(text, forms), forms)));
    return made("li", {}, link);
  };
  const HINT = "Tulis kata, istilah, atau kode. Panah bawah: pilih hasil.";
  const sentence = (query, { count, guesses, results }) => {
    if (!results.length) return `Tidak ada yang cocok dengan “${query.slice(0, 60)}”. Coba kata lain atau periksa ejaannya.`;
    // Sections that lack one of the words are shown too, after those that have all.
    const number = `${Math.max(count, results.length).toLocaleString("id")} bagian ditemukan${count > results.length ? `, ${results.length} yang paling cocok di bawah ini` : ""}.`;
    return [...[...guesses].map(([word, similar]) => `Tidak ada “${word}”, ditampilkan yang mirip: ${[...new Set(similar)].join(", ")}.`), number].join(" ");
  };
  let turn = 0, timer, shown = "";
  const run = async () => {
    clearTimeout(timer);
    const mine = turn += 1, query = field.value.trim();
    shown = query;
    if (!query) {
      list.replaceChildren();
      news.textContent = HINT;
      return;
    }
    try {
      const found = await search(query);
      if (mine !== turn) return;
      list.replaceChildren(...found.results.map(result => entry(result, found.forms)));
      list.dataset.kata = query;
      news.textContent = sentence(query, found);
    } catch {
      if (mine === turn) news.textContent = "Pencarian belum dapat dimuat. Periksa sambungan, lalu coba lagi.";
    }
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, PAUSE); });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (field.value.trim() !== shown || !links().length) await run();
    // On a phone the keyboard goes, so that the results can be seen.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
    else links()[0]?.click();
  });
  dialog.addEventListener("keydown", event => {
    const stops = [field, ...links()], here = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") dialog.close();
    else if (step) stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
    else {
      // Who goes on typing goes on with the query.
      if (here > 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) field.focus();
      return;
    }
    event.preventDefault();
  });
  dialog.addEventListener("click", event => { if (event.target === dialog || event.target.closest("a, .tutup")) dialog.close(); });

  const styles = made("link", { rel: "stylesheet", href: `${root}assets/cari.css` });
  const styled = new Promise(done => { styles.onload = styles.onerror = done; });
  document.head.append(styles);
  document.body.append(dialog);
  const open = async () => {
    await styled;
    if (dialog.open) return;
    dialog.showModal();
    field.focus();
    field.select();
    if (!field.value) news.textContent = HINT;
    prepared().catch(() => {});  // it is said when something is looked for
  };
  window.pilar.cari = { open, terima, search, roots, tokens };
})();
