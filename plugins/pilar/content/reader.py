"""What all readers share: files by path, problems, YAML validated with line numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pilar.model.position import Keys, Located
from pilar.model.problem import Fix, Problem
from pilar.model.span import text_at

from .block_parser import parse_blocks
from .files import Files
from .limits import too_complex, too_large
from .source import TAB, decode, mask_code_spans, scan
from .validation import validate
from .yaml import read_yaml

_SUSPECT = re.compile(r"[^\w\s,.;:()–—“”‘’\"'?!%-]|!!|::")
"""Any sign that blocks, comments, code and HTML are made of, or may be taken for."""

_TABBED = re.compile(r"[ ]*(?:- +)*\t[ \t]*(?:-[ \t]+)*")
_FOR_PAGES = {
    "catatan kaki": re.compile(r"\[\^"),
    "gambar": re.compile(r"!\["),
    "atribut": re.compile(r"\{:"),
    "singkatan atau alamat tautan": re.compile(r"^ *\*?\[[^\]\n]+\] ?:", re.MULTILINE),
}
"""What a page may have besides text, and Markdown would read in any text; by its name."""


class Reader:
    """Reads from `files`; messages name paths below `base`, mistakes go to `problems`."""

    def __init__(self, files: Files, problems: list[Problem], base: str = "") -> None:
        self.files = files
        self.problems = problems
        self.base = f"{base}/" if base else ""

    def report(self, path: str, code: str, message: str, hint: str = "", line: int = 1) -> None:
        """A problem of the file at `path`."""
        self.problems.append(Problem(self.base + path, line, code, message, hint))

    def text(self, path: str, tab: int = TAB) -> str:
        """Text of a file that exists, tabs expanded to columns of `tab`; empty where it is too
        large to be read.
        """
        data = self.files[path]
        if found := list(too_large(self.base + path, data)):
            self.problems += found
            return ""
        return decode(data, self.base + path, self.problems, tab)

    def page(self, path: str) -> str | None:
        """Text of a page that exists; None where its bytes are no text, or too much of it."""
        before = len(self.problems)
        text = self.text(path)
        unread = not text and len(self.problems) > before
        found = list(too_complex(self.base + path, text))
        self.problems += found
        return None if found or unread else text

    def yaml(self, path: str, kind: Any) -> tuple[Any, Located]:
        """The value of a YAML file as `kind`, None where it cannot be read; and its lines."""
        if path not in self.files:
            self.report(path, "F101", "berkas ini tidak ada", "Buat berkas itu")
            return None, Located(self.base + path)
        if b"\t" in self.files[path]:
            return self._tabbed(path, kind)
        return self._validated(path, kind)

    def _validated(self, path: str, kind: Any, tab: int = TAB) -> tuple[Any, Located]:
        before = len(self.problems)
        value, source = read_yaml(self.text(path, tab), self.base + path, self.problems)
        if value is None and len(self.problems) > before:
            return None, source
        self.problems += sorted(set(_refused_markup(value, source)))
        return validate({} if value is None else value, kind, source, self.problems), source

    def _tabbed(self, path: str, kind: Any) -> tuple[Any, Located]:
        """Y109, once a line; certain where the file can be read with tabs of that width.

        YAML forbids them, and editors give them different widths.
        """
        raw = self.files[path].decode("utf-8", "replace").splitlines()
        lines = [number for number, line in enumerate(raw, 1) if _TABBED.match(line)]
        for tab in (TAB, TAB // 2):
            trial = Reader(self.files, [], self.base.rstrip("/"))
            result = trial._validated(path, kind, tab)
            if not lines or not trial.problems:
                break
        for number in lines:
            old = _TABBED.match(raw[number - 1])[0]  # type: ignore[index]
            message = "baris ini menjorok dengan tab, yang dilarang YAML"
            hint = f"Ganti setiap tab dengan spasi, misalnya {len(old.expandtabs(tab))} di sini"
            problem = Problem(self.base + path, number, "Y109", message, hint)
            fix = Fix(old, old.expandtabs(tab), not trial.problems)
            self.problems.append(problem.in_line((0, len(old.expandtabs(TAB))), fix))
        # What else is wrong is told once the tabs are gone: until then it may follow from them.
        self.problems += [] if lines else trial.problems
        return result


def _refused_markup(value: Any, source: Located, keys: Keys = ()) -> Iterator[Problem]:
    """What no audience filter looks at is not for YAML: blocks, comments, footnotes, raw HTML,
    pictures, and what else is not text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _refused_markup(inner, source, (*keys, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _refused_markup(inner, source, (*keys, index))
    elif isinstance(value, str) and _SUSPECT.search(value):
        found: list[Problem] = []
        written = decode(value.encode("utf-8", "replace"), source.path, found).split("\n")
        complex_ = list(too_complex(source.path, "\n".join(written)))
        if complex_:
            first = complex_[0]
            yield source.problem(keys, first.code, first.message, first.hint)
            return
        lines, literal = scan(written, source.path, found)
        blocks, _ = parse_blocks(source.path, lines, literal, found)
        hint = "Tulis di halaman .md, atau hapus dari teks ini"
        if blocks:
            name = blocks[0].name
            message = f"teks YAML tidak boleh memuat blok (`{name}`)"
            yield source.problem(keys, "Y107", message, hint, at=name)
        if lines != written:
            yield source.problem(keys, "Y107", "teks YAML tidak boleh memuat komentar", hint)
        text = "\n".join(map(mask_code_spans, lines))
        for name, pattern in _FOR_PAGES.items():
            if pattern.search(text):
                message = f"teks YAML tidak boleh memuat {name}"
                yield source.problem(keys, "Y107", message, hint)
        for problem in found:
            words = text_at(lines, problem.place) if problem.column else ""
            yield source.problem(
                keys,
                problem.code,
                problem.message,
                problem.hint,
                at=words if words != lines[problem.line - 1].strip(" >") else "",
                instead=problem.fix.new if problem.fix else "",
            )
