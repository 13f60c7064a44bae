"""Numbers as Indonesian writes them out, for papers that say dates in words."""

from __future__ import annotations

_DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_UNITS = ((1_000, "ribu"), (100, "ratus"), (10, "puluh"))


def spelled(number: int) -> str:
    """0 to 999,999 in words: `dua ribu dua puluh lima`."""
    if number < len(_DIGITS):
        return _DIGITS[number]
    if number < 20:
        return f"{_DIGITS[number - 10]} belas"
    size, unit = next(pair for pair in _UNITS if number >= pair[0])
    count, rest = divmod(number, size)
    words = f"se{unit}" if count == 1 else f"{spelled(count)} {unit}"
    return f"{words} {spelled(rest)}" if rest else words
