"""RBPMP, Rancang Bangun Pembelajaran Mata Pelatihan: what each indicator is taught with.

Columns as in two official forms: No, Indikator Hasil Belajar, Materi Pokok, Sub Materi Pokok,
Metode, Media/Alat Bantu, Alokasi Waktu (Menit), Referensi; last row Akumulasi Waktu.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pilar.assembly.tree import ModuleNode
from pilar.model.blocks import ObjectiveOptions
from pilar.model.sources import Source

from .lesson_stages import Share, Stage, shares, stages
from .paper import BothEditions

_TALL = 90
"""Letters of a cell from which on its row may be divided between pages."""


@dataclass(frozen=True)
class Part:
    """What one indicator has of one stage."""

    stage: Stage
    subtopics: tuple[str, ...]
    methods: tuple[str, ...]
    media: tuple[str, ...]
    minutes: int
    chapters: tuple[str, ...]
    sources: tuple[str, ...]
    """What they cite, by kind: `Permensos 28/2012, 15/2018`."""

    @property
    def tall(self) -> bool:
        """Is it long enough to be divided between pages?"""
        columns = ", ".join(self.methods), ", ".join(self.media), "; ".join(self.sources)
        return max(map(len, columns)) > _TALL


@dataclass(frozen=True)
class Row:
    """An indicator with its parts."""

    number: int
    indicator: str
    parts: tuple[Part, ...]


def rbpmp(both: BothEditions, node: ModuleNode) -> dict[str, Any]:
    """A row an indicator; minutes as `shares` divides them."""
    meta = node.module.meta
    parts = stages(node.module)
    found = list(shares(parts, len(meta.indikator)))
    rows = [
        Row(number, text, tuple(_parts(node, parts, number, found)))
        for number, text in enumerate(meta.indikator, 1)
    ]
    return {"baris": rows, "menit": sum(share.minutes for share in found)}


def _parts(
    node: ModuleNode, parts: Iterable[Stage], number: int, found: Iterable[Share]
) -> Iterator[Part]:
    """The stages that an indicator has minutes in, or that have none and are about it."""
    mine = [share for share in found if share.indicator == number]
    for stage in parts:
        here = [share for share in mine if share.stage is stage]
        if here or (stage.topics and not stage.activities and number == _aim(stage)):
            yield _part(node, stage, here)


def _aim(stage: Stage) -> int:
    """The first indicator that a stage without activities says it is about, else the first."""
    blocks = (block for page in stage.pages for block in page.document.walk())
    options = (block.options for block in blocks)
    aims = (o.indikator for o in options if isinstance(o, ObjectiveOptions) and o.indikator)
    return next(aims, (1,))[0]


def _part(node: ModuleNode, stage: Stage, here: list[Share]) -> Part:
    options = [share.activity.options for share in here]
    subtopics = [sub for share in here for sub in share.subtopics]
    if not here:
        subtopics = [sub for topic in stage.topics for sub in topic.sub]
    return Part(
        stage,
        subtopics=tuple(dict.fromkeys(subtopics)),
        methods=tuple(dict.fromkeys(name for option in options for name in option.metode)),
        media=tuple(dict.fromkeys(name for option in options for name in option.media)),
        minutes=sum(share.minutes for share in here),
        chapters=tuple(stage.chapters(node)),
        sources=tuple(_by_kind(stage.sources(node, subtopics))),
    )


def _by_kind(sources: Iterable[Source]) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for source in sources:
        kinds.setdefault(source.jenis, []).append(source.short.removeprefix(f"{source.jenis} "))
    return (f"{kind} {', '.join(numbers)}" for kind, numbers in kinds.items())
