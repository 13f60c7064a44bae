"""Files of a paper, made or taken from the cache: .pdf, and those that officials edit."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from pilar.editions.book.join import compose
from pilar.editions.book.merge import Section
from pilar.editions.book.rendered import Part, serialized
from pilar.store.cache import kept


def bound(part: Part, title: str, subject: str, keywords: str = "") -> bytes:
    """A paper as .pdf with these properties, as in `compose`."""
    return compose([Section(part, "")], title, subject, keywords)


def office_file(suffix: str, html: str, css: str, **facts: Any) -> bytes:
    """The HTML and style sheet of a paper as a file of this kind; `facts` are its properties."""
    # The libraries of both are slow to import, and most papers are made of what is cached.
    if suffix == "docx":
        from .word import document

        return document(html, css, **facts)
    from .workbook import workbook

    return workbook(html, css, **facts)


def cached_bound(folder: Path, part: Part, **facts: str) -> bytes:
    """`bound`, from the cache in `folder` where these inputs were made a file of before."""
    made = partial(bound, part, **facts)
    return kept(folder, made, "kertas", *serialized(part), json.dumps(facts))


def cached_office_file(folder: Path, suffix: str, html: str, css: str, **facts: Any) -> bytes:
    """`office_file`, from the cache likewise."""
    make = partial(office_file, suffix, html, css, **facts)
    return kept(folder, make, suffix, html, css, json.dumps(facts))
