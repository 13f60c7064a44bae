"""Plain values validated against the model; every mistake with its line, in Indonesian."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from pilar.model.position import Keys, Located
from pilar.model.problem import Fix, Problem, nearest, suggestion
from pilar.model.span import text_at

from .yaml_mending import curled, cut_off, cut_text, quoted

T = TypeVar("T")

_MESSAGES = {
    "missing": "kunci wajib tidak ada",
    "string_type": "harus berupa teks",
    "int_type": "harus bilangan bulat",
    "int_parsing": "harus bilangan bulat",
    "bool_type": "harus `true` atau `false`",
    "bool_parsing": "harus `true` atau `false`",
    "float_type": "harus bilangan",
    "finite_number": "harus bilangan",
    "greater_than": "harus lebih dari {gt:g}",
    "greater_than_equal": "paling kecil {ge:g}",
    "less_than_equal": "paling besar {le:g}",
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
    "only": "hanya dapat berisi {expected}",
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
_CHOOSE = "Pilih salah satunya"
_POINT = "Pecahan ditulis dengan titik, misalnya 0.5"
"""YAML reads `{jumlah: 0,5}` as `jumlah: 0` and a key `5`."""
_WORDS = {
    **dict.fromkeys(("yes", "ya", "on", "y"), "true"),
    **dict.fromkeys(("no", "tidak", "off", "n"), "false"),
}
"""What authors write for the values that YAML has for yes and no."""
_NAMES = ("id", "istilah", "judul", "nama")
"""Keys that an entry of a list is called by."""
_SLUG = re.compile(r"[a-z0-9.-]+")


def validate(
    value: Any,
    kind: type[T] | Any,
    source: Located,
    problems: list[Problem],
    code: str = "Y105",
    *,
    dropped: bool = False,
) -> T | None:
    """Turn plain values into the model's `kind`; report every mistake with its line.

    None where that is not possible. Where only unknown keys are wrong, the rest is given.
    Values that could not be read are reported already and give no second problem.

    `code` is what a wrong value counts as (block options have a code of their own). `dropped`: this
    is asked again, without unknown keys.
    """
    valid, details = _checked(value, kind)
    places = [_place(detail, source) for detail in details]
    if not dropped:
        problems += _cut(value, kind, source, set(places))
    if not details:
        return valid  # type: ignore[no-any-return]
    problems += [
        _problem(detail, place, kind, source, code, value)
        for detail, place in zip(details, places, strict=True)
        if not source.is_unread(place) and not _follows(detail, details)
    ]
    if all(detail["type"] == "extra_forbidden" for detail in details):
        # Go on without the unknown keys, so that other mistakes come to light as well.
        for place in places:
            drop(value, place)
        return validate(value, kind, source, problems, code, dropped=True)
    return None


def usable(value: Any, kind: type[T]) -> T | None:
    """The model of plain values without keys whose values are wrong, which are reported already;
    None where it is nothing without them.
    """
    wrong = {detail["loc"][0] for detail in _checked(value, kind)[1] if detail["loc"]}
    rest = {key: of for key, of in value.items() if key not in wrong} if wrong else {}
    return _checked(rest, kind)[0]  # type: ignore[no-any-return]


def _checked(value: Any, kind: Any) -> tuple[Any, list[Any]]:
    """The model of plain values, or what is wrong with them."""
    try:
        return TypeAdapter(kind).validate_python(value), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _cut(value: Any, kind: Any, source: Located, wrong: set[Keys]) -> Iterator[Problem]:
    """Y108: texts whose end stands behind ` #`. Where the model takes the value with that end as
    well, it was meant for text; a number, a date or a choice it would not.
    """
    for keys in source.ranges if any(" #" in line for line in source.text) else ():
        rest = cut_off(source, keys)
        if not re.match(" +#[^ #]", rest) or not isinstance(text := _at(value, keys), str):
            continue
        if _SLUG.fullmatch(text) and keys[-1:] != ("judul",):
            continue  # a name of something of ours, which has no such sign
        _, details = _checked(_with(value, keys, text + rest), kind)
        if {_place(detail, source) for detail in details} <= wrong:
            yield cut_text(source, keys, "Y108", text, rest)


def _at(value: Any, keys: Keys) -> Any:
    """The value at `keys` in nested values; None where there is none."""
    for key in keys:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _with(value: Any, keys: Keys, text: str) -> Any:
    """A copy of nested values with another text at `keys`."""
    if not keys:
        return text
    copy = value.copy()
    copy[keys[0]] = _with(value[keys[0]], keys[1:], text)
    return copy


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


def _problem(
    detail: Any, place: Keys, kind: Any, source: Located, code: str, value: Any
) -> Problem:
    own = code != "Y105"
    name = _name(place, value, source.path) or ("opsi" if own else "isi berkas")

    def problem(code: str, message: str, hint: str = "") -> Problem:
        return source.problem(place, code, message, hint)

    match detail["type"]:
        case "extra_forbidden":
            code = code if own else "Y103"
            known, key = _field_names(kind, detail["loc"][:-1]), str(place[-1])
            hint, near = suggestion(key, known) or "Hapus baris itu", nearest(key, known)
            hint = _POINT if key.isdecimal() else hint
            message = f"{name} tidak dikenal"
            return source.problem(place, code, message, hint, name=True, at=key, instead=near)
        case "missing":
            code = code if own else "Y104"
            return problem(code, f"{name} wajib ada", "Tambahkan kunci itu")
    given = detail["input"]
    if isinstance(given, str) and (meant := curled(given)) is not None:
        message = f"{name} diapit tanda kutip lengkung, yang bagi YAML bagian dari isinya"
        told = problem(code, message, "Pakai tanda kutip lurus")
        return _instead(source, place, told, given, quoted(meant))
    if detail["type"] == "value_error":
        told, written = problem(code, f"{name}: {detail['ctx']['error']}"), _written(source, place)
        if not isinstance(given, int | float):
            return told
        _, left = _checked(_with(value, place, written), kind)
        fits = place not in {_place(other, source) for other in left}
        return _instead(source, place, told, written, quoted(written) if fits else "")
    if given is None:
        return problem(code, f"{name} belum diisi", "Tulis nilainya")
    if detail["type"] == "string_pattern_mismatch":
        form, example = _FORMS.get(detail["ctx"]["pattern"], _FORMS[""])
        return problem(code, f"{name} harus {form}", example)
    return _of_other_kind(detail, place, source, name, code)


def _of_other_kind(detail: Any, place: Keys, source: Located, name: str, code: str) -> Problem:
    """The problem of a value that is none of the kind, the number or the length that is wanted."""
    kind, given, context = detail["type"], detail["input"], dict(detail.get("ctx", {}))
    written = _written(source, place)
    hint = instead = ""
    if kind == "string_type":
        hint, instead = "Apit dengan tanda kutip", quoted(written)
    elif kind.startswith("bool_") and isinstance(given, str):
        instead = _WORDS.get(given.casefold(), "")
        hint = f"Tulis {instead}" if instead else ""
    elif kind.startswith("int_") and isinstance(given, str) and given.strip().isdecimal():
        instead = str(int(given))
        hint = f"Tulis {instead}, tanpa tanda kutip"
    elif kind == "float_type" and re.fullmatch(r"\d+([.,]\d+)?", str(given)):
        instead = str(given).replace(",", ".")
        hint = f"Tulis {instead}, tanpa tanda kutip"
    if "expected" in context:
        choices = re.findall("'([^']*)'", context["expected"])
        near = nearest(str(given), choices)
        hint = suggestion(str(given), choices) if near else _CHOOSE
        context["expected"] = str(context["expected"]).replace(" or ", " atau ")
        if len(choices) == 1:
            kind, hint = "only", f"Tulis {choices[0]}, atau hapus kunci itu"
    text = _MESSAGES.get(kind, "nilainya tidak sesuai").format(**context)
    problem = source.problem(place, code, f"{name} {text}", hint)
    return _instead(source, place, problem, written, instead)


def _written(source: Located, place: Keys) -> str:
    return text_at(source.text, source.ranges[place]) if place in source.ranges else ""


def _instead(source: Located, place: Keys, problem: Problem, old: str, new: str) -> Problem:
    """The problem with a certain fix, where the value that was written is `old` in one line."""
    area = source.ranges.get(place)
    one = area and area != source.names.get(place) and area[0] == area[2] and old
    if not (area and one and new) or text_at(source.text, area) != old:
        return problem
    return problem.at(area, Fix(old, new, safe=True))


def _name(place: Keys, value: Any, path: str) -> str:
    """What a message calls a value: its keys, and by its own name the entry of a list it is in."""
    if not place or not isinstance(place[0], int):
        shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
        return shown and f"`{shown}`"
    entry = _at(value, place[:1])
    names = (entry.get(key) for key in _NAMES) if isinstance(entry, dict) else ()
    called = next((f"`{name}`" for name in names if isinstance(name, str)), str(place[0] + 1))
    called = f"{'soal' if path.endswith('/soal.yml') else 'butir'} {called}"
    return f"{inner} pada {called}" if (inner := _name(place[1:], None, "")) else called


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
