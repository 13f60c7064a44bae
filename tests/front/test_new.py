"""`pilar new`: a module and a run to start from; what waits for an author is told line by line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .books import bodies
from .commands import BUILD, REPOSITORY, Project
from .pages import read_page
from .trees import digests, names

RUN = "2026-05-contoh"


EXAMPLES = {
    "Nama penyelenggara": "Dinas Sosial",
    "Nama tempat": "Balai Contoh",
    "Nama kota": "Kota Contoh",
    "Nama provinsi": "Jawa Timur",
    "Nama kabupaten atau kota": "Kota Contoh",
}
"""What a new run waits for, and what an author may write."""
_WAITING = re.compile(r"Tulis |Nama (?:kegiatan|latihan)|Materi Pertama|…$")


def edit_run(project: Project) -> None:
    """Fill in what `pilar new run` leaves to the author."""
    for example, text in EXAMPLES.items():
        project.replace(f"runs/{RUN}.yml", example, text)


def test_all_of_a_new_module_that_waits_for_its_author_is_told(minimal: Project):
    before = digests(minimal.root)
    outcome = minimal.pilar("new", "module", "dengar").fine()
    made = sorted(set(digests(minimal.root)) - set(before))
    assert "modules/dengar/modul.yml" in made
    assert "modules/dengar/soal.yml" in made
    assert ".gitattributes" in made  # or git on Windows makes every page look changed
    assert all(name.startswith("modules/dengar/") for name in made if name != ".gitattributes")
    assert [line.removeprefix("dibuat: ") for line in outcome.out.splitlines() if "dibuat" in line]
    assert all(f"dibuat: {name}\n" in outcome.out for name in made)
    assert "pilar check modules/dengar" in outcome.out
    assert {n: d for n, d in digests(minimal.root).items() if n in before} == before
    waiting = [
        (name, number)
        for name in made
        for number, line in enumerate(minimal.text(name).splitlines(), 1)
        if _WAITING.search(line)
    ]
    assert len(waiting) > 20
    minimal.pilar("check").fine()  # a skeleton stops nobody else's build
    told = minimal.pilar("check", "--strict").problems()
    assert {code for _, _, code in told} == {"K105"}
    assert {(path, line) for path, line, _ in told} == {*waiting}


def test_a_new_module_is_sound_once_it_is_edited(minimal: Project):
    minimal.pilar("new", "module", "dengar").fine()
    folder = minimal.root / "modules/dengar"
    for path in folder.iterdir():
        text = re.sub(r"(?<=[^\w])Tulis [^.”\n]+", "Warga didengar dahulu", path.read_text("utf-8"))
        text = re.sub(r"^Tulis [^.”\n]+", "Warga didengar dahulu", text, flags=re.M)
        text = re.sub(r"(Nama kegiatan|Nama latihan)", "Mendengar", text)
        text = text.replace("Sub Materi Pertama", "Cara Mendengar")
        text = text.replace("Materi Pertama", "Mendengar Warga")
        path.write_text(text.replace("…", "mendengar warga"), "utf-8")
    assert "Tidak ada masalah: 3 modul, 1 pelatihan." in minimal.pilar("check").fine().out


@pytest.mark.panjang
def test_a_new_module_in_a_new_run_builds(minimal: Project):
    """All the way: two commands, one line in the curriculum, a site and its books."""
    minimal.pilar("new", "module", "dengar-warga").fine()
    minimal.replace("modules/kurikulum.yml", "  inti:\n", "  inti:\n    dengar-warga: 0.1.0\n")
    (minimal.root / f"runs/{BUILD}.yml").unlink()
    minimal.pilar("new", "run", RUN).fine()
    edit_run(minimal)
    minimal.pilar("check").fine()
    minimal.build().fine()
    for edition, joined in (("peserta", "buku-modul.pdf"), ("pelatih", "panduan-pelatih.pdf")):
        site = minimal.out / RUN / edition
        home = read_page(site / "index.html")
        titles = [
            e.text_content() for e in home.xpath("//*[@class='pilar-modul']//*[@class='judul']")
        ]
        assert sorted(titles) == ["Dengar Warga", "Mencatat Kunjungan", "Menyapa Warga"]
        assert (site / "dengar-warga/materi-pertama.html").is_file()
        assert "Dengar Warga" in " ".join(bodies(site / "buku" / joined))
    assert "Tulis jawabannya" in (site / "dengar-warga/materi-pertama.html").read_text("utf-8")


def test_a_new_run_holds_every_module_in_full(minimal: Project):
    outcome = minimal.pilar("new", "run", RUN).fine()
    assert f"dibuat: runs/{RUN}.yml\n" in outcome.out
    told = minimal.pilar("check")
    assert [code for _, _, code in told.problems()] == ["R111"] * len(EXAMPLES)
    assert all(f"“{example}”" in told.out for example in EXAMPLES)
    edit_run(minimal)
    assert "Tidak ada masalah: 2 modul, 2 pelatihan." in minimal.pilar("check").fine().out
    text = minimal.text(f"runs/{RUN}.yml")
    assert "mulai: 2026-05-04" in text  # a Monday
    assert "sapa" in text
    assert "catat" in text


def test_an_unedited_run_is_not_built_but_as_a_draft(minimal: Project):
    minimal.pilar("new", "run", RUN).fine()
    options = ("build", RUN, "--no-books", "--edition", "peserta", "--jobs", "1")
    told = minimal.pilar(*options)
    assert told.code == 1
    assert f"runs/{RUN}.yml:5: R111 “Nama kota”" in told.out
    minimal.pilar(*options, "--worktree").fine()


def test_a_new_run_of_the_real_curriculum_fits(tmp_path: Path, cache: Path):
    """Four days, as the real ones; the module that makes a class comes first."""
    shutil.copytree(REPOSITORY / "modules", tmp_path / "modules")
    project = Project(tmp_path, cache, tmp_path / "build")
    project.pilar("new", "run", RUN).fine()
    edit_run(project)
    told = project.pilar("check", "--strict").fine().out
    assert "Tidak ada masalah: 7 modul, 1 pelatihan." in told
    text = project.text(f"runs/{RUN}.yml")
    assert "tanggal: {mulai: 2026-05-04, selesai: 2026-05-07}" in text
    assert 'hari:\n    - [{acara: pretest, mulai: "07.30"}, pembukaan, blc, ' in text
    assert text.rstrip().endswith("posttest, evaluasi-penyelenggaraan, penutupan]")


def test_a_long_run_leaves_the_weekend_free_and_fridays_time_for_prayer(minimal: Project):
    for path, old, new in (
        ("modules/sapa/modul.yml", "jp: {teori: 1", "jp: {teori: 53"),
        ("modules/sapa/tiga-langkah.md", "menit: 45", "menit: 285"),
    ):
        minimal.replace(path, old, new)
    activity = (
        "\n//// kegiatan | Berkunjung {}\n    menit: 300\n    indikator: [1]\n\nMari.\n////\n"
    )
    page = "modules/sapa/tiga-langkah.md"
    note = "    2. (30 menit) Semua"
    minimal.replace(page, note, note.replace("30", "270"))
    minimal.write(page, minimal.text(page) + "".join(map(activity.format, range(7))))
    (minimal.root / f"runs/{BUILD}.yml").unlink()
    minimal.pilar("new", "run", RUN).fine()
    edit_run(minimal)
    text = minimal.text(f"runs/{RUN}.yml")
    assert 'mulai: "11.30", selesai: "13.00", hari: [5]}' in text
    assert text.count("    - []\n") == 2
    told = minimal.pilar("check").fine().out
    assert not {"R203", "R205", "R206"} & {*re.findall(r"[A-Z]\d{3}", told)}, told


def test_a_run_without_a_module_of_the_curriculum_is_built_without_it(minimal: Project):
    """Links to what is not taught are text, hours are those of the others."""
    path = f"runs/{BUILD}.yml"
    minimal.replace(path, "sapa, catat, posttest", "sapa, posttest")
    minimal.replace(path, "modul: [sapa, catat]", "modul: [sapa]")
    minimal.replace(path, "jadwal:\n", "tanpa: {catat: diajarkan di puskesmas}\njadwal:\n")
    assert "Tidak ada masalah" in minimal.pilar("check").fine().out
    minimal.build("--edition", "peserta").fine()
    site = minimal.out / BUILD / "peserta"
    assert not (site / "catat").exists()
    assert "1 JP" in read_page(site / "index.html").text_content()
    page = read_page(site / "sapa/tiga-langkah.html")
    assert "seperti di bab mencatat kunjungan." in page.text_content()
    assert names(site / "buku") == {"buku-modul.pdf", "sap.pdf"}


def test_what_is_left_out_and_still_needed_is_told(minimal: Project):
    path = f"runs/{BUILD}.yml"
    minimal.replace(path, "pretest, sapa, catat, posttest", "catat")
    minimal.replace(path, "modul: [sapa, catat]", "modul: [catat]")
    minimal.replace(path, "jadwal:\n", "tanpa: {sapa: diajarkan di puskesmas}\njadwal:\n")
    line = minimal.line(path, "tanpa:")
    minimal.pilar("check").fine()
    assert minimal.pilar("check", "--strict").problems() == [(path, line, "R202")]


def test_names_that_yaml_takes_for_something_else_are_quoted(minimal: Project):
    minimal.pilar("new", "module", "true").fine()
    name = next(
        line for line in minimal.text("modules/kurikulum.yml").splitlines() if "nama:" in line
    )
    minimal.replace("modules/kurikulum.yml", name, 'nama: Pelatihan “A” dan "B"')
    minimal.pilar("new", "run", RUN).fine()
    edit_run(minimal)
    minimal.pilar("check").fine()


def test_who_asks_for_a_run_where_there_is_none_is_told_how_to_make_one(minimal: Project):
    (minimal.root / f"runs/{BUILD}.yml").unlink()
    for command in ("build", "lock", "errata"):
        minimal.pilar(command, RUN).refused("belum ada pelatihan", "pilar new run")


def test_codes_of_new_modules_differ(minimal: Project):
    for slug in ("sapa-dua", "sapa-tiga"):
        minimal.pilar("new", "module", slug).fine()
    minimal.pilar("check").fine()
    codes = re.findall(
        r"^kode: (\w+)",
        "\n".join(path.read_text("utf-8") for path in minimal.root.glob("modules/*/modul.yml")),
        re.MULTILINE,
    )
    assert len(set(codes)) == len(codes) == 4


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("module", name) for name in ("Sapa", "sapa warga", "sapa_warga", "../sapa", "", "säpa")),
        *(("run", name) for name in ("contoh", "2026-13-contoh", "2026-05", "2026-05-Contoh")),
        ("run", "../2026-05-contoh"),
        ("module", "sapa"),
        ("run", BUILD),
    ],
)
def test_a_bad_or_taken_id_is_refused_and_nothing_is_made(minimal: Project, kind: str, name: str):
    before = digests(minimal.root)
    outcome = minimal.pilar("new", kind, name).refused(name)
    assert "tidak sesuai" in outcome.err or "sudah ada" in outcome.err
    assert digests(minimal.root) == before
    assert names(minimal.root.parent) == {"proyek"}


def test_names_and_kinds_are_asked_for(minimal: Project):
    minimal.pilar("new", "module").refused("ID")
    minimal.pilar("new", "book", "x").refused("perintah `book` tidak dikenal")
