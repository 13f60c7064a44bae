"""Papers from which a class is held: a page a session, pocket cards, guides of events, what to
copy and lay ready; as they are printed for the real run.
"""

from __future__ import annotations

import json
import re
from math import ceil
from pathlib import Path

import openpyxl
import pytest

from .books import numbers, texts
from .commands import Project

RUN = "2025-01-probolinggo"
MM = 72 / 25.4
"""Points."""
WIDTH, HEIGHT = 210, 297
"""Of A4 in mm."""
CLEAR = 5
"""Mm beside a cut that nothing may be printed in: scissors miss the line."""


@pytest.fixture(scope="module")
def folder(probolinggo: Project) -> Path:
    return probolinggo.out / RUN / "pelatih"


def area(book: Path, left: float, top: float, width: float, height: float) -> tuple[str, ...]:
    """Text of a part of each page, in mm."""
    return texts(book, tuple(round(mm * MM) for mm in (left, top, width, height)))


def test_each_session_has_one_page_that_says_all(folder: Path) -> None:
    pages = texts(folder / "dokumen" / "sesi.pdf")
    heads = [re.match(r"\s*Sesi (\d+), hari (\d)\b", page) for page in pages]
    assert [head and head[1] for head in heads] == [str(n) for n in range(1, len(pages) + 1)]
    codes = [re.findall(r"^ *\d\d\.\d\d–\d\d\.\d\d +([A-Z]+-K\d+) ", page, re.M) for page in pages]
    assert all(codes)
    listed = [code for page in codes for code in page]
    assert len(listed) == len(set(listed)) == 60
    for page in pages:
        assert "Tujuan: peserta mampu" in page
        assert re.search(r"Siapkan sebelum pukul \d\d\.\d\d", page)
        assert re.search(r"^ *15.* menit .* menit", page, re.M)
        assert re.search(r"Sesi ini (hanya|tidak) dapat dipersingkat", page)
        assert re.search(r"buku hlm\. [A-Z]+-\d+", page)


def test_places_in_the_book_are_where_the_activity_is(folder: Path) -> None:
    text = "\n".join(texts(folder / "dokumen" / "sesi.pdf"))
    book = folder / "buku" / "blc.pdf"
    pages = dict(zip(numbers(book), texts(book), strict=True))
    places = re.findall(r"buku hlm\. (BLC-\d+)", text)
    assert len(places) == 7
    for number, place in enumerate(places, 1):
        assert re.search(rf"Kegiatan BLC-K{number}\b", pages[place])


def test_cards_are_whole_and_in_order_when_the_stack_is_cut(folder: Path) -> None:
    cards = folder / "dokumen" / "saku.pdf"
    places = [(x, y) for y in (0, HEIGHT / 2) for x in (0, WIDTH / 2)]
    piles = [area(cards, x, y, WIDTH / 2, HEIGHT / 2) for x, y in places]
    stack = "".join("".join(pile) for pile in piles)
    count = len(re.findall(r"Kartu \d+ dari", stack))
    assert re.findall(r"Kartu (\d+) dari", stack) == [str(n) for n in range(1, count + 1)]
    assert len(piles[0]) == ceil((count + 1) / 4)
    assert len(set(re.findall(r"^ *([A-Z]+-K\d+) ", stack, re.M))) == 60
    for x, y in places:
        for edge in ((x, 0, CLEAR, HEIGHT), (0, y, WIDTH, CLEAR)):
            assert not "".join(area(cards, *edge)).strip()
    for edge in ((WIDTH / 2 - CLEAR, 0, CLEAR, HEIGHT), (0, HEIGHT / 2 - CLEAR, WIDTH, CLEAR)):
        assert not "".join(area(cards, *edge)).strip()


def test_events_take_their_time_to_the_minute(folder: Path) -> None:
    text = "\n".join(texts(folder / "dokumen" / "acara.pdf"))
    parts = re.split(r"^Hari \d: .*?\((?=\d\d\.\d\d–)", text, flags=re.M)[1:]
    assert len(parts) == 8
    for part in parts:
        whole = re.match(r"(\d\d)\.(\d\d)–\S+ (\d+) menit\)", part)
        assert whole
        now, rows = int(whole[1]) * 60 + int(whole[2]), 0
        for hour, minute, length in re.findall(r"^ *(\d\d)\.(\d\d) +(\d+) ", part, re.M):
            assert int(hour) * 60 + int(minute) == now
            now, rows = now + int(length), rows + 1
        assert rows >= 4
        assert now - int(whole[1]) * 60 - int(whole[2]) == int(whole[3])


def test_the_copiers_order_is_what_was_printed(folder: Path) -> None:
    """All but the list itself and the books, with the sums of the manifest."""
    book = openpyxl.load_workbook(folder / "dokumen" / "kebutuhan.xlsx")
    head, *rows, last = book["Cetak semua"].iter_rows(values_only=True)
    assert head == ("No", "Berkas", "Isi", "Halaman", "Salinan", "Cetak", "Lembar")
    manifest = json.loads((folder.parent / "manifes.json").read_text("utf-8"))
    listed = {row[1]: (row[3], row[4], row[6]) for row in rows}
    printed = {
        entry["berkas"][0].removeprefix("dokumen/"): (
            entry["halaman"],
            entry["salinan"],
            entry["lembar"],
        )
        for entry in manifest["cetak"]["pelatih"]
        if entry["salinan"] and "kebutuhan" not in entry["berkas"][0]
    }
    assert listed == printed
    assert last[-1] == sum(sheets for *_, sheets in printed.values())
    days = [book[f"Salinan, hari {number}"] for number in (1, 2, 3, 4)]
    handed = [row for day in days for row in day.values if row[0] == "lembar-kerja.pdf"]
    codes = [code for row in handed for code in row[1].split(", ")]
    assert len(codes) == len(set(codes)) == listed["lembar-kerja.pdf"][0] == 45
    assert sum(row[-1] for row in handed) == listed["lembar-kerja.pdf"][2]
