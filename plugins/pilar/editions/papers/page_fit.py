"""How large the text of a page can be, and how much of it stays, so that it fits on one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from textwrap import shorten, wrap
from typing import NamedTuple

from .paper import POINT

LETTER = 0.44
"""Mean width of a letter of Indonesian text in Source Sans Pro, of its size."""
BOLD = 1.08
"""Width of a letter in bold, of that in regular."""
LEADING = 1.25
"""Height of a line, of the size of its text."""


class Fit(NamedTuple):
    """Size of text in points, and lines that each of the trainer's moves may have; None: all."""

    size: float
    lines: int | None = None


BEST_FIRST = (
    Fit(11),
    Fit(10.5),
    Fit(11, 2),
    Fit(10),
    Fit(10.5, 2),
    Fit(10, 2),
    *(Fit(size, 1) for size in (10, 9.5, 9)),
)
"""What is tried. A page is read at arm's length; the whole text is on the pocket cards."""


def fit(height: Callable[[Fit], float], room: float) -> Fit:
    """The best that takes no more than `room` mm, by the `height` it would take; else the last."""
    return next((tried for tried in BEST_FIRST if height(tried) <= room), BEST_FIRST[-1])


def columns(width: float, size: float) -> int:
    """Letters of this size in points that a line of `width` mm has, about."""
    return max(1, int(width / (LETTER * size * POINT)))


def height(texts: Iterable[str], width: float, size: float) -> float:
    """Height in mm of paragraphs of this size in points, in a column `width` mm wide."""
    lines = sum(max(1, len(wrap(text, columns(width, size)))) for text in texts)
    return lines * LEADING * size * POINT


def whole_sentences(sentences: Sequence[str], letters: int) -> str:
    """As many sentences as `letters` hold; the first in any case."""
    parts = list(accumulate(sentences, "{} {}".format))
    return next((part for part in reversed(parts) if len(part) <= letters), parts[0])


def shortened(sentences: Sequence[str], letters: int) -> str:
    """As many whole sentences as `letters` hold, or the beginning of the first; what is missing
    is marked.
    """
    if len(text := " ".join(sentences)) <= letters:
        return text
    text = whole_sentences(sentences, letters - 2)
    if len(text) > letters - 2:
        text = shorten(text, max(letters - 2, 12), placeholder="").rstrip(",;:")
    return f"{text} …"
