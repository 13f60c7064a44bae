"""How large the text of a page can be, and how much of it stays, so that it fits on one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, count
from textwrap import shorten
from typing import NamedTuple

from pilar.store.fonts import advances

POINT = 25.4 / 72
"""Of text, in mm."""
LETTER = 0.44
"""Mean width of a letter of Indonesian text in Source Sans Pro, of its size."""
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
"""What is tried for one page. It is read at arm's length; the whole text is on the pocket cards."""

_BETWEEN = 30
"""Height in mm of what a page leaves empty before an undivided row, and of the head above it."""


def fit(height: Callable[[Fit], float], room: float) -> Fit:
    """The best that takes no more than `room` mm, by the `height` it would take; where none does,
    the best of those that take the fewest pages.
    """
    rooms = (room * pages - _BETWEEN * (pages - 1) for pages in count(1))
    return next(tried for most in rooms for tried in BEST_FIRST if height(tried) <= most)


def columns(width: float, size: float) -> int:
    """Letters of this size in points that a line of `width` mm has, about."""
    return max(1, int(width / (LETTER * size * POINT)))


def height(
    texts: Iterable[str], width: float, size: float, weight: int = 400, leading: float = LEADING
) -> float:
    """Height in mm of paragraphs of this size in points, in a column `width` mm wide."""
    em = size * POINT
    return sum(_lines(text, width / em, weight) for text in texts) * leading * em


def longest(text: str, size: float, weight: int) -> float:
    """Width in mm of the longest word of a text."""
    return max((_length(word, weight) for word in text.split()), default=0) * size * POINT


@lru_cache(maxsize=8192)
def _lines(text: str, width: float, weight: int) -> int:
    """Lines of a paragraph, one for an empty text; `width` in em. Words longer than a line are
    broken.
    """
    count, used, space = 1, 0.0, _length(" ", weight)
    for word in text.split():
        length = _length(word, weight)
        if used and used + space + length > width:
            count, used = count + 1, 0.0
        full, used = divmod(used + (space if used else 0) + length, width)
        count += int(full)
    return count


@lru_cache(maxsize=65536)
def _length(word: str, weight: int) -> float:
    widths = advances(weight)
    return sum(widths.get(sign, 1) for sign in word)


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
