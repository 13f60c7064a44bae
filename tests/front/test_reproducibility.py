"""The same content gives the same bytes, wherever and however built; manifes.json proves it.

The tiny project is built under other circumstances in test_current.py, with an address.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .commands import BUILD, REPOSITORY, Outcome, Project, clean_environment
from .trees import digests, stamps

PROBOLINGGO = "2025-01-probolinggo"


def built_elsewhere(
    project: Project, folder: Path, run: str, jobs: int, **environment: str
) -> Path:
    """The run, built under circumstances that have nothing in common with the usual ones.

    Other time zone, language, umask, working folder, hash seed, time stamp, number of processes,
    and an empty cache. Gives the run's folder.
    """
    out = folder / "hasil di sini"
    inside = project.root / "modules"
    environment = clean_environment(
        folder / "cache baru",
        **environment,
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        LANG="tr_TR.UTF-8",
        PYTHONHASHSEED="4711",
        SOURCE_DATE_EPOCH="1000000000",
        COLUMNS="40",
        HOME=str(folder),
    )
    command = [str(Path(sys.executable).parent / "pilar"), "build", run, "--jobs", str(jobs)]
    done = subprocess.run(
        [*command, "--out", str(out)],
        cwd=inside,
        env=environment,
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    Outcome(done.returncode, done.stdout, done.stderr).fine()
    return out / run


@pytest.mark.panjang
def test_the_real_run_gives_the_same_bytes_under_other_circumstances(
    probolinggo: Project, tmp_path: Path
) -> None:
    again = built_elsewhere(Project(REPOSITORY, tmp_path, tmp_path), tmp_path, PROBOLINGGO, 3)
    assert digests(again) == digests(probolinggo.out / PROBOLINGGO)


def manifest_of(project: Project) -> dict[str, Any]:
    return json.loads((project.out / BUILD / "manifes.json").read_text("utf-8"))


def test_verifying_builds_again_elsewhere_and_touches_nothing(minimal: Project) -> None:
    minimal.build("--edition", "peserta", "--booklet").fine()
    listed = minimal.text(f"build/{BUILD}/peserta/cetak.html")
    for stem in ("sap", "ctt", "buku-modul"):
        assert f'href="buku/{stem}-buklet.pdf"' in listed
    before = stamps(minimal.root)
    options = ("--verify", f"build/{BUILD}/manifes.json", "--jobs", "1")
    outcome = minimal.pilar("build", *options).fine()
    count = len(manifest_of(minimal)["berkas"])
    assert outcome.out == f"{BUILD}: {count} berkas dibuat ulang, semuanya sama sampai ke bita.\n"
    assert stamps(minimal.root) == before


def test_verifying_names_what_differs_and_why(site: Project, tmp_path: Path) -> None:
    site.build_sites("--edition", "peserta", BUILD)
    manifest = manifest_of(site)
    manifest["edisi"].pop("pelatih", None)
    files = manifest["berkas"] = {
        name: value for name, value in manifest["berkas"].items() if name.startswith("peserta/")
    }
    page = "peserta/catat/mencatat.html"
    files[page] = "0" * 64
    files["peserta/hilang.html"] = "1" * 64
    del files["peserta/index.html"]
    manifest["alat"]["mkdocs"] = "1.5.0"
    manifest["alat"]["pango"] = "1.4.0"
    path = tmp_path / "manifes lama.json"
    path.write_text(json.dumps(manifest), "utf-8")
    outcome = site.pilar("build", "--verify", str(path), "--jobs", "1")
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert lines[:3] == [
        f"berbeda: {page}",
        "tidak dibuat di sini: peserta/hilang.html",
        "tidak ada di manifes: peserta/index.html",
    ]
    assert any(line.startswith("- alat mkdocs: 1.5.0 di manifes, ") for line in lines)
    pango = next(line for line in lines if line.startswith("- alat pango: 1.4.0 di manifes, "))
    assert pango.endswith(" (pustaka sistem yang dipakai membuat buku)")


def test_what_is_no_manifest_is_told(minimal: Project) -> None:
    good = {
        "pelatihan": "2025-03-lain",
        "edisi": {"peserta": "x"},
        "alat": {},
        "berkas": {"peserta/index.html": "0" * 64},
    }
    cases = {
        "bukan JSON": "{",
        "`berkas` tidak sesuai": json.dumps(good | {"berkas": {}}),
        "`edisi`": json.dumps(good | {"edisi": {"semua": ""}}),
        "bukan manifes Pilar: isinya": "[]",
        "pelatihan `2025-03-lain` tidak ada": json.dumps(good),
    }
    for words, text in cases.items():
        minimal.write("manifes.json", text)
        outcome = minimal.pilar("build", "--verify", "manifes.json")
        assert outcome.problems() == [("manifes.json", 1, "K103")], text
        assert words in outcome.out
    minimal.pilar("build", "--verify", "tidak-ada.json").refused("--verify")
    minimal.pilar("build", "--verify", "manifes.json", "--no-books").refused("`--jobs`")
    assert not minimal.out.exists()
