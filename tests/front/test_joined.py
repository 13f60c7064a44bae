"""A book joined from parts is hardly larger than the same pages rendered at once."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pilar.editions.book import volume
from pilar.editions.book.join import Section, compose
from pilar.editions.book.markup import PART_SCHEME
from pilar.editions.book.part import Part, cached_part, render_part
from pilar.editions.book.volume import Bindery
from pilar.model.edition import Edition
from pilar.project.state import Workspace

from .commands import REPOSITORY

pytestmark = pytest.mark.panjang  # a minute of layout


def test_the_joined_book_is_at_most_a_fifth_larger_than_one_render(
    edition: str, cache: Path, monkeypatch: pytest.MonkeyPatch
):
    made: list[tuple[Part, tuple[Any, ...]]] = []
    joined: list[Section] = []

    def render(*inputs: Any) -> Part:
        made.append((cached_part(cache, *inputs), inputs))
        return made[-1][0]

    def composed(sections: list[Section], *words: str) -> bytes:
        joined[:] = sections
        return compose(sections, *words)

    monkeypatch.setattr(volume, "compose", composed)
    run = Workspace(REPOSITORY, cache).folder().runs["2025-10-situbondo"]
    bindery = Bindery(run.tree(Edition(edition)), REPOSITORY / "overrides/buku", render)
    book = bindery.joined_book()
    inputs = [next(given for part, given in made if part is each.part) for each in joined]
    alone = at_once(inputs)
    # Parts begin on pages of their own, and their front matter knows where.
    assert abs(alone.pages - book.pages) < book.pages / 20
    assert len(book.pdf) < 1.2 * len(alone.pdf), (len(book.pdf), len(alone.pdf))


def at_once(parts: list[tuple[Any, ...]]) -> Part:
    """All parts as one document; links to ids that none of them has are left out."""
    css = "\n".join(dict.fromkeys(given[2] for given in parts))
    assets = {name: data for given in parts for name, data in given[3].items()}
    bodies = [re.search(r"<body([^>]*)>(.*)</body>", given[1], re.DOTALL) for given in parts]
    html = "".join(f"<div{body[1]}>{body[2]}</div>" for body in bodies if body)
    html = html.replace(f'"{PART_SCHEME}:', '"#')
    linked = partial(_linked, set(re.findall(r' id="([^"]+)"', html)))
    html = re.sub(r' href="#([^"]+)"', linked, html)
    head = '<html lang="id"><title>Sekaligus</title>'
    return render_part("sekaligus", f"{head}{html}", css, assets)


def _linked(ids: set[str], link: re.Match[str]) -> str:
    return link[0] if link[1] in ids else ""
