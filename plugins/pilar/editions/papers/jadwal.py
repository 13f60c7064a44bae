"""Master timetable: Hari, Waktu, Alokasi Waktu, JPL, Mata Pelatihan, Pengajar.

Columns as in the curriculum annexes of Kemenkes' training centres; the organizer's own runs add
who teaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilar.assembly.day import Day, Slot
from pilar.model.curriculum import MINUTES_PER_FIELD_JP, MINUTES_PER_JP, Module
from pilar.model.run import RunFile

from .paper import BothEditions

_SPAN = 15
"""Rows that the name of the day stands beside: no page may divide them, and they fit on one."""


@dataclass(frozen=True)
class Row:
    """A slot; `jp` only for modules, in JP, with a fraction where a pause cuts one."""

    slot: Slot
    jp: float | None
    trainers: str
    """By name or by role; empty, to be written in, where the run names none."""


def jadwal(both: BothEditions) -> dict[str, Any]:
    """The rows of each day with its JP, and the JP of all days together."""
    done: dict[str, int] = {}
    rows = [(day, list(_rows(day, both.run, done))) for day in both.participants.days]
    days = [(day, of, sum(row.jp or 0 for row in of)) for day, of in rows if of]
    total = sum(hours for _, _, hours in days)
    return {"baris_hari": days, "jumlah_jp": total, "rentang_baris": _SPAN}


def _rows(day: Day, run: RunFile, done: dict[str, int]) -> Iterator[Row]:
    for slot in day.slots:
        if slot.module is None:
            yield Row(slot, None, "")
            continue
        before = done.get(slot.module.slug, 0)
        done[slot.module.slug] = before + slot.minutes
        hours = _jp(slot.module, done[slot.module.slug]) - _jp(slot.module, before)
        named = run.trainers_of(slot.module.slug)
        yield Row(slot, hours, ", ".join(person.nama or person.peran for person in named))


def _jp(module: Module, minutes: int) -> float:
    """JP that the first `minutes` of a module are: those in class come first, as days have them."""
    in_class = (module.meta.jp.teori + module.meta.jp.penugasan) * MINUTES_PER_JP
    field = max(0, minutes - in_class)
    return min(minutes, in_class) / MINUTES_PER_JP + field / MINUTES_PER_FIELD_JP
