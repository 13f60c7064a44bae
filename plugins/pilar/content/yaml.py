"""YAML files with the line of every value, validated against the model, mistakes in Indonesian."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pilar.model.position import Keys, Located
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.span import Range

from .source import control_characters
from .yaml_nodes import CORE, compose, scalar

T = TypeVar("T")

_MESSAGES = {
    "missing": "kunci wajib tidak ada",
    "string_type": "harus berupa teks",
    "int_type": "harus bilangan bulat",
    "int_parsing": "harus bilangan bulat",
    "bool_type": "harus `true` atau `false`",
    "bool_parsing": "harus `true` atau `false`",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
    "string_too_short": "tidak boleh kosong",
    "string_too_long": "paling panjang {max_length} karakter",
    "too_short": "paling sedikit {min_length} butir",
    "too_long": "paling banyak {max_length} butir",
    "tuple_type": "harus berupa daftar",
    "list_type": "harus berupa daftar",
    "mapping_type": "harus berupa pasangan kunci dan nilai",
    "dict_type": "harus berupa pasangan kunci dan nilai",
    "model_type": "harus berupa pasangan kunci dan nilai",
    "literal_error": "harus salah satu dari {expected}",
    "enum": "harus salah satu dari {expected}",
    "date_type": "harus tanggal seperti 2025-01-21",
    "date_parsing": "harus tanggal seperti 2025-01-21",
    "date_from_datetime_parsing": "harus tanggal seperti 2025-01-21",
    "date_from_datetime_inexact": "harus tanggal tanpa jam, seperti 2025-01-21",
}
"""Messages by pydantic's error type; the context of the error fills the braces."""

_FORMS = {
    r"^[a-z][a-z0-9-]*$": (
        "diawali huruf kecil, lalu huruf kecil, angka, atau tanda hubung",
        "Misalnya susun-norma",
    ),
    r"^[a-z0-9-]+$": ("huruf kecil, angka, atau tanda hubung", "Misalnya layanan-rujukan"),
    r"^[a-z0-9-]+\.md$": ("nama berkas Markdown dengan huruf kecil", "Misalnya norma-kelas.md"),
    r"^[A-Z][A-Z0-9]{1,5}$": ("2–6 huruf besar atau angka, diawali huruf", "Misalnya BLC"),
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$": ("tiga bilangan bertitik", "Misalnya 1.0.0"),
    r"^[0-9a-f]{40}$": ("40 angka heksadesimal", "Buat berkas ini dengan `pilar lock`"),
    "": ("ditulis dalam bentuk lain", "Lihat CONTRIBUTING.md"),
}
"""Patterns of the model in words, with an example."""


def read_yaml(
    text: str, path: str, problems: list[Problem], first_line: int = 1, indent: int = 0
) -> tuple[Any, Located]:
    """Parse YAML 1.2 into plain values and their lines; None where it cannot be read.

    Reports syntax errors, duplicate keys (all of them), and anchors or aliases, which could make
    a small file expand without bound. `first_line` is the line of the file `text` begins at,
    `indent` how many characters of each of its lines were left out.
    """
    lines = tuple(text.split("\n"))
    builder = _Builder(path, problems, first_line, indent, lines)
    try:
        node = compose(text)
        value = builder.build(node, ()) if node is not None else None
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        builder.report(mark, "Y101", "YAML di sekitar baris ini tidak dapat dibaca", _UNREADABLE)
        return None, builder.located(frozenset({()}))
    return value, builder.located(frozenset(builder.unread))


