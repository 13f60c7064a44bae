"""Files of a paper that officials edit, or take from the cache: .docx and .xlsx."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pilar.store.cache import key_of, put, take
from pilar.store.manifest import digest, tools

from .word import document
from .workbook import workbook

_MAKERS = {"docx": document, "xlsx": workbook}


def office_file(suffix: str, html: str, css: str, **facts: Any) -> bytes:
    """The HTML and style sheet of a paper as a file of this kind; `facts` are its properties."""
    return _MAKERS[suffix](html, css, **facts)


def cached_office_file(folder: Path, suffix: str, html: str, css: str, **facts: Any) -> bytes:
    """The same, from the cache in `folder` where these inputs were made a file of before."""
    key = key_of(suffix, html, css, json.dumps([facts, tools()], sort_keys=True), _software())
    path = folder / f"{key}.part"
    if (entry := take(path)) is None:
        entry = office_file(suffix, html, css, **facts)
        put(path, entry)
    return entry


@cache
def _software() -> str:
    """Identifies the code that writes them."""
    return digest(Path(__file__).parent, ".py")
