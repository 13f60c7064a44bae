"""No canary of the trainers' in anything of the participants', and none of everybody's lost.

What a participant gets is looked at whole: page sources, site HTML, book HTML, headings, items,
pictures, terms.
"""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.book.markup import page_markup
from pilar.editions.site import asset_files
from pilar.model.blocks import BLOCKS
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.model.sources import Term
from pilar.syntax.render import render

from .generated import PARTICIPANT, PUBLIC, TRAINER, Sample, pages
from .samples import PROJECT, node_of, project_of

SEES = {Edition.PELATIH: (PUBLIC, TRAINER), Edition.PESERTA: (PUBLIC, PARTICIPANT)}


def texts(node: ModuleNode) -> tuple[str, str, str, str]:
    """What site and book take from a module: page sources, site HTML, book HTML, all the rest."""
    rest: list[object] = [node.terms, node.assets()]
    rest += [(page.path, page.title, page.headings) for page in node.pages]
    rest += [(item.label, item.block.title) for item in node.items(*BLOCKS)]
    site = [render(page.source) for page in node.pages]
    book = [page_markup(node, page) for page in node.pages]
    return "".join(page.source for page in node.pages), "".join(site), "".join(book), str(rest)


def everything(node: ModuleNode) -> str:
    """All that site and book take from a module, in one piece."""
    return "\n".join(texts(node))


@given(pages())
def test_canaries_fly_to_their_readers_only(sample: Sample) -> None:
    project = project_of(sample.source)
    for edition in Edition:
        source, site, book, rest = texts(node_of(project, edition))
        for canary in sample.canaries:
            seen = tuple(canary.word in text for text in (source, site, book))
            assert seen == (canary.reader in SEES[edition],) * 3, canary
            assert canary.reader in SEES[edition] or canary.word not in rest


@given(pages())
def test_canaries_stay_in_their_blocks(sample: Sample) -> None:
    """A block holds in HTML what it holds in the source, and its fences are not printed."""
    project = project_of(sample.source)
    for edition in Edition:
        _, site, _, _ = texts(node_of(project, edition))
        page = lxml.html.fragment_fromstring(site, create_parent="div")
        for canary in sample.canaries:
            if canary.reader in SEES[edition] and canary.blocks is not None:
                [*_, holder] = page.xpath(f".//*[contains(., '{canary.word}')]")
                sections = holder.xpath("ancestor-or-self::section/@class")
                assert tuple(name.split()[1] for name in sections) == canary.blocks, canary
        assert page.xpath(".//*[not(self::code)][contains(text(), '///')]") == []


def shared(html: str) -> list[str]:
    """The elements of a page that are for all, without footnotes, whose numbers differ."""
    # Markdown counts the tabs of a page, also those that trainers alone see.
    html = re.sub(r"(__tabbed_|data-tabs=\")\d+", r"\1", html)
    page = lxml.html.fragment_fromstring(html, create_parent="div")
    own = "self::section[contains('pelatih kunci peserta kartu', substring(@class, 6))]"
    for element in page.xpath(f".//*[{own} or self::sup or @class='footnote']"):
        element.drop_tree()
    for empty in page.xpath(".//div[@class='isi'][not(*) and not(normalize-space())]"):
        empty.drop_tree()
    path = page.getroottree().getpath
    return [f"{path(e)} {dict(e.attrib)} {(e.text or '').strip()}" for e in page.iter()]


def editions_agree(source: str) -> bool:
    """Whether what is for all has the same structure and numbers in both editions."""
    project = project_of(source)
    pelatih, peserta = (
        shared(render(page.source))
        for edition in Edition
        for page in node_of(project, edition).pages
    )
    return pelatih == peserta


@given(pages())
def test_editions_differ_in_their_own_blocks_alone(sample: Sample) -> None:
    assert editions_agree(sample.source)


@pytest.mark.parametrize("name", ["pelatih", "kunci", "peserta"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. satu\n2. dua", "1. satu lagi\n2. dua lagi"),
        ("1. satu\n2. dua", "3. tiga\n4. empat"),
        ("- satu\n- dua", "- tiga"),
        ("- satu", "    - di dalamnya"),
        ("- satu", "    kode"),
        ("> satu", "> dua"),
        ("istilah\n:   arti", ":   arti kedua"),
        ("!!! note\n    satu", "    dua"),
        ('=== "Satu"\n    satu', '=== "Dua"\n    dua'),
        ("    kode", "    kode lagi"),
        ("| a |\n| - |\n| b |", "/// table-caption\nTabel.\n///"),
    ],
)
def test_what_a_hidden_block_divides_stays_divided(name: str, before: str, after: str) -> None:
    assert editions_agree(f"# Judul\n\n{before}\n\n/// {name}\nX.\n///\n\n{after}\n")


