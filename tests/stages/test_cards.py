"""Cards to cut out: what is a card, how decks lie on sheets, and the sheets themselves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import ceil
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pilar.assembly.tree import EditionTree
from pilar.content.card_list import cards
from pilar.editions.book.part import render_part
from pilar.editions.papers.catalogue import PAPERS
from pilar.editions.papers.kartu import Card, kartu, layout
from pilar.editions.papers.paper import BothEditions
from pilar.editions.papers.press import Press
from pilar.model.edition import Edition
from pilar.model.run import SIZES
from pilar.store import package

from .golden import BASE
from .samples import PROJECT, node_of, parsed, project_of

(RUN,) = PROJECT.runs.values()
PAGE = """\
# Judul

//// kegiatan | Menyusun
    menit: 45
    kelompok: 4

/// kartu | Norma
    set: kelompok
    lebar: 3

- Datang **tepat** waktu[^a]
- Menyenyapkan telepon,
    juga ketika istirahat

- ![Norma](aset/norma.svg) Mendengarkan
- Lihat [@#peran] dan <https://contoh.id>
///
////

/// kartu | Peran
    set: orang
    id: peran
    untuk: semua
    lebar: 4

1. Juru bicara
2. Pencatat
///

[^a]: Catatan.
"""
ROOM = 186.0, 252.0


def both(people: int, paper: str = "A4", page: str = PAGE) -> BothEditions:
    """A run of as many people, whose one module has this page."""
    file = RUN.file
    file = file.model_copy(
        update={"peserta": file.peserta.model_copy(update={"jumlah": people}), "kertas": paper}
    )
    project, run = project_of(page), replace(RUN, file=file)
    return BothEditions(
        *(
            EditionTree(run, edition, project.curriculum, (node_of(project, edition),), ())
            for edition in (Edition.PELATIH, Edition.PESERTA)
        )
    )


def test_a_card_is_an_item_with_its_further_lines() -> None:
    document, _ = parsed(PAGE)
    norma, peran = (block for block in document.walk() if block.name == "kartu")
    assert len(cards(document.lines, norma)) == 4
    assert cards(document.lines, peran) == ("1. Juru bicara", "2. Pencatat")


def test_cards_are_those_of_the_page_without_what_only_a_page_has() -> None:
    run = both(18)
    data = kartu(run, run.trainers.modules[0])
    assert data is not None
    norma = next(deck for deck in data["dek"] if deck.item.block.title == "Norma")
    found = [card for row in norma.layout.sheets[0] for card in row][:4]
    assert (norma.sets, norma.cards) == (5, 4), "four people a group, as the activity says"
    assert found[0].text == "Datang <strong>tepat</strong> waktu"
    assert 'src="pilar-aset:contoh/aset/norma.svg"' in found[2].text
    assert "<a" not in "".join(card.text for card in found)
    assert found[3].words.startswith("Lihat Kartu CTH-KT1 dan")


def test_a_module_without_cards_has_no_such_paper() -> None:
    run = both(4, page="# Judul\n\nTeks.\n")
    assert kartu(run, run.trainers.modules[0]) is None


WORDS = st.text("abcdefghij  ", min_size=1, max_size=400)


@given(
    st.lists(WORDS.filter(str.strip), min_size=1, max_size=9),
    st.integers(1, 12),
    st.sampled_from((2, 3, 4)),
)
def test_every_card_of_every_set_lies_on_a_sheet_once(
    texts: list[str], sets: int, across: int
) -> None:
    deck = [Card(Markup(text), text) for text in texts]
    made = layout(deck, sets, across, ROOM)
    places = across * round(ROOM[1] / made.height)
    sheets = [[card for row in sheet for card in row] for sheet in made.sheets]
    order = [(card.set, card.number) for sheet in sheets for card in sheet]
    assert order == [(s, n) for s in range(1, sets + 1) for n in range(1, len(texts) + 1)]
    assert len(sheets) == ceil(len(deck) * sets / places), "no more sheets than needed"
    assert all(len(row) <= across for sheet in made.sheets for row in sheet)
    assert all(len(sheet) * made.height <= ROOM[1] + 0.01 for sheet in made.sheets)
    if sets * ceil(len(deck) / places) == len(sheets):
        starts = {sheet[0][:1] and (sheet[0][0].set, sheet[0][0].number) for sheet in made.sheets}
        assert {(one, 1) for one in range(1, sets + 1)} <= starts, "a set begins a sheet"


@pytest.mark.parametrize(
    ("text", "cards", "sets", "across", "size", "a_sheet"),
    [
        ("Datang tepat waktu", 4, 1, 2, 32, 4),
        ("Datang tepat waktu", 12, 8, 3, 22, 24),
        ("Datang tepat waktu " * 20, 10, 1, 2, 14, 6),
        ("Datang tepat waktu " * 52, 3, 1, 4, 10, 3),
        ("pertanggungjawaban", 11, 4, 4, 14, 24),
    ],
)
def test_text_is_as_large_as_the_fewest_sheets_allow(
    text: str, cards: int, sets: int, across: int, size: int, a_sheet: int
) -> None:
    made = layout([Card(Markup("x"), text)] * cards, sets, across, ROOM)
    assert (made.size, sum(map(len, made.sheets[0]))) == (size, a_sheet)


@pytest.mark.parametrize(("people", "paper"), [(40, "A4"), (1, "A4"), (120, "F4")])
def test_sheets_as_they_are_printed(people: int, paper: str, tmp_path: Path) -> None:
    """No card is divided between pages, none is missing, and each names its set."""
    run = both(people, paper)
    templates = package.find(BASE, "overrides") / "kertas"
    press = Press(run, templates, render_part, {Edition.PELATIH: tmp_path})
    (printed,) = press.print(next(row for row in PAPERS if row.stem == "kartu"))
    data = kartu(run, run.trainers.modules[0])
    assert data is not None
    peran, norma = data["dek"]
    assert printed.pages == sum(len(deck.layout.sheets) for deck in (peran, norma))
    assert (peran.sets, norma.sets) == (people, ceil(people / 4))
    file = pypdfium2.PdfDocument(tmp_path / "kartu-cth.pdf")
    assert [round(side / 72 * 25.4) for side in file[0].get_size()] == list(SIZES[paper])
    text = "\n".join(page.get_textpage().get_text_range() for page in file)
    for deck in (peran, norma):
        code = deck.item.code
        numbers = re.findall(rf"{code}, kartu (\d+)/{deck.cards}\b", text)
        assert Counter(map(int, numbers)) == dict.fromkeys(range(1, deck.cards + 1), deck.sets)
        named = re.findall(rf"Set (\d+)/{deck.sets}\b", text)
        wanted = dict.fromkeys(range(1, deck.sets + 1), deck.cards) if deck.sets > 1 else {}
        assert Counter(map(int, named)) == wanted
