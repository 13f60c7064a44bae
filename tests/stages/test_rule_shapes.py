"""What a rule must find however it is written, and what only looks like it.

Each table is laid into one page or question bank of `golden/sound`; what is marked is compared.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pilar.checks.reports import as_written, written
from pilar.content.files import read_folder
from pilar.model.problem import Problem
from pilar.model.span import text_at

from .golden import fresh
from .test_rules import fix_all, lay_example

PAGE, META, BANK = (f"modules/contoh/{name}" for name in ("norma.md", "modul.yml", "soal.yml"))
OTHER = (
    "- {id: norma-2, indikator: 2, jenis: benar-salah, teks: Norma kelas disusun bersama., "
    "kunci: benar, pakai: [latihan]}\n"
)

NUMBERS = {
    "P201": (
        "NIK 3574012501800003 dicatat.",
        "- NIK: 3574.0125.0180.0003",
        "| NIK |\n| --- |\n| 3574 0125 0180 0003 |",
        '=== "Contoh"\n\n    Catat 357401-250180-0003 di buku.',
        "NIK “3574 01 250180 0003” dan 35.74.01.250180.0004.",
        "Ketik `3574012501800005` di layar.",
        "![NIK 3574012501800006](aset/norma.svg)",
    ),
    "P202": (
        "Hubungi 0812-3456-9876, +62 812 3456 9875, 6281234569874, atau (+62) 812-3456-9873.",
        "Hubungi 0812.3456.9872 atau 08 123 456 9871, juga 0812–3456–9870 dan 0812 - 3456 - 9869.",
        "- Telepon (0335) 421234, 0335-421235, 0335 421236, (021) 5701-234, 021-3103591.",
        "[Tanya petugas](https://wa.me/6281234569868) atau [petugas lain](tel:+6281234569867).",
        "```\n0812-3456-9866\n```",
    ),
    "P203": (
        "Rekening BRI 0021-01-045678-50-3 atas nama Melati.",
        "Nomor rekening Bank Mandiri **144-00-1234567-8**.",
        "| Bank | Nomor rekening |\n| --- | --- |\n| BRI | 002101045678503 |",
        "Rekening BNI 0123.456.789 milik ketua, BSI 7123456789 milik bendahara.",
    ),
    "P204": (
        "Bu Melati tinggal di Jalan Anggrek No. 12.",
        "Pak Slamet, RT 02/RW 05, Kelurahan Kanigaran.",
        "Pak Slamet di Kelurahan Wonoasih, RT 02/05.",
        "Ibu Sri Wahyuni, Jl. Panglima Sudirman 45, Probolinggo.",
        "| Nama | Alamat |\n| --- | --- |\n| Ibu Sri | Jl. Kenanga No. 3 |",
        "- Nama: Sri Wahyuni\n- Alamat: Jalan Mawar No. 13",
    ),
}
MARKED = {
    "P201": "3574012501800003 | 3574.0125.0180.0003 | 3574 0125 0180 0003 | 357401-250180-0003 | "
    "3574 01 250180 0003 | 35.74.01.250180.0004 | 3574012501800005 | 3574012501800006",
    "P202": "0812-3456-9876 | +62 812 3456 9875 | 6281234569874 | (+62) 812-3456-9873 | "
    "0812.3456.9872 | 08 123 456 9871 | 0812–3456–9870 | 0812 - 3456 - 9869 | (0335) 421234 | "
    "0335-421235 | 0335 421236 | (021) 5701-234 | 021-3103591 | 6281234569868 | +6281234569867 | "
    "0812-3456-9866",
    "P203": "0021-01-045678-50-3 | 144-00-1234567-8 | 002101045678503 | 0123.456.789 | 7123456789",
    "P204": "Jalan Anggrek No. 12 | RT 02/RW 05, Kelurahan Kanigaran | "
    "Kelurahan Wonoasih, RT 02/05 | Jl. Panglima Sudirman 45 | Jl. Kenanga No. 3 | "
    "Jalan Mawar No. 13",
}
NO_NUMBERS = (
    "Catat 0000 0000 0000 0000, dan hubungi 0800-0000-0000 atau 08xx-xxxx-xxxx.",
    "ISBN 978-602-03-1234-5, ISBN 9786020312345, ISBN 978-0-8123-4567-8.",
    "Tahun 2019 2020 2021 2022 ramai; 2019-2024 sepi.",
    "Dana Rp1.234.567.890.123.456, NIP 198001252005011003, surat 0812/345/2025.",
    "Hubungi 129, 119, 1500-771, atau [layanan darurat](tel:112).",
    "Pukul 08.00-10.00, 08.15–12.30, lalu 13.00 14.00 15.00.",
    "Rekening dibuka pada 2025-01-21, 40 peserta, dan berisi Rp600.000.",
    "Kantor dinas di Jalan Panglima Sudirman No. 19.",
    "Bapak dan Ibu datang ke Jalan Panglima Sudirman No. 19, Ibu hamil juga.",
    "Bu Melati berdagang di Jalan Anggrek 12 tahun lamanya.",
)


def found(tmp_path: Path, code: str, files: dict[str, str]) -> list[str]:
    """What the problems of a code mark, in order of the file."""
    root = lay_example(tmp_path / "proyek", files)
    return [marked(root, problem) for problem in _told(root) if problem.code == code]


def _told(root: Path) -> list[Problem]:
    return as_written(fresh(root).problems, read_folder(root, []))[0]


def marked(root: Path, problem: Problem) -> str:
    lines = (root / problem.path).read_text("utf-8").split("\n")
    place = (problem.line, problem.column, problem.end_line, problem.end_column)
    return text_at(lines, place).strip('"')


def bank(*questions: tuple[str, Sequence[str]]) -> dict[str, str]:
    rows = [
        f"- {{id: tanya-{number}, indikator: 1, jenis: pilihan-ganda, teks: {json.dumps(text)}, "
        f"pilihan: {json.dumps(choices)}, kunci: A, pakai: [latihan]}}\n"
        for number, (text, choices) in enumerate(questions, 1)
    ]
    page = f"# Norma Kelas\n\n{CHAPTER}"
    escaped = [row.encode().decode("unicode-escape") if "\\u" in row else row for row in rows]
    return {BANK: "".join(escaped) + OTHER, PAGE: page}


CHAPTER = """\
/// tujuan
    indikator: [1, 2]

