"""Footnotes of a page: where each is defined, to its last line, and where it is referred to.

Markdown prints a footnote whether or not anything refers to it, so the audience filter must know
exactly which lines are its text. Whatever is ambiguous in Markdown is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pilar.model.blocks import Footnote
from pilar.model.problem import Problem

from .source import TAB, mask_code_spans

_MARK = re.compile(r"\\?\[\^(?:(?P<name>[\w-]+)\])?")
_DEFINITION = re.compile(r"(?P<prefix>[ >]*)(?P<marks>(?:(?:[-*+:]|\d+[.)]) +)*)\[\^[^\]]*\]:")
_PREFIX = re.compile(r"(?:(?: {4})*> )*(?: {4})*")
_IN_TIP = re.compile(r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\[\^|\]\([^()]*\[\^")
_GOES_ON = re.compile(r"[\w\"“‘'(]")
_WAY_OUT = "Tulis [^nama]: di awal baris, dan beri baris kosong sesudah catatannya"


def references(masked: str) -> Iterator[str]:
    """Names of the footnotes that a line refers to; `masked` has no inline code."""
    return _names(masked, match.end() if (match := _DEFINITION.match(masked)) else 0)


def read_footnotes(
    path: str,
    lines: list[str],
    literal: frozenset[int],
    fences: frozenset[int],
    problems: list[Problem],
) -> tuple[Footnote, ...]:
    """Every definition of the page; `fences` are the lines of block headers and closings."""
    reader = _Reader(path, lines, literal, fences, problems)
    reader.check_marks()
    return tuple(reader.definitions())


@dataclass(frozen=True)
class _Reader:
    path: str
    lines: list[str]
    literal: frozenset[int]
    fences: frozenset[int]
    problems: list[Problem]

    def report(self, line: int, message: str, hint: str = _WAY_OUT) -> None:
        self.problems.append(Problem(self.path, line, "T105", message, hint).on_line(self.lines))

    def check_marks(self) -> None:
        for number, line in enumerate(self.lines, 1):
            if number in self.literal or "[^" not in line:
                continue
            if _IN_TIP.search(mask_code_spans(line)):
                self.report(
                    number,
                    "catatan kaki tidak boleh di dalam teks pengganti gambar atau judul tautan",
                    "Tulis [^nama] sesudah gambar atau tautannya",
                )
            for mark in _MARK.finditer(mask_code_spans(line)):
                if not mark["name"] or mark[0].startswith("\\"):
                    self.report(
                        number,
                        "tanda [^ di baris ini bukan catatan kaki yang dikenal",
                        "Tulis, misalnya, [^norma]: nama tanpa spasi dan tanda baca; "
                        "untuk menulis [^ sebagai contoh, apit dengan tanda `",
                    )

    def definition(self, number: int) -> re.Match[str] | None:
        if number in self.literal or number in self.fences:
            return None
        return _DEFINITION.match(mask_code_spans(self.lines[number - 1]))

    def definitions(self) -> Iterator[Footnote]:
        number = 1
        while number <= len(self.lines):
            match = self.definition(number)
            name = next(_names(match[0]), None) if match else None
            if match is None or name is None:
                number += 1
                continue
            if match["marks"]:
                self.report(number, "catatan kaki tidak boleh langsung sesudah tanda daftar")
            elif not _PREFIX.fullmatch(match["prefix"]):
                self.report(
                    number,
                    "catatan kaki ini menjorok tidak seperti isi daftar, kotak, atau kutipannya",
                    "Beri indentasi kelipatan empat spasi, atau tidak sama sekali",
                )
            last = self.last_line(number, match["prefix"])
            yield Footnote(name, number, last, match["prefix"])
            number = last + 1

    def last_line(self, first: int, prefix: str) -> int:
        """Where the text of the footnote that begins at `first` ends."""
        indent = prefix + " " * TAB
        last = first
        for number in range(first + 1, len(self.lines) + 1):
            line = self.lines[number - 1]
            content = line.strip(" >")
            below = number == last + 1
            if not content:
                continue
            if line.startswith(indent):
                if self.definition(number):
                    self.report(number, "catatan kaki tidak boleh berada di dalam catatan kaki")
                elif number - last > 2 and number - 1 not in self.literal:
                    self.report(
                        number,
                        "lebih dari satu baris kosong memisahkan baris ini dari catatan kakinya",
                        "Sisakan satu baris kosong",
                    )
            elif not below or number in self.fences:
                break
            elif self.definition(number):
                if not line.startswith(prefix + "[^"):
                    self.report(number, "catatan kaki ini menjorok lain daripada yang di atasnya")
                break
            elif not line.startswith(prefix) or not _GOES_ON.match(line[len(prefix) :]):
                self.report(number, "tidak jelas apakah baris ini bagian dari catatan kaki di atas")
            last = number
        return last


def _names(masked: str, start: int = 0) -> Iterator[str]:
    return (mark["name"] for mark in _MARK.finditer(masked, start) if mark["name"])
