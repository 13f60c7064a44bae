"""The class view as data: order, times, notes; and codes that become links."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from pilar.assembly.lateness import Cut
from pilar.assembly.sessions import sessions
from pilar.assembly.tree import EditionTree, assemble
from pilar.editions.site import markdown_files, navigation, serves, template_of
from pilar.editions.web.class_view import (
    agenda,
    further_notes,
    in_order,
    instant,
    late_starts,
    lessons,
    steps_after,
)
from pilar.editions.web.page_links import add_links, code_targets, link_codes
from pilar.leaks.corpus import corpus_of
from pilar.leaks.fingerprints import fingerprints
from pilar.model.edition import Edition
from pilar.model.run import Project

from .samples import PROJECT, project_of

PAGE = """# Norma Kelas

//// kegiatan | Menyusun norma
    menit: 20
    indikator: [1]
    id: norma

Kerjakan [@#lk].

/// pelatih
Kata pembuka
:   “Selamat pagi.”

Langkah
:   1. (10 menit) Sapa kelas.
    2. (10 menit) Isi [@#lk].

Yang sering keliru
:   Lupa membagi [@#lk], lihat [gambar](#norma).
///
////

/// lembar-kerja | Norma kami
    garis: 3
    id: lk

Tulislah.
///

//// kegiatan | Menutup
    menit: 25
    indikator: [1]

Kerjakan.
////
"""


REPOSITORY = Path(__file__).parents[2]
RUN = next(iter(PROJECT.runs.values()))
OURS = project_of(PAGE)


def tree(edition: Edition = Edition.PELATIH, project: Project = OURS) -> EditionTree:
    return assemble(project, RUN, edition)


def test_every_minute_of_the_timetable_is_a_row() -> None:
    [(day, rows)] = agenda(tree())
    assert rows[0].start == day.slots[0].start
    assert all(before.end == after.start for before, after in pairwise(rows))
    taught = [row.lesson.guide.item.code for row in rows if row.lesson]
    assert list(dict.fromkeys(taught)) == ["LIN-K1", "LIN-K2", "CTH-K1", "CTH-K2"]
    assert taught.count("LIN-K2") == 2, "a pause divides it"


def test_turns_of_a_divided_activity_add_up_to_its_minutes() -> None:
    for lesson in lessons(tree()):
        minutes = [turn.step.end - turn.step.start for turn in lesson.turns]
        assert [turn.over for turn in lesson.turns] == [
            sum(minutes[: place + 1]) for place in range(len(minutes))
        ]
        assert lesson.turns[-1].over == lesson.activity.options.menit


def test_activities_follow_each_other_from_module_to_module() -> None:
    every = [lesson.path for lesson in lessons(tree())]
    [first, *_] = in_order(tree(), "kelas/CTH.md")
    before, here, after = first
    assert before is not None
    assert after is not None
    assert [before.path, here.path, after.path] == every[1:4]
    assert [before.path, here.path] == ["kelas/LIN.md#lin-k2", "kelas/CTH.md#cth-k1"]
    assert here.notes == "contoh/hal-1.md#cth-k1"


@pytest.mark.parametrize(("zone", "hours"), [("WIB", "07"), ("WITA", "08"), ("WIT", "09")])
def test_instants_are_those_of_the_zone_of_the_run(zone: str, hours: str) -> None:
    made = tree()
    place = made.run.file.tempat.model_copy(update={"zona": zone})
    file = made.run.file.model_copy(update={"tempat": place})
    made = replace(made, run=replace(made.run, file=file))
    assert instant(made, made.days[0], 8 * 60 + 5) == f"2025-01-21T08:05+{hours}:00"
    assert instant(made, made.days[0], 24 * 60).startswith("2025-01-22T00:00")


def test_notes_lack_what_stands_above_them_and_lead_out_of_the_page() -> None:
    lesson = next(lesson for lesson in lessons(tree()) if lesson.guide.item.code == "CTH-K1")
    assert lesson.guide.opening == "“Selamat pagi.”"
    assert [move.minutes for move in lesson.guide.moves] == [10, 10]
    notes = lxml.html.fragment_fromstring(further_notes(lesson, lambda path: f"to:{path}"), "div")
    assert [term.text for term in notes.iter("dt")] == ["Yang sering keliru"]
    assert notes.xpath("//a/@href") == [
        "to:contoh/hal-1.md#cth-lk1",
        "to:contoh/hal-1.md#norma",
    ]


def test_late_starts_are_those_that_session_sheets_print() -> None:
    made = tree()
    found = late_starts(made)
    assert [(late.session.number, late.session.module.slug) for late in found] == [
        (session.number, session.module.slug) for session in sessions(made.days)
    ]
    assert all([plan.late for plan in late.plans] == [15, 30, 60] for late in found)


def test_minutes_of_steps_after_a_cut_sum_to_those_of_the_activity() -> None:
    made = tree()
    activity = next(one.activity for one in lessons(made) if one.guide.item.code == "CTH-K1")
    assert steps_after(made, Cut(activity, 20, 13)) == [6, 7]
    assert steps_after(made, Cut(activity, 20, 0)) == []


def test_participants_have_none_of_it() -> None:
    theirs, ours = tree(Edition.PESERTA), tree()
    pages = {path for path, _ in markdown_files(ours)} - {
        path for path, _ in markdown_files(theirs)
    }
    assert {"kelas.md", "kelas/CTH.md", "kelas/LIN.md"} <= pages
    assert [next(iter(entry)) for entry in navigation(ours)][:2] == ["Sekarang", "Beranda"]
    assert "Sekarang" not in str(navigation(theirs))
    for path in pages:
        assert template_of(path, theirs) is None
    for name in ("assets/kelas.js", "assets/kelas.css"):
        assert not serves(name, theirs, ())
        assert serves(name, ours, ())


def test_the_gate_knows_the_pages() -> None:
    theirs = tree(Edition.PESERTA)
    prints = fingerprints(corpus_of(REPOSITORY, theirs), theirs)
    assert {"kelas", "kelas/CTH", "kelas/LIN"} <= prints.pages.keys()
    assert ("kelas", "html") not in prints.grams


class TestCodes:
    """Codes in finished pages."""

    @pytest.mark.parametrize(
        ("html", "linked"),
        [
            ("<p>Lihat CTH-K1.</p>", '<p>Lihat <a href="/a">CTH-K1</a>.</p>'),
            (
                "<p>CTH-K1, <em>CTH-LK2</em> dan CTH-K1</p>",
                '<p><a href="/a">CTH-K1</a>, <em><a href="/b">CTH-LK2</a></em> dan '
                '<a href="/a">CTH-K1</a></p>',
            ),
            ("<p>CTH-K1–CTH-LK2</p>", '<p><a href="/a">CTH-K1</a>–<a href="/b">CTH-LK2</a></p>'),
            ("<td>CTH-K1</td>", '<td><a href="/a">CTH-K1</a></td>'),
            *(
                (html, html)
                for html in (
                    "<p>CTH-K9, CTH-K11, XCTH-K1, 8-CTH-K1, CTH-K1-2, cth-k1</p>",
                    '<p><a href="#x">Kegiatan CTH-K1</a></p>',
                    "<p><code>CTH-K1</code></p>",
                    "<pre>CTH-K1 <b>CTH-K1</b></pre>",
                    "<h2>CTH-K1 <span>CTH-K1</span></h2>",
                    '<p class="label"><span class="kode">Soal CTH-K1</span></p>',
                    "<details><summary>CTH-K1</summary></details>",
                    "<p>a &amp; b &lt; c</p>",
                )
            ),
        ],
    )
    def test_lead_where_they_are(self, html: str, linked: str) -> None:
        element = lxml.html.fragment_fromstring(html)
        link_codes(element, {"CTH-K1": "/a", "CTH-LK2": "/b"}, str)
        assert lxml.html.tostring(element, encoding="unicode") == linked

    def test_are_those_of_the_edition(self) -> None:
        ours, theirs = (
            code_targets(tree(edition, PROJECT)) for edition in (Edition.PELATIH, Edition.PESERTA)
        )
        assert theirs.keys() < ours.keys()
        hidden = set(ours) - set(theirs)
        assert all("bank-soal.md#" in ours[code] for code in hidden if "-S" in code)
        assert not any("bank-soal" in path for path in theirs.values())

    def test_an_activity_leads_to_its_class_view_for_trainers_alone(self) -> None:
        head = '<section class="blok kegiatan" data-kode="CTH-K1"><div class="kepala"><h4>a</h4>'
        html = f"{head}<p>b</p></div></section>"
        assert '<a href="kelas/CTH.md#cth-k1">Buka di kelas</a>' in with_links(
            html, Edition.PELATIH
        )
        assert with_links(html, Edition.PESERTA) == html


def with_links(html: str, edition: Edition) -> str:
    """A block of a page with the links that the site of an edition adds."""
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    add_links(body, tree(edition), str)
    return "".join(lxml.html.tostring(child, encoding="unicode") for child in body)
