"""Hours, indicators and questions agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pilar.model.blocks import Block, Document, ItemOptions, ObjectiveOptions
from pilar.model.curriculum import Module
from pilar.model.problem import Problem, of_line, suggestion
from pilar.model.run import Facts, Project

MODULE_PARTS = ("deskripsi", "materi-pokok")
"""What `/// modul | …` can show."""

Place = tuple[str, Sequence[str], int]
"""Path of a page, its lines, and the number of one of them."""


def option_place(document: Document, block: Block, name: str) -> Place:
    """Where a block sets an option."""
    mark = re.compile(rf"[ >]*{name}:")
    numbers = range(block.first + 1, block.body)
    found = (number for number in numbers if mark.match(document.lines[number - 1]))
    return document.path, document.lines, next(found, block.first)


def indicators_exist(module: Module, facts: Facts) -> Iterator[Problem]:
    """Activities, exercises and questions name indicators that modul.yml lists."""
    count = len(module.meta.indikator)
    hint = f"Modul ini punya indikator 1 sampai {count}"
    for page in module.pages:
        for block in page.document.walk():
            if isinstance(block.options, ItemOptions | ObjectiveOptions):
                for number in block.options.indikator:
                    if number > count:
                        message = f"indikator {number} tidak ada"
                        place = option_place(page.document, block, "indikator")
                        yield of_line(*place, "M103", message, hint)
    for index, question in enumerate(module.questions):
        if question.indikator > count:
            yield module.questions_source.problem(
                (index, "indikator"),
                "M103",
                f"indikator {question.indikator} tidak ada",
                hint,
            )


def minutes_add_up(module: Module, facts: Facts) -> Iterator[Problem]:
    """Minutes of all activities are those of the module's JP; a draft may still have none."""
    unread_pages = any(name.endswith(".md") for name in module.unread)
    if unread_pages or (not module.activities and module.meta.status == "draf"):
        return
    planned = sum(activity.options.menit for activity in module.activities)
    wanted = module.meta.jp.minutes
    if planned != wanted:
        difference = (
            f"kurang {wanted - planned}" if planned < wanted else f"lebih {planned - wanted}"
        )
        yield module.source.problem(
            ("jp",),
            "M104",
            f"kegiatan berjumlah {planned} menit, sedangkan {module.meta.jp.total} JP "
            f"adalah {wanted} menit ({difference} menit)",
            "Ubah `menit` pada kegiatan atau `jp`",
        )


def questions_exist(module: Module, facts: Facts) -> Iterator[Problem]:
    """Every question has its own id, and a page shows only questions that exist."""
    lines = module.questions_source
    known: dict[str, int] = {}
    for index, question in enumerate(module.questions):
        if question.id in known:
            yield lines.problem(
                (index, "id"),
                "S101",
                f"id soal `{question.id}` sudah dipakai di baris {known[question.id]}",
                "Beri id lain",
            )
        known.setdefault(question.id, lines.line(index, "id"))
    shown: dict[str, tuple[str, int]] = {}
    for page in module.pages:
        for block in page.document.walk():
            if block.name != "soal":
                continue
            place = (page.document.path, block.first)
            if block.title not in known and not module.unread:
                message = f"soal `{block.title}` tidak ada di soal.yml"
                yield Problem(*place, "S103", message, suggestion(block.title, known))
            elif (first := shown.setdefault(block.title, place)) != place:
                yield Problem(
                    *place,
                    "S101",
                    f"soal `{block.title}` sudah ditampilkan di {first[0]}:{first[1]}",
                    "Tampilkan tiap soal satu kali saja",
                )


def module_parts_exist(module: Module, facts: Facts) -> Iterator[Problem]:
    """`/// modul | …` shows a part that there is."""
    for page in module.pages:
        for block in page.document.walk():
            if block.name == "modul" and block.title not in MODULE_PARTS:
                yield Problem(
                    page.document.path,
                    block.first,
                    "B108",
                    f"`modul | {block.title}` tidak dikenal",
                    suggestion(block.title, MODULE_PARTS),
                )


def names_are_unique(module: Module, facts: Facts) -> Iterator[Problem]:
    """The option `id` names one block of a module."""
    owners: dict[str, Place] = {}
    for page in module.pages:
        for block in page.document.walk():
            if not isinstance(block.options, ItemOptions) or not (name := block.options.id):
                continue
            place = option_place(page.document, block, "id")
            if (first := owners.setdefault(name, place)) != place:
                message = f"id `{name}` sudah dipakai di {first[0]}:{first[2]}"
                yield of_line(*place, "M101", message, "Beri id lain")


def prerequisites_exist(module: Module, project: Project) -> Iterator[Problem]:
    """`prasyarat` names modules."""
    for index, slug in enumerate(module.meta.prasyarat):
        if slug not in project.modules and slug not in project.broken:
            yield module.source.problem(
                ("prasyarat", index),
                "M102",
                f"modul prasyarat `{slug}` tidak ada",
                suggestion(slug, project.modules),
            )
