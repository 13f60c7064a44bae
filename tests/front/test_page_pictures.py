"""Every page of two small books looks as it did: pictures coarse enough to be alike on any machine.

`pytest tests/front/test_page_pictures.py --perbarui` writes the expected ones; look at the pages
before that, and at golden/pages/*.png (all pages of a book side by side, each squeezed) after it.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from .commands import BUILD, Project
from .test_pdf import JOINED

GOLDEN = Path(__file__).parent / "golden" / "pages"
ACROSS, DOWN = 52, 196
"""Cells of a page: 4 by 1.5 mm, of which a rule of half a point blackens a ninth."""
CELL = 32, 12
"""Dots of a cell. Where a line of text begins and how its edges are smoothed, both of which differ
between versions of Pango and FreeType, is a matter of one dot; in the mean of a cell, of little.
(Pango 1.50 with HarfBuzz 6 and Pango 1.56 with HarfBuzz 10, of Debian 12 and 13: of nothing.)"""
GREY = 22
"""How much, of 255, a cell may be darker or lighter than all those around it were."""
FEW = 4
"""Cells that may be."""


def drawn(book: Path, dots: int = ACROSS * CELL[0]) -> list[Image.Image]:
    """The pages of a book, so many dots wide."""
    with pypdfium2.PdfDocument(book) as pdf:
        return [
            page.render(scale=dots / page.get_width(), grayscale=True).to_pil().convert("L")
            for page in pdf
        ]


def coarse(page: Image.Image) -> Image.Image:
    """The mean grey of each cell of a page."""
    return page.resize((ACROSS * CELL[0], DOWN * CELL[1])).reduce(CELL)


def differences(old: Image.Image, new: Image.Image) -> Image.Image:
    """How much darker or lighter cells of each page are than all around there in the other."""
    return ImageChops.lighter(_beyond(old, new), _beyond(new, old))


def _beyond(page: Image.Image, other: Image.Image) -> Image.Image:
    darkest = other.filter(ImageFilter.MinFilter(3))
    lightest = other.filter(ImageFilter.MaxFilter(3))
    return ImageChops.add(ImageChops.subtract(page, lightest), ImageChops.subtract(darkest, page))


def differ(old: Image.Image, new: Image.Image) -> bool:
    """Whether somebody would see it."""
    return sum(differences(old, new).histogram()[GREY + 1 :]) > FEW


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    sheet = Image.new("L", (sum(page.width for page in pages), pages[0].height))
    for number, page in enumerate(pages):
        sheet.paste(page, (number * pages[0].width, 0))
    return sheet


def _apart(sheet: Image.Image) -> list[Image.Image]:
    return [sheet.crop((x, 0, x + ACROSS, DOWN)) for x in range(0, sheet.width, ACROSS)]


def test_every_page_looks_as_it_did(
    minimal_once: Project, edition: str, tmp_path: Path, request: pytest.FixtureRequest
):
    path = GOLDEN / f"{edition}.png"
    book = minimal_once.out / BUILD / edition / "buku" / f"{JOINED[edition]}.pdf"
    pages = [coarse(page) for page in drawn(book)]
    if request.config.getoption("--perbarui"):
        _side_by_side(pages).save(path, optimize=True)
    with Image.open(path) as sheet:
        expected = _apart(sheet.copy())
    assert len(pages) == len(expected), "look at all pages, then write them anew: --perbarui"
    wrong = [
        (number, old, new)
        for number, (old, new) in enumerate(zip(expected, pages, strict=True), 1)
        if differ(old, new)
    ]
    for number, old, new in wrong:  # expected, found, difference
        three = _side_by_side([old, new, ImageChops.invert(differences(old, new))])
        three.resize((1260, 594)).save(tmp_path / f"{number}.png")
    assert [number for number, *_ in wrong] == [], f"pages of {book}, see {tmp_path}"


@pytest.fixture(scope="module")
def page(minimal_once: Project) -> Image.Image:
    """A page with a table, a figure, an activity and notes."""
    book = minimal_once.out / BUILD / "pelatih/buku/panduan-pelatih.pdf"
    _, *pages = drawn(book)  # without the cover
    return max(pages, key=lambda each: sum(each.histogram()[:128]))


class TestComparison:
    """What another machine draws is alike; what an eye would see is not."""

    def test_edges_may_be_smoothed_otherwise(self, page: Image.Image):
        assert not differ(coarse(page), coarse(page.filter(ImageFilter.GaussianBlur(1.5))))

    def test_text_may_stand_a_dot_off(self, page: Image.Image):
        for right, down in ((1, 0), (0, 1), (-1, -1)):
            assert not differ(coarse(page), coarse(_moved(page, right, down)))

    def test_pages_may_be_drawn_in_another_size(self, minimal_once: Project, edition: str):
        book = minimal_once.out / BUILD / edition / "buku" / f"{JOINED[edition]}.pdf"
        for one, other in zip(drawn(book), drawn(book, 1300), strict=True):
            assert not differ(coarse(one), coarse(other))

    def test_a_block_may_not_move_by_three_millimetres(self, page: Image.Image):
        lower = page.crop((0, page.height // 2, page.width, page.height))
        changed = page.copy()
        changed.paste(lower, (0, page.height // 2 + 24))
        assert differ(coarse(page), coarse(changed))

    def test_a_margin_may_not_be_wider_by_two_millimetres(self, page: Image.Image):
        assert differ(coarse(page), coarse(_moved(page, 0, 16)))

    def test_type_may_not_be_a_twentieth_larger(self, page: Image.Image):
        larger = page.resize((round(page.width * 1.05), round(page.height * 1.05)))
        assert differ(coarse(page), coarse(larger.crop((0, 0, *page.size))))

    def test_no_heavy_rule_may_be_lost(self, page: Image.Image):
        """One of half a point may: in a coarse picture it is as one that stands a dot off."""
        greys = page.resize((1, page.height), Image.Resampling.BOX).tobytes()
        y = greys.index(min(greys))
        page_without = page.copy()
        page_without.paste(255, (0, y - 2, page.width, y + 4))
        assert differ(coarse(page), coarse(page_without))


def _moved(page: Image.Image, right: int, down: int) -> Image.Image:
    return ImageChops.offset(page, right, down)
