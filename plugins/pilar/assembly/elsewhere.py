"""Links to modules that a run does not teach: their words stay, the way there goes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from pilar.content.source import mask_code_spans

_TARGET = r"(?P<target><?\.\./(?P<slug>[a-z0-9-]+)/[^)\s>]*>?)"
_LINK = re.compile(
    r"(?<![!\\])\[(?P<text>(?:\\.|[^\[\]\\\n]|\n(?!\s*\n)|\[[^\[\]\n]*\])*)\]"
    rf"\( *{_TARGET}(?: +(?:\"[^\"\n]*\"|'[^'\n]*'))? *\)"
)
"""`[modul Kebijakan](../kebijakan-ppks/ppks.md)`."""
_DEFINITION = re.compile(rf"^ {{0,3}}\[[^\]^]+\]: *{_TARGET}", re.M)
"""`[kebijakan]: ../kebijakan-ppks/ppks.md`."""
_HOME = "../index.md"


def without_absent(
    lines: Sequence[str], literal: Iterable[int], taught: Container[str]
) -> list[str]:
    """The lines of a page without links to modules that are not `taught`.

    An address that is defined apart leads to the list of modules instead.
    """
    code = set(literal)
    masked = "\n".join(
        "\0" * len(line) if number in code else mask_code_spans(line)
        for number, line in enumerate(lines, 1)
    )
    text = "\n".join(lines)
    links = _absent(_LINK, masked, taught)
    found = [(match.span(), text[slice(*match.span("text"))]) for match in links]
    found += [(match.span("target"), _HOME) for match in _absent(_DEFINITION, masked, taught)]
    for (start, end), instead in sorted(found, reverse=True):
        text = text[:start] + instead + text[end:]
    return text.split("\n")


def _absent(pattern: re.Pattern[str], text: str, taught: Container[str]) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(text) if match["slug"] not in taught)
