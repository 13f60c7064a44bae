"""The text that people read: what is in it, in which order, on which line, for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.checks.language.reading import read_module
from pilar.checks.language.sentences import length, sentences
from pilar.checks.language.text import Kind, Passage, page_pieces
from pilar.content.page_parser import parse_page
from pilar.model.edition import Edition
from pilar.model.problem import Problem

from .project import write_project

PAGE = """\
# Judul *halaman* {: #atas }

Alinea **tebal** dan *miring*,
baris kedua [tautan](isi.md) dan [lain][alamat].[^a]
Akhir `kode` [@uu-11-2009, Pasal 5] <https://contoh.id/x>.

[alamat]: https://contoh.id
*[SLRT]: Sistem

- [ ] Satu
    - Dua di dalam
      lanjut dua

    Alinea di dalam.

        kode di dalam

1. Tiga

Istilah
:   Arti pertama.

    1. Butir arti
:   Arti kedua

!!! note "Judul kotak"
    Isi kotak.

=== "Judul tab"

    Isi tab.

| Kolom | a \\| b |
| :-- | --: |
| sel *miring* | ![pohon](aset/pohon.svg) |
Sesudah tabel.

> Kutipan
> dua baris

| Kolom |
| --- |

Satu | dua

***

    kode biasa

Ini 2 \\* 3 &lt; 9_9 ~~coret~~ ==terang==.

![Alur
layanan](aset/alur.svg){ .lebar }

//// kegiatan | Judul kegiatan
    menit: 45
    metode: main, cerita
    media:
        - bola

Ayo.
/// pelatih
Rahasia.
///
Lagi.
////

/// lembar-kerja | Lembar
    kolom: [Nama, Asal]
    baris: [Saya, Teman]

Isi.
///

~~~
kode berpagar
~~~

Selesai.

[^a]: Catatan kaki
    baris dua.

    Alinea kedua.
"""

READ = """\
1 TITLE Judul halaman
3 PROSE Alinea tebal dan miring,/baris kedua tautan dan lain./Akhir   .
10 PROSE Satu
11 PROSE Dua di dalam/lanjut dua
14 PROSE Alinea di dalam.
18 PROSE Tiga
20 TITLE Istilah
21 PROSE Arti pertama.
23 PROSE Butir arti
24 PROSE Arti kedua
26 TITLE Judul kotak
27 PROSE Isi kotak.
29 TITLE Judul tab
31 PROSE Isi tab.
33 CELL Kolom
33 CELL a | b
35 CELL sel miring
35 PROSE pohon
36 CELL Sesudah tabel.
38 QUOTATION Kutipan/dua baris
41 CELL Kolom
44 PROSE Satu | dua
50 PROSE Ini 2 * 3 < 9_9 coret terang.
52 PROSE Alur/layanan
55 TITLE Judul kegiatan
57 CELL main
57 CELL cerita
59 CELL bola
61 PROSE Ayo.
63 PROSE pelatih: Rahasia.
65 PROSE Lagi.
68 TITLE Lembar
69 CELL Nama
69 CELL Asal
70 CELL Saya
70 CELL Teman
72 PROSE Isi.
79 PROSE Selesai.
81 PROSE Catatan kaki/baris dua.
84 PROSE Alinea kedua.
"""


def shown(passage: Passage) -> str:
    """A passage on one line."""
    reader = f"{passage.audience}: " if passage.audience else ""
    text = passage.text.replace("\n", "/")
    return f"{passage.line} {passage.kind.name} {reader}{text}\n"


def read_page(text: str) -> list[Passage]:
    problems: list[Problem] = []
    document = parse_page(text, "isi.md", problems)
    assert problems == []
    return [piece for piece in page_pieces(document) if isinstance(piece, Passage)]


def test_a_page_gives_what_is_read_with_its_lines() -> None:
    assert "".join(map(shown, read_page(PAGE))) == READ


def test_italics_are_known_by_place() -> None:
    (_, passage) = read_page(
        "# A\n\nSatu *dua tiga* _empat_, **lima** ***enam***, a_b_c, 2 * 3 * 4.\n"
    )
    words = [passage.text[start:end] for start, end in passage.italics]
    assert words == ["dua tiga", "empat", "enam"]


def test_each_word_has_its_line() -> None:
    (_, passage) = read_page("# A\n\nSatu *dua*\ntiga\n  empat\n")
    lines = [passage.line_at(passage.text.index(word)) for word in ("Satu", "dua", "tiga", "empat")]
    assert lines == [3, 3, 4, 5]


def test_a_page_of_one_edition_is_read_by_that_edition_only() -> None:
    passages = read_page("---\nedisi: pelatih\n---\n# A\n\nIsi.\n")
    assert {passage.audience for passage in passages} == {Edition.PELATIH}


def test_a_quotation_is_apart_from_what_touches_it() -> None:
    assert [(p.kind, p.text) for p in read_page("# A\n\nSatu\n> dua\n")[1:]] == [
        (Kind.PROSE, "Satu"),
        (Kind.QUOTATION, "dua"),
    ]


def test_a_list_in_a_quotation_is_a_quotation() -> None:
    assert [p.kind for p in read_page("# A\n\n> - satu\n> - dua\n\nTiga.\n")] == [
        Kind.TITLE,
        Kind.QUOTATION,
        Kind.QUOTATION,
        Kind.PROSE,
    ]


QUESTIONS = """\
- id: cth-1
  indikator: 1
  jenis: menjodohkan
  teks: Pasangkan.
  pilihan: {kiri: [satu, dua], kanan: [tiga, empat]}
  kunci: [A, B]
  pembahasan: Sebab satu.
  pakai: [latihan]
