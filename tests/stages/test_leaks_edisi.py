"""The public pages below build/edisi: they tell of newer versions what participants may hear."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pilar.changes.modules import compare
from pilar.content.changelog_parser import parse_changelog
from pilar.errata import public
from pilar.errata.facts import facts
from pilar.leaks.gate import check_public
from pilar.model.curriculum import Module, Question
from pilar.model.edition import Edition
from pilar.model.problem import ContentError
from pilar.model.run import Project
from pilar.project.state import Workspace

from .golden import BASE
from .samples import PROJECT, project_of
from .test_changes import ACTIVITY, module_of

REPOSITORY = Path(__file__).parents[2]
(RUN,) = PROJECT.runs.values()
PAGE = "modules/contoh/hal-1.md"
LOG = "modules/contoh/perubahan.md"
SENTENCE = "kartu merah diberikan kepada ketua kelompok sesudah lima menit"
WORD = "kenarirahasia"
NOTE = f"/// pelatih\nCatatan: {SENTENCE}.\n///\n"
CHANGES = f"""\
# Perubahan

## 1.1.0

- Tabel bahan kini lebih rapi. Kenaribersama.

    /// pelatih
    Di dalam butir: {WORD}dalam.
    ///

/// pelatih
- Kunci yang dahulu keliru kini benar: {WORD}.
///
"""


def told(folder: Path, html: str, *contents: Project) -> set[str]:
    """Place and code of what the gate says of one public page made from these contents."""
    (folder / "ralat.html").write_text(html, "utf-8")
    try:
        check_public([(RUN, content) for content in contents], folder, REPOSITORY)
    except ContentError as error:
        return {f"{p.path}:{p.line}: {p.code}" for p in error.problems}
    return set()


def with_log(project: Project, text: str = CHANGES) -> Project:
    log = parse_changelog(text, LOG, [])
    assert log.sections
    module = replace(project.modules["contoh"], changelog=log)
    return replace(project, modules={**project.modules, "contoh": module})


def question(**values: object) -> Question:
    fields = {"id": "satu", "indikator": 1, "jenis": "isian", "teks": "Apa?", "kunci": WORD}
    return Question.model_validate(fields | values)


OLD = project_of("# Judul\n\nTeks.\n")


@pytest.mark.parametrize(
    ("project", "html", "place"),
    [
        pytest.param(with_log(OLD), f"<p>{WORD}</p>", f"{LOG}:12", id="line of perubahan.md"),
        pytest.param(with_log(OLD), f"<p>{WORD}dalam</p>", f"{LOG}:8", id="note in such a line"),
        pytest.param(
            project_of(f"# Judul\n\n{NOTE}"), f"<li>{SENTENCE}</li>", f"{PAGE}:4", id="note"
        ),
        pytest.param(
            project_of("# Judul\n", questions=(question(),)),
            f"<li>Kunci soal: {WORD}</li>",
            "modules/contoh/soal.yml:7",
            id="key",
        ),
        pytest.param(
            project_of(f"---\nedisi: pelatih\n---\n# {WORD}\n"),
            f"<li>Bab: {WORD}</li>",
            f"{PAGE}:4",
            id="title of a page",
        ),
    ],
)
@pytest.mark.parametrize("newer", [False, True])
def test_leak_on_public_pages(
    project: Project, html: str, place: str, newer: bool, tmp_path: Path
) -> None:
    """In the version that a copy has, and in the one that takes its place."""
    contents = (OLD, project) if newer else (project, OLD)
    assert told(tmp_path, html, *contents) == {f"{place}: P101"}


def test_what_participants_read_in_either_version_may_be_told(tmp_path: Path) -> None:
    secret, public = project_of(f"# Judul\n\n{NOTE}"), project_of(f"# Judul\n\n{SENTENCE}\n")
    page = f"<p>{SENTENCE}</p><p>Kenaribersama</p>"
    assert told(tmp_path, page, secret, with_log(public)) == set()
    assert told(tmp_path, page, with_log(public), secret) == set()
    assert told(tmp_path, page, secret, with_log(OLD)) == {f"{PAGE}:4: P101"}


def seen(old: Module, new: Module) -> list[str]:
    return [fact.text for fact in facts(compare(old, new), Edition.PESERTA, PROJECT.sources)]


TEXT = "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh.\n"


def test_leak_title_of_a_page_that_became_the_trainers() -> None:
    old = module_of(f"# Persiapan\n\n{TEXT}")
    new = module_of(f"---\nedisi: pelatih\n---\n# {WORD}\n\n{TEXT}")
    assert seen(old, new) == ["Bab atau halaman dihapus: “Persiapan”"]
    assert seen(new, old) == ["Bab atau halaman baru: “Persiapan”"]


def test_leak_title_of_an_activity_that_was_the_trainers() -> None:
    old = module_of("---\nedisi: pelatih\n---\n# A\n\n" + ACTIVITY.format(title=WORD, minutes=9))
    new = module_of("# A\n\n" + ACTIVITY.format(title="Satu", minutes=10))
    assert seen(old, new) == [
        "Kegiatan baru CTH-K1 “Satu”, 10 menit",
        "Bab atau halaman baru: “A”",
    ]
    assert WORD not in "".join(seen(new, old))


def test_leak_gate_keeps_the_earlier_public_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The pages as they are made, and one more that should not be."""
    caplog.set_level(logging.WARNING, "weasyprint.progress")
    out, cache = tmp_path / "build", tmp_path / "cache"
    assert public.publish(Workspace(BASE, cache).folder(), out, "")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    made = public.run_pages
    key = "Norma disepakati, bukan diperintahkan."

    def with_a_key(*arguments: Any) -> public.RunPages:
        pages = made(*arguments)
        return replace(pages, files={**pages.files, "bocor.html": f"<p>{key}</p>".encode()})

    monkeypatch.setattr(public, "run_pages", with_a_key)
    assert public.publish(Workspace(BASE, cache).folder(), out, "") is False, "nothing had changed"
    with pytest.raises(ContentError) as stopped:
        public.publish(Workspace(BASE, cache).folder(), out, "https://contoh.id/")
    assert {problem.code for problem in stopped.value.problems} == {"P101"}
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
