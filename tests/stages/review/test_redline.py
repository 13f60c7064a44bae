"""Redlines: what is marked inserted, deleted, moved; what folds; who sees it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.redline.align import LONG, pairs, spans
from pilar.redline.diff import Change, compared, merged, whole
from pilar.redline.marks import page_html
from pilar.redline.moves import with_moves
from pilar.redline.nodes import Node, parse
from pilar.syntax.render import render

WORDS = "Petugas mengetuk pintu dan menunggu jawaban warga dengan sabar di depan rumahnya"


def tree(html: str) -> Node:
    return parse(html, "sapa", {}, {})


def redline(old: str, new: str) -> str:
    (change,), _ = with_moves([compared(tree(old), tree(new))])
    return re.sub(r"\s+", " ", page_html(change)).strip()


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_spans_cover_both_sides(old: list[str], new: list[str]) -> None:
    here = there = 0
    for span in spans(old, new):
        assert (span.first, span.start) == (here, there)
        if span.kind == "same":
            assert old[span.first : span.last] == new[span.start : span.end]
        here, there = span.last, span.end
    assert (here, there) == (len(old), len(new))


def test_long_sequences_are_aligned_by_what_is_unique() -> None:
    old = [f"kata{n}" for n in range(3 * LONG)]
    new = [*old[: LONG // 2], "sisipan", *old[LONG // 2 : 2 * LONG], *old[2 * LONG + 5 :]]
    changed = [span for span in spans(old, new) if span.kind == "changed"]
    assert [(s.last - s.first, s.end - s.start) for s in changed] == [(0, 1), (5, 0)]


def test_pairs_keep_their_order_and_the_highest_sum() -> None:
    assert pairs([[0.9, 0.4], [0.8, 0.9]], 0.3) == [(0, 0), (1, 1)]
    assert len(pairs([[0.1, 0.9], [0.9, 0.1]], 0.3)) == 1


def test_words_are_marked() -> None:
    assert redline("<p>Ketuk pintu tiga kali.</p>", "<p>Ketuk pintu dua kali.</p>") == (
        "<p>Ketuk pintu <del>tiga</del> <ins>dua</ins> kali.</p>"
    )


def test_punctuation_stays_at_its_word() -> None:
    html = redline(
        "<p>Baca <b>isinya</b>, lalu pulang.</p>", "<p>Baca <b>isinya</b>, lalu tidur.</p>"
    )
    assert html == "<p>Baca <b>isinya</b>, lalu <del>pulang</del> <ins>tidur</ins>.</p>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>Satu\ndua.</p>", "<p>Satu dua.</p>"),
        ("<h1>BAB II: Norma</h1>", "<h1>BAB III: Norma</h1>"),
        ("<h2>B. Norma</h2>", "<h2>C. Norma</h2>"),
        ("<p>Isilah Lembar Kerja BLC-LK2.</p>", "<p>Isilah Lembar Kerja BLC-LK10.</p>"),
        ("<ul><li>satu</li></ul>", "<ul><li><p>satu</p></li></ul>"),
        ("<p>Kata <b>tebal</b>.</p>", "<p>Kata tebal.</p>"),
    ],
)
def test_what_says_the_same_is_no_change(old: str, new: str) -> None:
    assert not compared(tree(old), tree(new)).changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>BAB II: Norma</p>", "<p>BAB III: Norma</p>"),
        ('<p><a href="a.md">ini</a></p>', '<p><a href="b.md">ini</a></p>'),
        ('<p><img src="aset/a.svg" alt="x"></p>', '<p><img src="aset/b.svg" alt="x"></p>'),
        ('<p><img src="aset/a.svg" alt="x"></p>', '<p><img src="aset/a.svg" alt="y"></p>'),
    ],
)
def test_what_says_something_else_is_one(old: str, new: str) -> None:
    assert compared(tree(old), tree(new)).changed


def test_tables_stay_whole() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>hal ke-{n}</td></tr>" for n in range(9))
    old = f"<table><tbody>{rows}</tbody></table>"
    html = redline(old, old.replace("hal ke-4", "perkara ke-4"))
    assert html.count("<tr>") == 9
    assert "<td><del>hal</del> <ins>perkara</ins> ke-4</td>" in html
    html = redline(
        old, old.replace("<tr><td>4</td>", "<tr><td>baru</td><td>baru</td></tr><tr><td>4</td>")
    )
    assert html.count("<tr") == 10
    assert html.count("<ins>") == 2
    assert "<del>" not in html


def test_moved_passages_are_moves() -> None:
    others = [f"<p>Paragraf nomor {n} yang tetap di tempatnya.</p>" for n in range(4)]
    passage = f"<p>{WORDS}.</p>"
    html = redline("".join([passage, *others]), "".join([*others, passage]))
    assert "<ins>" not in html
    assert "<del>" not in html
    assert 'id="pindah-1-dari"' in html
    assert 'href="#pindah-1-ke"' in html


def test_moved_and_edited_passages_show_the_edit() -> None:
    others = [f"<p>Paragraf nomor {n} yang tetap di tempatnya.</p>" for n in range(4)]
    html = redline(
        "".join([f"<p>{WORDS}.</p>", *others]),
        "".join([*others, f"<p>{WORDS.replace('sabar', 'tenang')}.</p>"]),
    )
    assert "<del>sabar</del> <ins>tenang</ins>" in html
    assert html.count("<ins>") == 1


def test_moves_go_from_page_to_page() -> None:
    stay = "<p>Kalimat ini tidak pernah berubah sama sekali.</p>"
    changes = [
        compared(tree(f"{stay}<p>{WORDS}.</p>"), tree(stay)),
        compared(tree(stay), tree(f"{stay}<p>{WORDS}.</p>")),
    ]
    _, moves = with_moves(changes)
    assert [(move.source, move.target, move.edited) for move in moves] == [(0, 1, False)]


def sections(*names: str) -> str:
    """Sections of one form that share many words, each with a short heading of its own."""
    return "".join(
        f"<h3>Bagian {name}</h3><section><p>Kegiatan {name} {WORDS} {name} {name}.</p>"
        f"<ul><li>Bahan {name}: kertas {name} dan pena {name}.</li></ul></section>"
        for name in names
    )


@pytest.mark.parametrize("order", ["badc", "dabc", "bcda", "dcba"])
def test_sections_that_change_places_are_moves_whatever_stands_in_their_place(order: str) -> None:
    html = redline(sections(*"abcd"), sections(*order))
    assert "<ins>" not in html
    assert "<del>" not in html
    assert "pindah-1-dari" in html


def test_a_number_changed_in_a_section_that_moved_is_all_there_is() -> None:
    stay = "<p>Paragraf ini tidak pernah berubah.</p>"
    new = sections("b") + stay + sections("a").replace("pena a", "pena 12")
    html = redline(sections("a") + stay + sections("b"), new)
    assert re.findall("<(?:ins|del)>.*?</(?:ins|del)>", html) == ["<del>a</del>", "<ins>12</ins>"]


def test_a_short_heading_moves_with_its_section_to_another_page() -> None:
    stay = "<p>Kalimat ini tidak pernah berubah sama sekali.</p>"
    changes = [compared(tree(stay + sections("a")), tree(stay)), whole(tree(sections("a")), "in")]
    pages, moves = with_moves(changes)
    assert {(move.source, move.target) for move in moves} == {(0, 1)}
    html = "".join(map(page_html, pages))
    assert "<del>" not in html
    assert html.count("lihat tempat barunya") == 1  # told once for what moved together
    assert html.count("lihat tempat lamanya") == 1


def test_short_passages_are_not_taken_for_moves() -> None:
    others = [f"<p>Paragraf nomor {n} yang tetap di tempatnya.</p>" for n in range(4)]
    _, moves = with_moves(
        [
            compared(
                tree("".join(["<p>Jaga diri.</p>", *others])),
                tree("".join([*others, "<p>Jaga diri.</p>"])),
            )
        ]
    )
    assert moves == []


def test_editions_become_one_tree() -> None:
    trainers = tree('<p>Semua.</p><section class="blok pelatih"><p>Catatan pelatih.</p></section>')
    participants = tree('<p>Semua.</p><section class="blok peserta"><p>Untuk Anda.</p></section>')
    both = merged(trainers, participants)
    assert [child.audience for child in both.children] == ["", "pelatih", "peserta"]
    html = page_html(Change("within", both, both, tuple(Change("same", c) for c in both.children)))
    assert html.count('data-untuk="hanya pelatih"') == 1


def test_another_audience_is_told() -> None:
    hidden = merged(tree(f"<p>Awal.</p><p>{WORDS}</p>"), tree("<p>Awal.</p>"))
    change = compared(hidden, tree(f"<p>Awal.</p><p>{WORDS}</p>"))
    assert "kini kedua edisi, dahulu hanya pelatih" in page_html(change)


def test_long_unchanged_stretches_fold() -> None:
    paragraphs = [f"<p>Paragraf {n} tentang hal yang lain.</p>" for n in range(12)]
    html = redline(
        "".join(paragraphs), "".join([*paragraphs, "<p>Satu paragraf baru di akhir.</p>"])
    )
    assert "<summary>11 bagian tanpa perubahan</summary>" in html
    assert html.count("<ins>") == 1


def test_markup_of_authors_stays_text() -> None:
    html = redline("<p>a &lt;script&gt; b</p>", "<p>a &lt;script&gt; c</p>")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("3. Tiga\n4. Empat", "7. Tiga\n8. Empat", "nomor awal: 3 7"),
        ("- Tiga\n- Empat", "1. Tiga\n2. Empat", "jenis daftar: butir bernomor"),
        ("1. Tiga\n2. Empat\n3. Lima", "1. Lima\n2. Tiga\n3. Empat", "urutannya berubah"),
        ("|a|\n|--|\n|1|", "|a|\n|-:|\n|1|", "perataan kolom: kiri kanan"),
        ("|a|\n|:-:|\n|1|", "|a|\n|--|\n|1|", "perataan kolom: tengah kiri"),
    ],
)
def test_another_form_with_the_same_words_is_spelt_out(old: str, new: str, note: str) -> None:
    html = redline(render(old), render(new))
    (told,) = re.findall('<small class="bentuk">(.*?)</small>', html)
    assert re.sub("<.*?>", "", told) == note


@pytest.mark.parametrize(
    ("old", "new"),
    [("1. Tiga", "1. Tiga\n"), ("|a|\n|--|\n|1|", "|a|\n|:-|\n|1|"), ("* Tiga", "- Tiga")],
)
def test_the_same_form_written_otherwise_is_no_change(old: str, new: str) -> None:
    assert not compared(tree(render(old)), tree(render(new))).changed


def test_steps_keep_the_numbers_that_they_are_read_by() -> None:
    """A step that is gone stands between those that are there, and is not counted with them."""
    html = redline(render("4. Tiga\n5. Empat\n6. Lima"), render("4. Tiga\n5. Lima\n6. Baru"))
    assert re.findall(r'value="(\d)"[^>]*>(?:<\w+>)?(\w+)', html) == [
        ("4", "Tiga"),
        ("5", "Empat"),
        ("5", "Lima"),
        ("6", "Baru"),
    ]


def test_an_address_that_changed_is_readable_without_a_pointer() -> None:
    old = '<p>Lihat <a href="https://a.id/x">buku</a>.</p>'
    html = redline(old, old.replace("a.id", "b.id"))
    assert re.findall('class="alamat">(.*?)<', html) == ["(https://a.id/x)", "(https://b.id/x)"]
    plain = '<p>Lihat <a href="https://a.id">https://a.id</a>.</p>'
    assert 'class="alamat"' not in redline(plain, "<p>Lihat.</p>")
