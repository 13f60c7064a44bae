"""Stage editions, the book's markup: a page → HTML that paper can follow.

Cases lie over `golden/base`; the pages of module `contoh` that they bring along are set.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import lxml.html

from pilar.assembly.tree import assemble_module
from pilar.editions.book.markup import anchor, page_markup
from pilar.model.edition import Edition

from .golden import Golden, cases, lay_out, load_project


@cases("book")
def test_page_is_made_fit_for_a_book(case: Path, golden: Golden, tmp_path: Path) -> None:
    project = load_project(lay_out(case, tmp_path))
    brought = {path.stem for path in case.glob("modules/contoh/*.md")}
    actual: dict[str, str] = {}
    for edition in Edition:
        node = assemble_module(project.modules["contoh"], project, edition)
        volume = {page: page_markup(node, page) for page in node.pages}
        ids = Counter(
            id for html in volume.values() for id in lxml.html.fromstring(html).xpath("//@id")
        )
        assert [id for id, count in ids.items() if count > 1] == []
        for page, html in volume.items():
            if page.page.name in brought:
                actual[f"{edition}/{page.page.name}.html"] = html + "\n"
    golden.check(case, actual)


def test_anchors_name_module_page_and_place() -> None:
    assert anchor("blc/perkenalan.md") == "blc--perkenalan"
    assert anchor("blc/perkenalan.md", "norma") == "blc--perkenalan--norma"
    assert anchor("rujukan.md", "uu-11-2009") == "rujukan--uu-11-2009"
