"""What an attacker and a hurried author got past an earlier Pilar, one case each.

RAHASIA stands where its author means it for trainers alone. Each page is refused, at the line that
is wrong, or shows it to no participant.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pilar.content.module_reader import read_module
from pilar.content.yaml import read_yaml
from pilar.editions.site import markdown_files, navigation
from pilar.leaks.opening import opened_html
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.syntax.render import render

from .golden import BASE, fresh
from .samples import html_of, of_page, parsed, told
from .test_hostile import FILES

FRONT_MATTERS = [
    "\n---\nedisi: pelatih\n\n---\n",
    "<!-- catatan -->\n---\nedisi: pelatih\n\n---\n\n",
    " ---\nedisi: pelatih\n ---\n",
    "---\n{}\n---\n---\nedisi: pelatih\n\n---\n",
    "+++\nedisi = 'pelatih'\n+++\n",
    "–––\nedisi: pelatih\n–––\n",
    "—\nedisi: pelatih\n—\n",
    "\u200b---\nedisi: pelatih\n\n---\n",
    "edisi: pelatih\n\n",
    "Edisi = peserta\n\n",
    "\u0435disi: \u0440elatih\n\n",
    "```yaml\nedisi: pelatih\n```\n\n",
    "template: redirect.html\nlocation: https://jahat.id/\n\n",
    '---\n{}\n---\n\n---\ntitle: "Palsu"\n\n---\n\n',
    "Catatan: semua orang\n\n",
]


@pytest.mark.parametrize("start", FRONT_MATTERS)
def test_front_matter_that_none_reads_is_told(start: str) -> None:
    _, problems = parsed(f"{start}# Judul\n\nRAHASIA\n")
    assert "Y101" in {problem.code for problem in problems}


FENCED = [
    ("/// latihan | Judul /// kunci RAHASIA\nIsi\n///", 3),
    ("/// latihan | /// kunci RAHASIA\nIsi\n///", 3),
    ("/// rangkuman | Judul ∕∕∕ pe\u200blatih RAHASIA\nIsi\n///", 3),
    ("/// rangkuman | :::: pelatih\nRAHASIA\n///", 3),
    ("> /// refleksi | Judul /// kunci RAHASIA\n> Isi\n> ///", 3),
    ("/// kegiatan | J\n    menit: 45\n    metode: ceramah /// pelatih RAHASIA\n\nIsi\n///", 5),
    ("/// kegiatan | J\n    menit: 45\n    media: [a, /// kunci RAHASIA]\n\nIsi\n///", 5),
    ("/// kegiatan | J\n    menit: 45\n    media: >-\n      ///\n      kunci RAHASIA\n\n///", 6),
    (
        "/// kegiatan | J\n    menit: 45\n    media: |\n      /// kunci\n      A\n      ///\n\n///",
        6,
    ),
    ('/// kegiatan | J\n    menit: 45\n    media: "\\x2f\\x2f\\x2f kunci RAHASIA"\n\nIsi\n///', 5),
    ('/// lembar-kerja | J\n    kolom: [a, "/// kunci RAHASIA"]\n    baris: 1\n\nIsi\n///', 4),
    ('/// lembar-kerja | J\n    kolom: [a, b]\n    baris: ["/// kunci RAHASIA"]\n\nIsi\n///', 5),
    ("//// latihan | J\n/// peserta | Judul /// kunci RAHASIA\nIsi\n///\n////", 4),
]
"""A block with a fence in its title or options, and the line that is wrong."""


@pytest.mark.parametrize(("block", "line"), FENCED)
def test_a_fence_in_a_title_or_an_option_is_told(block: str, line: int) -> None:
    assert f"{line}: B105" in of_page(f"{block}\n")


def test_slashes_and_code_in_titles_and_options_are_text() -> None:
    page = (
        "/// latihan | Suami/istri, 24/7 dan `/// kunci`\n    id: satu\n\nIsi\n///\n\n"
        "/// lembar-kerja | Layanan // rujukan\n    kolom: [Ya/Tidak, '`/// kunci`']\n"
        "    baris: 1\n\nIsi\n///\n"
    )
    assert of_page(page) == []


@pytest.mark.parametrize("line", ["edisi: pelatih", "**Edisi:** Pelatih", "> edisi = pelatih"])
def test_edition_named_below_the_title_is_told(line: str) -> None:
    assert of_page(f"{line}\n\nRAHASIA\n") == ["3: Y101"]


def test_a_word_with_a_colon_below_the_title_is_text() -> None:
    assert of_page("Catatan: semua orang.\n\n```\nedisi: pelatih\n```\n") == []


@pytest.mark.parametrize(
    "fence",
    [
        *("/ // pelatih", "/ / / pelatih", "/ pelatih", "/-/ pelatih", "%%% pelatih", "@@@ kunci"),
        *("--- pelatih", "*** pelatih", "=== pelatih", "||| pelatih", "[pelatih]", "{pelatih}"),
        *("{% pelatih %}", "{{ kunci }}", "&#47;&#47;&#47; pelatih", "&sol;// pelatih"),
        *("\\/\\/\\/ pelatih", "**///** pelatih", "`///` pelatih", "⧵⧵⧵ pelatih", "%% kunci %%"),
        *("// \u0440\u0435l\u0430t\u0456h", "!!! pel\u0430t\u0456h", "// \u202ehitalep\u202c"),
    ],
)
def test_what_stands_for_a_fence_is_told(fence: str) -> None:
    found = of_page(f"{fence}\n\nRAHASIA\n")
    assert found
    assert {row.partition(" ")[2] for row in found} <= {"B101", "B105", "B106", "B110", "T101"}
    assert found[0].startswith("3: ")


@pytest.mark.parametrize(
    "line",
    [
        *("- pelatih", "**Pelatih**", "Pelatih", "| Kunci |", '!!! note "Kunci"', "(pelatih)"),
        *("— pelatih membuka kelas", "> Pelatih", "1. kunci", "Kunci: B dan C", "«Kunci»"),
        *("--- garis", "[pelatih](https://a.id/pelatih)"),
    ],
)
def test_the_word_alone_is_no_fence(line: str) -> None:
    assert not {row for row in of_page(f"{line}\n") if "B101" in row}


@pytest.mark.parametrize("sign", "\u2028 \u2029 \x85 \x0b \x0c \x1c \x1e \u202e \u2066".split(" "))
@pytest.mark.parametrize(
    "page",
    ["teks{}/// pelatih\n", "/// pelatih{}\nRAHASIA\n///\n", "/// pelatih\na\n///{}\n\nRAHASIA\n"],
)
def test_signs_that_some_take_for_a_line_end_are_told(page: str, sign: str) -> None:
    _, problems = parsed(f"# Judul\n\n{page.format(sign)}")
    assert "B106" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    "page",
    [
        "```\nkode\n\n/// pelatih\nRAHASIA\n///\n\n```python\nlain\n```\n",
        "~~~\nkode\n\n/// pelatih\nRAHASIA\n///\n\n~~~ python\nlain\n~~~\n",
        "```\nkode\n    ```\n\n/// pelatih\nRAHASIA\n///\n\n```\n",
        "```\nkode\n\u200b```\n\n/// pelatih\nRAHASIA\n///\n\n```\n",
        "```\nkode\n````\n\n/// pelatih\nRAHASIA\n///\n\n```\n",
    ],
)
def test_code_that_was_meant_to_end_is_told(page: str) -> None:
    _, problems = parsed(f"# Judul\n\n{page}")
    assert "B110" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    "page",
    [
        # Two footnotes that name each other, and only trainers' text names one of them.
        "/// pelatih\na[^p]\n///\n\n[^p]: b[^q]\n\n[^q]: RAHASIA[^p]\n",
        # The only reference outside is one that Markdown does not take for a reference.
        "/// pelatih\na[^q]\n///\n\n    [^q]\n\n[^q]: RAHASIA\n",
    ],
)
def test_footnotes_that_only_trainers_reach_are_theirs(page: str) -> None:
    source = f"# Judul\n\nUMUM\n\n{page}"
    assert "RAHASIA" not in html_of(source, Edition.PESERTA)
    assert "RAHASIA" in html_of(source, Edition.PELATIH)


@pytest.mark.parametrize(
    "line",
    ["![x[^q]](aset/norma.svg)", '[x](https://a.id "[^q]")', "![a [b] c[^q]](aset/norma.svg)"],
)
def test_footnotes_where_no_link_can_stand_are_told(line: str) -> None:
    found = of_page(f"/// pelatih\na[^q]\n///\n\n{line}\n\n[^q]: RAHASIA\n")
    assert "7: T105" in found


def test_footnotes_keep_their_numbers_when_others_go() -> None:
    source = "# Judul\n\nSatu[^b] dua[^c].\n\n    [^a]\n\n" + "\n\n".join(
        f"[^{name}]: catatan {name}" for name in "abc"
    )
    html = html_of(source, Edition.PESERTA)
    assert "catatan a" not in html
    assert html.index("catatan b") < html.index("catatan c")
    assert [html.count(f'href="#fn:{name}">{n}<') for n, name in ((1, "b"), (2, "c"))] == [1, 1]


def test_a_footnote_written_twice_is_told() -> None:
    assert of_page("a[^q]\n\n[^q]: satu\n\n/// pelatih\n[^q]: RAHASIA\n///\n") == ["8: T105"]
    both = "a[^q]\n\n/// pelatih\n[^q]: satu\n///\n\n/// peserta\n[^q]: dua\n///\n"
    assert of_page(both) == []


@pytest.mark.parametrize(
    "definition",
    [
        "[a]: https://a.id\n    'RAHASIA\n    dua'",
        "[a]: https://a.id 'RAHASIA\ndua'",
        "[a]: https://a.id\n'RAHASIA'",
        "[a]:\n    https://a.id",
        "*[a]: satu\n    RAHASIA",
        "*[a]: satu\nRAHASIA",
        "*[a]:\n    RAHASIA",
    ],
)
def test_definitions_over_lines_are_told(definition: str) -> None:
    assert "3: T101" in of_page(f"{definition}\n\n/// pelatih\n[x][a]\n///\n")


@pytest.mark.parametrize(
    "definitions",
    [
        "[a]: https://a.id 'satu'\n[b]: <https://b.id> (dua)\n\n[x][a], [y][b]",
        "*[PKH]: Program Keluarga Harapan\n*[PSM]: Pekerja Sosial Masyarakat\n\nPKH dan PSM.",
        "[x][a]\n\n[a]: https://a.id\n",
    ],
)
def test_definitions_in_a_line_are_fine(definitions: str) -> None:
    assert of_page(definitions) == []


@pytest.mark.parametrize("text", ["a [b] c", "a \\] c", "![a](aset/norma.svg)"])
def test_links_with_brackets_in_them_are_looked_at(text: str) -> None:
    assert "3: T101" in of_page(f"Lihat [{text}](tidak-ada.md).\n")


@pytest.mark.parametrize("mark", ["=", "-", "==="])
def test_any_underline_makes_a_heading(mark: str) -> None:
    assert of_page(f"Teks\n{mark}\n") == ["4: B114"]


@pytest.mark.parametrize("tag", ["<x:y onclick=a>", "<x_y style=a>", "<a.b>", "</x:y>"])
def test_tags_with_other_signs_in_their_names_are_told(tag: str) -> None:
    assert of_page(f"Teks {tag} lagi.\n") == ["3: B112"]


@pytest.mark.parametrize(
    "tag",
    [
        "<b>tebal</b>",
        "<DIV",
        '<div class="a"',
        "<svg/onload=x>",
        "<x onclick=a>",
        "<main>",
        "a<b>tebal",
        "</p>",
        "<?php",
        "<!DOCTYPE html>",
        "x <br/> y",
    ],
)
def test_html_is_told(tag: str) -> None:
    assert "3: B112" in of_page(f"Teks {tag}\n")


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("Untuk anak <lima tahun> dan a<b.", "anak &lt;lima tahun&gt; dan a&lt;b."),
        ("Bila a<b maka b>a.", "Bila a&lt;b maka b&gt;a."),
        (
            "Isi dengan <nama peserta> dan <nama-desa>.",
            "&lt;nama peserta&gt; dan &lt;nama-desa&gt;.",
        ),
        ("<lima tahun> di awal baris", "&lt;lima tahun&gt; di awal baris"),
        ("| a | b |\n|---|---|\n| <satu> | a<b |", "<td>&lt;satu&gt;</td>"),
        ("## Anak <lima tahun>", "Anak &lt;lima tahun&gt;</h2>"),
        ("- usia <18", "usia &lt;18"),
        ("Nilai a<b", "Nilai a&lt;b"),
    ],
)
def test_words_in_angle_brackets_are_text(source: str, printed: str) -> None:
    assert of_page(f"{source}\n") == []
    assert printed in html_of(f"# Judul\n\n{source}\n", Edition.PESERTA)


@pytest.mark.parametrize("link", ["<https://a.id/x>", "<mailto:a@b.id>", "5 < 7", "a<5"])
def test_addresses_in_angle_brackets_are_no_tags(link: str) -> None:
    assert "3: B112" not in of_page(f"Teks {link} lagi.\n")


SIGNS = ["\\e[31m", "\\0", "\\x1c", "\\f", "\\v", "\\N", "\\L", "\\P", "\\u202e", "\\uD800"]


@pytest.mark.parametrize("sign", [*SIGNS, "\\n::error::x", "\\u200b"])
def test_keys_in_yaml_hold_nothing_that_steers_a_terminal(sign: str) -> None:
    problems: list[Problem] = []
    read_yaml(f'a: 1\n"{sign}": 2\n', "berkas.yml", problems)
    assert [(problem.line, problem.code) for problem in problems] == [(2, "B106")]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("modul.yml", "judul: ", 'judul: "{}", "x": '),
        ("modul.yml", "kode: ", 'kode: "{}"\nx: '),
        ("isi.md", "# ", '# Judul\n\n/// lembar-kerja | J\n    kolom: ["{}", b]\n\n///\n\n## '),
    ],
)
def test_values_in_yaml_hold_nothing_that_steers_a_terminal(
    name: str, old: str, new: str, sign: str
) -> None:
    text = FILES[name].decode().replace(old, new.format(sign), 1)
    problems: list[Problem] = []
    read_module("contoh", {**FILES, name: text.encode()}, problems)
    assert problems
    assert all(str(problem).isprintable() for problem in problems)


def test_messages_are_one_line_and_steer_no_terminal() -> None:
    problem = Problem("a\nb.md", 1, "B101", "x\x1b[31m\u202ey\x85", "z\n::error::z")
    assert str(problem) == r"a b.md:1: B101 x\x1b[31m\u202ey\x85. z ::error::z."


def test_the_host_reads_no_front_matter_into_a_page() -> None:
    for path, source in markdown_files(fresh(BASE).tree("", Edition.PESERTA)):
        assert source.startswith(("# ", "---\n{}\n---\n# ")), path


def test_titles_are_escaped_for_the_host(tmp_path: Path) -> None:
    meta = (BASE / "modules/contoh/modul.yml").read_text("utf-8")
    judul = next(line for line in meta.splitlines() if line.startswith("judul:"))
    meta = meta.replace(judul, "judul: 'A \" & &lt;/title&gt; B'")
    page = (BASE / "modules/contoh/isi.md").read_text("utf-8")
    page = page.replace("# ", "# Isi &amp; &lt;/title&gt;&lt;script&gt; ", 1)
    files = {"modules/contoh/modul.yml": meta, "modules/contoh/isi.md": page}
    assert told(tmp_path, files) == []
    tree = fresh(tmp_path / "proyek").tree("", Edition.PESERTA)
    sections = [key for entry in navigation(tree) for key in entry]
    assert "A &#34; &amp; &amp;lt;/title&amp;gt; B" in sections
    assert "Isi &amp; &lt;/title&gt;&lt;script&gt;" in str(navigation(tree))
    assert fresh(tmp_path / "proyek").errors == []


STUMBLE = ("a" + "==a ^c " * 9 + "\n") * 2
"""Two lines that pymdownx 13.1 gives up on, with an IndexError."""


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("modules/contoh/isi.md", f"<!-- a -->\n# Isi\n\nSatu.\n\n{STUMBLE}", 6),
        ("modules/contoh/perubahan.md", f"# Perubahan\n\n## 1.0.0\n\n- {STUMBLE}", 5),
        ("modules/kurikulum.yml", "pengantar: |\n  " + STUMBLE.replace("\n", "\n  ") + "\n", 0),
    ],
)
def test_text_that_markdown_stumbles_over_is_told(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    if not line:
        before, found, after = (
            (BASE / name).read_text("utf-8").partition("pengantar: Kata pengantar.")
        )
        assert found
        text, line = before + text + after, before.count("\n") + 1
    assert f"{name}:{line}: B116" in told(tmp_path, {name: text})


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("runs/2025-01-contoh.yml", "2025-01-21", "2200-01-21", "antara 1980 dan 2100"),
        ("runs/2025-01-contoh.yml", "2025-01-21", "9999-12-31", "antara 1980 dan 2100"),
        ("runs/2025-01-contoh.yml", "jumlah: ", "jumlah: 99999", "paling besar 10000"),
        ("modules/contoh/modul.yml", "versi: 1.0.", "versi: 1.0." + "9" * 5000, "32 karakter"),
        ("modules/contoh/soal.yml", "pilihan: [", "pilihan: [" + "x, " * 3000, "26 butir"),
    ],
)
def test_numbers_beyond_all_measure_are_told(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    root = tmp_path / "proyek"
    shutil.copytree(BASE, root)
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), "utf-8")
    problems = [p for p in fresh(root).errors if p.code == "Y105"]
    assert any(p.path == name and said in p.message for p in problems), problems


@pytest.mark.parametrize(
    "picture",
    [
        *("![a][b]\n\n[b]: http://a.id/x.png", "![b]\n\n[b]: http://a.id/x.png"),
        *("![b][]\n\n[b]: //a.id", "![a [b] c](http://a.id/x.png)", "![a](//a.id/x.png)"),
        "![a \\] c](http://a.id/x.png)",
    ],
)
def test_pictures_from_elsewhere_are_told_and_reach_no_reader(picture: str) -> None:
    assert "3: T104" in of_page(f"{picture}\n")
    for source in re.findall(r'src="([^"]*)"', render(f"{picture}\n")):
        assert not re.match(r"https?:|/", source)


@pytest.mark.parametrize(
    "text",
    [
        *("## Bagian {: #__config }", "Teks.\n{: #__search }", "*a*{: id=__config }"),
        *("*a*{: #muatan }", "Teks.\n{: .md-overlay }", "*a*{: class='b md-dialog' }"),
        *("Teks.\n{: .pilar-draf }", "!!! note md-overlay\n    a", "??? tip pilar-draf\n    a"),
        "*a*{: .blok .b }",
    ],
)
def test_what_the_theme_looks_for_is_not_for_authors(text: str) -> None:
    assert {row.partition(" ")[2] for row in of_page(f"{text}\n")} == {"B120"}


@pytest.mark.parametrize(
    "text", ["## Bagian {: #config }", "*a*{: .besar }", '!!! note "md-a"\n    a']
)
def test_other_ids_and_classes_stay(text: str) -> None:
    assert of_page(f"{text}\n") == []


@pytest.mark.parametrize(
    "address",
    ["https://kemensos.go.id@jahat.id/", "http://a:b@jahat.id", "https://k\u0435mensos.go.id/"],
)
def test_addresses_that_lead_elsewhere_than_they_say_are_told(address: str) -> None:
    assert of_page(f"Lihat [situs]({address}).\n") == ["3: B121"]
    assert of_page("Lihat [situs](https://kemensos.go.id/a@b?c=\u00e9).\n") == []


def test_the_gate_opens_pages_with_odd_tags() -> None:
    said = " ".join(piece.text for piece in opened_html("<p>satu <x:y>dua</x:y> <é>tiga</é></p>"))
    assert all(word in said for word in ("satu", "dua", "tiga"))
