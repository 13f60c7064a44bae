"""What a review says of a run's own file: every field, dates and zone first, new timetables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pilar.changes.run_files import FieldChange, run_changes
from pilar.editions.fields import field_text, label
from pilar.model.run import RunFile

from .histories import RUN, tiny
from .test_attention import looked_at

PAUSE = '    - {judul: Rehat, mulai: "10.00", menit: 15}\n'
CONTACT = (
    "lokal:\n  kontak:\n    - {nama: Puskesmas, telepon: '0335', berlaku_sampai: 2025-12-31}\n"
)
NEW_RUN = "runs/2025-05-baru.yml"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("nama: Balai", "nama: Aula", "**Tempat**: Balai Contoh menjadi Aula Contoh"),
        ("Jawa Timur", "Bali", "**Provinsi**: Jawa Timur menjadi Bali"),
        ("jumlah: 20", "jumlah: 25", "**Jumlah peserta**: 20 orang menjadi 25 orang"),
        ("[Tagana, PSM]", "[Tagana]", "**Unsur peserta**: Tagana, PSM menjadi Tagana"),
        ("uji-coba", "reguler", "**Tahap**: Uji coba menjadi Reguler"),
        ("[sapa, catat]}", "[sapa]}", "Widyaiswara, Balai Contoh, modul ~~sapa, catat~~ **sapa**"),
        (PAUSE, PAUSE + PAUSE.replace("10.00", "11.00"), "**Jeda**: Rehat, mulai 11.00, 15 menit"),
        (PAUSE, PAUSE.replace("10.00", "10.30"), "~~10.00,~~ **10.30,** 15 menit"),
        (f"  jeda:\n{PAUSE}", "", "**Jeda**: dihapus: Rehat, mulai 10.00, 15 menit"),
        ("16.00", "17.00", "**Jam selesai**: 16.00 menjadi 17.00"),
        ("jadwal:", f"{CONTACT}jadwal:", "telepon 0335, berlaku sampai Rabu, 31 Desember 2025"),
    ],
)
def test_every_field_is_told(told: Callable[..., str], old: str, new: str, line: str) -> None:
    summary = told((RUN, old, new))
    assert line in summary[summary.index("### Pelatihan") :]
    assert "## Ulasan: 1 berkas pelatihan berubah" in summary


def test_a_zone_and_dates_are_looked_at(told: Callable[..., str]) -> None:
    summary = looked_at(told((RUN, "zona: WIB", "zona: WITA"), (RUN, "2025-03-10", "2025-03-11")))
    assert "2025-03-contoh: zona waktu WIB menjadi WITA, sedangkan jam di jadwal tetap" in summary
    dates = "tanggal Senin, 10 Maret 2025 menjadi Selasa, 11 Maret 2025"
    assert f"- **Pelatihan**: 2025-03-contoh: {dates}" in summary


def test_a_file_that_says_the_same_is_only_written_otherwise(told: Callable[..., str]) -> None:
    summary = told((RUN, "tahap: uji-coba", "tahap: 'uji-coba' # masih"))
    assert "isinya sama, hanya penataan berkas yang berubah" in summary
    assert "berkas pelatihan berubah" not in summary


def test_a_new_run_is_shown_with_its_timetable(told: Callable[..., str]) -> None:
    text = tiny()[RUN].replace("2025-03-10", "2025-05-12")
    summary = told(files={NEW_RUN: text})
    assert "2025-05-baru adalah pelatihan baru: 12 Mei 2025, Kota Contoh" in looked_at(summary)
    assert "**Tanggal**: Senin, 12 Mei 2025\n" in summary
    day = next(line for line in summary.splitlines() if line.startswith("- **Hari ke-1**"))
    assert "Senin, 12 Mei 2025](index.html#pelatihan-2025-05-baru): 08.00–08.45 Pembukaan" in day
    assert "10.00–10.15 Rehat" in day


def test_fields_that_nobody_has_named_yet_are_compared_too() -> None:
    """A key that comes into the file is told under its own name, whatever it holds."""
    data = {
        **{"judul": "a", "tahap": "uji-coba", "kurikulum": "1.0.0", "penyelenggara": "b"},
        "tempat": {"nama": "c", "kota": "d", "provinsi": "e"},
        "tanggal": {"mulai": "2025-03-10", "selesai": "2025-03-11"},
        "peserta": {"asal": "f", "jumlah": 1},
        "jadwal": {"mulai": "08.00", "selesai": "16.00", "hari": [["pretest"], ["posttest"]]},
    }

    class Later(RunFile):
        tanpa: Mapping[str, str] = {}

    before = Later.model_validate(data)
    after = before.model_copy(update={"tanpa": {"catat": "waktunya kurang"}})
    (change,) = run_changes(before, after)
    assert change == FieldChange("tanpa", {}, {"catat": "waktunya kurang"})
    assert label(change.path) == "tanpa"
    texts = [field_text("tanpa", value) for value in (change.before, change.after)]
    assert texts == ["–", "catat waktunya kurang"]
    paths = [change.path for change in run_changes(None, before)]
    assert [path for path in paths if ".hari." in path] == ["jadwal.hari.1", "jadwal.hari.2"]
    assert label("jadwal.hari.2") == "acara hari ke-2"


def test_what_papers_print_is_compared_field_by_field(told: Callable[..., str]) -> None:
    """Of two officials each is called by the office, for both have a name and a number."""
    papers = (
        "kertas: F4\nkelompok: 7\ntes: {soal: 15}\nadministrasi:\n"
        '  kepala: {nama: Bu Kenanga, nip: "19"}\n  ketua_panitia: {nama: Pak Mawar}\njadwal:'
    )
    summary = told((RUN, "jadwal:", papers))
    for line in (
        "**Kertas**: A4 menjadi F4",
        "**Kelompok**: 7",
        "**Banyaknya soal tes**: 20 soal menjadi 15 soal",
        "**Kepala**: Bu Kenanga",
        "**NIP kepala**: 19",
        "**Ketua panitia**: Pak Mawar",
    ):
        assert line in summary, line


def test_a_file_that_cannot_be_read_is_no_run_that_went_or_came(told: Callable[..., str]) -> None:
    broken = (RUN, "zona: WIB", "zona: WIX")
    gone = told(broken)
    assert "2025-03-contoh: berkasnya tidak dapat dibaca" in looked_at(gone)
    assert "dihapus" not in gone
    back = told((RUN, "zona: WIX", "zona: WIB"), first=(broken,))
    assert "kini dapat disusun lagi" in back
    assert "pelatihan baru" not in back
