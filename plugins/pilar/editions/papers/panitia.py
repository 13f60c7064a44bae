"""What the organizer's papers print besides the run: attendance, cards, evaluations, records.

Columns of attendance lists and RTL, and the wording of the berita acara, are common use; the
catalogue says of each what no official source has shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Any

from pilar.assembly.day import Day
from pilar.assembly.exam import EXAMS
from pilar.assembly.handed_out import taught_together
from pilar.editions.page_fit import height
from pilar.editions.words import DAYS, MONTHS
from pilar.model.evaluation import FACILITATOR, ORGANIZER, SCALE
from pilar.model.run import Trainer

from .kurikulum import groups
from .paper import BothEditions
from .spelled import spelled

NOON = 12 * 60
"""Minutes after midnight."""
FACE = (10, 16)
"""Margins above and beside the text of a name card's face, in mm."""
RULE = 8
"""Height in mm of the line below a name and the room around it, and of what is written by hand."""
NAMES = ((20, 44), (28, 30), (0, 24))
"""Sizes of a name in points, by the most letters that it may have; the last for longer ones."""
SCALES = (1, 0.85, 0.7, 0.6, 0.5, 0.4)
"""Of all sizes of a card with long texts."""


def daftar_hadir(both: BothEditions) -> dict[str, Any]:
    """Each day on which something is held, with the parts of it that are signed for."""
    return {"hari_hadir": [(day, parts) for day in both.days if (parts := list(_parts(day)))]}


def _parts(day: Day) -> Iterator[str]:
    starts = [slot.start for slot in day.slots if slot.kind != "jeda"]
    if any(start < NOON for start in starts):
        yield "pagi"
    if any(start >= NOON for start in starts):
        yield "siang"


def kartu_nama(both: BothEditions) -> dict[str, Any]:
    """One sheet for participants, who write their names themselves: printed for half as many."""
    return _tents(both, [None, None])


def two_a_sheet(both: BothEditions) -> int:
    """Sheets with two cards for all participants."""
    return ceil(both.people / 2)


def kartu_pengajar(both: BothEditions) -> dict[str, Any] | None:
    """A card for each trainer; None where the run names none. The last of a sheet may be spare."""
    trainers: list[Trainer | None] = [*both.run.pengajar]
    return _tents(both, [*trainers, *[None] * (len(trainers) % 2)]) if trainers else None


def _tents(both: BothEditions, people: Iterable[Trainer | None]) -> dict[str, Any]:
    """Each card with the sizes of its texts in points and the height of its name in mm."""
    width, page = both.sheet
    face, (above, beside) = page / 4, FACE
    room = width - 2 * beside, face - above - RULE
    run = [both.run.judul, both.run.tempat.kota, "dates, and the mark of a draft"]
    cards = [(person, *_fitted(person, run, *room)) for person in people]
    return {"kartu": cards, "muka": face, "tepi": FACE}


def _fitted(
    person: Trainer | None, run: Sequence[str], width: float, room: float
) -> tuple[list[float], float]:
    """The largest sizes of run, name and role at which all of a face fits; else the last."""
    name, *role = (person.nama, person.peran, person.instansi) if person else ("", "-")
    large = next((size for most, size in NAMES if len(name) <= most), NAMES[-1][1])
    for scale in SCALES:
        sizes = [round(size * scale, 1) for size in (10, large, 15)]
        rest = room - height(run, width, sizes[0]) - height(role, width, sizes[2])
        if height([name], width, sizes[1], 700) <= rest:
            break
    return sizes, max(0, rest)


def evaluasi_fasilitator(both: BothEditions) -> dict[str, Any]:
    """A form for each trainer with the modules taught; where the run names none, one for each
    module. By the day on which the last of them ends, for then it is filled in.
    """
    ends = {slot.module.slug: day.number for day in both.days for slot in day.slots if slot.module}
    modules = [node.module for node in both.trainers.modules]
    found = []
    for person, mine in taught_together(both.run, modules):
        last = max((ends.get(m.slug, 0) for m in mine), default=0) or both.days[-1].number
        found.append((last, person, [module.meta.judul for module in mine]))
    forms = sorted(found, key=lambda form: form[0])
    return {"formulir": forms, "lembar": FACILITATOR, "skala": SCALE}


def evaluasi_penyelenggaraan(both: BothEditions) -> dict[str, Any]:
    """What is asked."""
    return {"lembar": ORGANIZER, "skala": SCALE}


def berita_acara(both: BothEditions) -> dict[str, Any]:
    """The last day in words, and what there is to attach."""
    day = both.run.tanggal.selesai
    events = {entry.acara for entries in both.run.jadwal.hari for entry in entries}
    return {
        "tanggal_terbilang": (
            f"{DAYS[day.weekday()]}, tanggal {spelled(day.day)} bulan {MONTHS[day.month - 1]} "
            f"tahun {spelled(day.year)}"
        ),
        "orang_terbilang": spelled(both.people),
        "hari_hadir": len(daftar_hadir(both)["hari_hadir"]),
        "tes": [name for name in EXAMS if name in events],
    }


def lampiran_sttp(both: BothEditions) -> dict[str, Any]:
    """Modules by group with their hours."""
    return {"golongan": list(groups(both.trainers))}
