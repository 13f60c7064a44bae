"""The timetable of a run as the organizer wrote it: hours, pauses, what each day holds."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from .blocks import Frozen, Text

_CLOCK = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)")


def _clock(value: object) -> object:
    if not isinstance(value, str) or not (match := _CLOCK.fullmatch(value)):
        raise ValueError('jam ditulis dalam tanda kutip, misalnya "08.00"')
    return int(match[1]) * 60 + int(match[2])


_ClockText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3])[.:][0-5]\d$")]
Clock = Annotated[int, BeforeValidator(_clock, json_schema_input_type=_ClockText)]
"""Time of day; minutes after midnight once read."""

FRIDAY = 4
"""As `datetime.date.weekday` counts."""


def clock(minutes: int) -> str:
    """Minutes after midnight as Indonesian print has them: `08.00`."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


class Break(Frozen):
    """A pause on the days named (from 1; empty: every day): at `mulai`, or near `sekitar`.

    One that is near a time moves to the nearest end of an activity, at most `NEAR` minutes off.
    """

    judul: Text
    mulai: Clock | None = None
    sekitar: Clock | None = None
    selesai: Clock | None = None
    menit: Annotated[int, Field(ge=1, strict=True)] | None = None
    hari: tuple[Annotated[int, Field(ge=1, strict=True)], ...] = ()

    @model_validator(mode="after")
    def _has_end(self) -> Self:
        if (self.mulai is None) == (self.sekitar is None):
            raise ValueError("tulis salah satu: `mulai` (jam tetap) atau `sekitar`")
        if self.sekitar is not None and self.menit is None:
            raise ValueError("jeda dengan `sekitar` memerlukan `menit`")
        if (self.selesai is None) == (self.menit is None):
            raise ValueError("tulis salah satu: `selesai` atau `menit`")
        if self.end <= self.start:
            raise ValueError("`selesai` harus sesudah `mulai`")
        return self

    @property
    def start(self) -> int:
        """Minutes after midnight at which it begins, or near which."""
        return self.mulai if self.mulai is not None else self.sekitar or 0

    @property
    def end(self) -> int:
        """Minutes after midnight at which it ends."""
        return self.selesai if self.selesai is not None else self.start + (self.menit or 0)

    def at(self, start: int) -> Break:
        """The same pause, beginning at that time whatever ends then."""
        return self.model_copy(update={"mulai": start, "sekitar": None})


NEAR = 30
"""Minutes that a pause `sekitar` a time may be off it."""


def usual_breaks(date: datetime.date) -> tuple[Break, ...]:
    """The pauses of a run without `jeda`, on that day."""
    friday = date.weekday() == FRIDAY
    noon = ("ISHOMA dan salat Jumat", "11.30") if friday else ("ISHOMA", "12.00")
    written = (
        {"judul": "Rehat", "sekitar": "10.00", "menit": 15},
        {"judul": noon[0], "mulai": noon[1], "selesai": "13.00"},
        {"judul": "Rehat", "sekitar": "15.00", "menit": 15},
    )
    return tuple(map(Break.model_validate, written))


class Entry(Frozen):
    """One entry of a day: a module (`modul`, with `jp` when only a part) or an event (`acara`)."""

    modul: str | None = None
    jp: Annotated[int, Field(ge=1, strict=True)] | None = None
    acara: str | None = None
    judul: str = ""
    menit: Annotated[int, Field(ge=1, strict=True)] | None = None
    mulai: Clock | None = None
    """Start at this time instead of where the entry before it ends."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.modul is None) == (self.acara is None):
            raise ValueError("tulis salah satu: `modul` atau `acara`")
        if self.jp and self.menit:
            raise ValueError("tulis salah satu: `jp` atau `menit`")
        return self


EVENTS: dict[str, tuple[str, int]] = {
    "pembukaan": ("Pembukaan", 45),
    "pretest": ("Pretest", 30),
    "posttest": ("Post-test", 30),
    "refleksi": ("Refleksi", 15),
    "evaluasi-penyelenggaraan": ("Evaluasi penyelenggaraan", 30),
    "penutupan": ("Penutupan", 45),
}
"""Events of a training day: name → title and usual minutes (`judul`, `menit` of an entry win)."""


def _entry(value: object) -> object:
    """A bare word is an event where one has that name, else a module."""
    if isinstance(value, str):
        return {"acara": value} if value in EVENTS else {"modul": value}
    return value


def _each_day(value: Any) -> Any:
    """One hour for all days, or a list of them."""
    if isinstance(value, dict):
        raise ValueError("tulis satu jam untuk semua hari, atau daftar: satu jam untuk tiap hari")
    return value if isinstance(value, list | tuple) else (value,)


class Schedule(Frozen):
    """jadwal: working hours, pauses, and what each day holds, in order."""

    mulai: Clock
    selesai: Annotated[
        tuple[Clock, ...],
        Field(min_length=1),
        BeforeValidator(_each_day, json_schema_input_type=_ClockText | list[_ClockText]),
    ]
    """The hour of every day, or one hour for each."""
    jeda: tuple[Break, ...] | None = None
    """None: the usual ones."""
    hari: Annotated[
        tuple[
            tuple[
                Annotated[Entry, BeforeValidator(_entry, json_schema_input_type=str | Entry)], ...
            ],
            ...,
        ],
        Field(min_length=1),
    ]

    def closing(self, number: int) -> int:
        """Minutes after midnight at which day `number` (from 1) ends, the last one known for more
        days than there are hours.
        """
        return self.selesai[min(number, len(self.selesai)) - 1]

    def breaks(self, number: int, date: datetime.date) -> tuple[Break, ...]:
        """Pauses of day `number` (from 1), as written."""
        if self.jeda is None:
            return usual_breaks(date)
        return tuple(pause for pause in self.jeda if not pause.hari or number in pause.hari)
