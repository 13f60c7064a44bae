"""Files of a paper, made or taken from the cache: .pdf, and those that officials edit."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from pilar.editions.book.join import Section, compose
from pilar.editions.book.part import Part, serialized
from pilar.store import package
from pilar.store.cache import key_of, put, take
from pilar.store.manifest import digest, tools

from .word import document
from .workbook import workbook

_MAKERS = {"docx": document, "xlsx": workbook}


def bound(part: Part, **facts: str) -> bytes:
    """A paper as .pdf; `facts` are its properties, as in `compose`."""
    return compose([Section(part, "")], **facts)


def office_file(suffix: str, html: str, css: str, **facts: Any) -> bytes:
    """The HTML and style sheet of a paper as a file of this kind; `facts` are its properties."""
    return _MAKERS[suffix](html, css, **facts)


def cached_bound(folder: Path, part: Part, **facts: str) -> bytes:
    """`bound`, from the cache in `folder` where these inputs were made a file of before."""
    return _cached(folder, partial(bound, part, **facts), *serialized(part), json.dumps(facts))


def cached_office_file(folder: Path, suffix: str, html: str, css: str, **facts: Any) -> bytes:
    """`office_file`, from the cache likewise."""
    make = partial(office_file, suffix, html, css, **facts)
    return _cached(folder, make, suffix, html, css, json.dumps(facts))


def _cached(folder: Path, make: Callable[[], bytes], *inputs: str | bytes) -> bytes:
    path = folder / f"{key_of(*inputs, json.dumps(tools()), _software())}.part"
    if (entry := take(path)) is None:
        entry = make()
        put(path, entry)
    return entry


@cache
def _software() -> str:
    """Identifies the code that makes them."""
    return digest(package.ROOT, ".py")
