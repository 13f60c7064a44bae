"""A tiny project around one page."""

from __future__ import annotations

from pathlib import Path

from pilar.checks.apply import check_warnings
from pilar.model.problem import Problem
from pilar.model.run import Project

from ..golden import load_project


def check_language(project: Project) -> list[Problem]:
    """The warnings on language alone, sorted."""
    return [problem for problem in check_warnings(project) if problem.code[0] == "L"]


CASES = Path(__file__).parent / "cases"

CURRICULUM = """\
nama: Pelatihan contoh
versi: 1.0.0
tujuan: Peserta mampu menyapa warga.
kompetensi: [menyapa warga]
struktur: {inti: {contoh: 1.0.0}}
"""
MODULE = """\
kode: CTH
judul: Menyapa Warga
versi: 1.0.0
status: draf
kelompok: inti
jp: {teori: 1}
deskripsi: Modul ini melatih cara menyapa warga.
hasil_belajar: Peserta mampu menyapa warga dengan hormat.
indikator: [menyapa warga]
materi_pokok: [{judul: Menyapa, sub: [Salam]}]
halaman: [isi.md]
"""
TERMS = """\
- {istilah: BLC, kepanjangan: Building Learning Commitment, arti: Sesi pembuka.}
- {istilah: Front office, arti: Petugas penerima.}
- {istilah: P2K2, kepanjangan: Pertemuan Peningkatan Kemampuan Keluarga, arti: Pertemuan.}
- {istilah: Pelindungan sosial, arti: Upaya menangani risiko.}
- {istilah: PPKS, kepanjangan: Pemerlu Pelayanan Kesejahteraan Sosial, arti: Warga.}
- {istilah: Puskesos, kepanjangan: Pusat Kesejahteraan Sosial, arti: Tempat layanan.}
- {istilah: SIKS-NG, kepanjangan: Sistem Informasi Kesejahteraan Sosial Next Generation,
   arti: Aplikasi.}
- {istilah: SLRT, kepanjangan: Sistem Layanan dan Rujukan Terpadu, arti: Sistem.}
"""
SOURCES = """\
- {id: uu-11-2009, jenis: UU, nomor: 11, tahun: 2009, tentang: Kesejahteraan Sosial}
"""


def write_project(
    root: Path,
    page: str,
    *,
    questions: str = "",
    module: str = "",
    words: str = "",
    pages: dict[str, str] | None = None,
) -> Project:
    """Lay out a project whose module has `page` (and `pages`, read after it), and read it.

    Values of `module` replace those of MODULE.
    """
    folder = root / "modules" / "contoh"
    folder.mkdir(parents=True)
    own = {line.partition(":")[0] for line in module.splitlines() if line[:1].isalpha()}
    kept = [line for line in MODULE.splitlines() if line.partition(":")[0] not in own]
    files = {
        "modules/kurikulum.yml": CURRICULUM,
        "modules/rujukan.yml": SOURCES,
        "modules/glosarium.yml": TERMS,
        "modules/contoh/modul.yml": "\n".join(kept) + "\n" + module,
        "modules/contoh/isi.md": page,
    }
    if questions:
        files["modules/contoh/soal.yml"] = questions
    if words:
        files["modules/kamus.txt"] = words
    files |= {f"modules/contoh/{name}": text for name, text in (pages or {}).items()}
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    return load_project(root)


def read_case(name: str, root: Path) -> Project:
    """The project of a case."""

    def extra(kind: str) -> str:
        path = CASES / f"{name}.{kind}"
        return path.read_text("utf-8") if path.exists() else ""

    return write_project(
        root,
        extra("md"),
        questions=extra("soal.yml"),
        module=extra("modul.yml"),
        words=extra("kamus.txt"),
    )