///

![Lingkaran norma kelas](aset/norma.svg)

/// kegiatan | Menyusun norma
    menit: 45
    indikator: [1, 2]

Tulislah norma.
///
"""


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers_and_addresses_of_persons(code: str, tmp_path: Path) -> None:
    told = found(tmp_path, code, {PAGE: "\n\n".join(NUMBERS[code])})
    assert sorted(told) == sorted(MARKED[code].split(" | "))


def test_what_only_looks_like_a_number_of_a_person(tmp_path: Path) -> None:
    root = lay_example(tmp_path / "proyek", {PAGE: "\n\n".join(NO_NUMBERS)})
    assert [str(p) for p in _told(root) if p.code.startswith("P2")] == []


ALL_OF_THEM = (
    "Semua benar|semua jawaban di atas benar.|SEMUA BENAR|A dan B benar|A dan B|"
    "Jawaban A dan B benar|A, B, dan C benar|Tidak ada yang benar|Bukan salah satu di atas|"
    "Tidak satu pun|Semua jawaban salah|**Semua** benar|Semua pilihan di atas|Benar semua|"
    "Ketiganya benar|A & B benar|(A) dan (B) benar|Hanya A dan B|Semuanya|1 dan 2 benar"
).split("|")
NOT_ALL_OF_THEM = (
    "Semua orang di kelas|Tidak ada kesepakatan|A dan B adalah dua kelompok yang berbeda|"
    "Benar dan salah dibedakan|Semua orang berhak menyampaikan hal yang benar|Vitamin A dan D|"
    "Seluruh warga|Tidak ada orang tua|12"
).split("|")


def test_choices_that_speak_of_all_others(tmp_path: Path) -> None:
    choices = [*ALL_OF_THEM, *NOT_ALL_OF_THEM]
    files = bank(*(("Apa arti norma kelas?", ["Janji kelas", choice]) for choice in choices))
    assert found(tmp_path, "S201", files) == ALL_OF_THEM


NEGATED = {
    "Manakah yang bukan norma kelas?": "bukan",
    "Yang TIDAK termasuk norma kelas adalah ….": "TIDAK termasuk",
    "Manakah pernyataan yang salah tentang norma?": "salah",
    "Manakah yang tidak menunjukkan norma kelas?": "tidak",
    "Sikap yang kurang tepat ialah …": "kurang tepat",
    "Hal yang tak termasuk norma …": "tak termasuk",
    "Yang bukan merupakan norma kelas adalah... (pilih satu)": "bukan",
    "Di bawah ini yang tidak benar tentang norma adalah . . .": "tidak benar",
    "Berikut ini norma kelas, KECUALI:": "KECUALI",
}
NOT_NEGATED = (
    "Manakah yang **bukan** norma kelas?",
    "Norma yang **bukan kesepakatan** disebut …",
    "Warga tidak mau menjawab. Apa yang Anda lakukan?",
    "Apa yang Anda katakan kepada warga yang tidak mau menjawab?",
    "Pak Budi bukan anggota kelompok. Apa langkah pertama?",
    "Kata “bukan” dipakai untuk apa?",
    "Mengapa pendamping tidak boleh berjanji?",
)


def test_negations_that_are_asked_for(tmp_path: Path) -> None:
    texts = [*NEGATED, *NOT_NEGATED]
    files = bank(*((text, ["Hadir pagi", "Tidur siang"]) for text in texts))
    assert found(tmp_path, "S202", files) == list(NEGATED.values())


def test_a_key_is_no_shorter_than_the_rest(tmp_path: Path) -> None:
    long = "Jadwal pelatihan yang ditempel di dinding kelas setiap pagi"
    files = bank(("Apa?", ["Janji", long]), ("Apa?", ["Janji kelas bersama", "Aturan kelas saja"]))
    assert found(tmp_path, "S203", files) == ["Janji"]


TWO_VERBS = (
    "menjelaskan dan menyusun norma",
    "menjelaskan, menyusun norma",
    "menjelaskan/menyusun norma",
    "menjelaskan norma serta menerapkannya",
    "menjelaskan sekaligus menyusun norma",
    "menjelaskan norma; menyusun norma",
    "menjelaskan dan mampu menyusun norma",
)
ONE_VERB = (
    "menjelaskan cara menyusun dan menerapkan norma",
    "menyusun daftar kelompok dan peran",
    "menjelaskan norma yang disusun dan diterapkan di kelas",
    "mampu menjelaskan norma",
)


@pytest.mark.parametrize(("texts", "two"), [(TWO_VERBS, True), (ONE_VERB, False)])
def test_indicators_with_two_verbs(texts: tuple[str, ...], two: bool, tmp_path: Path) -> None:
    listed = "".join(f'  - "{text}"\n' for text in texts)
    files = {META: f"status: draf\nindikator:\n{listed}"}
    assert len(found(tmp_path / "dua", "M206", files)) == len(texts) * two
    assert found(tmp_path / "ukur", "M205", files) == []


EMPTY_TEXTS = (
    "di sini|DI SINI|**di sini**|di sini.|klik tautan ini|unduh di sini|Lihat selengkapnya|"
    "tautan berikut|→|www.kemensos.go.id|kemensos.go.id|laman ini"
).split("|")


def test_links_that_say_nothing(tmp_path: Path) -> None:
    texts = [*EMPTY_TEXTS, "bab penutup", "Undang-Undang Kesejahteraan Sosial", "unduh formulir"]
    lines = [f"Bacalah [{text}](penutup.md)." for text in texts]
    assert found(tmp_path, "T201", {PAGE: "\n\n".join(lines)}) == EMPTY_TEXTS


def test_links_of_questions_lead_somewhere(tmp_path: Path) -> None:
    wrong = "[bab](tidak-ada.md) [sini](http://a.go.id) [judul](#arti-norma)"
    right = "[bab penutup](penutup.md#penutup) `[a](b.md)`"
    root = lay_example(
        tmp_path / "proyek",
        {META: f'deskripsi: "Ini {right}."\n', **bank((f"{wrong} Apa?", ["Satu", "Dua"]))},
    )
    told = [(p.code, p.line) for p in _told(root) if p.code[0] == "T"]
    assert told == [("T101", 1), ("T101", 1), ("T201", 1), ("T202", 1)]


def test_a_link_to_an_id_that_an_author_gave(tmp_path: Path) -> None:
    text = "Norma disepakati.\n{: #norma-bersama }\n\nLihat [norma itu](#norma-bersama)."
    assert found(tmp_path, "T102", {PAGE: text}) == []


LAWS = (
    "UU 99/2019|Perda Kota Probolinggo Nomor 4 Tahun 2019|Permenkes 9/2019|"
    "Peraturan Wali Kota Nomor 9 Tahun 2019|Perpu Nomor 2 Tahun 2022|UNDANG-UNDANG NOMOR 9 TAHUN "
    "2019"
).split("|")


def test_laws_that_are_not_registered(tmp_path: Path) -> None:
    lines = [f"Dasarnya {law} itu." for law in LAWS] + ["Bab 9 tahun 2019, UUD 1945, UU 11/2009."]
    assert found(tmp_path, "H202", {PAGE: "\n\n".join(lines)}) == LAWS


BOLD = (
    "**Cara menyusun**\n\nBacalah.",
    '!!! note "Kotak"\n    **Cara membaca**\n\n    Bacalah.',
    "**Cara menjaga** {: #jaga }\n\nBacalah.",
    "**Cara _cepat_ mencari**\n\nBacalah.",
    "**Cara memilih:**\n\n- kertas",
    "> **Cara menulis**\n>\n> Bacalah.",
    "**Jangan menunda!**\n\nBacalah.",
    "**Norma**\n:   Kesepakatan.",
)


def test_bold_that_is_a_heading(tmp_path: Path) -> None:
    expected = [text.split("**")[1] for text in BOLD[:4]]
    assert found(tmp_path, "B203", {PAGE: "\n\n".join(BOLD)}) == [f"**{t}**" for t in expected]


COMMENTS = {
    "<!-- pilar: abaikan L104 contoh ucapan -->": [],
    "<!-- pilar: abaikan L104 -->": ["L100", "L104"],
    "<!-- pilar: abaikan L104, P202 dua kode -->": ["L100", "L104"],
    "<!-- pilar: abaikan L103 kode lain -->": ["L100", "L104"],
    "<!-- pilar abaikan L104 tanpa titik dua -->": ["L100", "L104"],
    "<!-- PILAR: ABAIKAN L104 huruf besar -->": ["L100", "L104"],
    "<!-- pilar dibahas di sini, bukan perintah -->": ["L104"],
}


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_comment_is_held_to_the_letter(comment: str, tmp_path: Path) -> None:
    root = lay_example(tmp_path / "proyek", {PAGE: f"{comment}\nOrang cacat ikut.\n"})
    assert [problem.code for problem in _told(root)] == COMMENTS[comment]


def test_warnings_on_pictures_can_be_given_a_reason(tmp_path: Path) -> None:
    large = f'<svg xmlns="http://www.w3.org/2000/svg">{" " * 300_000}</svg>'
    unused = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>\n'
    entry = "{sumber: Digambar untuk modul ini, lisensi: CC BY-SA 4.0}"
    files = {
        "modules/contoh/aset/norma.svg": large,
        "modules/contoh/aset/lama.svg": unused,
        "modules/contoh/aset/gambar.yml": f"# pilar: abaikan T204 dicetak besar\nnorma.svg: {entry}"
        f"\n# pilar: abaikan F201 dipakai versi berikutnya\nlama.svg: {entry}\n",
    }
    assert _told(lay_example(tmp_path / "proyek", files)) == []


def test_columns_are_those_of_the_file(tmp_path: Path) -> None:
    text = "- satu\n\n\t— ég, pakailah perlindungan sosial.\n"
    root = lay_example(tmp_path / "proyek", {PAGE: text})
    problem = next(problem for problem in _told(root) if problem.code == "L107")
    assert marked(root, problem) == "perlindungan sosial"
    assert [done.code for done in fix_all(root, _told(root))] == ["L107"]
    assert "\t— ég, pakailah pelindungan sosial.\n" in (root / PAGE).read_text("utf-8")
    assert fix_all(root, _told(root)) == []


@pytest.mark.parametrize(("entry", "told"), [("hiasan: true", []), ("hiasan: false", ["T108"])])
def test_an_ornament_needs_no_words(entry: str, told: list[str], tmp_path: Path) -> None:
    pictures = f"norma.svg: {{sumber: Digambar untuk modul ini, lisensi: CC0, {entry}}}\n"
    files = {PAGE: "![](aset/norma.svg)\n", "modules/contoh/aset/gambar.yml": pictures}
    root = lay_example(tmp_path / "proyek", files)
    assert [problem.code for problem in _told(root)] == told


def test_bytes_of_rdjson_are_those_of_the_file(tmp_path: Path) -> None:
    """A tab is one byte there, and four columns for the rules; “ and é are more than one."""
    text = "Kafé\t“ruang” memuat NIK 3574012501800003.\n"
    root = lay_example(tmp_path / "proyek", {PAGE: text})
    found = [problem for problem in fresh(root).problems if problem.code == "P201"]
    problems, lines = as_written(found, read_folder(root, []))
    (row,) = json.loads(written("rdjson", problems, lines))["diagnostics"]
    place = row["location"]["range"]
    line = (root / PAGE).read_bytes().split(b"\n")[place["start"]["line"] - 1]
    span = slice(place["start"]["column"] - 1, place["end"]["column"] - 1)
    assert line[span] == b"3574012501800003"
