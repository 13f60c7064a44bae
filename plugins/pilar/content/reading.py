"""What all readers share: files by path, problems, YAML validated with its lines."""

from __future__ import annotations

from typing import Any

from pilar.model.position import Located
from pilar.model.problem import Problem

from .source import decode
from .tree import Files
from .yaml import read_yaml, validate


class Reader:
    """Reads from `files`; messages name paths below `base`, mistakes go to `problems`."""

    def __init__(self, files: Files, problems: list[Problem], base: str = "") -> None:
        self.files = files
        self.problems = problems
        self.base = f"{base}/" if base else ""

    def report(self, path: str, code: str, message: str, hint: str = "", line: int = 1) -> None:
        """A problem of the file at `path`."""
        self.problems.append(Problem(self.base + path, line, code, message, hint))

    def text(self, path: str) -> str:
        """Text of a file that exists."""
        return decode(self.files[path], self.base + path, self.problems)

    def yaml(self, path: str, kind: Any) -> tuple[Any, Located]:
        """The value of a YAML file as `kind`, None where it cannot be read; and its lines."""
        if path not in self.files:
            self.report(path, "F101", "berkas ini tidak ada", "Buat berkas itu")
            return None, Located(self.base + path)
        before = len(self.problems)
        value, source = read_yaml(self.text(path), self.base + path, self.problems)
        if value is None and len(self.problems) > before:
            return None, source
        return validate({} if value is None else value, kind, source, self.problems), source
