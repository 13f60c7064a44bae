"""YAML files with the line of every value, validated against the model, mistakes in Indonesian."""

from __future__ import annotations

import re
import types
import warnings
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from pilar.model.position import Keys, Located
from pilar.model.problem import Problem, suggestion

from .source import control_characters

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
    "too_short": "paling sedikit {min_length} butir",
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
    r"^[a-z0-9-]+\.md$": (
        "nama berkas Markdown dengan huruf kecil",
        "Misalnya norma-kelas.md",
    ),
    r"^[A-Z][A-Z0-9]{1,5}$": ("2–6 huruf besar atau angka, diawali huruf", "Misalnya BLC"),
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$": ("tiga bilangan bertitik", "Misalnya 1.0.0"),
    r"^[0-9a-f]{40}$": ("40 angka heksadesimal", "Buat berkas ini dengan `pilar lock`"),
    "": ("ditulis dalam bentuk lain", "Lihat CONTRIBUTING.md"),
}
"""Patterns of the model in words, with an example."""


def read_yaml(
    text: str, path: str, problems: list[Problem], first_line: int = 1
) -> tuple[Any, Located]:
    """Parse YAML 1.2 into plain values and their lines; None where it cannot be read.

    Reports syntax errors, duplicate keys (all of them), and anchors or aliases, which could make
    a small file expand without bound. `first_line` is the line of the file `text` begins at.
    """
    builder = _Builder(path, problems, first_line)
    lines = tuple(text.split("\n"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            node = builder.yaml.compose(text)
        value = builder.build(node, ()) if node is not None else None
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        builder.report(mark, "Y101", "YAML di sekitar baris ini tidak dapat dibaca", _UNREADABLE)
        return None, Located(path, builder.lines, frozenset({()}), lines)
    return value, Located(path, builder.lines, frozenset(builder.unread), lines)


def yaml_comments(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Comments and their lines. A `#` in a quoted text counts as one: who looks for comments in an
    output must not miss any, and what is no comment is known from elsewhere.
    """
    for number, line in enumerate(text.split("\n"), first_line):
        if match := _COMMENT.search(line):
            yield match["text"], number


_COMMENT = re.compile(r"(?:^|\s)#+ *(?P<text>.*)$")
_UNREADABLE = (
    "Periksa indentasi, tanda titik dua, dan tanda kutip; "
    "teks yang memuat “: ” atau diawali tanda baca harus diapit tanda kutip"
)
_CORE = "tag:yaml.org,2002:"
_TYPES = frozenset(f"{_CORE}{name}" for name in "str int float bool null timestamp map seq".split())


class _Builder:
    """Turns YAML nodes into plain values; keeps the lines, and what cannot be read."""

    def __init__(self, path: str, problems: list[Problem], first_line: int) -> None:
        self.yaml = YAML(typ="safe", pure=True)
        self.path = path
        self.problems = problems
        self.first_line = first_line
        self.lines: dict[Keys, int] = {}
        self.unread: set[Keys] = set()
        self.seen: set[int] = set()

    def report(self, mark: Any, code: str, message: str, hint: str) -> None:
        line = self.first_line + (mark.line if mark else 0)
        self.problems.append(Problem(self.path, line, code, message, hint))

    def build(self, node: Node, keys: Keys) -> Any:
        """The value of a node; None, with a problem told, where it has none."""
        self.lines.setdefault(keys, self.first_line + node.start_mark.line)
        if node.anchor or id(node) in self.seen:
            message = "jangkar (&) dan alias (*) YAML tidak dipakai"
            hint = "Tulis nilainya langsung, atau apit dengan tanda kutip"
            return self.refuse(node, keys, "Y106", message, hint)
        self.seen.add(id(node))
        if str(node.tag) not in _TYPES:
            message = "nilai yang diawali tanda seru (!) tidak dapat dibaca"
            return self.refuse(node, keys, "Y101", message, "Apit dengan tanda kutip")
        if isinstance(node, MappingNode):
            return dict(self.pairs(node, keys))
        if isinstance(node, SequenceNode):
            return [self.build(child, (*keys, index)) for index, child in enumerate(node.value)]
        if found := list(control_characters(node.value, self.path, self.lines[keys])):
            self.unread.add(keys)
            self.problems += found
            return None
        try:
            return self.yaml.constructor.construct_object(node)
        except (YAMLError, ValueError, OverflowError, LookupError):
            message = f"`{str(node.value)[:40]}` bukan tanggal atau bilangan yang ada"
            hint = "Perbaiki nilainya, atau apit dengan tanda kutip bila itu teks"
            return self.refuse(node, keys, "Y105", message, hint)

    def refuse(self, node: Node, keys: Keys, code: str, message: str, hint: str) -> None:
        self.unread.add(keys)
        self.report(node.start_mark, code, message, hint)

    def pairs(self, node: MappingNode, keys: Keys) -> Iterator[tuple[str, Any]]:
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
                self.report(mark, "Y102", message, "Hapus salah satunya")
                continue
            known[key] = self.lines[(*keys, key)] = self.first_line + mark.line
            yield key, self.build(value_node, (*keys, key))


def validate(
    value: Any, kind: type[T] | Any, source: Located, problems: list[Problem], code: str = "Y105"
) -> T | None:
    """Turn plain values into the model's `kind`; report every mistake with its line.

    None where that is not possible. Where only unknown keys are wrong, the rest is given.
    What could not be read has been told already and counts as no further mistake.

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
            _drop(value, place)
        return validate(value, kind, source, problems, code)
    return None


def _follows(detail: Any, details: list[Any]) -> bool:
    """Whether a list is too short only because entries that are there have mistakes."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in details
    )


def _drop(value: Any, keys: Keys) -> None:
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
    line = source.line(*place)
    match detail["type"]:
        case "extra_forbidden":
            code = code if own else "Y103"
            known = _field_names(kind, detail["loc"][:-1])
            hint = suggestion(str(place[-1]), known) or "Hapus baris itu"
            return Problem(source.path, line, code, f"{name} tidak dikenal", hint)
        case "missing":
            code = code if own else "Y104"
            return Problem(source.path, line, code, f"{name} wajib ada", "Tambahkan kunci itu")
        case "value_error":
            reason = str(detail["ctx"]["error"])
            return Problem(source.path, line, code, f"{name}: {reason}")
        case "string_pattern_mismatch":
            form, example = _FORMS.get(detail["ctx"]["pattern"], _FORMS[""])
            return Problem(source.path, line, code, f"{name} harus {form}", example)
        case kind_of_error:
            context = dict(detail.get("ctx", {}))
            hint = "Apit dengan tanda kutip" if kind_of_error == "string_type" else ""
            if "expected" in context:
                choices = re.findall("'([^']*)'", context["expected"])
                near = suggestion(str(detail["input"]), choices)
                hint = near if near.startswith("Mungkin") else "Pilih salah satunya"
                context["expected"] = str(context["expected"]).replace(" or ", " atau ")
            text = _MESSAGES.get(kind_of_error, "nilainya tidak sesuai").format(**context)
            return Problem(source.path, line, code, f"{name} {text}", hint)


def _field_names(kind: Any, keys: tuple[str | int, ...]) -> set[str]:
    """Names of the fields of the model that stands at `keys` below `kind`."""
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
