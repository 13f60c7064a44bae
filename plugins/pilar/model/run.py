"""A pilot run (uji coba): when, where, with whom, and its timetable as the organizer wrote it."""

from __future__ import annotations

import calendar
import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from .blocks import Frozen, Text
from .curriculum import Curriculum, Module, SemVer, Slug, Source, Term
from .locked import Lock, LockedVersion
from .position import Located
from .problem import unknown_run

_CLOCK = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)")


def _clock(value: object) -> object:
    if not isinstance(value, str) or not (match := _CLOCK.fullmatch(value)):
        raise ValueError('jam ditulis dalam tanda kutip, misalnya "08.00"')
    return int(match[1]) * 60 + int(match[2])


_ClockText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3])[.:][0-5]\d$")]
Clock = Annotated[int, BeforeValidator(_clock, json_schema_input_type=_ClockText)]
"""Time of day; minutes after midnight once read."""


def clock(minutes: int) -> str:
    """Minutes after midnight as Indonesian print has them: `08.00`."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


class Place(Frozen):
    """Where the run is held."""

    nama: Text
    kota: Text
    provinsi: Text
    zona: Literal["WIB", "WITA", "WIT"] = "WIB"


EARLIEST, LATEST = 1980, 2100
"""Years of a run. ZIP archives hold time stamps from 1980 to 2107."""


class Dates(Frozen):
    """First and last day."""

    mulai: datetime.date
    selesai: datetime.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.selesai < self.mulai:
            raise ValueError("`selesai` lebih awal daripada `mulai`")
        if not EARLIEST <= self.mulai.year <= self.selesai.year <= LATEST:
            raise ValueError(f"tahunnya harus antara {EARLIEST} dan {LATEST}")
        return self

    def days(self) -> tuple[datetime.date, ...]:
        """Every day of the run."""
        count = (self.selesai - self.mulai).days + 1
        return tuple(self.mulai + datetime.timedelta(days=number) for number in range(count))


class Participants(Frozen):
    """Who is trained."""

    asal: Text
    jumlah: Annotated[int, Field(ge=1, le=10_000, strict=True)]
    unsur: tuple[Text, ...] = ()


class Trainer(Frozen):
    """Who teaches which modules; the name may be left out."""

    nama: str = ""
    peran: Text
    instansi: Text
    modul: tuple[Slug, ...] = ()


class Break(Frozen):
    """A pause at a fixed time, on the days named (from 1; empty: every day)."""

    judul: Text
    mulai: Clock
    selesai: Clock | None = None
    menit: Annotated[int, Field(ge=1, strict=True)] | None = None
    hari: tuple[Annotated[int, Field(ge=1, strict=True)], ...] = ()

    @model_validator(mode="after")
    def _has_end(self) -> Self:
        if (self.selesai is None) == (self.menit is None):
            raise ValueError("tulis salah satu: `selesai` atau `menit`")
        if self.end <= self.mulai:
            raise ValueError("`selesai` harus sesudah `mulai`")
        return self

    @property
    def end(self) -> int:
        """Minutes after midnight at which it ends."""
        return self.selesai if self.selesai is not None else self.mulai + (self.menit or 0)


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


class Schedule(Frozen):
    """jadwal: working hours, pauses, and what each day holds, in order."""

    mulai: Clock
    selesai: Clock
    jeda: tuple[Break, ...] = ()
    hari: Annotated[
        tuple[
            tuple[
                Annotated[Entry, BeforeValidator(_entry, json_schema_input_type=str | Entry)], ...
            ],
            ...,
        ],
        Field(min_length=1),
    ]


class Contact(Frozen):
    """A local service address; it grows stale, so it says until when it holds."""

    nama: Text
    keterangan: str = ""
    alamat: str = ""
    telepon: str = ""
    berlaku_sampai: datetime.date


class Local(Frozen):
    """Local facts of a run."""

    kontak: tuple[Contact, ...] = ()


class RunFile(Frozen):
    """runs/<id>.yml."""

    judul: Text
    tahap: Literal["uji-coba", "reguler"]
    kurikulum: SemVer
    modul: Mapping[Slug, SemVer] = {}
    penyelenggara: Text
    tempat: Place
    tanggal: Dates
    peserta: Participants
    pengajar: tuple[Trainer, ...] = ()
    jadwal: Schedule
    lokal: Local = Local()


@dataclass(frozen=True)
class Run:
    """A run and its identifier, like `2025-01-probolinggo`. `digest` identifies its file."""

    id: str
    file: RunFile
    source: Located
    digest: str = ""
    lock: Lock | None = None
    """What it was locked to; None while it follows the versions it pins."""

    @property
    def epoch(self) -> int:
        """Time stamp of the output, in seconds since 1970: the lock's, else the first day's."""
        if self.lock:
            return int(self.lock.waktu.timestamp())
        return calendar.timegm(self.file.tanggal.mulai.timetuple())


@dataclass(frozen=True)
class WordList:
    """modules/kamus.txt: correct words that the Indonesian dictionary lacks, with their lines."""

    path: str = "modules/kamus.txt"
    entries: tuple[tuple[int, str], ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """The words alone."""
        return frozenset(word for _, word in self.entries)


@dataclass(frozen=True)
class Facts:
    """Input of the rules on one module besides the module: registries and list of words.

    Their findings depend on module and facts alone, and can be cached by both.
    """

    sources: Mapping[str, Source]
    terms: tuple[Term, ...]
    word_list: WordList

    @cached_property
    def digest(self) -> str:
        """Identifies the facts: SHA-256 in hexadecimal."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()


NO_FACTS = Facts({}, (), WordList())
"""For checks of a module without its project."""


@dataclass(frozen=True)
class Project:
    """All content of a checkout: the curriculum, its modules by slug, and the runs by id."""

    curriculum: Curriculum
    curriculum_source: Located
    modules: Mapping[str, Module]
    runs: Mapping[str, Run]
    sources: Mapping[str, Source]
    terms: tuple[Term, ...]
    digest: str = ""
    """Identifies curriculum, sources and terms together."""
    broken: frozenset[str] = frozenset()
    """Slugs of modules that could not be read; their mistakes are reported already."""
    word_list: WordList = WordList()

    def run(self, name: str) -> Run:
        """The run called `name`, the newest one for an empty name. Raises UnknownNameError."""
        if self.runs and not name:
            return max(self.runs.values(), key=lambda run: (run.file.tanggal.mulai, run.id))
        if name not in self.runs:
            raise unknown_run(name, self.runs)
        return self.runs[name]

    def locks(self, slug: str) -> dict[str, LockedVersion]:
        """What runs have locked of a module, by the run's id."""
        locks = {run.id: run.lock.modul for run in self.runs.values() if run.lock}
        return {run_id: locked[slug] for run_id, locked in locks.items() if slug in locked}

    @cached_property
    def made_of(self) -> str:
        """Identifies all content: registries, words, modules, runs and their locks."""
        modules = [(slug, module.digest) for slug, module in self.modules.items()]
        runs = [(run.id, run.digest, repr(run.lock)) for run in self.runs.values()]
        parts = self.digest, self.word_list, modules, runs, sorted(self.broken)
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def facts(self) -> Facts:
        """The facts for rules on a single module."""
        return Facts(self.sources, self.terms, self.word_list)
