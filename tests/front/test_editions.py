"""Two editions: no byte of what is for trainers reaches a participant; numbers are the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import lxml.html
import pytest

from .canaries import planted, seen
from .commands import REPOSITORY, Project
from .sentences import Haystack, page_words, sentences_of, words
from .trees import files, packed

RUN = "2025-04-rahasia"


@pytest.fixture(scope="module")
def words_planted(rahasia: Project) -> dict[str, set[str]]:
    """The words in the project `rahasia` by whom they are for."""
    found = planted(rahasia.root / "modules") | {}
    for audience, more in planted(rahasia.root / "runs").items():
        found[audience] |= more
    assert {key: len(value) >= 5 for key, value in found.items()} == dict.fromkeys(found, True)
    return found


@pytest.fixture(scope="module")
def peserta(rahasia: Project) -> dict[str, str]:
    """All that the participants' files hold."""
    return seen(rahasia.out / RUN / "peserta")


@pytest.fixture(scope="module")
def pelatih(rahasia: Project) -> dict[str, str]:
    """All that the trainers' files hold."""
    return seen(rahasia.out / RUN / "pelatih")


def places(words: set[str], contents: dict[str, str]) -> dict[str, list[str]]:
    """The files that hold one of the words, by word."""
    found = {word: [name for name, text in contents.items() if word in text] for word in words}
    return {word: names for word, names in sorted(found.items()) if names}


TRAPS = {
    "footnote defined in a block": ["catatandalam"],
    "footnote defined outside and used inside": ["catatan", "catatanlanjutan", "catatanluar"],
    "abbreviation defined in a block": ["singkatan"],
    "abbreviation defined outside and used inside": ["singkatanluar"],
    "link title": ["judultautan", "judulsebaris", "acuan", "alamat", "alamatluar", "tautanluar"],
    "heading": ["judulblok", "bagian", "judul"],
    "first paragraph": ["paragrafpertama"],
    "title of a block": ["juduldiblok", "latihan", "lembar", "latihanhalaman"],
    "page in the navigation and linked inline": ["berkas", "judul", "halaman"],
    "picture of trainers": ["gambar", "denah", "tulisan", "komentardenah"],
    "picture used by both": ["jawabangambar", "judulgambar"],
    "block in a list": ["daftar"],
    "block in a box": ["kotak"],
    "block in folded details": ["rincian"],
    "block in a tab": ["tab"],
    "block in a quotation": ["kutipan"],
    "block in another block": ["langkah", "kuncikegiatan", "jawaban", "bahasankasus", "arah"],
    "list in a block": ["butir"],
    "table in a block": ["kolom", "sel"],
    "box in a block": ["judulkotak", "isikotak"],
    "details in a block": ["judulrincian", "isirincian"],
    "tab in a block": ["judultab", "isitab"],
    "quotation in a block": ["kutipandalam"],
    "definition in a block": ["istilahdefinisi", "artidefinisi"],
    "exercise and worksheet in a block": ["isilatihan", "kolomlembar", "barislembar"],
    "code in a block": ["kode", "kodesebaris"],
    # Attributes like data-kunci are refused by pilar check (B120), see test_hostile.py.
    "answer in a title": ["atribut"],
    "answer in alternative text": ["teksgambar", "teksgambarhalaman", "jawabangambar"],
    "keys and explanations": ["isian", "isianlain", "pokok", "kunciujian", "pembahasansatu"],
    "questions of the pretest": ["pretest", "kuncipretest", "pembahasanpretest"],
    "term that only trainers use": ["istilah", "arti"],
    "foreword and instructions for trainers": ["pengantar", "petunjuk"],
}
"""Ways for trainers' text to get out, and the words planted in each, without `xpelatih`."""

_ONLY_IN_BOOKS = {
    f"x{who}{what}" for who in ("pelatih", "peserta") for what in ("pengantar", "petunjuk")
}
"""Words of forewords and instructions, which no site has."""


