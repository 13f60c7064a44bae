"""Results of a run that never took place, from parameters that are known.

Everything here is invented, and says so wherever it is printed. A person of ability t answers a
question of hardness b rightly with the probability of the logistic model, 1 / (1 + exp(b - t));
between the tests every ability grows by the same amount. So the true difficulty of a question, and
the true gain of an endless class, are integrals that can be computed without any data.

`python -m tests.stages.simulated RUN [FOLDER]`, from the project's folder, writes such results of
a run to runs/RUN.hasil/ (or FOLDER). Only example runs (`…-contoh`) may keep them.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, pi, sqrt
from pathlib import Path
from statistics import fmean

from pilar.assembly.handed_out import handed_out
from pilar.content.results.answer_tables import heading
from pilar.model.curriculum import letters
from pilar.model.evaluation import FACILITATOR, ORGANIZER, EvaluationForm
from pilar.model.results import ExamForm, HandedOut, PrintedQuestion, Test
from pilar.project.state import Workspace

SEED = 20260330
GROWTH = 1.1
"""What teaching adds to every ability, in standard deviations of the abilities."""
LATE = 1.25
"""Mean of the minutes that an activity takes, of those planned, where it does not keep to them."""
_STEPS = 4_000
_REACH = 8.0
"""Abilities beyond it, in standard deviations, weigh nothing."""
_ABSENT: Mapping[Test, frozenset[int]] = {"pretest": frozenset({7}), "posttest": frozenset({21})}
"""Numbers of participants who miss a test: data is never whole."""
_SAID = (
    "Terlalu banyak bahan untuk satu hari.",
    "Simulasinya membantu; tambah waktunya.",
    "Huruf di lembar kerja terlalu kecil.",
)
_HAPPENED = (
    "Bermain peran berjalan lebih lama karena semua kelompok ingin tampil.",
    "Dua kelompok kekurangan lembar kerja.",
)


def probability(ability: float, hardness: float) -> float:
    """Of a right answer."""
    return 1 / (1 + exp(hardness - ability))


def true_difficulty(hardness: float, growth: float = 0) -> float:
    """Share of an endless class with abilities of mean `growth` that answers rightly."""
    step = 2 * _REACH / _STEPS
    points = (-_REACH + (n + 0.5) * step for n in range(_STEPS))
    weigh = ((t, exp(-t * t / 2) / sqrt(2 * pi) * step) for t in points)
    return sum(weight * probability(t + growth, hardness) for t, weight in weigh)


def true_gain(hardnesses: Sequence[float], growth: float = GROWTH) -> float:
    """Gain of the two means of an endless class on a form with these questions."""
    before = fmean(true_difficulty(hardness) for hardness in hardnesses)
    after = fmean(true_difficulty(hardness, growth) for hardness in hardnesses)
    return (after - before) / (1 - before)


def abilities(people: int, chance: random.Random) -> list[float]:
    """Of a class: standard normal."""
    return [chance.gauss(0, 1) for _ in range(people)]


def right(
    known: Sequence[float], hardnesses: Sequence[float], chance: random.Random, growth: float = 0
) -> list[list[bool]]:
    """Who answered what rightly: a row a person."""
    return [[chance.random() < probability(t + growth, b) for b in hardnesses] for t in known]


@dataclass(frozen=True)
class Simulation:
    """A class that never was, on what a run handed out; the same seed gives the same files."""

    out: HandedOut
    seed: int = SEED
    people: int = 0
    """How many take part; 0: all."""

    def files(self) -> dict[str, str]:
        """Every table as CSV, by the name of its file."""
        tests = {f"{test}.csv": self._answers(test) for test in self.out.tests}
        activities = [["kode", "menit"], *map(list, self._minutes())]
        codes = [activity.code for activity in self.out.activities][:: len(_HAPPENED) * 3]
        notes = zip(codes, _HAPPENED, strict=False)
        return tests | {
            "evaluasi-fasilitator.csv": self._ratings(FACILITATOR),
            "evaluasi-penyelenggaraan.csv": self._ratings(ORGANIZER),
            "waktu.csv": _table(activities),
            "catatan.csv": _table([["kode", "catatan"], *map(list, notes)]),
        }

    def hardness(self, asked: PrintedQuestion) -> float:
        """Of a question: from its id alone, so that both tests and all runs agree."""
        return random.Random(f"{asked.key.module}/{asked.key.id}").gauss(-0.2, 1.0)

    @property
    def _class(self) -> tuple[str, ...]:
        return self.out.people[: self.people or None]

    def _answers(self, test: Test) -> str:
        forms = self.out.tests[test]
        columns = [(form, asked) for form in forms for asked in form.questions]
        head = [" ".join(heading(self.out, form, asked)) for form, asked in columns]
        rows = [["peserta", "naskah", *head]]
        known = abilities(len(self.out.people), random.Random(f"{self.seed} abilities"))
        for number, (code, ability) in enumerate(zip(self._class, known, strict=False), 1):
            if number in _ABSENT[test]:
                continue
            form = forms[(number - 1) % len(forms)]
            chance = random.Random(f"{self.seed} {test} {code}")
            grown = ability + (GROWTH if test == "posttest" else 0)
            typed = self._sheet(form, grown, chance)
            cells = [typed[asked.number] if mine is form else "" for mine, asked in columns]
            rows.append([code, form.letter, *cells])
        return _table(rows)

    def _sheet(self, form: ExamForm, ability: float, chance: random.Random) -> dict[int, str]:
        """What a person of this ability writes, by the number of the question."""
        return {
            asked.number: _answer(asked, probability(ability, self.hardness(asked)), chance)
            for asked in form.questions
        }

    def _minutes(self) -> Iterator[tuple[str, str]]:
        """Most activities keep about to their minutes; one in five does not. One was not noted."""
        for activity in self.out.activities[:-1]:
            chance = random.Random(f"{self.seed} {activity.code}")
            late = LATE if chance.random() < 0.2 else 1.0
            yield activity.code, str(max(1, round(activity.minutes * chance.gauss(late, 0.07))))

    def _ratings(self, paper: EvaluationForm) -> str:
        subjects = [form.code for form in self.out.facilitators] if paper is FACILITATOR else [""]
        asked = [question.name for question in paper.questions]
        rows = [["formulir"] * (subjects != [""]) + ["lembar", *paper.items, *asked]]
        for subject in subjects:
            for number in range(1, len(self._class) + 1):
                chance = random.Random(f"{self.seed} {paper.name} {subject} {number}")
                marks = [str(chance.choices((1, 2, 3, 4), (1, 4, 20, 15))[0]) for _ in paper.items]
                said = [chance.choice(_SAID) if chance.random() < 0.05 else "" for _ in asked]
                rows.append([subject] * bool(subject) + [str(number), *marks, *said])
        return _table(rows)


def _answer(asked: PrintedQuestion, likely: float, chance: random.Random) -> str:
    """What is typed of an answer that is right with this probability; one in fifty is blank."""
    if chance.random() < 0.02:
        return ""
    question, hit = asked.question, chance.random() < likely
    match question.jenis:
        case "pilihan-ganda":
            wrong = [letter for letter in asked.letters if letter != question.kunci]
            # The last distractor of every bank is hardly ever taken.
            weights = [6] * (len(wrong) - 1) + [1]
            given = question.kunci if hit else chance.choices(sorted(wrong), weights)[0]
            return letters(len(asked.order))[asked.letters.index(str(given))]
        case "benar-salah":
            return "BS"[(question.kunci == "benar") != hit]
        case "menjodohkan":
            names = letters(len(asked.order))
            keys = [names[asked.letters.index(key)] for key in question.kunci]
            return "".join(
                key if chance.random() < likely else chance.choice(names) for key in keys
            )
    return "1" if hit else "0"


def _table(rows: Sequence[Sequence[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\n").writerows(rows)
    return target.getvalue()


@cache
def handed_out_by(root: Path, run: str) -> HandedOut:
    """What a run of the project in `root` hands out."""
    state = Workspace(root).folder()
    found = state.runs[run]
    assert found.content is not None
    return handed_out(found.run, found.content.modules, found.days)


def write(root: Path, run: str, folder: Path | None = None, people: int = 0) -> Path:
    """Write the results of a run; gives the folder."""
    folder = folder or root / "runs" / f"{run}.hasil"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in Simulation(handed_out_by(root, run), people=people).files().items():
        (folder / name).write_text(text, "utf-8")
    return folder


if __name__ == "__main__":
    print(write(Path.cwd(), sys.argv[1], *map(Path, sys.argv[2:3])))
