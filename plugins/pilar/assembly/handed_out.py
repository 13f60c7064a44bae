"""What a run hands out, as far as its results name it: tests, forms, activities, codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pilar.model.curriculum import Activity, Module
from pilar.model.results import (
    ExamForm,
    FacilitatorForm,
    HandedOut,
    PlannedActivity,
    PrintedQuestion,
    QuestionKey,
    Test,
)
from pilar.model.run import Run, RunFile, Trainer
from pilar.model.schedule import EVENTS
from pilar.syntax.render import plain

from .day import Day
from .exam import Form
from .numbering import Numbering, number_module
from .sittings import sittings


def handed_out(run: Run, modules: Mapping[str, Module], days: Iterable[Day]) -> HandedOut:
    """What results of the run can name; `modules` in the versions that it pins, `days` are its
    timetable.
    """
    taught = (slot.module.slug for day in days for slot in day.slots if slot.module)
    mine = [modules[slug] for slug in dict.fromkeys([*taught, *modules])]
    numbers = [(module, number_module(module)) for module in mine]
    names = _names(mine)
    questions = (
        (name, f"Soal modul {modules[key.module].meta.kode}") for key, name in names.items()
    )
    return HandedOut(
        run.id,
        run.file.peserta.jumlah,
        tests=dict(_tests(run.file, mine)),
        activities=tuple(planned for pair in numbers for _, planned in planned_activities(*pair)),
        facilitators=tuple(_facilitators(run.file, mine)),
        names=names,
        codes=dict([*_numbered(numbers), *questions, *_events(run.file)]),
        versions={module.slug: module.meta.versi for module in mine},
    )


def taught_together(
    file: RunFile, modules: Sequence[Module]
) -> Iterator[tuple[Trainer | None, list[Module]]]:
    """What one evaluation form is about: each trainer with the modules taught; where the run names
    no trainer, each module.
    """
    for person in file.pengajar:
        yield person, [module for module in modules if module.slug in person.modul]
    if not file.pengajar:
        yield from ((None, [module]) for module in modules)


def _facilitators(file: RunFile, modules: Sequence[Module]) -> Iterator[FacilitatorForm]:
    known: Counter[str] = Counter()
    for person, mine in taught_together(file, modules):
        code = " ".join(module.meta.kode for module in mine) or "Lainnya"
        known[code] += 1
        number = f" ({known[code]})" if known[code] > 1 else ""
        slugs = tuple(module.slug for module in mine)
        titles = tuple(plain(module.meta.judul) for module in mine)
        yield FacilitatorForm(code + number, slugs, titles, person.peran if person else "")


def _tests(file: RunFile, modules: Sequence[Module]) -> Iterator[tuple[Test, tuple[ExamForm, ...]]]:
    for sitting in sittings(file, modules):
        if sitting.exam.available:
            yield sitting.exam.use, tuple(map(_form, sitting.exam.forms))


def _form(form: Form) -> ExamForm:
    questions = (
        PrintedQuestion(number, item.module, item.question, item.order)
        for number, item in enumerate(form.items, 1)
    )
    return ExamForm(form.use, form.letter, tuple(questions))


def planned_activities(
    module: Module, numbering: Numbering
) -> Iterator[tuple[Activity, PlannedActivity]]:
    """The activities of a module, each as results name it."""
    known: Counter[tuple[str, int]] = Counter()
    for activity in module.activities:
        block, minutes = activity.block, activity.options.menit
        code, title = numbering.items[activity.page.name, block.first].code, plain(block.title)
        nth = known[title, minutes]
        known[title, minutes] += 1
        yield activity, PlannedActivity(code, title, minutes, module.slug, nth)


def _numbered(numbers: Iterable[tuple[Module, Numbering]]) -> Iterator[tuple[str, str]]:
    """Modules, and what is numbered in them."""
    for module, numbering in numbers:
        yield module.meta.kode, plain(module.meta.judul)
        for item in numbering.items.values():
            yield item.code, f"{item.block.type.label}: {plain(item.block.title)}".rstrip(": ")


def _names(modules: Sequence[Module]) -> dict[QuestionKey, str]:
    """How results write the questions: by id, with the module's slug where that is not unique."""
    keys = [QuestionKey(m.slug, question.id) for m in modules for question in m.questions]
    count = Counter(key.id for key in keys)
    return {key: key.id if count[key.id] == 1 else f"{key.module}/{key.id}" for key in keys}


def _events(file: RunFile) -> Iterator[tuple[str, str]]:
    for day in file.jadwal.hari:
        for entry in day:
            if entry.acara:
                yield entry.acara, entry.judul or EVENTS.get(entry.acara, (entry.acara,))[0]
