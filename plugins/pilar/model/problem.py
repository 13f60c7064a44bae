"""What is wrong with the content: where, what, and the way out."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from .rule import Severity, rules

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

    `old` is what must stand there for it to apply. `safe` fixes are certain: `pilar check --fix`
    applies them; others are proposals that a person decides on.
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
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    fix: Fix | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.code not in rules():
            raise KeyError(f"unregistered problem code {self.code}")
        # They quote what others wrote: nothing in it may steer a terminal or begin a line.
        for name in ("path", "message", "hint"):
            object.__setattr__(self, name, shown(getattr(self, name)))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.text}"

    @property
    def warning(self) -> bool:
        """Does it leave the content fit for use? Then no build stops for it."""
        return rules()[self.code].severity is Severity.WARNING

    @property
    def text(self) -> str:
        """Message and way out, as one or two sentences."""
        return f"{self.message}. {self.hint}." if self.hint else f"{self.message}."


def of_line(
    path: str, lines: Sequence[str], line: int, code: str, message: str, hint: str = ""
) -> Problem:
    """A problem of a whole line, without the marks of what it stands in."""
    text = lines[line - 1] if line <= len(lines) else ""
    start, end = len(text) - len(text.lstrip(" >")), len(text.rstrip())
    if start >= end:
        return Problem(path, line, code, message, hint)
    return Problem(path, line, code, message, hint, start + 1, line, end + 1)


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


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint naming the known words nearest to `word`, or all of them when none is near."""
    known = sorted(known)
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f"Mungkin maksud Anda “{folded[near[0]]}”"
    return f"Yang dikenal: {', '.join(known)}" if known else ""
