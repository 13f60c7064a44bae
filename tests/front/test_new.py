"""`pilar new`: a module and a run to start from, valid from the first minute."""

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


def test_a_new_module_passes_the_check(minimal: Project):
    before = digests(minimal.root)
    outcome = minimal.pilar("new", "module", "dengar").fine()
    made = sorted(set(digests(minimal.root)) - set(before))
    assert "modules/dengar/modul.yml" in made
    assert "modules/dengar/soal.yml" in made
    assert all(name.startswith("modules/dengar/") for name in made)
    assert [line.removeprefix("dibuat: ") for line in outcome.out.splitlines() if "dibuat" in line]
    assert all(f"dibuat: {name}\n" in outcome.out for name in made)
    assert "pilar check modules/dengar" in outcome.out
    assert {n: d for n, d in digests(minimal.root).items() if n in before} == before
    assert "Tidak ada masalah: 3 modul, 1 pelatihan." in minimal.pilar("check").fine().out


def test_a_new_module_in_a_new_run_builds(minimal: Project):
    """All the way: two commands, one line in the curriculum, a site and its books."""
    minimal.pilar("new", "module", "dengar-warga").fine()
    minimal.replace("modules/kurikulum.yml", "  inti:\n", "  inti:\n    dengar-warga: 0.1.0\n")
    (minimal.root / f"runs/{BUILD}.yml").unlink()
    minimal.pilar("new", "run", RUN).fine()
    minimal.pilar("check").fine()
    minimal.build("--jobs", "1").fine()
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
    assert "Tidak ada masalah: 2 modul, 2 pelatihan." in minimal.pilar("check").fine().out
    text = minimal.text(f"runs/{RUN}.yml")
    assert "mulai: 2026-05-01" in text
    assert "sapa" in text
    assert "catat" in text


def test_a_new_run_of_the_real_curriculum_passes_the_check(tmp_path: Path, cache: Path):
    shutil.copytree(REPOSITORY / "modules", tmp_path / "modules")
    project = Project(tmp_path, cache, tmp_path / "build")
    project.pilar("new", "run", RUN).fine()
    project.pilar("check").fine()


def test_names_that_yaml_takes_for_something_else_are_quoted(minimal: Project):
    minimal.pilar("new", "module", "true").fine()
    name = next(
        line for line in minimal.text("modules/kurikulum.yml").splitlines() if "nama:" in line
    )
    minimal.replace("modules/kurikulum.yml", name, 'nama: Pelatihan “A” dan "B"')
    minimal.pilar("new", "run", RUN).fine()
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
