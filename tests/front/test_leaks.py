"""The leak gate in the commands that people run, and what a changed mkdocs.yml may not let out."""

from __future__ import annotations

import zipfile

import lxml.html
import pytest
from PIL import Image

from .canaries import seen
from .commands import BUILD, Outcome, Project
from .trees import files, names, stamps

PAGE = "modules/sapa/tiga-langkah.md"
BROKEN = {
    "pelatih": "from pilar.model.blocks import BLOCKS as b; b['pelatih'] = off(b['pelatih'])",
    "kunci": "from pilar.model.blocks import BLOCKS as b; b['kunci'] = off(b['kunci'])",
    "kartu": "from pilar.model.blocks import Block as b; b.audience = None",
    "page": "import pilar.syntax.audience as a; a.sees = lambda *_: True",
    "question": "import pilar.assembly.blockdata as d; d.shows_key = lambda *_: True",
    "paper": "import pilar.build.output as o; o._ROWS[:] = map(given, o._ROWS)",
}
"""A filter that is off for one kind of thing; or participants are given a paper of the trainers."""
CARDS = "/// kartu | Sopan atau tidak\n\n- Berteriak dari jalan raya sampai tetangga keluar\n///\n"
SECRET = {
    "pelatih": (PAGE, "Kata pembuka"),
    "kunci": (PAGE, "Telepon genggam disimpan"),
    "kartu": (PAGE, "Berteriak dari jalan raya"),
    "page": ("modules/sapa/persiapan-pelatih.md", "Siapkan satu daun pintu"),
    "question": ("modules/sapa/soal.yml", "pembahasan:"),
}
"""Where the trainers' text stands that it lets out."""


def build(project: Project, broken: str, *arguments: str) -> Outcome:
    """`pilar build` of the participants' edition, all of it, with that filter off."""
    code = (
        "from dataclasses import replace\n"
        "off = lambda block: replace(block, audience=None)\n"
        "given = lambda row: replace(row, participants=row.participants or row.stem == 'sesi')\n"
        f"{BROKEN[broken]}\n"
        "from pilar.cli.main import main\n"
        "main()\n"
    )
    command = ("build", BUILD, "--edition", "peserta", "--jobs", "1", "--out", str(project.out))
    outcome = project.run("python", "-c", code, *command, *arguments)
    assert "Traceback" not in outcome.out + outcome.err, outcome.err
    return outcome


class TestMutation:
    """`pilar build` with a filter that is off for one kind of thing: it stops, nothing appears."""

    @pytest.mark.parametrize("broken", SECRET)
    def test_leak_gate_stops_the_build(self, minimal: Project, broken: str):
        path, text = SECRET[broken]
        if broken == "kartu":
            minimal.replace(PAGE, "## Latihan\n", f"{CARDS}\n## Latihan\n")
        lines = [n for n, line in enumerate(minimal.text(path).split("\n"), 1) if text in line]
        books = () if broken == "kunci" else ("--no-books",)
        outcome = build(minimal, broken, *books)
        assert (path, lines[0], "P101") in outcome.problems()
        assert "SECURITY.md" in outcome.out
        assert names(minimal.out) == set()

    def test_leak_gate_stops_a_paper_that_participants_are_given(self, minimal: Project):
        """A session plan; the page of downloads would lead to it."""
        problems = build(minimal, "paper").problems()
        assert ("dokumen/sesi.pdf", 1, "P103") in problems
        assert ("cetak.html", 1, "P103") in problems
        assert (PAGE, "P101") in {(path, code) for path, _, code in problems}
        assert names(minimal.out) == set()

    def test_leak_gate_leaves_the_earlier_output(self, site: Project):
        line = site.replace(PAGE, "Kata pembuka", "Kata-kata pembuka")
        before = stamps(site.out)
        outcome = build(site, "pelatih", "--no-books")
        assert (PAGE, line, "P101") in outcome.problems()
        assert "sapa/tiga-langkah.html" in outcome.out
        assert stamps(site.out) == before


REPOSITORY = "https://git.contoh.id/pilar"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, site_once: Project) -> Project:
    """Edit links are on, and files lie beside the public pages."""
    project = site_once.copied(tmp_path_factory.mktemp("inang") / "proyek")
    project.add_host_files()
    buttons = "  features: [content.action.edit, content.action.view]\n"
    project.replace("mkdocs.yml", "  name: material\n", f"  name: material\n{buttons}")
    project.replace("mkdocs.yml", 'repo_url: ""', f"repo_url: {REPOSITORY}")
    project.replace("mkdocs.yml", 'edit_uri: ""', "edit_uri: edit/main/modules/")
    folder = project.root / "overrides/halaman"
    for name in ("kunci.docx", "nilai.xlsx", "formulir.docx"):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("isi.xml", f"<w>kenari{name.partition('.')[0]}</w>")
    (folder / "denah.png").write_bytes(b"kenaridenah")
    Image.new("L", (40, 20)).save(folder / "foto.jpg", comment=b"kenarifoto")
    about = project.text("overrides/halaman/tentang.md")
    project.write(
        "overrides/halaman/tentang.md", f"{about}\n[Formulir](formulir.docx) ![Foto](foto.jpg)\n"
    )
    project.build_sites()
    return project


class TestHost:
    """mkdocs.yml and docs_dir may be changed; what is the trainers' stays in all the same."""

    @pytest.mark.parametrize("edition", ["peserta", "pelatih"])
    def test_leak_edit_and_view_links(self, changed: Project, edition: str):
        """Whatever buttons are set: reports for participants, the editor for trainers."""
        address = {"peserta": "issues/new?", "pelatih": "edit/main/modules/"}[edition]
        links = {
            link
            for name, path in files(changed.out / BUILD / edition).items()
            if name.endswith(".html")
            for link in lxml.html.fromstring(path.read_bytes()).xpath("//@href")
            if "git.contoh.id" in link
        }
        assert len(links) > 5
        assert not [link for link in links if not link.startswith(f"{REPOSITORY}/{address}")]
        assert not [link for link in links if "/raw/" in link]

    @pytest.mark.parametrize("edition", ["peserta", "pelatih"])
    def test_leak_unreferenced_office_files_beside_a_public_page(
        self, changed: Project, edition: str
    ):
        said = "".join(seen(changed.out / BUILD / edition).values())
        assert "formulirdocx" in said
        assert [word for word in ("kunci", "nilai", "denah") if f"kenari{word}" in said] == []
        assert "kuncidocx" not in said
        assert "nilaixlsx" not in said

    @pytest.mark.parametrize("edition", ["peserta", "pelatih"])
    def test_leak_metadata_of_a_picture_on_a_public_page(self, changed: Project, edition: str):
        picture = changed.out / BUILD / edition / "foto.jpg"
        assert b"kenarifoto" in (changed.root / "overrides/halaman/foto.jpg").read_bytes()
        assert b"kenarifoto" not in picture.read_bytes()
        with Image.open(picture) as opened:
            assert opened.size == (40, 20)

    def test_leak_unreferenced_office_files_beside_a_page_of_a_module(self, minimal: Project):
        (minimal.root / "modules/sapa/nilai.xlsx").write_bytes(b"PK\x03\x04")
        (minimal.root / "modules/sapa/aset/kunci.docx").write_bytes(b"PK\x03\x04")
        assert set(minimal.build("--no-books").problems()) == {
            ("modules/sapa/nilai.xlsx", 1, "F103"),
            ("modules/sapa/aset/kunci.docx", 1, "F104"),
        }
        assert names(minimal.out) == set()