class TestLeakTraps:
    @pytest.mark.parametrize("trap", TRAPS)
    def test_leak(self, trap: str, words_planted: dict[str, set[str]], peserta: dict[str, str]):
        words = {f"xpelatih{word}" for word in TRAPS[trap]}
        assert words - words_planted["pelatih"] == set(), "the trap must be in the project"
        assert places(words, peserta) == {}

    def test_leak_description_of_a_page(self, rahasia: Project):
        page = _page(rahasia.out / RUN / "peserta/jaga/awal.html")
        told = page.xpath("string(//meta[@name='description']/@content)")
        assert "xpelatih" not in told
        assert "xsemuaparagrafpertama" in page.text_content()

    def test_leak_lock_manifest_and_error_pages(self, rahasia: Project):
        names = set(files(rahasia.out / RUN / "peserta"))
        # What a browser reads to install the site has the same suffix everywhere, and no hashes.
        names -= {"manifest.webmanifest"}
        assert [name for name in names if "manifes" in name or name.endswith(".lock")] == []
        assert [name for name in names if name[:3].isdigit()] == []

    def test_leak_nothing_is_there_that_no_page_needs(self, rahasia: Project):
        """Participant outputs are made by allow-list."""
        site = rahasia.out / RUN / "peserta"
        packets = {name: path for name, path in files(site).items() if name.startswith("unduhan/")}
        assert {path.suffix for path in packets.values()} == {".html", ".epub", ".zip"}
        packs = {name: path for name, path in files(site).items() if name.endswith(".bin")}
        assert {path.parent for path in packs.values()} == {site / "assets/luring"}
        packets |= packs
        kinds = {Path(name).suffix for name in files(site).keys() - packets.keys()}
        allowed = {*".html .css .js .xml .gz .svg .png .jpg .pdf .woff2 .ttf .webmanifest".split()}
        assert kinds - allowed == set()
        held = {Path(name).suffix for path in packets.values() for name, _ in packed(path)}
        assert held - allowed == {"", ".xhtml", ".opf"}, "mimetype, pages and contents of EPUB"
        shown = {
            (path.parent / picture.get("src")).resolve().relative_to(site.resolve()).as_posix()
            for name, path in files(site).items()
            if name.endswith(".html")
            for picture in _page(path).iter("img")
        }
        assets = {name for name in files(site) if "/aset/" in name}
        assert assets == {name for name in shown if "/aset/" in name}

    def test_leak_passage_public_in_another_module_is_built(self, peserta: dict[str, str]):
        passage = "kalimatiniuntukpelatihsajadimodulini"
        assert passage in peserta["bebas/berlatih.html"]
        assert passage not in peserta["jaga/jebakan.html"]

    def test_leak_trainer_page_linked_inline_leaves_no_dead_link(self, rahasia: Project):
        site = rahasia.out / RUN / "peserta"
        for _, page in (*_pages(site), *_pages(site, packets=True)):
            assert not page.xpath("//a[contains(@href, 'xpelatih')]")

    def test_leak_from_trainer_to_participant_in_the_same_folder_and_cache(
        self, rahasia: Project, words_planted: dict[str, set[str]], tmp_path: Path
    ):
        """The trainers' edition is built first; what it left in cache and folder is not used."""
        project = rahasia.copied(tmp_path / "proyek")
        shutil.rmtree(project.out)
        project.build("--edition", "pelatih").fine()
        project.build("--edition", "peserta").fine()
        theirs = seen(project.out / RUN / "peserta")
        assert places(words_planted["pelatih"], theirs) == {}
        assert theirs == seen(rahasia.out / RUN / "peserta")

    def test_leak_from_trainer_to_participant_by_mkdocs_dirty(
        self, rahasia: Project, words_planted: dict[str, set[str]], tmp_path: Path
    ):
        """`mkdocs build --dirty` keeps what did not change: of the other edition, nothing."""
        project = rahasia.copied(tmp_path / "proyek")
        project.add_host_files()
        build = ("build", "--dirty", "--site-dir", "situs")
        assert project.mkdocs(*build, PILAR_EDITION="pelatih").code == 0
        site = project.root / "situs"
        assert places(words_planted["pelatih"], seen(site))
        assert project.mkdocs(*build, PILAR_EDITION="peserta").code == 0
        assert places(words_planted["pelatih"], seen(site)) == {}
        built = files(rahasia.out / RUN / "peserta")
        sites = {name for name in built if not name.startswith(("buku/", "dokumen/"))}
        assert {*files(site)} - {"manifes.json"} == sites

    def test_leak_service_worker_lists(self, rahasia: Project):
        """The lists of files to keep offline name once more what is there, and nothing else."""
        site = rahasia.out / RUN / "peserta"
        first, _, _ = (site / "sw.js").read_text("utf-8").partition(";\n")
        lists = json.loads(first.removeprefix("const daftar = "))
        shown = json.loads(
            (site / "assets/luring-daftar.js").read_text("utf-8").partition(" = ")[2].strip("\n;")
        )
        assert len(lists["kemasan"]) > 3
        assert lists["unduhan"] == shown["unduhan"]
        named = {*lists["kemasan"], *lists["unduhan"]}
        assert named - files(site).keys() == set()
        assert "xpelatih" not in f"{lists} {shown}"

    def test_leak_comments_of_registries_and_runs(
        self, rahasia: Project, words_planted: dict[str, set[str]], peserta: dict[str, str]
    ):
        """No output is made from them, so the gate need not look for those of modules/*.yml."""
        comments = {"glosarium", "rujukan", "kurikulum", "pin", "pelatihan", "jadwal"}
        comments = {f"xbuang{name}" for name in comments}
        assert comments <= words_planted["buang"]
        assert places(comments, peserta) == {}
        assert places(comments, seen(rahasia.out / "edisi")) == {}


