"""No stale result: with a full cache a build makes the same bytes as with an empty one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from .commands import BUILD, REPOSITORY, Project
from .trees import digests

Change = Callable[[Path, random.Random], None]
"""Changes one thing that a build of the project in a folder looks at."""


def _text(pattern: str, old: str, new: str) -> Change:
    """Another text in one of the files of a pattern that have the old one."""

    def change(root: Path, choice: random.Random) -> None:
        files = [path for path in sorted(root.glob(pattern)) if old in path.read_text("utf-8")]
        path = choice.choice(files)
        text = path.read_text("utf-8")
        places = [match.start() for match in re.finditer(re.escape(old), text)]
        place = choice.choice(places)
        path.write_text(text[:place] + new + text[place + len(old) :], "utf-8")

    return change


CHANGES = {
    "paragraph": _text("modules/*/*.md", " dan ", " serta "),
    "module": _text("modules/*/modul.yml", " warga", " tetangga"),
    "question": _text("modules/*/soal.yml", "teks: ", "teks: Menurut Anda, "),
    "term": _text("modules/glosarium.yml", "arti: ", "arti: Sebutan bagi "),
    "source": _text("modules/rujukan.yml", "tentang: ", "tentang: Perihal "),
    "curriculum": _text("modules/kurikulum.yml", "tujuan: ", "tujuan: Kelak "),
    "picture": _text("modules/*/aset/*.svg", "</text>", ".</text>"),
    "place": _text("runs/*.yml", "kota: ", "kota: Kota Lain di "),
    "people": _text("runs/*.yml", "jumlah: ", "jumlah: 1"),
    "paper": _text("runs/*.yml", "jadwal:\n", "kertas: F4\njadwal:\n"),
    "book": _text("overrides/buku/*.html", "</body>", "<p>Akhir.</p></body>"),
    "book style": _text("overrides/buku/*.css", "font-size: 9pt", "font-size: 8pt"),
    "sheet": _text("overrides/kertas/*.html", "</h1>", ".</h1>"),
    "sheet style": _text("overrides/kertas/kertas.css", "mm", ".5mm"),
    "frame": _text("overrides/tema/*.html", "<footer", "<footer lang=id"),
    "site style": _text("overrides/tema/assets/isi.css", "1rem", "2rem"),
    "packet": _text("overrides/paket/*.html", "</h1>", ".</h1>"),
    "public": _text("overrides/edisi/*.html", "</h1>", ".</h1>"),
    "host": _text("mkdocs.yml", "toc_depth: 3", "toc_depth: 2"),
    "address": _text("mkdocs.yml", '[PILAR_SITE_URL, ""]', '[PILAR_SITE_URL, "https://a.id/"]'),
}


def same_as_cold(project: Project, folder: Path, *options: str) -> None:
    """Build with the project's cache and with an empty one."""
    warm = replace(project, out=folder / "hangat")
    cold = replace(project, out=folder / "dingin", cache=folder / "kosong")
    for one in (warm, cold):
        one.build(*options).fine()
    found, expected = digests(warm.out), digests(cold.out)
    different = sorted(n for n in found.keys() | expected if found.get(n) != expected.get(n))
    assert different == []


def test_a_warm_build_is_a_cold_one(built: Project, tmp_path: Path) -> None:
    """Each change alone, and of the real curriculum, below: those take their time."""
    for name in ("place", "paragraph"):
        CHANGES[name](built.root, random.Random(18))
    same_as_cold(built, tmp_path, "--edition", "peserta")


SHEET = "\n/// lembar-kerja | Sapaan sore\n    garis: 3\n\nTulislah.\n///\n"
TERM = "- istilah: nama panggilan\n  arti: Nama yang dipakai sehari-hari.\n"


@pytest.mark.parametrize(
    ("path", "more", "link"),
    [
        ("modules/sapa/tiga-langkah.md", SHEET, ">SAP-LK3</a>"),
        ("modules/glosarium.yml", TERM, ">nama panggilan</a>"),
    ],
)
def test_links_of_a_page_follow_what_they_lead_to(
    site: Project, tmp_path: Path, path: str, more: str, link: str
) -> None:
    """A page whose own text stays, once another module, or the glossary, has more."""
    page = "modules/catat/mencatat.md"
    site.write(page, site.text(page).replace("panggilan,", "panggilan (SAP-LK3),"))
    site.build_sites()
    site.write(path, site.text(path) + more)
    same_as_cold(site, tmp_path, "--no-books", BUILD)
    assert link in (tmp_path / f"hangat/{BUILD}/peserta/catat/mencatat.html").read_text("utf-8")


def further_runs(project: Project, count: int) -> list[str]:
    """As many runs of the same modules, each in another place, week and year, with other people."""
    text, names = project.text(f"runs/{BUILD}.yml"), []
    for number in range(count):
        changed = text.replace("2025-03-10", f"{2026 + number}-02-{9 + number:02}")
        for old, new in (("Kota Contoh", "Kota Ke-"), ("Balai Contoh", "Balai Ke-")):
            changed = changed.replace(old, f"{new}{number}")
        changed = changed.replace("jumlah: 20", f"jumlah: {20 + number % 2}")
        names.append(f"{2026 + number}-02-ke-{number}")
        project.write(f"runs/{names[-1]}.yml", changed)
    return names


def same_as_cold_one_by_one(project: Project, folder: Path, count: int, *options: str) -> None:
    """The first, the one in the middle and the last of those that one command has built."""
    runs = further_runs(project, count)
    project.build(*runs, *options).fine()
    for name in {runs[0], runs[count // 2], runs[-1]}:
        cold = replace(project, out=folder / name, cache=folder / f"kosong-{name}")
        cold.build(name, *options).fine()
        assert digests(project.out / name) == digests(cold.out / name)


def test_a_further_run_is_its_cold_build(built: Project, tmp_path: Path) -> None:
    same_as_cold_one_by_one(built, tmp_path, 1, "--edition", "peserta")


@pytest.mark.panjang
def test_each_of_many_further_runs_is_its_cold_build(built: Project, tmp_path: Path) -> None:
    same_as_cold_one_by_one(built, tmp_path, 12)


@pytest.mark.panjang
@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_a_warm_build_is_a_cold_one(
    name: str, built: Project, tmp_path: Path
) -> None:
    built.add_host_files()
    built.build().fine()
    CHANGES[name](built.root, random.Random(name))
    same_as_cold(built, tmp_path)


@pytest.mark.panjang
def test_of_the_real_curriculum_too(cache: Path, tmp_path: Path) -> None:
    """The repository as a checkout that is being worked on; a further run of the same modules."""
    project = Project(REPOSITORY, cache, tmp_path / "hasil").copied(tmp_path / "proyek")
    newest = max(path.stem for path in (REPOSITORY / "runs").glob("*.yml"))
    draft = ("--worktree", newest)  # an older run is from before laws that the folder cites
    project.build(*draft).fine()
    choice = random.Random(18)
    for name in ("paragraph", "place"):
        CHANGES[name](project.root, choice)
        same_as_cold(project, tmp_path / name, *draft)
