"""What the organizer's papers print besides the run: attendance, cards, evaluations, records.

Columns of attendance lists and RTL, and the wording of the berita acara, are common use; the
catalogue says of each what no official source has shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilar.assembly.day import Day
from pilar.editions.words import DAYS, MONTHS
from pilar.model.curriculum import Hours
from pilar.model.run import Trainer

from .paper import BothEditions
from .spelled import spelled

NOON = 12 * 60
"""Minutes after midnight."""
RATINGS = ("Kurang", "Cukup", "Baik", "Sangat baik")
"""Of both evaluations, 1 to 4: an even number leaves no middle to hide in."""
OF_TRAINERS = (
    "Penguasaan materi",
    "Ketepatan waktu",
    "Sistematika penyajian",
    "Penggunaan metode dan alat bantu",
    "Empati, gaya, dan sikap terhadap peserta",
    "Penggunaan bahasa dan volume suara",
    "Pemberian motivasi belajar kepada peserta",
    "Cara menjawab pertanyaan peserta",
    "Kerapian",
    "Kerja sama dengan penyelenggara",
)
OF_ORGANIZERS = (
    "Sarana dan prasarana",
    "Kesesuaian pelaksanaan dengan rencana",
    "Kebersihan kelas",
    "Bahan pelatihan",
    "Pelayanan panitia",
    "Administrasi",
)
"""What forms of Indonesian training centres ask."""


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
    return {"kartu": [None, None]}


def two_a_sheet(both: BothEditions) -> int:
    """Sheets with two cards for all participants."""
    return -(-both.people // 2)


def kartu_pengajar(both: BothEditions) -> dict[str, Any] | None:
    """A card for each trainer; None where the run names none. The last of a sheet may be spare."""
    trainers: list[Trainer | None] = [*both.run.pengajar]
    return {"kartu": [*trainers, *[None] * (len(trainers) % 2)]} if trainers else None


def evaluasi_fasilitator(both: BothEditions) -> dict[str, Any]:
    """A form for each trainer with the modules taught; one to fill in where the run names none."""
    titles = {node.module.slug: node.module.meta.judul for node in both.trainers.modules}
    forms = [
        (trainer, [titles[slug] for slug in trainer.modul if slug in titles])
        for trainer in both.run.pengajar
    ]
    return {"formulir": forms or [(None, [])], "butir": OF_TRAINERS, "skala": RATINGS}


def evaluasi_penyelenggaraan(both: BothEditions) -> dict[str, Any]:
    """What is asked of the organizer."""
    return {"butir": OF_ORGANIZERS, "skala": RATINGS}


def berita_acara(both: BothEditions) -> dict[str, Any]:
    """The last day in words, and what there is to attach."""
    day = both.run.tanggal.selesai
    events = {entry.acara for entries in both.run.jadwal.hari for entry in entries}
    tests = [name for name in ("pretest", "posttest") if name in events]
    return {
        "tanggal_terbilang": (
            f"{DAYS[day.weekday()]}, tanggal {spelled(day.day)} bulan {MONTHS[day.month - 1]} "
            f"tahun {spelled(day.year)}"
        ),
        "orang_terbilang": spelled(both.people),
        "lampiran": [
            f"Daftar hadir peserta, {len(daftar_hadir(both)['hari_hadir'])} hari",
            "Jadwal pelatihan",
            *([f"Hasil {' dan '.join(tests)}"] if tests else []),
            "Rekapitulasi evaluasi fasilitator dan penyelenggaraan",
            "Rencana tindak lanjut peserta",
        ],
    }


def lampiran_sttp(both: BothEditions) -> dict[str, Any]:
    """Modules by group with their hours; sums of the groups."""
    groups = both.trainers.structure()
    return {
        "kelompok_mata": [
            (title, modules, sum((module.meta.jp for module in modules), Hours()))
            for title, modules in groups.items()
        ]
    }
