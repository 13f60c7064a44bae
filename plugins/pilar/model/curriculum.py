"""The national curriculum: modules, their pages and questions, the laws and terms they use.

Field names are the keys of the YAML files; see CONTRIBUTING.md for what each one means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from .blocks import ActivityOptions, Block, Document, Frozen, Text
from .changelog import Changelog
from .edition import Edition
from .imprint import BookTexts
from .picture import Picture
from .position import Keys, Located

MINUTES_PER_JP = 45
"""Minutes of one JP of theory or assignment (Kemenkes rule)."""
MINUTES_PER_FIELD_JP = 60
"""Minutes of one JP of field practice."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
SemVer = Annotated[str, Field(pattern=r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$", max_length=32)]
MOST_CHOICES = 26
"""Choices of a question; each has a letter A to Z."""
Count = Annotated[int, Field(ge=0, strict=True)]
Position = Annotated[int, Field(ge=1, strict=True)]
Group = Literal["dasar", "inti", "penunjang"]
GROUPS: dict[Group, str] = {"dasar": "Dasar", "inti": "Inti", "penunjang": "Penunjang"}
"""Groups of the structure table, in its order (A, B, C)."""


class Hours(Frozen):
    """Training hours of a module, in JP."""

    teori: Count = 0
    penugasan: Count = 0
    praktik_lapangan: Count = 0

    @property
    def total(self) -> int:
        """All JP together."""
        return self.teori + self.penugasan + self.praktik_lapangan

    @property
    def minutes(self) -> int:
        """All JP in minutes."""
        in_class = (self.teori + self.penugasan) * MINUTES_PER_JP
        return in_class + self.praktik_lapangan * MINUTES_PER_FIELD_JP

    def __add__(self, other: Hours) -> Hours:
        return Hours(**{kind: count + dict(other)[kind] for kind, count in self})


class Topic(Frozen):
    """One materi pokok with its sub materi pokok."""

    judul: Text
    sub: tuple[Text, ...] = ()


class Citation(Frozen):
    """A source that a module is based on; `sejarah`: cited as history, not as in force."""

    id: Text
    sejarah: StrictBool = False
    catatan: str = ""


def _citation(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


class ModuleMeta(Frozen):
    """modul.yml."""

    kode: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,5}$")]
    judul: Text
    versi: SemVer
    status: Literal["draf", "uji-coba", "ditetapkan"]
    kelompok: Group
    jp: Hours
    deskripsi: Text
    hasil_belajar: Text
    indikator: Annotated[tuple[Text, ...], Field(min_length=1)]
    materi_pokok: Annotated[tuple[Topic, ...], Field(min_length=1)]
    prasyarat: tuple[Slug, ...] = ()
    halaman: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+\.md$")], ...], Field(min_length=1)
    ]
    rujukan: tuple[
        Annotated[Citation, BeforeValidator(_citation, json_schema_input_type=str | Citation)], ...
    ] = ()
    latihan_mandiri: StrictBool = False
    perlu_verifikasi: tuple[Text, ...] = ()

    def texts(self) -> Iterator[tuple[Keys, str]]:
        """Every text that is printed, with its keys."""
        yield ("judul",), self.judul
        yield ("deskripsi",), self.deskripsi
        yield ("hasil_belajar",), self.hasil_belajar
        for index, text in enumerate(self.indikator):
            yield ("indikator", index), text
        for index, topic in enumerate(self.materi_pokok):
            yield ("materi_pokok", index, "judul"), topic.judul
            for place, text in enumerate(topic.sub):
                yield ("materi_pokok", index, "sub", place), text


class Pairs(Frozen):
    """The two columns of a matching question."""

    kiri: Annotated[tuple[Text, ...], Field(min_length=2, max_length=MOST_CHOICES)]
    kanan: Annotated[tuple[Text, ...], Field(min_length=2, max_length=MOST_CHOICES)]


def _truth(value: object) -> object:
    """YAML reads `benar` as text but `true` as a boolean; both are fine."""
    return {True: "benar", False: "salah"}.get(value, value) if isinstance(value, bool) else value


class Question(Frozen):
    """One question of soal.yml. `kunci` and `pembahasan` are the trainers' alone."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    indikator: Position
    tingkat: Literal["C1", "C2", "C3", "C4", "C5", "C6"] | None = None
    jenis: Literal["pilihan-ganda", "benar-salah", "menjodohkan", "isian", "uraian"]
    teks: Text
    pilihan: Annotated[tuple[Text, ...], Field(max_length=MOST_CHOICES)] | Pairs = ()
    kunci: Annotated[
        str | tuple[str, ...],
        BeforeValidator(_truth, json_schema_input_type=bool | str | tuple[str, ...]),
    ]
    pembahasan: str = ""
    pakai: tuple[Literal["pretest", "posttest", "latihan"], ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Of a multiple-choice question; empty for every other kind."""
        return () if isinstance(self.pilihan, Pairs) else self.pilihan

    def texts(self) -> Iterator[tuple[Keys, str]]:
        """Every text that is printed, with its keys."""
        yield ("teks",), self.teks
        if isinstance(self.pilihan, Pairs):
            for name, column in (("kiri", self.pilihan.kiri), ("kanan", self.pilihan.kanan)):
                for index, text in enumerate(column):
                    yield ("pilihan", name, index), text
        for index, text in enumerate(self.choices):
            yield ("pilihan", index), text
        for index, text in enumerate((self.kunci,) if isinstance(self.kunci, str) else self.kunci):
            yield ("kunci", index), text
        yield ("pembahasan",), self.pembahasan

    @model_validator(mode="after")
    def _key_fits_choices(self) -> Self:
        match self.jenis:
            case "pilihan-ganda":
                if len(self.choices) < 2:
                    raise ValueError("`pilihan` harus memuat paling sedikit dua pilihan")
                if self.kunci not in (known := letters(len(self.choices))):
                    raise ValueError(f"`kunci` harus salah satu huruf {', '.join(known)}")
            case "benar-salah":
                if self.kunci not in ("benar", "salah"):
                    raise ValueError("`kunci` harus `benar` atau `salah`")
                if self.pilihan:
                    raise ValueError("soal benar-salah tidak memakai `pilihan`")
            case "menjodohkan":
                if not isinstance(self.pilihan, Pairs):
                    raise ValueError("`pilihan` harus berisi `kiri` dan `kanan`")
                known = letters(len(self.pilihan.kanan))
                if len(self.kunci) != len(self.pilihan.kiri) or set(self.kunci) - set(known):
                    raise ValueError(
                        "`kunci` harus berisi satu huruf dari `kanan` untuk tiap butir `kiri`"
                    )
            case _:
                if self.pilihan:
                    raise ValueError(f"soal {self.jenis} tidak memakai `pilihan`")
        return self


def letters(count: int) -> tuple[str, ...]:
    """Letters of `count` choices: A, B, C …"""
    return tuple(chr(ord("A") + number) for number in range(count))


@dataclass(frozen=True)
class Page:
    """A page of a module. `name` is its file name without `.md`."""

    name: str
    document: Document

    @property
    def title(self) -> str:
        """The page's one level-1 heading."""
        return self.document.title

    @property
    def edition(self) -> Edition | None:
        """The only edition this page belongs to, None for both."""
        return self.document.edition


@dataclass(frozen=True)
class Activity:
    """A learning activity, in the order of the module."""

    block: Block
    page: Page

    @property
    def options(self) -> ActivityOptions:
        """Minutes, method, media, indicators."""
        assert isinstance(self.block.options, ActivityOptions)
        return self.block.options


@dataclass(frozen=True)
class Module:
    """One module: the tree `modules/<slug>`. `digest` identifies its content."""

    slug: str
    meta: ModuleMeta
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    assets: Mapping[str, bytes] = field(repr=False)
    """Bytes by path below the module's folder, `aset/…`."""
    source: Located
    """modul.yml."""
    questions_source: Located
    """soal.yml."""
    digest: str = ""
    unread: frozenset[str] = frozenset()
    """Files whose mistakes keep the module from holding what they say."""
    changelog: Changelog = field(default_factory=Changelog)
    """perubahan.md."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """What aset/gambar.yml says of the pictures, by path below the module's folder."""
    pictures_source: Located = field(default=Located(""))
    """aset/gambar.yml."""

    def texts(self) -> Iterator[tuple[Located, Keys, str]]:
        """Every text of modul.yml and soal.yml that is printed: its file and its keys there."""
        for keys, text in self.meta.texts():
            yield self.source, keys, text
        for index, question in enumerate(self.questions):
            for keys, text in question.texts():
                yield self.questions_source, (index, *keys), text

    def blocks(self, name: str = "") -> Iterator[tuple[Page, Block]]:
        """All blocks of all pages in reading order, or those called `name`."""
        for page in self.pages:
            for block in page.document.walk():
                if name in ("", block.name):
                    yield page, block

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """All activities in reading order."""
        return tuple(Activity(block, page) for page, block in self.blocks("kegiatan"))


class Curriculum(BookTexts):
    """kurikulum.yml."""

    nama: Text
    versi: SemVer
    tujuan: Text
    kompetensi: Annotated[tuple[Text, ...], Field(min_length=1)]
    struktur: Mapping[Group, Mapping[Slug, SemVer]]
    """Version of each module, by group and slug."""

    def pins(self) -> dict[str, str]:
        """Version of each module by slug, group by group."""
        groups = (self.struktur.get(group, {}) for group in GROUPS)
        return {slug: version for group in groups for slug, version in group.items()}