class TestSecrets:
    def test_leak_no_participant_file_holds_anything_of_the_trainers(
        self, words_planted: dict[str, set[str]], peserta: dict[str, str]
    ):
        assert places(words_planted["pelatih"], peserta) == {}

    @pytest.mark.parametrize("edition", ["peserta", "pelatih"])
    def test_leak_no_file_holds_a_comment(
        self, rahasia: Project, words_planted: dict[str, set[str]], edition: str
    ):
        in_text = {word for word in words_planted["buang"] if not _in_picture(word)}
        assert places(in_text, seen(rahasia.out / RUN / edition)) == {}

    def test_leak_no_participant_file_holds_the_metadata_of_a_picture(
        self, words_planted: dict[str, set[str]], peserta: dict[str, str]
    ):
        in_pictures = {word for word in words_planted["buang"] if _in_picture(word)}
        assert len(in_pictures) == 4
        assert places(in_pictures, peserta) == {}

    def test_leak_pictures_and_pages_of_the_trainers_are_not_even_names(
        self, rahasia: Project, peserta: dict[str, str]
    ):
        theirs = set(files(rahasia.out / RUN / "peserta"))
        assert "jaga/aset/xsemuagambar.svg" in theirs
        assert not [name for name in theirs if "xpelatih" in name or "bank-soal" in name]

    def test_trainers_have_all_of_it_on_the_site(
        self, words_planted: dict[str, set[str]], pelatih: dict[str, str]
    ):
        pages = {name: text for name, text in pelatih.items() if name.endswith((".html", ".svg"))}
        wanted = words_planted["pelatih"] - _ONLY_IN_BOOKS - _NEVER_SHOWN
        assert wanted - set(places(wanted, pages)) == set()

    def test_trainers_have_all_of_it_in_their_book(
        self, words_planted: dict[str, set[str]], pelatih: dict[str, str]
    ):
        # Paper spells out no abbreviation on a tip, and names no file.
        only_on_screen = {
            *("xpelatihsingkatan", "xpelatihsingkatanluar", "xpelatihberkas", "xpelatihdenah"),
            *("xpelatihgambar", "xpelatihjudultautan", "xpelatihjudulsebaris"),
            "xpelatihjudulgambar",
        }
        book = {"buku": pelatih["buku/panduan-pelatih.pdf"]}
        wanted = words_planted["pelatih"] - only_on_screen - _NEVER_SHOWN
        assert wanted - set(places(wanted, book)) == set()

    def test_participants_have_what_is_theirs_and_trainers_do_not(
        self, words_planted: dict[str, set[str]], peserta: dict[str, str], pelatih: dict[str, str]
    ):
        assert places(words_planted["peserta"], pelatih) == {}
        for kind in (".html", "buku-modul.pdf"):
            some = {name: text for name, text in peserta.items() if name.endswith(kind)}
            wanted = words_planted["peserta"] - {"xpesertaberkas"} - _ONLY_IN_BOOKS
            assert wanted - set(places(wanted, some)) == set()
        for word in _ONLY_IN_BOOKS & words_planted["peserta"]:
            assert word in peserta["buku/buku-modul.pdf"]
        assert "jaga/xpesertaberkas.html" in peserta

    def test_both_have_what_is_for_all(
        self, words_planted: dict[str, set[str]], peserta: dict[str, str], pelatih: dict[str, str]
    ):
        """Words around the secrets: the filter takes away no more than it must."""
        for contents, book in (
            (peserta, "buku/buku-modul.pdf"),
            (pelatih, "buku/panduan-pelatih.pdf"),
        ):
            pages = {n: text for n, text in contents.items() if n.endswith((".html", ".svg"))}
            assert words_planted["semua"] - set(places(words_planted["semua"], pages)) == set()
            on_screen = {
                "xsemuasingkatan",
                "xsemuasingkatanluar",
                "xsemuagambar",
                "xsemuafoto",
                "xsemuapotret",
            }
            in_book = words_planted["semua"] - on_screen
            assert in_book - set(places(in_book, {book: contents[book]})) == set()

    def test_leak_syntax_shown_in_a_code_fence_stays(self, rahasia: Project):
        page = _page(rahasia.out / RUN / "peserta/jaga/rahasia.html")
        shown = [code.text_content().strip() for code in page.iter("pre")]
        assert shown == ["/// pelatih\nContoh penulisan blok: xsemuacontohkode.\n///"]

    def test_keys_of_exercises_are_shown_where_the_module_allows_self_study(
        self, peserta: dict[str, str], pelatih: dict[str, str]
    ):
        for contents in (peserta, pelatih):
            assert "xsemuakuncibebas" in contents["bebas/berlatih.html"]
        assert "xpelatihkunciujian" not in peserta["bebas/berlatih.html"]
        assert "xpelatihkunciujian" in pelatih["bebas/berlatih.html"]

    def test_leak_letter_of_a_key_is_not_marked(self, rahasia: Project):
        page = _page(rahasia.out / RUN / "peserta/jaga/rahasia.html")
        for choice in page.xpath("//ol[@class='pilihan']/li"):
            assert dict(choice.attrib) == {}

    def test_leak_the_real_participants_read_no_sentence_of_the_trainers(self, newest: Path):
        secret = sentences_of(REPOSITORY / "modules").secret
        assert Haystack(_texts(newest / "peserta")).found(secret) == []
        assert len(Haystack(_texts(newest / "pelatih")).found(secret)) > 0.98 * len(secret)


