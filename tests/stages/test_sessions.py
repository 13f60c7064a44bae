"""Stage assembly, sessions: what one trainer teaches at a stretch, what it needs, what a late one
leaves out; and how papers divide time and sheets.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.assembly.day import Step
from pilar.assembly.lateness import Cut, Plan, plan
from pilar.assembly.materials import Class, needs
from pilar.assembly.sessions import LONG_PAUSE, sessions
from pilar.assembly.timetable import timetable
from pilar.assembly.tree import assemble
from pilar.editions.page_fit import POINT, shortened
from pilar.editions.papers import saku
from pilar.editions.papers.acara import divided, shares
from pilar.editions.papers.saku import A_SHEET, imposed
from pilar.model.blocks import ActivityOptions, Block, Document, Material
from pilar.model.curriculum import Activity, Page
from pilar.model.edition import Edition

from .generated import cases as examples
from .golden import Golden, cases, lay_out, load_project

PAGE = Page("halaman", Document("modules/uji/halaman.md", (), frozenset(), None, "Halaman"))


@cases("timetable")
def test_sessions_hold_every_minute_that_is_taught(
    case: Path, golden: Golden, tmp_path: Path
) -> None:
    project = load_project(lay_out(case, tmp_path))
    run = project.runs["2025-01-contoh"]
    pins = run.file.pins(project.curriculum)
    days, _ = timetable(run, {slug: project.modules[slug] for slug in pins})
    found = sessions(days)
    assert [session.number for session in found] == list(range(1, len(found) + 1))
    taught = [slot for day in days for slot in day.slots if slot.module]
    assert [slot for session in found for slot in session.slots if slot.module] == taught
    for session in found:
        assert session.slots[0].module is session.slots[-1].module is session.module
        assert all(
            slot.module is session.module if slot.module else slot.kind == "jeda"
            for slot in session.slots
        )
        assert all(slot.minutes < LONG_PAUSE for slot in session.slots if slot.kind == "jeda")
        assert session.indicators
    for before, after in pairwise(found):
        if before.module is after.module and before.day == after.day:
            between = range(before.end, after.start)
            day = days[before.day - 1]
            assert any(
                slot.kind == "acara" or slot.minutes >= LONG_PAUSE
                for slot in day.slots
                if slot.start in between and slot.module is None
            )
            assert before.later[: len(after.steps)] == after.steps


def activity(minutes: int, core: bool = True, least: int | None = None, **more: object) -> Activity:
    options = ActivityOptions.model_validate(
        {"menit": minutes, "inti": core, "minimum": least, **more}
    )
    return Activity(Block("kegiatan", "Uji", options, 1, 2, 3, "", "///", 2), PAGE)


@st.composite
def activities(draw: st.DrawFn) -> list[Activity]:
    made = []
    for _ in range(draw(st.integers(0, 7))):
        minutes = draw(st.integers(1, 60))
        least = draw(st.none() | st.integers(1, minutes))
        made.append(activity(minutes, draw(st.booleans()), least))
    return made


def laid_end_to_end(made: list[Activity]) -> list[Step]:
    steps, now = [], 480
    for one in made:
        steps.append(Step(one, now, now + one.options.menit))
        now += one.options.menit
    return steps


@examples
@given(activities(), st.integers(1, 90))
def test_a_late_session_drops_what_may_be_dropped_and_no_more(
    made: list[Activity], late: int
) -> None:
    found = plan(late, laid_end_to_end(made))
    dropped = [cut for cut in found.cuts if not cut.activity.options.inti]
    core = [cut for cut in found.cuts if cut.activity.options.inti]
    optional = [one.options.menit for one in made if not one.options.inti]
    assert all(cut.after == 0 and cut.before == cut.activity.options.menit for cut in dropped)
    assert all(cut.after >= (cut.activity.options.minimum or cut.before) > 0 for cut in core)
    assert all(cut.saved > 0 for cut in found.cuts)
    assert found.saved == sum(cut.before - cut.after for cut in found.cuts)
    assert found.short == max(0, late - found.saved)

    enough = [
        (count, sum(some))
        for count in range(len(optional) + 1)
        for some in combinations(optional, count)
        if sum(some) >= late
    ]
    if enough:
        assert (len(dropped), found.saved, core) == (*min(enough), [])
    else:
        assert len(dropped) == len(optional)
        slack = [o.menit - (o.minimum or o.menit) for o in (a.options for a in made) if o.inti]
        assert sum(cut.saved for cut in core) == min(sum(slack), late - sum(optional))
        # The most generous are asked first: as few of them give as possible.
        given_by = sorted(slack, reverse=True)[: len(core)]
        assert sum(given_by[:-1]) < late - sum(optional) or not core


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (5, [("senam", 10, 0)]),
        (12, [("nyanyi", 15, 0)]),
        (20, [("senam", 10, 0), ("nyanyi", 15, 0)]),
        (40, [("senam", 10, 0), ("nyanyi", 15, 0), ("kasus", 40, 25)]),
        (60, [("senam", 10, 0), ("peragaan", 30, 25), ("nyanyi", 15, 0), ("kasus", 40, 20)]),
    ],
)
def test_what_a_late_session_leaves_out(late: int, expected: list[tuple[str, int, int]]) -> None:
    made = {
        "senam": activity(10, core=False),
        "peragaan": activity(30, least=25),
        "nyanyi": activity(15, core=False, least=5),
        "kasus": activity(40, least=20),
        "penutup": activity(5),
    }
    names = {id(one): name for name, one in made.items()}
    found = plan(late, laid_end_to_end(list(made.values())))
    assert [(names[id(c.activity)], c.before, c.after) for c in found.cuts] == expected
    assert found.short == max(0, late - 50)


def test_part_of_an_activity_keeps_its_share_of_the_minimum() -> None:
    """The other half is on another day; a part cannot give all that the whole could."""
    cut = activity(40, least=30)
    assert plan(60, [Step(cut, 480, 500)]) == Plan(60, (Cut(cut, 20, 15),))


def test_materials_are_counted_for_whom_they_are(tmp_path: Path) -> None:
    case = next(iter(sorted((Path(__file__).parent / "golden" / "timetable").iterdir())))
    project = load_project(lay_out(case, tmp_path))
    tree = assemble(project, project.runs["2025-01-contoh"], Edition.PELATIH)
    node = tree.modules[0]
    pairs = activity(30, kelompok=2, bahan=[material("Plano", 1, "kelompok")])
    all_of_them = activity(
        30,
        bahan=[
            material("plano", 0.1, "orang"),
            material("spidol", 2, "kelompok"),
            material("bel", 1, "kelas"),
        ],
    )
    object.__setattr__(node.module, "activities", (pairs, all_of_them))
    found = needs(node, [pairs, all_of_them], Class(people=41, groups=8))
    assert [(need.name, need.count, need.units) for need in found] == [
        ("Plano", 21 + 5, ("kelompok", "orang")),
        ("spidol", 16, ("kelompok",)),
        ("bel", 1, ("kelas",)),
    ]


def material(name: str, count: float, per: str) -> Material:
    return Material.model_validate({"nama": name, "jumlah": count, "per": per})


@given(st.integers(1, 400))
def test_a_cut_stack_of_card_sheets_is_in_order(count: int) -> None:
    lembar = imposed([f"kartu {number}" for number in range(count)])
    assert len(lembar) == -(-count // A_SHEET)
    piles = [[sheet[place] for sheet in lembar] for place in range(A_SHEET)]
    cut = [card for pile in piles for card in pile if card]
    assert cut == [(number, f"kartu {number}") for number in range(count)]


@given(st.integers(1, 600), st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_shares_of_an_event_sum_exactly(minutes: int, parts: list[int]) -> None:
    found = shares(minutes, parts)
    assert sum(found) == minutes
    exact = [minutes * part / sum(parts) for part in parts]
    assert all(abs(got - wanted) <= 1 for got, wanted in zip(found, exact, strict=True))


@given(st.integers(1, 120), st.integers(0, 120))
def test_a_test_has_the_minutes_that_its_questions_take(minutes: int, answering: int) -> None:
    parts = [4, 3, 18, 2, 3]
    found = divided(minutes, parts, 2, answering)
    assert sum(found) == minutes
    assert found[2] >= shares(minutes, parts)[2]
    if answering <= minutes - 4:
        assert found[2] >= answering
        assert found[2] > answering or min(found) > 0 or found == shares(minutes, parts)


@given(st.lists(st.text("ab c,", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_shortened_texts_fit_and_say_so(sentences: list[str]) -> None:
    sentences = [" ".join(f"{sentence}.".split()) for sentence in sentences]
    whole = " ".join(sentences)
    for letters in (20, 60, len(whole)):
        short = shortened(sentences, letters)
        assert len(short) <= max(letters, 14)
        assert short == whole or (short.endswith(" …") and whole.startswith(short[:-2]))


def test_clock_times_of_an_activity_in_pieces_count_in_the_head_of_its_card() -> None:
    block = SimpleNamespace(title="Menyapa")
    guide: Any = SimpleNamespace(
        item=SimpleNamespace(code="SAP-K1"), activity=SimpleNamespace(block=block)
    )
    pieces: Any = [SimpleNamespace(start=start, end=start + 20) for start in (600, 645, 780)]
    # A second line of 13 points: three times beside the code are wider than a card.
    assert saku._head(guide, pieces, "") - saku._head(guide, pieces[:1], "") == pytest.approx(
        13 * POINT, abs=0.1
    )
