"""The files that `pilar new` starts from, and what in them waits for an author.

They lie in `kerangka/`. `⟦…⟧` marks what has to be replaced: the one list of it, for whoever writes
the files and for whoever finds what stayed as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Template

from pilar.model.blocks import Document
from pilar.model.position import Keys, Located
from pilar.model.span import text_at
from pilar.store import package

FOLDER = package.ROOT / "kerangka"
MODULE = tuple(
    f"modul/{name}"
    for name in ("modul.yml", "soal.yml", "pendahuluan.md", "materi-pertama.md", "penutup.md")
)
RUN = ("pelatihan.yml",)
_MARKED = re.compile("⟦(.+?)⟧")
_BEFORE = r"(?:/{3,} *[\w-]+ *\|)?[\s>:#*+|-]*(?:\d+[.)]\s+)?(?:\(\d+ menit\)\s*)?[“”\"*_\s]*"
_AFTER = r"[.”\"*_|\s]*(?:\{:?[^}]*\})?"
_SENTENCE = 4
"""Words from which on a text stands for itself, whatever stands beside it."""
_BLOCK_SCALAR = re.compile(r"[>|][+-]?\d?\s*\n")


def filled(name: str, values: Mapping[str, str]) -> str:
    """A file of the skeleton with these values, without marks."""
    return Template(_MARKED.sub(r"\1", _text(name))).substitute(values)


def unedited_values(source: Located, names: tuple[str, ...]) -> Iterator[tuple[Keys, str]]:
    """Keys and text of all values of a YAML file that are as the skeleton has them."""
    waiting = _waiting(names)
    for keys, place in source.ranges.items():
        if place != source.names.get(keys):
            value = _BLOCK_SCALAR.sub("", text_at(source.text, place))
            if (text := " ".join(value.split()).strip("\"'").rstrip(".")) in waiting:
                yield keys, text


def unedited_lines(document: Document, names: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Number and text of what in a page is as the skeleton has it."""
    pattern = _pattern(names)
    for number, line in document.text_lines():
        if match := pattern.search(line):
            yield number, next(filter(None, match.groups()))


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@cache
def _waiting(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(text for name in names for text in _MARKED.findall(_text(name)))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """A few words are an author's own where others stand beside them."""
    texts = sorted(_waiting(names))
    long = "|".join(re.escape(text) for text in texts if len(text.split()) >= _SENTENCE)
    short = "|".join(re.escape(text) for text in texts if len(text.split()) < _SENTENCE)
    return re.compile(rf"(?<!\w)({long})(?!\w)|^{_BEFORE}({short}){_AFTER}$")
