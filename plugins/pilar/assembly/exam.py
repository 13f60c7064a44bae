"""Pretest and post-test: two parallel forms each, drawn from the question banks of a run.

Nothing is left to chance that a machine could decide otherwise: every order "at random" is that of
SHA-256 of the seed and of what is ordered. So one question more in a bank leaves most of a form as
it was, and the same run prints the same forms years later.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Literal, get_args

from pilar.model.curriculum import Module, Question

from .exam_choices import movable, printed_order, reordered

Use = Literal["pretest", "posttest"]
EXAMS: tuple[Use, ...] = get_args(Use)
LETTERS = ("A", "B")
"""Forms of a test: who sits beside each other has different ones."""
LEVELS = ("C1", "C2", "C3", "C4", "C5", "C6")

MINUTES: Mapping[str, Fraction] = {
    "benar-salah": Fraction(1, 2),
    "pilihan-ganda": Fraction(1),
    "isian": Fraction(3, 2),
    "menjodohkan": Fraction(2),
    "uraian": Fraction(5),
}
"""Minutes that a question takes, by kind: our own estimate, no official figure is known."""

_ATTEMPTS = 2_000
"""Orders of form B that are tried: of long ones one in twenty (e⁻³) keeps all questions apart, of
those of four questions one in 24.
"""
_ATTEMPTS_AT_TINY = 60
"""Of three questions or fewer there are six orders, and none may do."""

Goal = tuple[str, int]
"""A module's slug and the number of an indicator."""
Cell = tuple[str, int, str]
"""A goal and a level, empty for a question without one."""


@dataclass(frozen=True)
class ExamItem:
    """A question of a form; `order` are the places in the bank of its choices as printed."""

    module: Module
    question: Question
    order: tuple[int, ...]

    @property
    def printed(self) -> Question:
        """The question as the form prints it, with the key that is right there."""
        return reordered(self.question, self.order)

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the question in the run."""
        return self.module.slug, self.question.id

    @property
    def goal(self) -> Goal:
        """The indicator that it measures."""
        return self.module.slug, self.question.indikator

    @property
    def cell(self) -> Cell:
        """The indicator that it measures, and the level."""
        return *self.goal, self.question.tingkat or ""


@dataclass(frozen=True)
class Form:
    """A form of a test, its questions in order of their numbers."""

    use: Use
    letter: str
    items: tuple[ExamItem, ...]

    @property
    def minutes(self) -> int:
        """What it takes to answer, rounded up."""
        return -(-sum((MINUTES[item.question.jenis] for item in self.items), Fraction()) // 1)

    @property
    def cells(self) -> Counter[Cell]:
        """Number of questions by indicator and level."""
        return Counter(item.cell for item in self.items)


@dataclass(frozen=True)
class Exam:
    """A test: its parallel forms, and what of the modules they leave out.

    `wanted` questions were asked for, the banks have `available`.
    """

    use: Use
    wanted: int
    available: int
    forms: tuple[Form, ...]
    uncovered: tuple[Goal, ...]
    """Indicators without a question on the forms, in the order of modules and numbers."""
    unasked: frozenset[Goal]
    """Those of them that have no question for this test in the banks either."""

    @property
    def size(self) -> int:
        """Questions of each form."""
        return len(self.forms[0].items)

    @property
    def minutes(self) -> int:
        """What the longer of its forms takes."""
        return max(form.minutes for form in self.forms)


def draw(modules: Iterable[Module], seed: int, size: int) -> tuple[Exam, Exam]:
    """Pretest and post-test of `size` questions a form, fewer where the banks have fewer.

    Every indicator has as many questions as every other, or one more, as far as the banks reach;
    where it goes to some only, modules have them by their JP (Sainte-Laguë's method, in which no
    module loses a question when the form grows). Levels are as equal as that allows. Forms A and B
    have the same number per indicator and level; B has other questions than A where there are any.
    The post-test prefers the questions of the pretest, in other order, so that the gain of each can
    be computed.
    """
    by_slug = sorted({module.slug: module for module in modules}.items())
    known = [module for _, module in by_slug]
    pretest, posttest = (_exam(use, known, seed, size) for use in EXAMS)
    return pretest, posttest


def _exam(use: Use, modules: Sequence[Module], seed: int, size: int) -> Exam:
    bank: dict[Cell, list[ExamItem]] = defaultdict(list)
    for module in modules:
        for question in module.questions:
            if use in question.pakai:
                item = ExamItem(module, question, ())
                bank[item.cell].append(item)
    cells = _levelled(bank, _shares(bank, modules, seed, size), seed)
    a = sorted(_chosen(bank, cells, (), seed, "A"), key=lambda item: _rank(seed, use, *item.key))
    b = _apart(a, _chosen(bank, cells, {item.key for item in a}, seed, "B"), seed, use)
    forms = tuple(
        Form(use, letter, _shuffled(items, seed, use, letter))
        for letter, items in zip(LETTERS, (a, b), strict=True)
    )
    goals = [(m.slug, n) for m in modules for n in range(1, len(m.meta.indikator) + 1)]
    met = {item.goal for item in a}
    uncovered = tuple(goal for goal in goals if goal not in met)
    asked = {(slug, number) for slug, number, _ in bank}
    available = sum(map(len, bank.values()))
    return Exam(use, size, available, forms, uncovered, frozenset({*uncovered} - asked))


def _rank(*parts: object) -> str:
    """A place in an order at random."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def _shuffled(items: Sequence[ExamItem], *parts: object) -> tuple[ExamItem, ...]:
    """The questions, their choices in the order of a form; those that stay as they are say first
    which letters are used.
    """
    used: Counter[str] = Counter()
    found: dict[tuple[str, str], ExamItem] = {}
    for item in sorted(items, key=lambda item: movable(item.question)):
        order = printed_order(item.question, partial(_rank, *parts, *item.key), used)
        found[item.key] = ExamItem(item.module, item.question, order)
        if item.question.choices:
            used[str(found[item.key].printed.kunci)] += 1
    return tuple(found[item.key] for item in items)