def yaml_comments(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Comments and their lines. A `#` in a quoted text counts as one: who looks for comments in an
    output must not miss any, and what is no comment is known from elsewhere.
    """
    for number, line in enumerate(text.split("\n"), first_line):
        if match := _COMMENT.search(line):
            yield match["text"], number


_COMMENT = re.compile(r"(?:^|\s)#+ *(?P<text>.*)$")
_CHOOSE = "Pilih salah satunya"
_NO_VALUE = re.compile(r"\s*(?:#.*)?")
_UNREADABLE = (
    "Periksa indentasi, tanda titik dua, dan tanda kutip; "
    "teks yang memuat “: ” atau diawali tanda baca harus diapit tanda kutip"
)
_TYPES = frozenset(f"{CORE}{name}" for name in "str int float bool null timestamp map seq".split())


@dataclass
class _Builder:
    """Turns YAML nodes into plain values; records places, and what cannot be read."""

    path: str
    problems: list[Problem]
    first_line: int
    indent: int
    text: tuple[str, ...]
    lines: dict[Keys, int] = field(default_factory=dict)
    ranges: dict[Keys, Range] = field(default_factory=dict)
    names: dict[Keys, Range] = field(default_factory=dict)
    unread: set[Keys] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)

    def located(self, unread: frozenset[Keys]) -> Located:
        """Places of all values read so far."""
        above, indent = ("",) * (self.first_line - 1), " " * self.indent
        text = (*above, *(indent + line for line in self.text)) if above else self.text
        return Located(self.path, self.lines, unread, text, self.ranges, names=self.names)

    def report(self, mark: Any, code: str, message: str, hint: str, to: Any = None) -> None:
        """A problem of the line at `mark`, or exactly of what ends before the mark `to`."""
        line = self.first_line + (mark.line if mark else 0)
        if mark is None or mark.line >= len(self.text):
            self.problems.append(Problem(self.path, line, code, message, hint))
            return
        text = self.text[mark.line]
        start = mark.column if to else len(text) - len(text.lstrip())
        place = self.range(mark.line, start, *((to.line, to.column) if to else (mark.line, None)))
        problem = Problem(self.path, line, code, message, hint)
        self.problems.append(problem.at(place) if place[:2] < place[2:] else problem)

    def range(self, line: int, start: int, last: int, end: int | None) -> Range:
        """The place in the file of a part of the text, from 0, without space and comments after
        it.
        """
        if end == 0 or last >= len(self.text):
            last, end = min(last, len(self.text)) - 1, None
        while last > line and _NO_VALUE.fullmatch(self.text[last][:end]):
            last, end = last - 1, None
        stop = len(self.text[last][:end].rstrip())
        if last == line:
            stop = max(stop, start)
        first = self.first_line
        return first + line, self.indent + start + 1, first + last, self.indent + stop + 1

    def place(self, node: Any, keys: Keys) -> None:
        """Record where a value is, and which range to mark for it."""
        start, end = node.start_mark, node.end_mark
        self.lines.setdefault(keys, self.first_line + start.line)
        name = self.names.get(keys)
        many = node.id != "scalar"
        if many and not keys:
            return  # the whole file
        place = self.range(start.line, start.column, end.line, end.column)
        if name and (start.index == end.index or (many and name[0] != place[2])):
            place = name
        elif many and place[0] != place[2]:
            place = self.range(start.line, start.column, start.line, None)
        self.ranges[keys] = place

    def build(self, node: Any, keys: Keys) -> Any:
        """The value of a node; None, with a problem reported, where it has none."""
        self.place(node, keys)
        if getattr(node, "anchor", None) or id(node) in self.seen:
            message = "jangkar (&) dan alias (*) YAML tidak dipakai"
            hint = "Tulis nilainya langsung, atau apit dengan tanda kutip"
            return self.refuse(node, keys, "Y106", message, hint)
        self.seen.add(id(node))
        if str(node.tag) not in _TYPES:
            message = "nilai yang diawali tanda seru (!) tidak dapat dibaca"
            return self.refuse(node, keys, "Y101", message, "Apit dengan tanda kutip")
        if node.id == "mapping":
            return dict(self.pairs(node, keys))
        if node.id == "sequence":
            return [self.build(child, (*keys, index)) for index, child in enumerate(node.value)]
        if found := list(control_characters(node.value, self.path, self.lines[keys])):
            first = found[0]
            return self.refuse(node, keys, first.code, first.message, first.hint)
        try:
            return scalar(node)
        except (YAMLError, ValueError, OverflowError, LookupError):
            message = f"`{str(node.value)[:40]}` bukan tanggal atau bilangan yang ada"
            hint = "Perbaiki nilainya, atau apit dengan tanda kutip bila itu teks"
            return self.refuse(node, keys, "Y105", message, hint)

    def refuse(self, node: Any, keys: Keys, code: str, message: str, hint: str) -> None:
        self.unread.add(keys)
        self.report(node.start_mark, code, message, hint, node.end_mark)

    def pairs(self, node: Any, keys: Keys) -> Iterator[tuple[str, Any]]:
        known: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, mark = key_node.value, key_node.start_mark
            if not isinstance(key, str):
                message = "kunci YAML di baris ini bukan teks"
                self.refuse(key_node, keys, "Y101", message, _UNREADABLE)
                continue
            if not key.isprintable():
                message = "kunci YAML di baris ini memuat karakter yang tidak terlihat"
                self.refuse(key_node, keys, "B106", message, "Hapus baris itu dan ketik ulang")
                continue
            if key in known:
                message = f"kunci `{key}` sudah ditulis di baris {known[key]}"
                self.report(mark, "Y102", message, "Hapus salah satunya", key_node.end_mark)
                continue
            known[key] = self.lines[(*keys, key)] = self.first_line + mark.line
            end = key_node.end_mark
            self.names[(*keys, key)] = self.range(mark.line, mark.column, end.line, end.column)
            yield key, self.build(value_node, (*keys, key))


def validate(
    value: Any, kind: type[T] | Any, source: Located, problems: list[Problem], code: str = "Y105"
) -> T | None:
    """Turn plain values into the model's `kind`; report every mistake with its line.

    None where that is not possible. Where only unknown keys are wrong, the rest is given.
    Values that could not be read are reported already and give no second problem.

    `code` is what a wrong value counts as (block options have a code of their own).
    """
    try:
        return TypeAdapter(kind).validate_python(value)  # type: ignore[no-any-return]
    except ValidationError as error:
        details = error.errors(include_url=False)
    places = [_place(detail, source) for detail in details]
    problems += [
        _problem(detail, place, kind, source, code)
        for detail, place in zip(details, places, strict=True)
        if not source.is_unread(place) and not _follows(detail, details)
    ]
    if all(detail["type"] == "extra_forbidden" for detail in details):
        # Go on without the unknown keys, so that other mistakes come to light as well.
        for place in places:
            drop(value, place)
        return validate(value, kind, source, problems, code)
    return None


def _follows(detail: Any, details: list[Any]) -> bool:
    """Whether a list is too short only because entries that are there have mistakes."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in details
    )


