"""The index as small script files, of which a phone loads those that a query needs.

==============  ===================================================================================
`inti.js`       what every search needs: where shards and blocks begin, other names of terms
`n<n>.js`       names of families, by which a word finds its own
`k<n>.js`       a shard: families with their words and the sections each stands in
`t<n>-<m>.js`   a block: address, title and text of some sections of page n
==============  ===================================================================================

Each calls `pilar.cari.terima(NAME, DATA)`. Scripts, because a page opened from a memory card
(file://) may not fetch anything; data alone, so that a sealed site has them sealed (editions/seal).
The leak gate reads them like any script: words and texts stand in them as they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

from .page_sections import Section
from .search_index import Family, SitePage

T = TypeVar("T")

FOLDER = "cari"
"""Where they lie in a site."""
NAMES, SHARD, BLOCK = 9000, 6000, 6000
"""Characters of each before the next one begins: 4.5, 2.7 and 2.3 KB, compressed."""
_END = ")\n"
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""U+2028 and U+2029 are line ends to old readers of scripts; a text has them as spaces already."""
_BLOCK = re.compile(
    rb'''pilar\.cari\.terima\("t[\d-]+",\["([^"]+)","(?:[^"\\]|\\.)*",\[\["([^"]*)"'''
)


def pieces(
    pages: Sequence[SitePage],
    index: Sequence[Family],
    names: Sequence[Sequence[str]],
    ways: Sequence[Sequence[str]] = (),
) -> Iterator[tuple[str, str]]:
    """Name and content of each file. `names` are the groups of names that mean the same; of each
    of `ways`, all mean the last one, and that only itself.
    """
    entries = list(_filled([" ".join(family.entries) for family in index], NAMES, len))
    shards = list(_filled(map(_family, index), SHARD, lambda family: len(_json(family))))
    blocks = [list(_filled(page.sections, BLOCK, _length)) for page in pages]
    yield _script(
        "inti",
        {
            "keluarga": len(entries),
            "pecahan": [0, *accumulate(map(len, shards))][:-1],
            "bagian": [[len(block) for block in page] for page in blocks],
            "sebutan": [group for group in names if len(group) > 1],
            "lazim": ways,
        },
    )
    for number, lines in enumerate(entries):
        yield _script(f"n{number}", "|".join(lines))
    for number, shard in enumerate(shards):
        yield _script(f"k{number}", shard)
    for number, page in enumerate(pages):
        for place, block in enumerate(blocks[number]):
            texts = [[section.anchor, section.title, section.text] for section in block]
            yield _script(f"t{number}-{place}", [page.address, page.place, texts])


def _family(family: Family) -> list[str]:
    """Its words, each followed by its sections: the weight as a letter, A for 1, and how many
    sections after the last it is, where that is not 1 (`C7AC`: 3 in section 6, 1 in 7, 3 in 8).
    """
    return [text for word in family.words for text in (word.form, _steps(word.weights))]


def _steps(weights: Mapping[int, int]) -> str:
    pieces, last = list[str](), -1
    for number, weight in weights.items():
        step = number - last
        pieces.append(f"{chr(64 + weight)}{step}" if step > 1 else chr(64 + weight))
        last = number
    return "".join(pieces)


def _length(section: Section) -> int:
    return len(section.title) + len(section.text)


def _filled(items: Iterable[T], most: int, size: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in order, in groups as large as `most` allows, of one at least."""
    group, total = list[T](), 0
    for item in items:
        if group and total + size(item) > most:
            yield group
            group, total = [], 0
        group.append(item)
        total += size(item)
    if group:
        yield group


def _script(name: str, data: object) -> tuple[str, str]:
    return f"{name}.js", f'pilar.cari.terima("{name}",{_json(data)}{_END}'


def block_of(script: bytes) -> tuple[str, str]:
    """Address of the page that a block is of, and the id where it begins; both are empty for any
    other file, and for a sealed one.
    """
    found = _BLOCK.match(script)
    return (found[1].decode(), found[2].decode()) if found else ("", "")


def with_data(script: str, change: Callable[[str], str]) -> str:
    """A piece with a text in the place of its data, which `change` makes of their JSON."""
    call, _, data = script.partition(",")
    return f"{call},{_json(change(data.removesuffix(_END)))}{_END}"
