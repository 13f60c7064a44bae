"""What is wrong with results is said with its cell and a way out, whoever or whatever wrote it."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from pilar.checks.result_data import invented_in, result_problems
from pilar.content.results import workbook_sheets
from pilar.model.characters import Cast, Character

from .result_samples import BOOK, OUT, PAGE, as_csv, as_workbook, reading, told, typed, with_cells
from .result_samples import without_places as data_of
from .samples import project_of

TABLES = typed(19)
FILES = as_csv(TABLES)
READ = reading(FILES)
TYPED = as_workbook(TABLES)

MISTAKES = {
    # What was typed, and all that is said of it.
    ("waktu.csv", "kode;menit\nCTH-K1;-5\nCTH-K2;1441\n"): [
        "waktu.csv:2: U106 sel B2: “-5” bukan menit bulat",
        "waktu.csv:3: U106 sel B3: “1441” menit tidak mungkin",
    ],
    ("waktu.csv", "kode,menit\nCTH-K1,45\ncth-k1,50\nCTH-K9,5\n,7\n"): [
        "waktu.csv:3: U108 sel A3: menit CTH-K1 sudah ada di baris sel A2",
        "waktu.csv:4: U108 sel A4: kode “CTH-K9” tidak ada di pelatihan ini. Mungkin maksud Anda",
        "waktu.csv:5: U108 sel A5: kode belum diisi",
    ],
    ("waktu.csv", "kode;rencana;menit;menit;;\nCTH-K1;50;45;40;;lama\n"): [
        "waktu.csv:1: U103 sel D1: kolom “menit” sudah ada di sel C1",
        "waktu.csv:2: U103 sel F2: kolom ini tidak berjudul",
        "waktu.csv:2: U103 sel B2: kolom `rencana` berisi “50”, padahal CTH-K1 “45”",
    ],
    ("waktu.csv", "kode;menit\nCTH-K1;01/02/2026\nCTH-K2;1e3\n"): [
        "waktu.csv:2: U106 sel B2: “01/02/2026” bukan menit bulat. Tampaknya diubah",
        "waktu.csv:3: U106 sel B3: “1e3” bukan menit bulat",
    ],
    ("catatan.csv", "kode;catatan\nCTH-K1;\n;Kipas mati.\nsore;Hujan.\nCTH;=1+1\n"): [
        "catatan.csv:2: U105 sel A2: catatan tentang CTH-K1 kosong",
        "catatan.csv:3: U108 sel A3: kode belum diisi",
        "catatan.csv:4: U108 sel A4: kode “sore” tidak ada",
        "catatan.csv:5: U107 sel B5: sel ini berisi rumus",
    ],
    ("pretest.csv", "peserta;A1;A99;n-44;B1 n-1 ABC\nP01;;;;\n"): [
        "pretest.csv:1: U103 sel C1: judul kolom “A99” tidak dikenal. Tulis judul kolom di",
        "pretest.csv:1: U103 sel D1: judul kolom “n-44” tidak dikenal. Mungkin maksud Anda",
        "pretest.csv:1: U103 sel E1: naskah yang sekarang dicetak tidak memuat soal",
    ],
    ("pretest.csv", "peserta;A1;B1\nP01;;\nP1;A;\nP01;A;\nP02;A;A\n7;A;\n;A;\nP07;A;\nP00;;A\n"): [
        "pretest.csv:4: U104 sel A4: jawaban P01 sudah ada di baris sel A3",
        "pretest.csv:5: U105 sel C5: P02 memakai naskah A, bukan naskah soal ini",
        "pretest.csv:6: U104 sel A6: “7” bukan kode peserta",
        "pretest.csv:7: U104 sel A7: kode peserta belum diisi",
        "pretest.csv:8: U104 sel A8: “P07” bukan kode peserta pelatihan ini",
        "pretest.csv:9: U104 sel A9: “P00” bukan kode peserta",
    ],
    ("pretest-a.csv", "peserta;A1;naskah\nP01;A;C\nP02;A;B\n"): [
        "pretest-a.csv:2: U105 sel C2: naskah “C” tidak ada",
        "pretest-a.csv:3: U105 sel C3: naskah “B” tidak ada",
    ],
    ("pretest.csv", "peserta;1\nP01;A\n"): [
        "pretest.csv:2: U105 sel A2: naskah yang dipakai P01 tidak dapat diketahui",
    ],
    ("posttest.csv", "siswa;A1\nP01;A\n"): [
        "posttest.csv:1: U103 sel A1: judul kolom “siswa” tidak dikenal",
        "posttest.csv:1: U103 kolom `peserta` tidak ada",
    ],
    (
        "evaluasi-fasilitator.csv",
        "formulir;lembar;1;2;Rapi\nCTH;1;5;1,0;\nCTH;1;2;;\nBLC;1;2;;\n",
    ): [
        "evaluasi-fasilitator.csv:1: U103 sel E1: judul kolom “Rapi” tidak dikenal",
        "evaluasi-fasilitator.csv:2: U105 sel C2: “5” bukan nilai. Tulis satu angka: 1 = kurang",
        "evaluasi-fasilitator.csv:3: U108 sel A3: lembar 1 CTH sudah ada di baris sel A2",
        "evaluasi-fasilitator.csv:4: U108 sel A4: formulir “BLC” tidak ada",
    ],
    ("evaluasi-penyelenggaraan.csv", "lembar;3 Administrasi\n1;4\n"): [
        "evaluasi-penyelenggaraan.csv:1: U103 sel B1: judul kolom “3 Administrasi” tidak dikenal",
    ],
    ("nilai.csv", "peserta;A1\nP01;A\n"): [
        "nilai.csv:1: U102 nama berkas `nilai.csv` tidak dikenal"
    ],
    ("catatan.ods", "PK"): [
        "catatan.ods:1: U102 berkas ini bukan hasil yang dikenal. Simpan sebagai"
    ],
    ("lama/waktu.csv", "kode;menit\n"): ["lama/waktu.csv:1: U102 berkas ini bukan hasil"],
    ("pretest-c.csv", "peserta;A1\nP01;A\n"): ["pretest-c.csv:1: U102 pelatihan ini tidak memakai"],
}


@pytest.mark.parametrize(("file", "text"), MISTAKES, ids=range(len(MISTAKES)))
def test_mistakes_are_named_with_cell_and_way_out(file: str, text: str) -> None:
    messages = told({file: text})
    expected = MISTAKES[file, text]
    pairs = zip(messages, expected, strict=True)
    assert all(message.startswith(start) for message, start in pairs), messages
    assert all(message.rstrip(".").count(". ") for message in messages), "a way out each"


@pytest.mark.parametrize(
    ("kind", "wrong", "way"),
    [
        ("pilihan-ganda", "E", "Tulis A, B, C, atau D"),
        ("pilihan-ganda", "AB", "X bila tidak dapat dinilai"),
        ("benar-salah", "A", "Tulis B atau S"),
        ("menjodohkan", "AB", "Tulis 3 huruf A sampai D berurutan, misalnya ABC"),
        ("menjodohkan", "1-A 1-B 2-C", "Tulis 3 huruf"),
        ("menjodohkan", "1-2", "Tampaknya diubah menjadi tanggal"),
        ("isian", "kesepakatan", "Tulis nilai dari pelatih: 0 atau 1"),
        ("uraian", "0,7", "Tulis nilai dari pelatih: 0, 0,5, atau 1"),
    ],
)
def test_an_answer_that_is_none_is_told_what_would_be(kind: str, wrong: str, way: str) -> None:
    asked = next(q for q in OUT.tests["pretest"][0].questions if q.question.jenis == kind)
    (message,) = told({"pretest.csv": f"peserta;A{asked.number}\nP01;{wrong}\n"})
    assert f"U105 sel B2: “{wrong}” bukan jawaban soal A{asked.number}" in message
    assert way in message


def test_one_table_in_two_places_is_read_once() -> None:
    book = as_workbook({"waktu": TABLES["waktu"]} | {t: [] for t in TABLES if t != "waktu"})
    messages = told({"waktu.csv": FILES["waktu.csv"], BOOK: book})
    assert messages == [
        f"waktu.csv:1: U102 Waktu sudah diisi di {BOOK}. "
        "Satukan isinya di salah satu, lalu kosongkan yang lain."
    ]


def test_a_participant_has_one_form() -> None:
    files = {f"pretest-{f}.csv": f"peserta;{f}1\nP01;X\n" for f in "ab"}
    assert [message[:33] for message in told(files)] == ["pretest-b.csv:2: U104 sel A2: jaw"]


def test_of_many_alike_the_first_are_listed() -> None:
    rows = "".join(f"CTH-K1;{'x' * number}\n" for number in range(1, 81))
    reading_ = reading({"waktu.csv": f"kode;menit\n{rows}".encode()})
    shown = [*result_problems(reading_)]
    assert len(shown) < len(reading_.found)
    assert any("sel lain begitu juga" in problem.message for problem in shown)


# Bytes that are no table, and what spreadsheets make of one.

UNREAD = {
    "waktu.csv": [
        ("kode;menit\nCTH-K1;45\nAché\n".encode("cp1252"), "waktu.csv:3: U101 berkas ini bukan"),
        ("kode;menit\n".encode("utf-16"), "waktu.csv:1: U101 berkas ini teks UTF-16"),
        (b'kode;menit\nCTH-K1;"45\n', "waktu.csv:2: U101 baris ini tidak dapat dibaca"),
        (b"PK\x03\x04rest", "waktu.csv:1: U101 ini buku kerja atau arsip ZIP"),
        (b"kode;menit\nCTH-K1;4\x005\n", "waktu.csv:2: B106 karakter kendali"),
    ],
    BOOK: [
        (b"", f"{BOOK}:1: U101 ini bukan buku kerja .xlsx yang utuh"),
        (b"kode;menit\n", f"{BOOK}:1: U101 ini bukan buku kerja .xlsx yang utuh"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, f"{BOOK}:1: U101 berkas ini memakai kata sandi"),
        (TYPED[:-99], f"{BOOK}:1: U101 ini bukan buku kerja .xlsx yang utuh"),
    ],
}


@pytest.mark.parametrize(
    ("file", "number"), [(file, n) for file, listed in UNREAD.items() for n in range(len(listed))]
)
def test_what_is_no_table_is_said_so(file: str, number: int) -> None:
    data, start = UNREAD[file][number]
    (message,) = told({file: data})
    assert message.startswith(start)


def packed(entries: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_hostile_workbooks_are_refused_before_they_are_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = unpacked(TYPED)
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]>' + entries["xl/workbook.xml"]
    (message,) = told({BOOK: packed({**entries, "xl/workbook.xml": laughs})})
    assert "DOCTYPE" in message
    (message,) = told({BOOK: packed({**entries, "xl/media/a.bin": b"\0" * 70_000_000})})
    assert "lebih dari 64 MB setelah dibuka" in message
    monkeypatch.setattr(workbook_sheets, "MOST_CELLS", 200)
    assert all("lebih dari" in message for message in told({BOOK: TYPED}))


@pytest.mark.parametrize("part", sorted(unpacked(TYPED)))
def test_a_workbook_with_a_broken_part_is_reported_or_read_whole(part: str) -> None:
    entries, known = unpacked(TYPED), data_of(READ.results)
    for broken in (entries[part][: len(entries[part]) // 2], b""):
        found = reading({BOOK: packed({**entries, part: broken})})
        whole = data_of(found.results) == known
        assert found.found or whole, broken


def test_what_spreadsheets_put_in_the_place_of_what_was_typed() -> None:
    def change(book: Any) -> None:
        sheet = book["Waktu"]
        sheet["D2"], sheet["D3"] = "=20+25", datetime.date(2026, 2, 1)
        sheet["D4"], sheet["D5"] = True, 12.5
        book["Catatan"]["A2"], book["Catatan"]["B2"] = "CTH", datetime.date(2026, 2, 1)
        book.create_sheet("Coretan")["B2"] = "hitungan"
        book.create_sheet("Rahasia")["A1"] = "hitungan"
        book["Rahasia"].sheet_state = "hidden"
        book.create_sheet("Sheet1")

    found = reading({BOOK: with_cells(change)})
    messages = [str(problem).partition(": ")[2].partition(". ")[0] for _, problem in found.found]
    assert messages == [
        "U102 lembar “Rahasia”: lembar ini disembunyikan",
        "U102 lembar “Coretan”: lembar ini tidak dikenal",
        "U107 lembar “Waktu”, sel D2: sel ini berisi rumus",
        "U107 lembar “Waktu”, sel D3: sel ini berisi tanggal",
        "U107 lembar “Waktu”, sel D4: sel ini berisi nilai benar atau salah",
        "U106 lembar “Waktu”, sel D5: “12,5” bukan menit bulat",
    ]
    assert [note.text for note in found.results.notes] == ["2026-02-01"]


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        ("pretest.csv", "peserta;A1\nBudi Santoso;X\n", "nama"),
        ("pretest.csv", "peserta;Nama peserta;A1\nP01;Budi;X\n", "kolom data pribadi"),
        ("pretest.csv", "peserta;A1\n3574012501800003;X\n", "NIK"),
        ("catatan.csv", "kode;catatan\nCTH;Hubungi 0812-3456-7891.\n", "nomor telepon"),
        ("catatan.csv", "kode;catatan\nCTH;81234567891\n", "nomor seseorang"),
        ("catatan.csv", "kode;catatan\nCTH;Kirim ke budi@contoh.id saja.\n", "alamat surel"),
        ("catatan.csv", "kode;catatan\nCTH;Bu Darmini pingsan.\n", "nama orang"),
        ("evaluasi-penyelenggaraan.csv", "lembar;Saran\n1;Terima kasih Pak Joko\n", "nama orang"),
    ],
)
def test_data_of_persons_is_an_error_of_its_own(file: str, text: str, what: str) -> None:
    problems = [*result_problems(reading({file: text.encode()}))]
    mine = [problem for problem in problems if problem.code == "P104"]
    assert [problem.message.endswith(what) for problem in mine] == [True]
    cells = [problem.message.partition(":")[0] for problem in problems]
    assert len(cells) == len(set(cells)), "a cell is reported once"


def test_invented_people_and_officials_may_be_named() -> None:
    text = "kode;catatan\nCTH;Kasus Bu Krisan disukai; Pak Lurah dan Bapak Ibu hadir.\n"
    krisan = Character.model_validate({"nama": "Krisan", "sapaan": "Bu", "modul": ["contoh"]})
    older = project_of(f"{PAGE}\nIni Bu Krisan.\n").modules.values()
    found = reading({"catatan.csv": text.replace("; Pak", ", Pak").encode()})
    assert [*result_problems(found, invented_in(Cast((krisan,)), ()))] == []
    assert [*result_problems(found, invented_in(Cast(), older))] == []
    assert [p.code for p in result_problems(found, invented_in(Cast(), ()))] == ["P104"]
