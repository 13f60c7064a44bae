"""A pilot run (uji coba): when, where, with whom, which modules; `schedule` has its timetable."""

from __future__ import annotations

import calendar
import datetime
import hashlib
import math
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from .blocks import Frozen, Text
from .characters import NOBODY, Cast
from .curriculum import Curriculum, Module, SemVer, Slug
from .locked import Lock, LockedVersion
from .position import Located
from .problem import unknown_run
from .schedule import Schedule
from .sources import Source, Term


class Place(Frozen):
    """Where the run is held."""

    nama: Text
    kota: Text
    provinsi: Text
    zona: Literal["WIB", "WITA", "WIT"] = "WIB"

    @property
    def hours_ahead(self) -> int:
        """Of UTC: 7 in the west (WIB), 9 in the east (WIT)."""
        return {"WIB": 7, "WITA": 8, "WIT": 9}[self.zona]


SIZES = {"A4": (210, 297), "F4": (215, 330)}
"""Width and height in mm of the paper that a run may be printed on."""
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


MOST = 10_000
"""Participants of a run."""


class Participants(Frozen):
    """Who is trained."""

    asal: Text
    jumlah: Annotated[int, Field(ge=1, le=MOST, strict=True)]
    unsur: tuple[Text, ...] = ()


class Trainer(Frozen):
    """Who teaches which modules; name and NIP (civil servant's number) may be left out."""

    nama: str = ""
    nip: str = ""
    peran: Text
    instansi: Text
    modul: tuple[Slug, ...] = ()


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


class Tests(Frozen):
    """Pretest and posttest: how many questions each form has, and what they are drawn by."""

    benih: Annotated[int, Field(ge=0, strict=True)] | None = None
    """Seed; None: the year of the run."""
    soal: Annotated[int, Field(ge=1, le=100, strict=True)] = 20


class Official(Frozen):
    """Who signs papers; what is empty is written by hand."""

    nama: str = ""
    nip: str = ""
    jabatan: str = ""


class Administration(Frozen):
    """What only the papers that are filed ask for; what is empty is written by hand."""

    kepala: Official = Official()
    """Head of the organizing unit."""
    ketua_panitia: Official = Official()
    nomor_berita_acara: str = ""
    nomor_sttp: str = ""
    tanggal_sttp: datetime.date | None = None


PEOPLE_A_GROUP = 5
"""As many sit in a group where the run does not say how many groups there are."""


_UNKNOWN: Mapping[str, object] = {
    "judul": "–",
    "tahap": "uji-coba",
    "penyelenggara": "–",
    "tempat": {"nama": "–", "kota": "–", "provinsi": "–"},
    "peserta": {"asal": "–", "jumlah": MOST},  # no number of groups is too large
}
"""In place of what could not be read."""


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValueError("alasan tidak boleh kosong")
    return reason


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
    tanpa: Mapping[Slug, Annotated[str, AfterValidator(_said)]] = {}
    """Modules of the curriculum that the run leaves out, and why."""
    tes: Tests = Tests()
    kertas: Literal["A4", "F4"] = "A4"
    kelompok: Annotated[int, Field(ge=1, strict=True)] | None = None
    """Groups in class, see `groups`."""
    administrasi: Administration = Administration()
    lokal: Local = Local()

    @field_validator("kelompok")
    @classmethod
    def _no_empty_group(cls, groups: int | None, info: ValidationInfo) -> int | None:
        people = info.data["peserta"].jumlah if "peserta" in info.data else MOST
        if groups and groups > people:
            raise ValueError(f"paling besar {people}, sebanyak pesertanya")
        return groups

    @property
    def sheet(self) -> tuple[int, int]:
        """Width and height of its paper in mm."""
        return SIZES[self.kertas]

    def trainers_of(self, module: str) -> list[Trainer]:
        """Who teaches the module with this slug."""
        return [person for person in self.pengajar if module in person.modul]

    @property
    def groups(self) -> int:
        """How many groups the participants form in class."""
        return self.kelompok or math.ceil(self.peserta.jumlah / PEOPLE_A_GROUP)

    @property
    def seed(self) -> int:
        """What the questions of the tests are drawn by."""
        return self.tanggal.mulai.year if self.tes.benih is None else self.tes.benih

    @classmethod
    def without(cls, wrong: Container[str], value: Mapping[str, object]) -> Self | None:
        """The file without its `wrong` keys, where its timetable rests on none of them. Raises
        pydantic's ValidationError where more is wrong.
        """
        if any(key in wrong for key in ("kurikulum", "modul", "tanggal", "jadwal", "tanpa")):
            return None
        kept = {key: item for key, item in value.items() if key not in wrong}
        return cls.model_validate({**_UNKNOWN, **kept})

    def pins(self, curriculum: Curriculum) -> dict[str, str]:
        """Version of each module that the run teaches: the curriculum's, its own where it departs.
        Every sum and list of a run's modules rests on this.
        """
        pins = curriculum.pins() | dict(self.modul)
        return {slug: version for slug, version in pins.items() if slug not in self.tanpa}


@dataclass(frozen=True)
class Run:
    """A run and its identifier, like `2025-01-probolinggo`. `digest` identifies its file."""

    id: str
    file: RunFile
    source: Located
    digest: str = ""
    lock: Lock | None = None
    """What it was locked to; None while it follows the versions it pins."""
    lock_source: Located = field(default_factory=lambda: Located(""), compare=False, repr=False)

    @property
    def example(self) -> bool:
        """Is it invented, as its id says: `2026-03-contoh`?"""
        return "contoh" in self.id.split("-")

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
    half_read: tuple[Run, ...] = ()
    """Runs whose file has mistakes, reported already, but none in what decides its timetable."""
    word_list: WordList = WordList()
    cast: Cast = NOBODY

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
        """Identifies all content: registries, words, names, modules, runs and their locks."""
        modules = [(slug, module.digest) for slug, module in self.modules.items()]
        runs = [(run.id, run.digest, repr(run.lock)) for run in self.runs.values()]
        names = self.cast.entries, self.cast.source.text
        parts = self.digest, self.word_list, names, modules, runs, sorted(self.broken)
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def facts(self) -> Facts:
        """The facts for rules on a single module."""
        return Facts(self.sources, self.terms, self.word_list)
