"""What the software itself adds to an output: words of its own, whole files of the theme."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from .sequences import words_of

_SHELVES = (
    "material/templates/partials",
    *("pilar", "material", "markdown", "pymdownx", "mkdocs", "weasyprint"),
)
"""Where words in pages come from: labels first, then scripts and names of classes."""
_TEXTS = frozenset({".py", ".html", ".js", ".css", ".json", ".yml", ".md", ".xml"})


def is_software_word(word: str) -> bool:
    """Whether the software uses a word. The first "no" takes half a second, for all of its files
    are read: ask only about words that were found.
    """
    return any(word in _words(shelf) for shelf in _SHELVES)


@lru_cache
def _words(shelf: str) -> frozenset[str]:
    package, _, below = shelf.partition("/")
    folder = _folder(package)
    texts = texts_below(folder / below) if folder else ()
    return frozenset(word for text in texts for word in words_of(text))


def texts_below(folder: Path) -> Iterator[str]:
    """Text of every file of the software below a folder."""
    for place, folders, names in os.walk(folder):
        # Material has thousands of icons: not even their names are read.
        folders[:] = [name for name in folders if name != ".icons"]
        for path in (Path(place, name) for name in names):
            if path.suffix in _TEXTS:
                yield path.read_text("utf-8", errors="replace")


def is_the_themes(name: str, data: bytes) -> bool:
    """Whether a file of an output equals, byte for byte, the theme's own of that name."""
    theme = _folder("material")
    if theme is None or not name.startswith("assets/"):
        return False
    try:
        return (theme / "templates" / name).read_bytes() == data
    except OSError:
        return False


@lru_cache
def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None
