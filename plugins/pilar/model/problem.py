"""What is wrong with the content: where, what, and the way out."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from .rule import Rule, Severity, rules
from .span import Range, find, range_at, text_at

_UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """The text in one line, signs that steer a terminal or turn the writing spelt as `\\x1b`."""

    def spelt(match: re.Match[str]) -> str:
        sign = match[0]
        return " " if sign == "\n" else sign.encode("unicode_escape").decode()

    return _UNSHOWN.sub(spelt, text)


@dataclass(frozen=True)
class Fix:
    """A replacement for exactly the range of its problem.

    It applies where the range reads `old`. `safe` fixes are certain: `pilar check --fix` applies
    them; others are proposals that a person decides on.
    """

    old: str
    new: str
    safe: bool = False


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the content.

    `path` is relative to the project, `line` counts from 1 (1 where the whole file is meant),
    `code` names a rule (a page in `aturan/`), `message` says what is wrong and `hint` the way out,
    both in Bahasa Indonesia.

    Where the place is known exactly, `column` is its first character in the line (from 1),
    `end_line` its last line, and `end_column` the character after its end; else they are 0.
    Place and fix come from the rule, by the methods below; no sentence is searched for them.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    column: int = field(default=0, kw_only=True)
    end_line: int = field(default=0, kw_only=True)
    end_column: int = field(default=0, kw_only=True)
    fix: Fix | None = field(default=None, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        if self.code not in rules():
            raise KeyError(f"unregistered problem code {self.code}")
        # They quote what others wrote: nothing in it may steer a terminal or begin a line.
        for name in ("path", "message", "hint"):
            object.__setattr__(self, name, shown(getattr(self, name)))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.text}"

    @property
    def rule(self) -> Rule:
        """The rule that was broken."""
        return rules()[self.code]

    @property
    def warning(self) -> bool:
        """Does it leave the content fit for use? Then no build stops for it."""
        return self.rule.severity is Severity.WARNING

    @property
    def place(self) -> Range:
        """Its exact place, where that is known."""
        return self.line, self.column, self.end_line, self.end_column

    @property
    def text(self) -> str:
        """Message and way out, as one or two sentences."""
        return f"{self.message}. {self.hint}." if self.hint else f"{self.message}."

    def at(self, place: Range, fix: Fix | None = None) -> Problem:
        """The same problem of exactly this place."""
        line, column, end_line, end_column = place
        return replace(
            self, line=line, column=column, end_line=end_line, end_column=end_column, fix=fix
        )

    def in_line(self, span: tuple[int, int], fix: Fix | None = None) -> Problem:
        """The same problem of the characters `span` (from 0) of its line."""
        return self.at((self.line, span[0] + 1, self.line, span[1] + 1), fix)

    def on_line(self, lines: Sequence[str], at: str = "", instead: str = "") -> Problem:
        """The same problem of its whole line, without the marks of what it stands in, or of the
        words `at` in it.
        """
        text = lines[self.line - 1] if self.line <= len(lines) else ""
        start, end = len(text) - len(text.lstrip(" >")), len(text.rstrip())
        if start >= end:
            return self
        place = self.line, start + 1, self.line, end + 1
        return self.at(place).at_words(at, lines, place, instead=instead)

    def at_match(
        self, match: re.Match[str], group: str | int = 0, at: str = "", instead: str = ""
    ) -> Problem:
        """The same problem of a group of a match in the text of the whole file, or of the words
        `at` in it.
        """
        place = range_at(match.string, match.span(group))
        lines = match.string.split("\n")
        return self.at(place).at_words(at, lines, place, instead=instead)

    def at_words(
        self,
        words: str,
        lines: Sequence[str],
        *areas: Range,
        instead: str = "",
        safe: bool = False,
    ) -> Problem:
        """The same problem of `words`, where they stand in the first of `areas` that has them.

        `instead` is a fix for them; there is none where they stand more than once, for it cannot
        be known which of them is meant.
        """
        for area in areas:
            if places := find(words, lines, area):
                certain = instead and len(places) == 1
                fix = Fix(text_at(lines, places[0]), instead, safe) if certain else None
                return self.at(places[0], fix)
        return self


class ContentError(Exception):
    """The content cannot be built; carries every problem found, sorted, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """Pickle with the problems, so that it travels whole between processes."""
        return ContentError, (self.problems,)


_CAUSES = {
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "tempat ini hanya dapat dibaca",
    errno.ENOSPC: "ruang penyimpanan penuh",
    errno.EDQUOT: "jatah ruang penyimpanan habis",
    errno.EFBIG: "berkasnya lebih besar daripada yang diizinkan",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EEXIST: "sudah ada berkas bernama itu",
    errno.ENOTDIR: "yang seharusnya folder ternyata berkas",
    errno.EISDIR: "yang seharusnya berkas ternyata folder",
    errno.ENOENT: "berkas atau foldernya tidak ada",
    errno.EMFILE: "terlalu banyak berkas yang terbuka",
    errno.EIO: "perangkat penyimpanannya bermasalah",
}


def cause(error: OSError) -> str:
    """Why the operating system refused, in Bahasa Indonesia where it is a usual reason."""
    return _CAUSES.get(error.errno or 0, error.strerror or str(error))


class WrongUsageError(Exception):
    """A command was asked for what cannot be; the message (Indonesian) says why."""


class UnknownNameError(WrongUsageError):
    """Nothing has the name that was asked for; the message suggests what has."""


class StoppedError(Exception):
    """Work was stopped from outside; the message (Indonesian) says how to go on."""


def unknown_run(name: str, known: Iterable[str]) -> UnknownNameError:
    """What to say where no run is called `name`, which is empty where any would do."""
    if hint := suggestion(name, known):
        return UnknownNameError(f"pelatihan `{name}` tidak ada. {hint}.")
    return UnknownNameError("belum ada pelatihan di runs/; buat dengan `pilar new run ID`")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` may be a slip of; empty where none is near."""
    folded = {name.casefold(): name for name in sorted(known)}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint naming the known words nearest to `word`, or all of them when none is near."""
    known = sorted(known)
    if near := nearest(word, known):
        return f"Mungkin maksud Anda “{near}”"
    return f"Yang dikenal: {', '.join(known)}" if known else ""