def _shares(
    bank: Mapping[Cell, Sequence[ExamItem]], modules: Sequence[Module], seed: int, size: int
) -> Counter[Goal]:
    """How many questions each indicator has on a form."""
    room: Counter[Goal] = Counter()
    for (slug, number, _), items in bank.items():
        room[slug, number] += len(items)
    hours = {module.slug: max(module.meta.jp.minutes, 1) for module in modules}
    shares: Counter[Goal] = Counter()
    for _ in range(min(size, room.total())):
        least = min(shares[goal] for goal in room if shares[goal] < room[goal])
        ahead = Counter(goal[0] for goal in room if shares[goal] > least)

        def turn(goal: Goal, ahead: Counter[str] = ahead) -> tuple[Fraction, str]:
            return Fraction(2 * ahead[goal[0]] + 1, hours[goal[0]]), _rank(seed, *goal)

        shares[min((g for g in room if shares[g] == least < room[g]), key=turn)] += 1
    return shares


def _levelled(
    bank: Mapping[Cell, Sequence[ExamItem]], shares: Mapping[Goal, int], seed: int
) -> Counter[Cell]:
    """How many questions each indicator has of each level: levels are as equal as can be."""
    levels: dict[Goal, list[str]] = defaultdict(list)
    for slug, number, level in sorted(bank, key=lambda cell: _rank(seed, *cell)):
        levels[slug, number].append(level)
    cells: Counter[Cell] = Counter()
    used: Counter[str] = Counter()

    def free(goal: Goal) -> list[str]:
        return [level for level in levels[goal] if cells[*goal, level] < len(bank[*goal, level])]

    for goal in sorted(shares, key=lambda goal: _rank(seed, *goal)):
        for _ in range(shares[goal]):
            level = min(free(goal), key=used.__getitem__)
            cells[*goal, level] += 1
            used[level] += 1
    while path := _exchange(cells, used, free):
        for goal, old, new in path:
            cells[*goal, old] -= 1
            cells[*goal, new] += 1
        used[path[0][1]] -= 1
        used[path[-1][2]] += 1
    return +cells


def _exchange(
    cells: Counter[Cell], used: Counter[str], free: Callable[[Goal], list[str]]
) -> list[tuple[Goal, str, str]]:
    """The shortest chain of exchanges of levels that makes them more equal: the goal and the level
    before and after of each. Where there is none, no choice of levels is more equal (a shortest
    augmenting path of a flow of convex cost).
    """
    steps: dict[str, dict[str, Goal]] = defaultdict(dict)
    for (slug, number, old), count in cells.items():
        for new in free((slug, number)) if count else ():
            steps[old].setdefault(new, (slug, number))
    for start in sorted(used, key=lambda level: -used[level]):
        paths: dict[str, list[tuple[Goal, str, str]]] = {start: []}
        for here in (queue := [start]):
            if used[here] + 1 < used[start]:
                return paths[here]
            for new, goal in steps[here].items():
                if new not in paths:
                    paths[new] = [*paths[here], (goal, here, new)]
                    queue.append(new)
    return []


def _chosen(
    bank: Mapping[Cell, Sequence[ExamItem]],
    cells: Mapping[Cell, int],
    taken: Container[tuple[str, str]],
    *parts: object,
) -> list[ExamItem]:
    """The questions of a form, those first that are not `taken`."""

    def turn(item: ExamItem) -> tuple[bool, str]:
        return item.key in taken, _rank(*parts, *item.key)

    return [item for cell, count in cells.items() for item in sorted(bank[cell], key=turn)[:count]]


def _apart(first: Sequence[ExamItem], second: Sequence[ExamItem], *parts: object) -> list[ExamItem]:
    """`second` in an order in which no question has the number that it has in `first`, nor one
    next to it; the best one tried where there is none (three questions or fewer).
    """
    places = {item.key: number for number, item in enumerate(first)}

    def near(order: Sequence[ExamItem]) -> int:
        apart = (abs(places.get(item.key, -2) - n) for n, item in enumerate(order))
        return sum(max(0, 2 - distance) for distance in apart)

    best = list(second)
    for attempt in range(_ATTEMPTS if len(second) > 3 else _ATTEMPTS_AT_TINY):
        order = sorted(second, key=lambda item: _rank(*parts, attempt, *item.key))
        best = min(best, order, key=near)
        if not near(best):
            break
    return best
