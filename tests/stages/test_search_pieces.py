"""Sections of a page, and the index of a site as files: what they hold, and how heavy they are."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

from pilar.editions.web.search.everyday_words import everyday_words
from pilar.editions.web.search.page_sections import MOST, Section, sections_of
from pilar.editions.web.search.search_index import MOST_PLACES, SitePage, index_of
from pilar.editions.web.search.search_pieces import pieces, with_data

PAGE = """<body><nav>menu</nav><main><p>draf</p><article>
<p class="pilar-edisi">Modul <span>versi 1</span></p>
<h1 id="a">BAB I<a class="headerlink" href="#a">¶</a></h1><p>Sa<b>tu</b> kali.</p>
<section class="blok"><h3 id="b"><span>Kegiatan B</span> <span>Dua</span></h3><div><p>tiga</p>
<p hidden>tersembunyi</p><script>naskah</script><textarea>isian</textarea></div></section>
<dl><dt id="ppks">PPKS</dt><dd>arti</dd><dt>lain</dt></dl>
<ul class="pilar-rujukan"><li id="uu"><strong>UU 1/2000</strong> tentang x</li></ul>
<ul><li id="fn1">catatan</li></ul></article></main><footer>kaki</footer>"""


def test_sections_are_what_a_reader_sees() -> None:
    assert sections_of(PAGE) == (
        Section("", "", "Modul versi 1"),
        Section("a", "BAB I", "Satu kali."),
        Section("b", "Kegiatan B Dua", "tiga"),
        Section("ppks", "PPKS", "arti lain"),
        Section("uu", "UU 1/2000", "tentang x catatan"),
    )


def test_a_page_without_an_article_shows_nothing() -> None:
    assert sections_of("<p>x") == ()


def test_a_long_section_is_cut_between_words() -> None:
    text = " ".join(f"kata{number}" for number in range(3 * MOST // 8))
    cut = sections_of(f"<article><h2 id='x'>x</h2><p>{text}</p></article>")
    assert len(cut) > 2
    assert {part.anchor for part in cut} == {"x"}
    assert " ".join(part.text for part in cut) == text


def _site(copies: int) -> list[SitePage]:
    """Pages of made-up words, the more frequent the lower their number, as in a language."""
    return [
        SitePage(
            f"m/{copy}-{page}.html",
            "Modul",
            f"Bab {page}",
            tuple(
                Section(f"s{n}", f"Bagian {n}", " ".join(_word(page, n, i) for i in range(120)))
                for n in range(12)
            ),
        )
        for copy in range(copies)
        for page in range(40)
    ]


def _word(page: int, section: int, place: int) -> str:
    rank = 4000 // (1 + (page * 7919 + section * 104729 + place * 1299709) % 4000)
    number = rank if place % 2 else (page * 31 + section * 17 + place * 13) % 3000
    return "".join("aiueo"[number // 5**k % 5] + "bkmnprst"[number // 8**k % 8] for k in range(4))


def _weights(copies: int) -> dict[str, int]:
    pages = _site(copies)
    files = pieces(pages, index_of(pages), [("SLRT", "Sistem Layanan")])
    return {name: len(gzip.compress(text.encode(), 9)) for name, text in files}


def test_no_piece_is_heavy_and_what_all_need_hardly_grows() -> None:
    once, fourfold = _weights(1), _weights(4)
    assert max(fourfold.values()) <= 6000
    core = [sum(size for name, size in all.items() if name[0] in "in") for all in (once, fourfold)]
    assert core[1] <= core[0] + 500


def test_the_same_pages_give_the_same_bytes() -> None:
    first, second = (list(pieces(_site(1), index_of(_site(1)), [])) for _ in range(2))
    assert first == second


def test_a_word_is_listed_where_it_weighs_most() -> None:
    sections = tuple(
        Section(f"s{n}", "judul" if n == 300 else "x", "judul " + "lain " * 9) for n in range(301)
    )
    [family] = [
        f for f in index_of([SitePage("a", "", "", sections)]) if f.words[0].form == "judul"
    ]
    weights = family.words[0].weights
    assert len(weights) == MOST_PLACES
    assert weights[300] == max(weights.values())
    assert list(weights) == sorted(weights)  # pieces say how far a section is from the one before


def _levels(*pages: SitePage) -> dict[str, dict[int, int]]:
    return {word.form: dict(word.weights) for family in index_of(pages) for word in family.words}


def _ten_words() -> SitePage:
    text = "sinar " + " ".join(f"kata{number}" for number in range(9))
    return SitePage("a", "Terang", "Sinar", (Section("s", "Sinar", text),))


def test_where_a_word_stands_decides_what_it_weighs() -> None:
    # In a text of average length a word that is there once counts 1 / 2.2; with titles of section,
    # page and module up to 4, in 15 levels.
    levels = _levels(_ten_words())
    assert [levels[word] for word in ("sinar", "kata1", "terang")] == [{0: 12}, {0: 2}, {0: 1}]
    levels = _levels(replace(_ten_words(), is_list=True))
    assert [levels[word] for word in ("sinar", "kata1", "terang")] == [{0: 4}, {0: 2}, {0: 1}]


def test_a_page_weighs_the_same_beside_shorter_and_longer_ones() -> None:
    text = "sinar sinar " + " ".join(f"kata{number}" for number in range(8))
    page = SitePage("a", "", "", (Section("s", "Sinar", text),))
    for length in (1, 19):
        text = " ".join(f"lain{number}" for number in range(length))
        other = SitePage("b", "", "", (Section("s", "", text),))
        assert _levels(page, other)["sinar"] == {0: 10}


def test_data_can_take_another_form() -> None:
    script = 'pilar.cari.terima("t0",["a",[1]])\n'
    assert with_data(script, str.upper) == 'pilar.cari.terima("t0","[\\"A\\",[1]]")\n'
    assert json.loads(with_data(script, str).partition(",")[2][:-2]) == '["a",[1]]'


def test_what_people_say_leads_only_to_words_that_a_site_has() -> None:
    assert list(everyday_words({"gangguan", "jiwa", "gelandangan"})) == [["odgj", "gangguan jiwa"]]
    assert list(everyday_words(set())) == []
