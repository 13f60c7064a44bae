"""Participants get the pictures that a finished page shows; the gate finds out for itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pilar.assembly import tree as assembly
from pilar.leaks.corpus import shown_pictures
from pilar.model.edition import Edition

from .samples import node_of, project_of
from .test_leaks import output, told, tree_of

NAME = "aset/norma.svg"
HIDDEN = f"\n/// pelatih\n![kartu]({NAME})\n///\n"
PLACE = f"modules/contoh/{NAME}:1"
ONLY_LOOKS_LIKE = {
    "code": f"`![x]({NAME})`",
    "fenced code": f"```\n![x]({NAME})\n```",
    "indented code": f"Contoh:\n\n    ![x]({NAME})",
    "code in a box": f"!!! note\n    Isi\n\n        ![x]({NAME})",
    "code in a list": f"1. satu\n\n    ~~~\n    ![x]({NAME})\n    ~~~",
    "code in a block": f"/// rangkuman\n~~~\n![x]({NAME})\n~~~\n///",
    "escaped": f"\\![x](https://a.id/{NAME})",
    "comment": f"<!-- ![x]({NAME}) -->",
    "title of a link": f'[a](https://a.id "![x]({NAME})")',
    "title of an address": f'[b][a]\n\n[a]: https://a.id "![x]({NAME})"',
    "abbreviation": f"KNR\n\n*[KNR]: ![x]({NAME})",
    "unused abbreviation": f"*[KNR]: ![x]({NAME})",
    "unused footnote": f"[^a]: ![x]({NAME})",
    "its name alone": NAME,
}
SHOWS = {
    "paragraph": f"Teks ![x]({NAME}) lagi.",
    "link": f"[![x]({NAME})](https://a.id)",
    "list": f"1. satu\n\n    ![x]({NAME})",
    "box": f"!!! note\n    ![x]({NAME})",
    "details": f'??? note "Judul"\n    ![x]({NAME})',
    "tab": f'=== "Satu"\n    ![x]({NAME})',
    "table": f"| a |\n| - |\n| ![x]({NAME}) |",
    "definition": f"Kartu\n:   ![x]({NAME})",
    "footnote": f"Teks[^a].\n\n[^a]: ![x]({NAME})",
    "heading": f"## Kartu ![x]({NAME})",
    "quotation": f"> ![x]({NAME})",
    "title of a box": f'!!! note "![x]({NAME})"\n    Isi',
    "block": f"/// rangkuman\n![x]({NAME})\n///",
    "block for participants": f"/// peserta\n![x]({NAME})\n///",
    "block in a list": f"1. satu\n\n    /// peserta\n    ![x]({NAME})\n    ///",
    "block in a box": f"!!! note\n    /// peserta\n    ![x]({NAME})\n    ///",
    "block in a quotation": f"> /// peserta\n> ![x]({NAME})\n> ///",
    "block after a list": f"1. satu\n\n/// peserta\n![x]({NAME})\n///",
    "block after trainers' text in a list": (
        f"1. satu\n\n    /// kunci\n    Isi\n    ///\n\n    ![x]({NAME})"
    ),
    "block in a block": f"//// latihan | J\n/// peserta\n![x]({NAME})\n///\n////",
    "title of a block": f"/// latihan | Kartu ![x]({NAME})\nIsi\n///",
    "option of a block": f"/// lembar-kerja | J\n    kolom: ['![x]({NAME})', b]\n\n///",
    "caption": f"Teks\n\n/// figure-caption\nKartu ![x]({NAME})\n///",
    "with a title": f'![x]({NAME} "Kartu")',
}


@pytest.mark.parametrize("source", ONLY_LOOKS_LIKE.values(), ids=ONLY_LOOKS_LIKE)
def test_what_only_looks_like_a_picture_publishes_none(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_of(f"# Judul\n\n{source}\n{HIDDEN}")
    assert set(node_of(project, Edition.PELATIH).assets()) == {NAME}
    assert node_of(project, Edition.PESERTA).assets() == {}
    assert shown_pictures(project.modules["contoh"]) == set()
    tree = tree_of(project)
    assert told(tree, output(tree, tmp_path / "utuh")) == set()
    monkeypatch.setattr(assembly, "shown_pictures", lambda source: frozenset({NAME}))
    found = told(tree, output(tree, tmp_path / "bocor"))
    assert found == {f"{PLACE}: P101", f"{PLACE}: P103"}


@pytest.mark.parametrize("source", SHOWS.values(), ids=SHOWS)
def test_what_shows_a_picture_publishes_it(source: str, tmp_path: Path) -> None:
    project = project_of(f"# Judul\n\n{source}\n{HIDDEN}")
    assert set(node_of(project, Edition.PESERTA).assets()) == {NAME}
    assert shown_pictures(project.modules["contoh"]) == {NAME}
    tree = tree_of(project)
    assert told(tree, output(tree, tmp_path)) == set()


def test_a_picture_that_no_page_shows_is_told_though_participants_may_see_it(
    tmp_path: Path,
) -> None:
    tree = tree_of(project_of(f"# Judul\n\n![x]({NAME})\n"))
    folder = output(tree, tmp_path)
    page = next(folder.rglob("hal-1.html"))
    page.write_text(page.read_text().replace("<img", "<p"))
    assert told(tree, folder) == {f"{PLACE}: P103"}


def test_pages_of_trainers_publish_no_picture() -> None:
    project = project_of(f"---\nedisi: pelatih\n---\n# Judul\n\n![x]({NAME})\n", "# Lain\n")
    assert node_of(project, Edition.PESERTA).assets() == {}
    assert shown_pictures(project.modules["contoh"]) == set()


def test_the_same_picture_under_two_names_may_be_shown(tmp_path: Path) -> None:
    project = project_of(f"# Judul\n\n![x](aset/sama.svg)\n{HIDDEN}")
    module = project.modules["contoh"]
    module = replace(module, assets={**module.assets, "aset/sama.svg": module.assets[NAME]})
    tree = tree_of(replace(project, modules={**project.modules, "contoh": module}))
    assert told(tree, output(tree, tmp_path)) == set()
