"""One HTML file that holds a whole run, or one module of it: pictures and styles within."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pilar.assembly.tree import EditionTree
from pilar.editions.policy import policy
from pilar.editions.templates import environment

from .articles import Article, anchor_of, data_address, html, linked

_HEADING = re.compile(r"h([1-6])")


def single_page(
    folder: Path, templates: Path, tree: EditionTree, articles: Sequence[Article], title: str
) -> bytes:
    """The articles below each other under `title`, with contents; pictures are read from `folder`.

    It asks for no other file, and its policy allows none.
    """
    held = {article.path for article in articles}

    def address(page: str, anchor: str) -> str | None:
        if page not in held:
            return None
        return f"#{anchor_of(page, anchor) if anchor else anchor_of(page, 'awal')}"

    def drawn(article: Article) -> str:
        body = linked(article, address, lambda name: data_address(folder, name))
        body.set("id", anchor_of(article.path, "awal"))
        body.set("class", "modul-baru" if article.opens_module else "halaman")
        _lower(body, 2 if article.module and not article.opens_module else 1)
        return html(body)

    templating = environment(templates / "paket", "paket.css")
    page = templating.get_template("berkas.html").render(
        judul=title,
        pohon=tree,
        run=tree.run.file,
        kebijakan=policy([], [str(templating.globals["gaya"])]),
        daftar=[(address(one.path, ""), one) for one in articles],
        isi="\n".join(map(drawn, articles)),
    )
    return page.encode()


def _lower(body: Any, steps: int) -> None:
    """Headings so many levels down: the title of the file is the only one of the first."""
    for element in body.iter():
        if isinstance(element.tag, str) and (level := _HEADING.fullmatch(element.tag)):
            element.tag = f"h{min(6, int(level[1]) + steps)}"
