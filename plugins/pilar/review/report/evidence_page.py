"""bukti.html: what all runs together showed of each version of a module, for reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from pathlib import Path

from pilar.editions.templates import environment
from pilar.editions.words import EXAMPLE, decimal, number
from pilar.evidence.cutoffs import ACROSS_RUNS, DIFFICULTY, Cutoff, enough
from pilar.evidence.pooled import Pool, PooledActivity, PooledQuestion
from pilar.evidence.run_evidence import RunEvidence
from pilar.model.curriculum import Module
from pilar.model.results import TESTS, Note, QuestionKey, Test, question_digest
from pilar.model.semver import order
from pilar.project.run_results import Evidence

from .phrases import counted, quoted

NONE = "–"
_LONGEST = 90
"""Characters of a question's text."""


@dataclass(frozen=True)
class RunRow:
    """How the questions of a module were answered in a run, or in all of a version; the gain on
    each indicator; and how many activities were late.
    """

    name: str
    shares: tuple[str, ...]
    gains: tuple[str, ...] = ()
    minutes: str = NONE


@dataclass(frozen=True)
class VersionRows:
    """What the runs of one version showed, and all of them together."""

    version: str
    whole: RunRow
    runs: tuple[RunRow, ...]


@dataclass(frozen=True)
class QuestionRow:
    """A question in the same words, the versions that had them, and what became of it since."""

    id: str
    text: str
    versions: tuple[str, ...]
    since: str
    shares: tuple[tuple[str, str], ...]
    """In each test p, and how sure that is."""
    word: str
    """How hard it is before teaching; of enough people alone."""
    idle: str


@dataclass(frozen=True)
class ModuleEvidence:
    """All of a module."""

    module: Module
    versions: tuple[VersionRows, ...]
    questions: tuple[QuestionRow, ...]
    activities: tuple[PooledActivity, ...]
    notes: tuple[tuple[str, Note], ...]
    """With the run."""


def evidence_page(evidence: Evidence, modules: Mapping[str, Module], templates: Path) -> str:
    """The page as HTML, of the modules as they stand now; empty where no run showed anything."""
    pool = evidence.shown
    found = [shown for module in modules.values() if (shown := _module(pool, module)).versions]
    if not found:
        return ""
    made = environment(templates, style="ulasan.css")
    return made.get_template("bukti.html").render(
        modul=found,
        pelatihan=[run.results.run for run in pool.runs],
        contoh=EXAMPLE if evidence.example else "",
        batas=[*map(_limit, ACROSS_RUNS)],
    )


def _limit(cutoff: Cutoff) -> tuple[str, str]:
    """`5 % dari peserta`."""
    value = f"{100 * cutoff.value:.0f} %" if cutoff.value < 1 else number(cutoff.value)
    return cutoff.name, f"{value} {cutoff.unit}".strip()


def _module(pool: Pool, module: Module) -> ModuleEvidence:
    runs = sorted(pool.of_module(module.slug), key=lambda run: order(_version(run, module)))
    by_version = groupby(reversed(runs), key=lambda run: _version(run, module))
    places = {question.id: place for place, question in enumerate(module.questions)}
    asked = [
        (key, digest, tests)
        for (key, digest), tests in pool.questions.items()
        if key.module == module.slug
    ]
    asked.sort(key=lambda entry: (places.get(entry[0].id, len(places)), entry[0].id))
    return ModuleEvidence(
        module,
        tuple(_of_version(name, [*mine], module) for name, mine in by_version),
        tuple(_question(module, *entry) for entry in asked),
        tuple(a for key, a in pool.activities.items() if key.module == module.slug),
        tuple((run.results.run, note) for run in runs for note in _notes(run, module)),
    )


def _version(run: RunEvidence, module: Module) -> str:
    return run.results.handed_out.versions[module.slug]


def _of_version(version: str, runs: Sequence[RunEvidence], module: Module) -> VersionRows:
    whole = RunRow(f"{counted(len(runs), 'pelatihan')} bersama-sama", _answered(runs, module))
    return VersionRows(version, whole, tuple(_run(run, module) for run in sorted(runs, key=_id)))


def _id(run: RunEvidence) -> str:
    return run.results.run


def _run(run: RunEvidence, module: Module) -> RunRow:
    gains = (
        f"IHB {goal.goal[1]}: {_figure(*astuple(figure))}"
        for goal in run.goals
        if goal.goal[0] == module.slug and goal.gain and (figure := goal.gain.of_means)
    )
    codes = {a.code for a in run.results.handed_out.activities if a.module == module.slug}
    noted = [taken for taken in run.minutes if taken.code in codes]
    late = f"{sum(taken.over for taken in noted)} dari {len(noted)}" if noted else NONE
    return RunRow(_id(run), _answered([run], module), tuple(gains), late)


def _answered(runs: Sequence[RunEvidence], module: Module) -> tuple[str, ...]:
    """Share of all points on the module's questions in each test, and of how many people."""
    return tuple(_share(runs, module, test) for test in TESTS)


def _share(runs: Sequence[RunEvidence], module: Module, test: Test) -> str:
    found = [
        (form, mine)
        for run in runs
        if test in run.tests
        for form in run.tests[test].forms
        if (mine := [one for one in form.items if one.item.key[0] == module.slug])
    ]
    answers = sum(one.people for _, mine in found for one in mine)
    if not answers:
        return NONE
    points = sum(one.difficulty.value * one.people for _, mine in found for one in mine)
    people = sum(form.people for form, _ in found)
    return f"{decimal(points / answers)} ({counted(people, 'peserta')})"


def _question(
    module: Module, key: QuestionKey, digest: str, tests: Mapping[Test, PooledQuestion]
) -> QuestionRow:
    now = next((question for question in module.questions if question.id == key.id), None)
    since = "sudah dihapus" if now is None else "sudah diubah"
    before, one = tests.get("pretest"), next(iter(tests.values()))
    versions = {version for asked in tests.values() for version in asked.versions}
    return QuestionRow(
        key.id,
        quoted(one.printed.question.teks, _LONGEST),
        tuple(sorted(versions, key=order)),
        "" if now and question_digest(now) == digest else since,
        tuple(_asked(tests.get(test)) for test in TESTS),
        DIFFICULTY.word(before.difficulty.value) if before and enough(before.people) else NONE,
        ", ".join(before.idle) if before and before.idle else NONE,
    )


def _asked(found: PooledQuestion | None) -> tuple[str, str]:
    """`0,92` and `0,82 sampai 0,97; 46 peserta di 2 pelatihan`."""
    if found is None:
        return NONE, ""
    p = found.difficulty
    sure = f"{decimal(p.low)} sampai {decimal(p.high)}; " if p.low is not None and p.high else ""
    people, runs = counted(found.people, "peserta"), counted(len(found.by_run), "pelatihan")
    return decimal(p.value), f"{sure}{people} di {runs}"


def _figure(value: float, low: float | None, high: float | None) -> str:
    """A figure with the bounds of its interval."""
    if low is None or high is None:
        return decimal(value)
    return f"{decimal(value)} ({decimal(low)} sampai {decimal(high)})"


def _notes(run: RunEvidence, module: Module) -> Iterator[Note]:
    """What was noted of the module: by its code, or those of its blocks and questions."""
    code, names = module.meta.kode, run.results.handed_out.names
    own = {name for key, name in names.items() if key.module == module.slug}
    for note in run.results.notes:
        if note.code in own or note.code.partition("-")[0] == code:
            yield note
