"""Where in a YAML file each value stands, so that a problem can mark it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .problem import Problem, nearest, suggestion
from .span import Range, text_at

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """A YAML file's path (relative to the project) and the line of each value by its keys."""

    path: str
    lines: Mapping[Keys, int] = field(default_factory=dict, repr=False)
    unread: frozenset[Keys] = frozenset()
    """Keys of values that could not be read, already reported as such; `()` is the whole."""
    text: Sequence[str] = field(default=(), repr=False)
    """Lines of the file."""
    ranges: Mapping[Keys, Range] = field(default_factory=dict, repr=False)
    """What to mark for each value: itself, or its key where it is a list over several lines."""
    names: Mapping[Keys, Range] = field(default_factory=dict, repr=False)
    """The key of each value, as written."""

    def line(self, *keys: str | int) -> int:
        """Line of the value at `keys`, or of the nearest one that holds it."""
        return self.lines.get(self._nearest(keys), 1)

    def problem(
        self,
        keys: Keys,
        code: str,
        message: str,
        hint: str = "",
        *,
        name: bool = False,
        at: str = "",
        instead: str = "",
        safe: bool = False,
    ) -> Problem:
        """A problem of the value at `keys`, or of the nearest one that holds it; `name`: of its
        key. Where the words `at` stand in the value, it is a problem of them alone, and `instead`
        a fix for them (see `Problem.at_words`).
        """
        found = self._nearest(keys)
        message = self.of_entry(message, self.lines.get(found, 1))
        problem = Problem(self.path, self.lines.get(found, 1), code, message, hint)
        key = self.names.get(found)
        place = key if name else self.ranges.get(found)
        if place is None:
            return problem
        areas = [place]
        if place == key and place[2] <= len(self.text):  # it stands for the whole value
            last = end_of_value(self.text, place[0])
            areas.append((*place[:2], last, len(self.text[last - 1]) + 1))
        return problem.at(place).at_words(at, self.text, *areas, instead=instead, safe=safe)

    def unknown(
        self, keys: Keys, message: str, word: str, known: Iterable[str], code: str = "M102"
    ) -> Problem:
        """A problem of `word` at `keys`, which is none of `known`; the nearest one is the fix."""
        known = sorted(known)
        hint, near = suggestion(word, known), nearest(word, known)
        return self.problem(keys, code, message, hint, at=word, instead=near)

    def of_entry(self, message: str, line: int) -> str:
        """The message, naming the question that a line of soal.yml is of, unless it does."""
        name = max((first, name) for first, name in self._questions if first <= line)[1]
        return f"{message} (soal `{name}`)" if name and f"`{name}`" not in message else message

    @cached_property
    def _questions(self) -> list[tuple[int, str]]:
        """First line and id of each question of soal.yml."""
        found = [(0, "")]
        if self.path.endswith("/soal.yml"):
            for keys, place in self.ranges.items():
                if len(keys) == 2 and keys[1] == "id":
                    name = text_at(self.text, place).strip("\"'")
                    found.append((self.lines.get(keys[:1], place[0]), name))
        return found

    def _nearest(self, keys: Keys) -> Keys:
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return keys

    def is_unread(self, keys: Keys) -> bool:
        """Whether the value at `keys`, or one that holds it, could not be read."""
        return any(keys[:length] in self.unread for length in range(len(keys) + 1))


def end_of_value(lines: Sequence[str], first: int) -> int:
    """Last line of the YAML value whose first line is `first`: those below that stand deeper."""
    indent = _indent(lines[first - 1])
    last = first
    for number in range(first + 1, len(lines) + 1):
        line = lines[number - 1]
        if line.strip() and _indent(line) <= indent:
            break
        if line.strip():
            last = number
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
