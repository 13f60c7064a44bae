"""Statistics of results: equal to those of scipy and numpy, and true to the model behind the data.

All data is simulated (tests/stages/simulated.py); none comes from a real class.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from pilar.evidence.cutoffs import DIFFICULTY, DISCRIMINATION, FEWEST, GAIN
from pilar.evidence.gain import Pair, gain_of, paired
from pilar.evidence.items import Item, ItemFigures, Sheets, analysed, extremes, reliability
from pilar.evidence.minutes import Taken
from pilar.evidence.ratings import rated
from pilar.evidence.samples import (
    Interval,
    correlation,
    mean_interval,
    proportion_interval,
    ratio_interval,
    t_quantile,
)

from . import simulated

EXACT = {"rel": 1e-9, "abs": 1e-9}
HARD = [-2.0, -1.2, -0.6, -0.2, 0.0, 0.3, 0.8, 1.4, 2.0, 0.1]
CHOICES = ("A", "B", "C", "D")


def sheets_of(points: Sequence[Sequence[float]], choices: Sequence[Sequence[str]] = ()) -> Sheets:
    items = tuple(Item(("modul", f"s-{n}"), 1, CHOICES, "A") for n in range(len(points[0])))
    rows = tuple(tuple(map(float, row)) for row in points)
    given = choices or [["A" if point else "B" for point in row] for row in points]
    people = tuple(f"P{n + 1:03}" for n in range(len(points)))
    return Sheets(items, people, rows, tuple(map(tuple, given)))


def simulated_sheets(people: int, seed: int, growth: float = 0) -> Sheets:
    chance = random.Random(seed)
    known = simulated.abilities(people, chance)
    return sheets_of(simulated.right(known, HARD, chance, growth))


def matrix(sheets: Sheets) -> Any:
    return numpy.array(sheets.points)


@pytest.mark.parametrize("people", [2, 5, 20, 40, 41, 300])
def test_items_equal_those_of_numpy_and_scipy(people: int) -> None:
    sheets = simulated_sheets(people, seed=people)
    points = matrix(sheets)
    for place, found in enumerate(analysed(sheets)):
        own, rest = points[:, place], numpy.delete(points, place, axis=1).sum(axis=1)
        bounds = stats.binomtest(int(own.sum()), people).proportion_ci(0.95, method="wilson")
        assert found.difficulty.value == pytest.approx(own.mean(), **EXACT)
        assert [found.difficulty.low, found.difficulty.high] == pytest.approx([*bounds], **EXACT)
        if own.std() and rest.std():
            assert found.rest == pytest.approx(stats.pointbiserialr(own, rest)[0], **EXACT)
        else:
            assert found.rest is None


@pytest.mark.parametrize("people", [3, 11, 20, 40])
def test_discrimination_is_the_mean_over_all_orders_of_the_tied(people: int) -> None:
    """Numpy ranks with the tied in an order at random; the mean of many draws is ours."""
    sheets = simulated_sheets(people, seed=7)
    points, size = matrix(sheets), max(1, int(0.27 * people + 0.5))
    draw = numpy.random.default_rng(1)
    drawn = []
    for _ in range(4000):
        order = numpy.lexsort((draw.random(people), points.sum(axis=1)))
        drawn.append(points[order[-size:]].mean(axis=0) - points[order[:size]].mean(axis=0))
    found = [figures.discrimination for figures in analysed(sheets)]
    assert found == pytest.approx(numpy.mean(drawn, axis=0), abs=0.03)


def test_discrimination_without_ties_is_exact() -> None:
    totals = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    upper = [up for up, _ in extremes(totals)]
    lower = [low for _, low in extremes(totals)]
    assert upper == [0] * 8 + [1] * 3
    assert lower == [1] * 3 + [0] * 8


def test_reliability_equals_the_formula_in_numpy() -> None:
    sheets = simulated_sheets(40, seed=3)
    points = matrix(sheets)
    count, shares = points.shape[1], points.mean(axis=0)
    wanted = count / (count - 1) * (1 - (shares * (1 - shares)).sum() / points.sum(axis=1).var())
    found = reliability(sheets)
    assert found is not None
    assert found.value == pytest.approx(wanted, **EXACT)
    # The same as Cronbach's alpha, which needs no right and wrong, from covariances.
    covariances = numpy.cov(points, rowvar=False)
    alpha = count / (count - 1) * (1 - numpy.trace(covariances) / covariances.sum())
    assert found.value == pytest.approx(alpha, **EXACT)
    assert found.error == pytest.approx(points.sum(axis=1).std() * (1 - wanted) ** 0.5, **EXACT)


def test_reliability_leaves_out_what_is_half_right() -> None:
    whole = simulated_sheets(30, seed=5)
    half = Item(("modul", "jodoh"), 1, whole=False)
    more = Sheets(
        (*whole.items, half),
        whole.people,
        tuple((*row, 0.5) for row in whole.points),
        tuple((*row, "") for row in whole.choices),
    )
    assert reliability(more) == reliability(whole)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 19, 39, 40, 999])
@pytest.mark.parametrize("probability", [0.6, 0.9, 0.975, 0.999])
def test_quantiles_of_t(freedom: int, probability: float) -> None:
    wanted = stats.t.ppf(probability, freedom)
    assert t_quantile(probability, freedom) == pytest.approx(wanted, rel=1e-9)


def test_gain_equals_scipy_and_the_delta_method() -> None:
    before, after = simulated_sheets(40, seed=8), simulated_sheets(40, seed=8, growth=1.1)
    found = gain_of(paired(before.percents, after.percents))
    assert found is not None
    first = 100 * matrix(before).mean(axis=1)
    last = 100 * matrix(after).mean(axis=1)
    room, rise = 100 - first, last - first
    assert found.before.value == pytest.approx(first.mean(), **EXACT)
    bounds = stats.ttest_1samp(rise, 0).confidence_interval(0.95)
    assert [found.difference.low, found.difference.high] == pytest.approx([*bounds], **EXACT)
    singles = rise[room > 0] / room[room > 0]
    bounds = stats.t.interval(0.95, len(singles) - 1, singles.mean(), stats.sem(singles))
    assert found.of_singles is not None
    assert [found.of_singles.low, found.of_singles.high] == pytest.approx([*bounds], **EXACT)
    ratio = rise.mean() / room.mean()
    both = numpy.cov(rise, room)
    variance = (both[0, 0] + ratio**2 * both[1, 1] - 2 * ratio * both[0, 1]) / room.mean() ** 2
    half = stats.t.ppf(0.975, 39) * (variance / 40) ** 0.5
    assert found.of_means is not None
    assert found.of_means.value == pytest.approx(ratio, **EXACT)
    assert found.of_means.low == pytest.approx(ratio - half, **EXACT)
    assert found.of_means.high == pytest.approx(ratio + half, **EXACT)


def test_no_bound_of_a_gain_is_beyond_all_that_there_was_to_learn() -> None:
    found = gain_of([Pair("P01", 0, 100), Pair("P02", 50, 100), Pair("P03", 90, 95)])
    assert found is not None
    for gain in (found.of_means, found.of_singles):
        assert gain is not None
        assert gain.high == 1


def test_gain_is_near_a_bootstrap_of_people() -> None:
    """Another way to the same uncertainty: scipy draws the class anew 4,000 times."""
    before, after = simulated_sheets(40, seed=8), simulated_sheets(40, seed=8, growth=1.1)
    first, last = matrix(before).mean(axis=1), matrix(after).mean(axis=1)

    def gain(a: Any, b: Any, axis: int = -1) -> Any:
        return (b - a).mean(axis=axis) / (1 - a).mean(axis=axis)

    drawn = stats.bootstrap(
        (first, last), gain, paired=True, vectorized=True, n_resamples=4000, rng=1
    ).confidence_interval
    found = gain_of(paired(before.percents, after.percents))
    assert found is not None
    assert found.of_means is not None
    assert [found.of_means.low, found.of_means.high] == pytest.approx([*drawn], abs=0.03)


def test_figures_are_true_to_the_model() -> None:
    """With 4,000 people, within four standard errors of what the parameters say."""
    before, after = simulated_sheets(4000, seed=11), simulated_sheets(4000, seed=11, growth=1.1)
    for hardness, found in zip(HARD, analysed(before), strict=True):
        assert found.difficulty.value == pytest.approx(
            simulated.true_difficulty(hardness), abs=4 * 0.5 / 4000**0.5
        )
        assert found.discrimination is not None
        assert found.discrimination > 0.2
    found = gain_of(paired(before.percents, after.percents))
    assert found is not None
    assert found.of_means is not None
    assert found.of_means.value == pytest.approx(simulated.true_gain(HARD), abs=0.03)


def test_intervals_hold_the_true_gain_as_often_as_they_say() -> None:
    true, held = simulated.true_gain(HARD, 1.1), 0
    for seed in range(300):
        chance = random.Random(seed)
        known = simulated.abilities(40, chance)
        first = sheets_of(simulated.right(known, HARD, chance))
        last = sheets_of(simulated.right(known, HARD, chance, 1.1))
        gain = gain_of(paired(first.percents, last.percents))
        assert gain is not None
        assert gain.of_means is not None
        held += gain.of_means.holds(true)
    assert 0.90 <= held / 300 <= 0.99


def test_who_knew_everything_has_no_gain_of_their_own() -> None:
    gain = gain_of([Pair("P01", 100, 90), Pair("P02", 50, 75), Pair("P03", 60, 50)])
    assert gain is not None
    assert gain.full_before == ("P01",)
    assert gain.fallen == ("P01", "P03")
    assert gain.of_singles is not None
    assert gain.of_singles.value == pytest.approx((0.5 - 0.25) / 2)
    assert gain.of_means is not None
    assert gain.of_means.value == pytest.approx(5 / 90)
    everybody = gain_of([Pair("P01", 100, 100), Pair("P02", 100, 80)])
    assert everybody is not None
    assert everybody.of_means is None
    assert everybody.of_singles is None
    assert gain_of([]) is None


def test_a_single_person_has_figures_without_bounds() -> None:
    gain = gain_of([Pair("P01", 40, 70)])
    assert gain is not None
    assert gain.of_means == Interval(0.5)
    assert not Interval(0.5).bounded
    assert Interval(0.5).holds(0)
    assert analysed(sheets_of([[1, 0]]))[0].discrimination is None


@pytest.mark.parametrize("people", [FEWEST.value - 1, FEWEST.value])
def test_below_the_fewest_people_no_question_is_judged(people: float) -> None:
    found = analysed(sheets_of([[1, 0]] * int(people)))
    enough = people == FEWEST.value
    assert [figures.judged for figures in found] == [enough] * 2
    assert found[0].idle == (("B", "C", "D") if enough else ())
    assert found[1].idle == (("C", "D") if enough else ())


def test_distractors_are_idle_below_five_in_a_hundred() -> None:
    given = [["A"]] * 30 + [["B"]] * 7 + [["C"]] * 2 + [["D"]] * 1
    (found,) = analysed(sheets_of([[row[0] == "A"] for row in given], given))
    assert found.chosen == {"A": 30, "B": 7, "C": 2, "D": 1}
    assert found.idle == ("D",)  # 2 of 40 are 5 %, 1 is less
    assert found.blank == 0


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (DIFFICULTY, {0.3: "sukar", 0.31: "sedang", 0.7: "sedang", 0.71: "mudah", 0: "sukar"}),
        (
            DISCRIMINATION,
            {0: "sangat jelek", 0.2: "jelek", 0.4: "cukup", 0.7: "baik", 0.8: "sangat baik"},
        ),
        (GAIN, {0.29: "rendah", 0.1 + 0.2: "sedang", 0.3: "sedang", 0.7: "tinggi", -1: "rendah"}),
    ],
)
def test_names_of_ranges(scale: Any, words: dict[float, str]) -> None:
    assert {value: scale.word(value) for value in words} == words


def test_ratings_and_minutes() -> None:
    found = rated([4, 4, 3, 1])
    assert found is not None
    assert (found.counts, found.median, found.mean.value) == ((1, 0, 1, 2), 3.5, 3.0)
    assert rated([]) is None
    assert [Taken("BLC-K1", 25, real).over for real in (30, 31, 38)] == [False, True, True]
    assert [Taken("BLC-K1", 25, real).under for real in (20, 19)] == [False, True]


scores = some.lists(some.integers(0, 100), min_size=2, max_size=40)


@given(scores, some.randoms(use_true_random=False))
def test_nothing_rests_on_the_order_of_people(values: list[int], chance: random.Random) -> None:
    shuffled = values[:]
    chance.shuffle(shuffled)
    assert sorted(extremes(values)) == sorted(extremes(shuffled))
    first, second = mean_interval(values), mean_interval(shuffled)
    assert first.value == pytest.approx(second.value)
    assert sum(up for up, _ in extremes(values)) == pytest.approx(
        max(1, int(0.27 * len(values) + 0.5))
    )


@given(some.lists(some.tuples(some.integers(0, 20), some.integers(0, 20)), min_size=1, max_size=40))
def test_whatever_the_scores_there_is_no_error(pairs: list[tuple[int, int]]) -> None:
    gain = gain_of([Pair(str(n), 5.0 * a, 5.0 * b) for n, (a, b) in enumerate(pairs)])
    assert gain is not None
    for figure in (gain.of_means, gain.of_singles, gain.difference):
        if figure and figure.low is not None and figure.high is not None:
            assert figure.low <= figure.value <= figure.high


@given(some.lists(some.lists(some.booleans(), min_size=3, max_size=3), min_size=1, max_size=30))
def test_whatever_the_answers_the_figures_stay_in_bounds(rows: list[list[bool]]) -> None:
    figures: list[ItemFigures] = [*analysed(sheets_of(rows))]
    for found in figures:
        assert 0 <= (found.difficulty.low or 0) <= found.difficulty.value <= 1
        assert abs(found.discrimination or 0) <= 1 + 1e-9
        assert abs(found.rest or 0) <= 1 + 1e-9


def test_degenerate_samples() -> None:
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert ratio_interval([1, 2], [0, 0]) is None
    assert proportion_interval(0, 5).low == 0
    assert mean_interval([2]) == Interval(2)
