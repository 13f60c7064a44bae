"""Minutes and materi pokok of the forms that trainers hand in, for modules of every shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.editions.papers.lesson_stages import shares, stages
from pilar.editions.papers.rbpmp import rbpmp
from pilar.model.curriculum import Module, Topic
from pilar.model.edition import Edition

from .samples import node_of, project_of

ACTIVITY = (
    "/// kegiatan | Kerja {number}\n    menit: {minutes}\n    indikator: {aims}\n\nKerjakan.\n///"
)


def page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", *parts]) + "\n"


def activity(number: int, minutes: int, aims: list[int]) -> str:
    return ACTIVITY.format(number=number, minutes=minutes, aims=aims)


def module(*pages: str, topics: tuple[Topic, ...], indicators: int = 2) -> Module:
    made = project_of(*pages).modules["contoh"]
    aims = tuple(f"menyebutkan hal {number}" for number in range(1, indicators + 1))
    meta = made.meta.model_copy(update={"materi_pokok": topics, "indikator": aims})
    return replace(made, meta=meta)


def rows_of(made: Module) -> Any:
    node = replace(node_of(project_of("# x\n"), Edition.PELATIH), module=made)
    return rbpmp(cast(Any, None), node)


@pytest.mark.parametrize(
    ("titles", "topics", "expected"),
    [
        ("Pendahuluan A B Penutup", "A B", "Pendahuluan: A:A B:B Penutup:"),
        ("Pembuka A B Akhir", "A B", "Pendahuluan: A:A B:B Penutup:"),
        ("A B", "A B", "Pendahuluan: A:A B:B Penutup:"),
        ("Pendahuluan A B C Penutup", "A B", "Pendahuluan: A:A B:BC Penutup:"),
        ("Pendahuluan A Penutup", "A B C", "Pendahuluan: A; B; C:A Penutup:"),
        ("A B", "A B C", "Pendahuluan: A:A B; C:B Penutup:"),
        ("Penutup", "A", "Pendahuluan: A: Penutup:"),
        ("A", "A", "Pendahuluan: A:A Penutup:"),
    ],
)
def test_chapters_are_stages(titles: str, topics: str, expected: str) -> None:
    pages = [
        page(title, activity(number, 10, [1])) for number, title in enumerate(titles.split(), 1)
    ]
    made = module(*pages, topics=tuple(Topic(judul=name) for name in topics.split()))
    said = [
        f"{stage.title}:" + "".join(p.title for p in stage.pages if len(p.title) == 1)
        for stage in stages(made)
    ]
    assert " ".join(said) == expected
    assert sum(stage.minutes for stage in stages(made)) == 10 * len(pages)


def test_an_activity_treats_what_was_read_since_the_one_before() -> None:
    text = page(
        "Isi",
        "## Satu",
        "## Dua",
        activity(1, 10, [1]),
        activity(2, 10, [2]),
        "## Tiga",
        activity(3, 10, [2]),
        "## Empat",
    )
    topic = Topic(judul="Isi", sub=("satu", "Dua", "Tanpa judul", "Tiga", "Empat"))
    stage = stages(module(text, topics=(topic,)))[1]
    assert stage.subtopics() == [
        ("satu", "Dua", "Tanpa judul"),
        ("Dua",),
        ("Tiga", "Empat"),
    ]


@given(
    st.lists(
        st.tuples(st.integers(1, 90), st.lists(st.integers(1, 4), max_size=4, unique=True)),
        min_size=1,
        max_size=6,
    )
)
def test_no_minute_is_lost(activities: list[tuple[int, list[int]]]) -> None:
    blocks = [
        activity(number, minutes, aims) for number, (minutes, aims) in enumerate(activities, 1)
    ]
    made = module(page("Isi", *blocks), topics=(Topic(judul="Isi", sub=("a",)),), indicators=4)
    found = list(shares(stages(made), 4))
    assert sum(share.minutes for share in found) == sum(minutes for minutes, _ in activities)
    assert {share.indicator for share in found} <= {1, 2, 3, 4}
    for number, (minutes, aims) in enumerate(activities):
        mine = [s for s in found if s.activity is made.activities[number]]
        assert sum(share.minutes for share in mine) == minutes
        assert not aims or {share.indicator for share in mine} == set(aims)
        assert max(s.minutes for s in mine) - min(s.minutes for s in mine) <= 1


def test_the_form_says_every_sub_materi_pokok_and_all_minutes() -> None:
    topics = (
        Topic(judul="Satu", sub=("a", "b")),
        Topic(judul="Dua", sub=("c",)),
        Topic(judul="Tiga", sub=("d", "e")),
    )
    made = module(
        page("Pendahuluan", activity(1, 7, [1])),
        page("Satu", "## a", activity(2, 11, [1, 2]), "## b", activity(3, 5, [2])),
        page("Dua", "/// tujuan\n    indikator: [2]\n\n///", "## c", "Bacaan."),
        page("Tiga", "## d", activity(4, 6, [1]), "## e"),
        page("Penutup"),
        topics=topics,
    )
    form = rows_of(made)
    said = {
        row.number: [(part.stage.title, part.subtopics, part.minutes) for part in row.parts]
        for row in form["baris"]
    }
    assert said == {
        1: [("Pendahuluan", (), 7), ("Satu", ("a",), 6), ("Tiga", ("d", "e"), 6)],
        2: [("Satu", ("a", "b"), 10), ("Dua", ("c",), 0)],
    }
    assert form["menit"] == 7 + 11 + 5 + 6