class TestNumbers:
    """A code said in class means the same thing in every book."""

    def test_numbered_blocks_have_the_same_code_in_both_editions(self, run_folder: Path):
        ours = dict(_items(run_folder / "pelatih"))
        theirs = dict(_items(run_folder / "peserta"))
        assert len(theirs) >= 5
        assert theirs.items() <= ours.items()

    def test_what_trainers_alone_see_has_numbers_of_its_own(self, rahasia: Project):
        ours = {title: code for _, code, title in _codes(_pages(rahasia.out / RUN / "pelatih"))}
        theirs = {title: code for _, code, title in _codes(_pages(rahasia.out / RUN / "peserta"))}
        hidden = {title for title in ours if "xpelatih" in title}
        assert len(hidden) == 5
        assert len(set(ours.values())) == len(ours)
        assert theirs == {title: code for title, code in ours.items() if title not in hidden}

    def test_chapters_sections_and_captions_have_the_same_number(self, run_folder: Path):
        ours, theirs = (set(_headings(run_folder / name)) for name in ("pelatih", "peserta"))
        assert len(theirs) >= 10
        assert theirs - ours == set()

    def test_questions_have_the_same_code(self, run_folder: Path):
        ours, theirs = (
            set(_questions(_pages(run_folder / name))) for name in ("pelatih", "peserta")
        )
        assert len(theirs) >= 2
        assert theirs - ours == set()

    def test_packets_have_the_codes_of_the_site(self, run_folder: Path):
        site = run_folder / "peserta"
        packets = {name: [(name, page)] for name, page in _pages(site, packets=True)}
        whole = f"unduhan/{run_folder.name}-peserta.html"
        assert len(packets) > 2
        for found in (_codes, _questions):
            shown = {item[1:] for item in found(_pages(site))}
            held = {name: {item[1:] for item in found(pages)} for name, pages in packets.items()}
            assert held[whole] == shown
            del held[whole]
            assert set.union(*held.values()) == shown

    def test_books_print_the_codes_of_the_site(self, run_folder: Path):
        for edition, book in (("pelatih", "panduan-pelatih"), ("peserta", "buku-modul")):
            printed = words(_printed(run_folder / edition / f"buku/{book}.pdf"))
            codes = [code for _, code, _ in _codes(_pages(run_folder / edition))]
            missing = [code for code in codes if f" {words(code)} " not in printed]
            assert codes
            assert missing == []