- id: cth-2
  indikator: 1
  jenis: isian
  teks: Isilah.
  kunci: [jawab, jwb]
- id: cth-3
  indikator: 1
  jenis: uraian
  teks: Uraikan.
  kunci: Pokoknya.
  pembahasan: Penjelasan.
"""
SHOWING = """\
# Isi

/// soal | cth-1
///

/// modul | materi-pokok
///

/// tujuan
    indikator: [2]

///

/// tujuan
///
"""
META = "indikator: [menyapa, mencatat]\n"


def orders(root: Path, edition: Edition, module: str = "") -> list[list[str]]:
    """Texts in the order of the book and of the site."""
    project = write_project(root, SHOWING, questions=QUESTIONS, module=META + module)
    reading = read_module(project.modules["contoh"], project)
    return [[passage.text for passage in order] for order in reading.orders(edition)]


RESULT = "Peserta mampu menyapa warga dengan hormat."
OPENING = ["Modul ini melatih cara menyapa warga.", RESULT, "menyapa", "mencatat"]
PUBLIC = ["Isi", "Pasangkan.", "satu", "dua", "tiga", "empat"]
LAST = ["Menyapa", "Salam", "mencatat", RESULT, "menyapa", "mencatat"]


def test_participants_read_questions_without_keys(tmp_path: Path) -> None:
    book, site = orders(tmp_path, Edition.PESERTA)
    assert book == [RESULT, *PUBLIC, *LAST]
    assert site == [*OPENING, *PUBLIC, *LAST]


def test_trainers_read_keys_and_the_rest_of_the_questions(tmp_path: Path) -> None:
    book, site = orders(tmp_path, Edition.PELATIH)
    rest = ["Isilah.", "Uraikan.", "Pokoknya.", "Penjelasan."]
    assert book == [RESULT, *PUBLIC, "Sebab satu.", *LAST, *rest]
    assert site == [*OPENING, *book[1:]]


def test_self_study_shows_participants_the_key(tmp_path: Path) -> None:
    book, _ = orders(tmp_path, Edition.PESERTA, "latihan_mandiri: true\n")
    assert book == [RESULT, *PUBLIC, "Sebab satu.", *LAST]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu. Dua! Tiga? Empat … Lima", ["Satu.", "Dua!", "Tiga?", "Empat …", "Lima"]),
        ("Ia berkata, “Datang.” Lalu pulang.", ["Ia berkata, “Datang.”", "Lalu pulang."]),
        ("Datang. “Apa?” 7 orang. (Dua.)", ["Datang.", "“Apa?”", "7 orang.", "(Dua.)"]),
        ("Pukul 08.00 di Jl. Melati No. 7.", ["Pukul 08.00 di Jl. Melati No. 7."]),
        ("Kata dr. Budi, “A. Sari.”", ["Kata dr. Budi, “A. Sari.”"]),
        ("dsb. dan lain-lain. pulang", ["dsb. dan lain-lain. pulang"]),
        ("Akhir kata Ada.\nBaru.", ["Akhir kata Ada.", "Baru."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    found = list(sentences(Passage("isi.md", 1, text)))
    assert [sentence.strip() for _, sentence in found] == expected
    assert all(text.replace("\n", " ")[start:].startswith(sentence) for start, sentence in found)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [("Rumah-rumah itu, pukul 08.00!", 4), ("kabupaten/kota – Rp1.000,00 (dua)", 3), ("—", 0)],
)
def test_words_are_counted(sentence: str, count: int) -> None:
    assert length(sentence) == count
