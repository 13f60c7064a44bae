"""Titles and names that would be markup, if anything took them for it, in a site built of them."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from .commands import BUILD, Project
from .trees import files

ESCAPED = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
QUOTES = """ " onload="alert(1)' onclick='alert(1)"""
IN_YAML = (ESCAPED + QUOTES).replace("'", "''")
PLACES = [
    ("modules/sapa/modul.yml", "Menyapa Warga"),
    ("modules/sapa/modul.yml", "Mengetuk"),
    ("modules/catat/modul.yml", "Mencatat Kunjungan"),
    ("modules/kurikulum.yml", "Pelatihan Kunjungan Rumah"),
    ("modules/glosarium.yml", "Kunjungan\n"),
    ("modules/rujukan.yml", "Kesejahteraan Sosial"),
    (f"runs/{BUILD}.yml", '"Pelatihan Kunjungan Rumah: Angkatan Contoh"'),
    (f"runs/{BUILD}.yml", "Dinas Sosial Kota Contoh"),
    (f"runs/{BUILD}.yml", "Balai Contoh, kota"),
    (f"runs/{BUILD}.yml", "Widyaiswara"),
    (f"runs/{BUILD}.yml", "Rehat"),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, site_once: Project) -> Project:
    """The tiny project with markup in each title, name and heading, sites only."""
    project = site_once.copied(tmp_path_factory.mktemp("jahat") / "proyek")
    (project.root / "runs/2025-09-kedua.yml").unlink()
    for name, old in PLACES:
        text = project.text(name)
        word = old.strip('"\n').removesuffix(", kota")
        new = old.replace(old.strip("\n").removesuffix(", kota"), f"'{word} {IN_YAML}'")
        project.write(name, text.replace(old, new, 1))
    page = project.text("modules/sapa/penutup.md").replace("# Penutup", f"# Penutup {ESCAPED}")
    project.write("modules/sapa/penutup.md", f"{page}\n## Bagian {ESCAPED}{QUOTES}\n\nAkhir.\n")
    project.build_sites()
    return project


def _pages(folder: Path) -> dict[str, lxml.html.HtmlElement]:
    return {
        name: lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        for name, path in files(folder).items()
        if name.endswith(".html")
    }


def _scripts(pages: dict[str, lxml.html.HtmlElement]) -> set[tuple[str, str]]:
    return {
        (name, script.text)
        for name, page in pages.items()
        for script in page.iter("script")
        if script.get("src") is None and script.get("type") is None
    }


@pytest.mark.parametrize("edition", ["peserta", "pelatih"])
def test_titles_are_text_wherever_they_stand(hostile: Project, site_once: Project, edition: str):
    found = _pages(hostile.out / BUILD / edition)
    sound = _pages(site_once.out / BUILD / edition)
    assert found.keys() == sound.keys()
    assert _scripts(found) == _scripts(sound)
    tags = {element.tag for page in sound.values() for element in page.iter()}
    for page in found.values():
        assert {element.tag for element in page.iter()} <= tags
        assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    # What is written is what is read: an entity in a heading is a sign, in YAML it is none.
    title = found["sapa/penutup.html"].findtext(".//title")
    assert title.startswith("BAB III: Penutup </title><script>alert(1)</script> · Menyapa Warga")
    assert found["sapa/index.html"].findtext(".//h1") == f"Menyapa Warga {ESCAPED}{QUOTES}"


def test_a_page_cannot_choose_its_template(hostile: Project, tmp_path: Path):
    """MkDocs takes `key: value` lines at the top for settings, a redirect among them."""
    project = hostile.copied(tmp_path / "proyek")
    settings = "template: redirect.html\nlocation: https://jahat.id/\n\n"
    project.write("modules/sapa/penutup.md", f"{settings}# Penutup\n\nAkhir.\n")
    assert ("modules/sapa/penutup.md", 1, "Y101") in project.build().problems()