_NEVER_SHOWN = {
    *("xpelatihkomentardenah", "xpelatihacuan", "xpelatihtautanluar", "xpelatihatribut"),
}
"""Metadata of a picture, names of links, attributes: part of the source, and of no page."""


def _in_picture(word: str) -> bool:
    return word.endswith(("svg", "png", "jpg"))


def _page(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


Pages = Iterable[tuple[str, lxml.html.HtmlElement]]
"""Pages by their path in the site."""


def _pages(site: Path, *, packets: bool = False) -> Pages:
    """Those of a site, or the single pages to pass on, which hold the text of many."""
    for name, path in files(site).items():
        if name.endswith(".html") and name.startswith("unduhan/") == packets:
            yield name, _page(path)


def _codes(pages: Pages) -> Iterator[tuple[str, str, str]]:
    """Page, code and title of every numbered block."""
    for name, page in pages:
        for block in page.xpath("//section[@data-kode][not(contains(@class, ' soal'))]"):
            title = block.xpath("string(.//*[@class='nama'])").strip()
            if title:
                yield name, block.get("data-kode"), title


def _items(site: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for name, code, title in _codes(_pages(site)):
        yield (name, code), title


def _headings(site: Path) -> Iterator[tuple[str, str]]:
    for name, page in _pages(site):
        found = page.xpath("//article//h1 | //article//h2 | //article//*[@class='caption-prefix']")
        for heading in found:
            text = heading.text_content()
            if re.match(r"BAB [IVXL]+: |[A-Z]\. |Gambar \d|Tabel \d", text):
                after = heading.tail or "" if heading.tag == "span" else ""
                yield name, f"{text}{after}".strip()


def _questions(pages: Pages) -> Iterator[tuple[str, str, str]]:
    for name, page in pages:
        if name.endswith("bank-soal.html"):
            continue
        for block in page.xpath("//section[contains(@class, ' soal')]"):
            code = block.xpath("string(.//*[@class='kode'])")
            text = block.xpath("string(./p[not(@class)])")
            assert re.fullmatch(r"Soal [A-Z0-9]+-S\d+", code)
            yield name, code, text


def _printed(book: Path) -> str:
    command = ["pdftotext", "-q", str(book), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def _texts(site: Path) -> Iterator[str]:
    """The words of all pages, of the pieces of the search and of what packets hold."""
    for name, path in files(site).items():
        for file, data in ((name, path.read_bytes()), *packed(path)):
            if file.endswith((".html", ".xhtml", ".js")):
                yield page_words(data.decode())
