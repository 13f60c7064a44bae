"""The joined book of an edition, and the same HTML rendered as one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pilar.assembly.tree import EditionTree
from pilar.editions.book.join import compose
from pilar.editions.book.markup import PART_SCHEME
from pilar.editions.book.merge import Section
from pilar.editions.book.part import cached_part, render_part
from pilar.editions.book.rendered import Part
from pilar.editions.book.volume import Bindery, Book
from pilar.store import package

Inputs = tuple[Any, ...]
"""Of a part: its name, HTML, CSS and pictures."""


def joined(tree: EditionTree, root: Path, cache: Path) -> tuple[Book, list[Inputs]]:
    """The joined book, without QR codes, and what its parts were rendered from."""
    made: list[tuple[Part, Inputs]] = []
    sections: list[Section] = []

    def render(*inputs: Any) -> Part:
        made.append((cached_part(cache, *inputs), inputs))
        return made[-1][0]

    def composed(given: Sequence[Section], *words: str) -> bytes:
        sections[:] = given
        return compose(given, *words)

    templates = package.find(root, "overrides") / "buku"
    book = Bindery(tree, templates, render, bind=composed).joined_book()
    return book, [next(i for part, i in made if part is each.part) for each in sections]


def at_once(parts: list[Inputs]) -> Part:
    """All parts as one document; links to ids that none of them has are left out."""
    css = "\n".join(dict.fromkeys(given[2] for given in parts))
    assets = {name: data for given in parts for name, data in given[3].items()}
    bodies = [re.search(r"<body([^>]*)>(.*)</body>", given[1], re.DOTALL) for given in parts]
    html = "".join(f"<div{body[1]}>{body[2]}</div>" for body in bodies if body)
    html = html.replace(f'"{PART_SCHEME}:', '"#')
    ids = set(re.findall(r' id="([^"]+)"', html))
    html = re.sub(r' href="#([^"]+)"', lambda link: link[0] if link[1] in ids else "", html)
    return render_part("sekaligus", f'<html lang="id"><title>Sekaligus</title>{html}', css, assets)
