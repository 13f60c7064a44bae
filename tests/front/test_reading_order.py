"""Books are read in the order of their source, by those who select text and by screen readers."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .books import BOTTOM, TOP, WIDTH, letters
from .commands import BUILD, Project
from .pages import read_page

_BLOCKS = "h1 h2 h3 h4 p li dt dd th td".split()
_NEAR = 40
"""Letters that the book may have between two blocks of the site: marks of items, labels."""


def drawn_order(book: Path) -> str:
    """Letters of a book in the order in which they are drawn; heads and feet left out."""
    area = ["-x", "0", "-y", str(TOP), "-W", str(WIDTH), "-H", str(BOTTOM - TOP)]
    return letters(_output("pdftotext", "-raw", *area, str(book), "-"))


def tagged_order(book: Path) -> str:
    """Letters of a book in the order of its structure tree."""
    tree = _output("pdfinfo", "-struct-text", str(book))
    return letters("".join(re.findall(r'^ *"(.*)"$', tree, re.MULTILINE)))


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def blocks(site: Path, module: str) -> Iterator[str]:
    """Letters of each block of a module's chapters, as the site has them, in order."""
    opening = site / module / "index.html"
    for link in read_page(opening).xpath("//ol[@class='pilar-isi']/li/a/@href"):
        (article,) = read_page(opening.parent / link).xpath("//article")
        for element in article.iter(*_BLOCKS):
            inner = next(element.iterdescendants(*_BLOCKS), None)
            # A way to the class view, which paper does not have.
            if inner is None and element.get("class") == "ke-kelas":
                continue
            if inner is None and (found := letters("".join(element.itertext()))):
                yield found


@pytest.mark.parametrize("order", [drawn_order, tagged_order])
@pytest.mark.parametrize(("module", "code"), [("sapa", "sap"), ("catat", "ctt")])
def test_blocks_follow_each_other_as_on_the_site(
    minimal_once: Project, edition: str, module: str, code: str, order: Callable[[Path], str]
):
    site = minimal_once.out / BUILD / edition
    text = order(site / "buku" / f"{code}.pdf")
    found = list(blocks(site, module))
    assert len(found) > 8
    end = text.rindex(found[0])  # not in the contents
    for block in found:
        begin = text.find(block, end, end + len(block) + _NEAR)
        assert begin >= 0, f"{block} does not come next: {text[end : end + 200]}"
        end = begin + len(block)