@given(pages())
def test_a_page_of_one_edition_is_in_no_other(sample: Sample) -> None:
    for edition in Edition:
        project = project_of("# Judul\n", f"---\nedisi: {edition}\n---\n{sample.source}")
        [other] = set(Edition) - {edition}
        unseen = everything(node_of(project, other))
        assert [canary for canary in sample.canaries if canary.word in unseen] == []
        seen = everything(node_of(project, edition))
        assert [word for word in sample.words(PUBLIC) if word not in seen] == []


KINDS = st.sampled_from(["pilihan-ganda", "benar-salah", "menjodohkan", "isian", "uraian"])
CHOICES = {
    "pilihan-ganda": {"pilihan": ("ya", "tidak"), "kunci": "B"},
    "benar-salah": {"kunci": "benar"},
    "menjodohkan": {"pilihan": {"kiri": ("a", "b"), "kanan": ("c", "d")}, "kunci": ("B", "A")},
    "isian": {"kunci": "kenarikunci"},
    "uraian": {"kunci": "kenarikunci"},
}


@given(KINDS, st.sets(st.sampled_from(["pretest", "posttest", "latihan"])), st.booleans())
def test_keys_of_questions_are_the_trainers(kind: str, uses: set[str], self_study: bool) -> None:
    question = Question.model_validate(
        {
            "id": "satu",
            "indikator": 1,
            "jenis": kind,
            "teks": "Apa kenaritanya?",
            "pembahasan": "Karena kenaribahas.",
            "pakai": tuple(uses),
            **CHOICES[kind],
        }
    )
    project = project_of("# Judul\n\n/// soal | satu\n///\n", questions=(question,))
    module = project.modules["contoh"]
    meta = module.meta.model_copy(update={"latihan_mandiri": self_study})
    project = replace(project, modules={"contoh": replace(module, meta=meta)})
    for edition in Edition:
        seen = everything(node_of(project, edition))
        open_to_all = self_study and "latihan" in uses
        assert "kenaritanya" in seen
        assert ("kenaribahas" in seen) == (edition is Edition.PELATIH or open_to_all)
        assert ("Kunci" in seen) == (edition is Edition.PELATIH or open_to_all)
        if "kenarikunci" in str(CHOICES[kind]):
            assert ("kenarikunci" in seen) == (edition is Edition.PELATIH or open_to_all)


@given(st.sampled_from(["pelatih", "kunci", "peserta"]), st.booleans())
def test_what_only_hidden_text_uses_stays_behind(name: str, in_list: bool) -> None:
    """Pictures, glossary terms, abbreviations and addresses go with the text that uses them."""
    block = (
        f"/// {name}",
        "![gambar kenarialt](aset/norma.svg) dan Kenariistilah",
        "",
        "[tautan][alamat] KNR",
        "",
        "[alamat]: https://kenarialamat.example",
        "",
        "*[KNR]: kenarisingkatan",
        "///",
    )
    indent = "    " if in_list else ""
    text = "# Judul\n\n- butir\n\n" + "".join(f"{indent}{row}\n" for row in block)
    project = project_of(text)
    term = Term(istilah="Kenariistilah", arti="Contoh.")
    project = replace(project, terms=(term,))
    for edition in Edition:
        node = node_of(project, edition)
        sees = (name == "peserta") == (edition is Edition.PESERTA)
        assert set(node.assets()) == ({"aset/norma.svg"} if sees else set())
        assert node.terms == ((term,) if sees else ())
        words = ("kenarialt", "kenarialamat", "kenarisingkatan", "Kenariistilah")
        assert {word in everything(node) for word in words} == {sees}


def test_leak_comment_in_a_picture() -> None:
    module = PROJECT.modules["contoh"]
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><!-- KOMENTAR --></svg>"
    module = replace(module, assets={"aset/norma.svg": svg})
    for edition in Edition:
        node = node_of(replace(PROJECT, modules={"contoh": module}), edition)
        run = PROJECT.runs["2025-01-contoh"]
        tree = EditionTree(run, edition, PROJECT.curriculum, (node,), ())
        assert b"KOMENTAR" not in b"".join(data for _, data in asset_files(tree))
