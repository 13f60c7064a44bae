"""What differs between two versions of a run's file, field by field, as data.

    run_changes(old, new)[0]   # FieldChange("tempat.zona", "WIB", "WITA")

Knows no field but those that are read as one: a new key of runs/<id>.yml is compared unasked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from pilar.model.blocks import Frozen
from pilar.model.run import RunFile

from .pairing import Pairs

WHOLE = frozenset({"tanggal"})
"""Fields whose parts say nothing on their own."""


@dataclass(frozen=True)
class FieldChange:
    """A field before and after; None for what is not there.

    `path` has its keys, `tempat.zona`. Entries of a list (`pengajar`) each are a change of their
    own; days are told apart by their number, `jadwal.hari.2`.
    """

    path: str
    before: object
    after: object


def run_changes(before: RunFile | None, after: RunFile | None) -> tuple[FieldChange, ...]:
    """Fields that differ, in the order of the file; all that are filled in of a run that is new."""
    return tuple(_changes("", before, after))


def _changes(path: str, before: object, after: object) -> Iterator[FieldChange]:
    if before == after or not (_filled(before) or _filled(after)):
        return
    both = before, after
    if any(isinstance(value, Frozen) for value in both) and path not in WHOLE:
        old, new = (dict(value) if isinstance(value, Frozen) else {} for value in both)
        for name in {**new, **old}:
            yield from _changes(f"{path}.{name}".strip("."), old.get(name), new.get(name))
    elif entries := _entries(before) + _entries(after):
        old_list, new_list = map(_entries, both)
        if isinstance(entries[0], tuple):
            for number, days in enumerate(zip_longest(old_list, new_list), 1):
                if days[0] != days[1]:
                    yield FieldChange(f"{path}.{number}", *days)
            return
        pairs = Pairs(old_list, new_list).by(repr).alike(lambda entry: repr(entry).split())
        pairs.by(_texts).by(lambda entry: _texts(entry)[:1])
        for old_entry, new_entry in pairs.everything:
            if old_entry != new_entry:
                yield FieldChange(path, old_entry, new_entry)
    else:
        yield FieldChange(path, *(None if value == "" else value for value in both))


def _filled(value: object) -> bool:
    return value is not None and value not in ("", (), {})


def _entries(value: object) -> tuple[object, ...]:
    """Entries of a list that have fields of their own; nothing for anything else."""
    if isinstance(value, tuple) and value and isinstance(value[0], Frozen | tuple):
        return value
    return ()


def _texts(entry: object) -> tuple[str, ...]:
    """What an entry is called: its texts, the name first."""
    values = dict(entry).values() if isinstance(entry, Frozen) else ()
    return tuple(value for value in values if isinstance(value, str) and value)
