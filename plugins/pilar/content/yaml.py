"""YAML files with the line of every value, validated against the model, mistakes in Indonesian."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from pilar.model.position import Keys, Located
from pilar.model.problem import Problem, suggestion

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
    "string_pattern_mismatch": "bentuknya tidak sesuai pola {pattern}",
    "date_type": "harus tanggal seperti 2025-01-21",
    "date_parsing": "harus tanggal seperti 2025-01-21",
    "date_from_datetime_parsing": "harus tanggal seperti 2025-01-21",
    "date_from_datetime_inexact": "harus tanggal tanpa jam, seperti 2025-01-21",
}
"""Messages by pydantic's error type; the context of the error fills the braces."""


def read_yaml(
    text: str, path: str, problems: list[Problem], first_line: int = 1
) -> tuple[Any, Located]:
    """Parse YAML 1.2 into plain values and their lines; None where it cannot be read.

    Reports syntax errors, duplicate keys (all of them), and anchors or aliases, which could make
    a small file expand without bound. `first_line` is the line of the file `text` begins at.
    """
    yaml = YAML(typ="safe", pure=True)
    lines: dict[Keys, int] = {}
    try:
        node = yaml.compose(text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = first_line + (mark.line if mark else 0)
        problems.append(
            Problem(
                path,
                line,
                "Y101",
                "YAML di sekitar baris ini tidak dapat dibaca",
                "Periksa indentasi, tanda titik dua, dan tanda kutip; "
                "teks yang memuat “: ” atau diawali tanda baca harus diapit tanda kutip",
            )
        )
        return None, Located(path, lines)
    seen: set[int] = set()

    def build(node: Node, keys: Keys) -> Any:
        lines.setdefault(keys, first_line + node.start_mark.line)
        if node.anchor or id(node) in seen:
            problems.append(
                Problem(
                    path,
                    first_line + node.start_mark.line,
                    "Y106",
                    "jangkar (&) dan alias (*) YAML tidak dipakai",
                    "Tulis nilainya langsung, atau apit dengan tanda kutip",
                )
            )
            return None
        seen.add(id(node))
        if isinstance(node, MappingNode):
            return dict(pairs(node, keys))
        if isinstance(node, SequenceNode):
            return [build(child, (*keys, index)) for index, child in enumerate(node.value)]
        return yaml.constructor.construct_object(node)

    def pairs(node: MappingNode, keys: Keys) -> Iterator[tuple[Any, Any]]:
        known: dict[Any, int] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            line = first_line + key_node.start_mark.line
            if key in known:
                problems.append(
                    Problem(
                        path,
                        line,
                        "Y102",
                        f"kunci `{key}` sudah ditulis di baris {known[key]}",
                        "Hapus salah satunya",
                    )
                )
                continue
            known[key] = line
            lines[(*keys, key)] = line
            yield key, build(value_node, (*keys, key))

    return (build(node, ()) if node is not None else None), Located(path, lines)


def validate(
    value: Any, kind: type[T] | Any, source: Located, problems: list[Problem], code: str = "Y105"
) -> T | None:
    """Turn plain values into the model's `kind`; report every mistake with its line.

    None where that is not possible. Where only unknown keys are wrong, the rest is given.

    `code` is what a wrong value counts as (block options have a code of their own).
    """
    try:
        return TypeAdapter(kind).validate_python(value)  # type: ignore[no-any-return]
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems += [_problem(detail, kind, source, code) for detail in details]
    if all(detail["type"] == "extra_forbidden" for detail in details):
        # Go on without the unknown keys, so that other mistakes come to light as well.
        for detail in details:
            _drop(value, detail["loc"])
        return validate(value, kind, source, problems, code)
    return None


def _drop(value: Any, keys: tuple[Any, ...]) -> None:
    """Take the key at `keys` out of nested values; names of union branches are passed over."""
    for key in keys[:-1]:
        inside = isinstance(value, dict) and key in value
        if inside or (isinstance(value, list) and isinstance(key, int)):
            value = value[key]
    value.pop(keys[-1], None)


def _problem(detail: Any, kind: Any, source: Located, code: str) -> Problem:
    keys = tuple(part for part in detail["loc"])
    # Unions add the branch's name to the location; only keys and indexes are in the file.
    shown = [str(part) for part in keys if not _is_branch(part)]
    name = (
        ".".join(str(int(part) + 1) if part.isdigit() else part for part in shown) or "isi berkas"
    )
    located = tuple(part for part in keys if not _is_branch(part))
    line = source.line(*located)
    own = code != "Y105"
    match detail["type"]:
        case "extra_forbidden":
            known = _field_names(kind, keys[:-1])
            return Problem(
                source.path,
                line,
                code if own else "Y103",
                f"`{name}` tidak dikenal",
                suggestion(str(keys[-1]), known),
            )
        case "missing":
            return Problem(
                source.path,
                line,
                code if own else "Y104",
                f"`{name}` wajib ada",
                "Tambahkan kunci itu",
            )
        case "value_error":
            reason = str(detail["ctx"]["error"])
            return Problem(source.path, line, code, f"`{name}`: {reason}")
        case kind_of_error:
            context = dict(detail.get("ctx", {}))
            if "expected" in context:
                context["expected"] = str(context["expected"]).replace(" or ", " atau ")
            text = _MESSAGES.get(kind_of_error, "nilai tidak sesuai").format(**context)
            hint = "Apit dengan tanda kutip" if kind_of_error == "string_type" else ""
            return Problem(source.path, line, code, f"`{name}` {text}", hint)


def _is_branch(part: str | int) -> bool:
    return (
        isinstance(part, str) and (not part[:1].islower() or any(mark in part for mark in "[]("))
    ) or part in ("str", "int", "constrained-int", "tuple", "date")


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
