"""`pilar new`: a module or a run to start from, valid from the first minute."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pilar.assembly.timetable import draft_days
from pilar.model.problem import WrongUsageError
from pilar.model.run import Project
from pilar.project.state import Workspace
from pilar.store.atomic import empty_folder, replace_folder, staging_folder, write_atomic

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_RUN = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-[a-z0-9-]+")

_MODULE = """\
kode: {code}
judul: "{title}"
versi: 0.1.0
status: draf                   # draf | uji-coba | ditetapkan
kelompok: inti                 # dasar | inti | penunjang
jp: {{teori: 1, penugasan: 0, praktik_lapangan: 0}}
deskripsi: >-
  Tulis satu paragraf: modul ini membahas apa, untuk siapa, dan dengan cara apa.
hasil_belajar: >-
  Setelah mengikuti mata pelatihan ini peserta mampu …
indikator:                     # satu kata kerja yang dapat diukur di tiap butir
  - menjelaskan …
materi_pokok:
  - {{judul: Materi Pertama, sub: [Sub Materi Pertama]}}
prasyarat: []
halaman: [pendahuluan.md, materi-pertama.md, penutup.md]
rujukan: []
"""

_QUESTIONS = """\
- id: {id}-1
  indikator: 1
  tingkat: C2
  jenis: benar-salah
  teks: Tulis pernyataan yang dinilai benar atau salah.
  kunci: benar
  pembahasan: Tulis mengapa pernyataan itu benar.
  pakai: [latihan]
"""

_PAGES = {
    "pendahuluan": """\
# Pendahuluan

## Latar Belakang

Tulis mengapa modul ini diperlukan.

## Deskripsi Singkat

/// modul | deskripsi
///

## Manfaat

Tulis apa gunanya bagi peserta.

## Tujuan Pembelajaran

/// tujuan
///

## Materi Pokok dan Sub Materi Pokok

/// modul | materi-pokok
///

## Petunjuk Belajar

Tulis cara belajar dengan modul ini.
""",
    "materi-pertama": """\
# Materi Pertama

/// tujuan
    indikator: [1]

///

## Sub Materi Pertama

Tulis uraian di sini.

//// kegiatan | Nama kegiatan
    menit: 45
    metode: diskusi
    media: papan tulis
    indikator: [1]

Tulis petunjuk untuk peserta.

/// pelatih
Kata pembuka
:   “Tulis kata-kata yang dapat langsung diucapkan.”

Langkah
:   1. (45 menit) Tulis langkahnya.
///
////

## Latihan

//// latihan | Nama latihan

Tulis soal latihan.

/// kunci
Tulis jawabannya.
///
////

## Rangkuman

/// rangkuman
Tulis pokok-pokok bab ini.
///

## Evaluasi

/// soal | {id}-1
///

## Umpan Balik dan Tindak Lanjut

Tulis apa yang dilakukan peserta sesudah bab ini.
""",
    "penutup": """\
# Penutup

Tulis pesan penutup.
""",
}

_RUN_FILE = """\
judul: {title}
tahap: uji-coba                # uji-coba | reguler
kurikulum: {version}
penyelenggara: Nama penyelenggara
tempat: {{nama: Nama tempat, kota: Nama kota, provinsi: Nama provinsi, zona: WIB}}
tanggal: {{mulai: {first}, selesai: {last}}}
peserta: {{asal: Nama kabupaten atau kota, jumlah: 40, unsur: []}}
pengajar: []
jadwal:
  mulai: "08.00"
  selesai: "17.00"
  jeda:
    - {{judul: Rehat, mulai: "10.00", menit: 15}}
    - {{judul: ISHOMA, mulai: "12.00", selesai: "13.00"}}
    - {{judul: Rehat, mulai: "15.00", menit: 15}}
  hari:
{days}
"""
_DAY = 450
"""Minutes of class work between 08.00 and 17.00 less the pauses above."""


class ScaffoldError(WrongUsageError):
    """Nothing was created; the message (Indonesian) says why."""


def create_module(root: Path, slug: str) -> Iterator[Path]:
    """Create modules/<slug>, whole; yields every file. Raises ScaffoldError, ContentError."""
    if not _SLUG.fullmatch(slug):
        raise ScaffoldError(
            f"ID modul `{slug}` tidak sesuai. Pakai huruf kecil, angka, dan tanda hubung."
        )
    folder = root / "modules" / slug
    if folder.exists():
        raise ScaffoldError(f"modules/{slug} sudah ada.")
    used = {module.meta.kode for module in _project(root).modules.values()}
    title = slug.replace("-", " ").title()
    code = _code(slug, used)
    files = {
        "modul.yml": _MODULE.format(code=code, title=title),
        "soal.yml": _QUESTIONS.format(id=slug),
        **{f"{name}.md": text.replace("{id}", slug) for name, text in _PAGES.items()},
    }
    stage = empty_folder(staging_folder(folder))
    for name, text in files.items():
        (stage / name).write_text(text, "utf-8")
    replace_folder(stage, folder)
    yield from (folder / name for name in files)


def _project(root: Path) -> Project:
    if not (root / "modules").is_dir():
        raise ScaffoldError("folder modules/ tidak ada di sini. Jalankan git checkout dahulu.")
    return Workspace(root).folder().sound


def _code(slug: str, used: set[str]) -> str:
    """Up to three capitals of the slug, and a number where they are taken."""
    letters = re.sub(r"[^a-z]", "", slug).upper()
    base = (letters + "XX")[:3]
    candidates = [base, *(f"{base}{number}" for number in range(2, 100))]
    return next(code for code in candidates if code not in used)


def create_run(root: Path, run: str) -> Iterator[Path]:
    """Create runs/<run>.yml; yields the file. Raises ScaffoldError, ContentError.

    The timetable holds every module of the curriculum, as many days as that takes.
    """
    match = _RUN.fullmatch(run)
    if not match:
        raise ScaffoldError(
            f"ID pelatihan `{run}` tidak sesuai. Tulis tahun-bulan-tempat, "
            "misalnya 2025-10-situbondo."
        )
    path = root / "runs" / f"{run}.yml"
    if path.exists():
        raise ScaffoldError(f"runs/{run}.yml sudah ada.")
    project = _project(root)
    modules = [project.modules[slug] for slug in project.curriculum.pins()]
    days = draft_days(modules, _DAY)
    first = datetime.date(int(match["year"]), int(match["month"]), 1)
    last = first + datetime.timedelta(days=len(days) - 1)
    text = _RUN_FILE.format(
        title=json.dumps(project.curriculum.nama, ensure_ascii=False),
        version=project.curriculum.versi,
        first=first,
        last=last,
        days="\n".join(f"    - [{', '.join(day)}]" for day in days),
    )
    path.parent.mkdir(exist_ok=True)
    write_atomic(path, text.encode())
    yield path