def drop(value: Any, keys: Keys) -> None:
    """Take the key at `keys` out of nested values."""
    for key in keys[:-1]:
        value = value[key]
    value.pop(keys[-1], None)


def _place(detail: Any, source: Located) -> Keys:
    """Where in the file a mistake is: pydantic also names branches of unions on the way."""
    place: Keys = ()
    for part in detail["loc"]:
        if (*place, part) in source.lines:
            place = (*place, part)
    return (*place, detail["loc"][-1]) if detail["type"] == "missing" else place


def _problem(detail: Any, place: Keys, kind: Any, source: Located, code: str) -> Problem:
    own = code != "Y105"
    shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    name = f"`{shown}`" if shown else "opsi" if own else "isi berkas"

    def problem(code: str, message: str, hint: str = "") -> Problem:
        return source.problem(place, code, message, hint)

    match detail["type"]:
        case "extra_forbidden":
            code = code if own else "Y103"
            known, key = _field_names(kind, detail["loc"][:-1]), str(place[-1])
            hint, near = suggestion(key, known) or "Hapus baris itu", nearest(key, known)
            message = f"{name} tidak dikenal"
            return source.problem(place, code, message, hint, name=True, at=key, instead=near)
        case "missing":
            code = code if own else "Y104"
            return problem(code, f"{name} wajib ada", "Tambahkan kunci itu")
        case "value_error":
            reason = str(detail["ctx"]["error"])
            return problem(code, f"{name}: {reason}")
        case "string_pattern_mismatch":
            form, example = _FORMS.get(detail["ctx"]["pattern"], _FORMS[""])
            return problem(code, f"{name} harus {form}", example)
        case kind_of_error:
            context = dict(detail.get("ctx", {}))
            hint = "Apit dengan tanda kutip" if kind_of_error == "string_type" else ""
            if "expected" in context:
                choices = re.findall("'([^']*)'", context["expected"])
                given = str(detail["input"])
                hint = suggestion(given, choices) if nearest(given, choices) else _CHOOSE
                context["expected"] = str(context["expected"]).replace(" or ", " atau ")
            text = _MESSAGES.get(kind_of_error, "nilainya tidak sesuai").format(**context)
            return problem(code, f"{name} {text}", hint)


def _field_names(kind: Any, keys: tuple[str | int, ...]) -> set[str]:
    """Names of the fields of the model at `keys` below `kind`."""
    if get_origin(kind) is Annotated:
        return _field_names(get_args(kind)[0], keys)
    if get_origin(kind) in (Union, types.UnionType):
        return set().union(*(_field_names(branch, keys) for branch in get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if not keys:
            return set(kind.model_fields)
        if keys[0] in kind.model_fields:
            return _field_names(kind.model_fields[str(keys[0])].annotation, keys[1:])
        return _field_names(kind, keys[1:])
    if get_args(kind) and keys:
        return set().union(*(_field_names(branch, keys[1:]) for branch in get_args(kind)))
    return set()
