"""Hours, indicators and questions agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.model.blocks import Block, Document, ItemOptions, ObjectiveOptions
from pilar.model.curriculum import Module
from pilar.model.problem import Problem, nearest, suggestion
from pilar.model.run import Facts, Project

MODULE_PARTS = ("deskripsi", "materi-pokok")
"""What `/// modul | …` can show."""


def option_line(document: Document, block: Block, name: str) -> int:
    """The line in which a block sets an option."""
    mark = re.compile(rf"[ >]*{name}:")
    numbers = range(block.first + 1, block.body)
    found = (number for number in numbers if mark.match(document.lines[number - 1]))
    return next(found, block.first)


def indicators_exist(module: Module, facts: Facts) -> Iterator[Problem]:
    """Activities, exercises and questions name indicators that modul.yml lists."""
    count = len(module.meta.indikator)
    hint = f"Modul ini punya indikator 1 sampai {count}"
    for page, block in module.blocks():
        if isinstance(block.options, ItemOptions | ObjectiveOptions):
            for number in block.options.indikator:
                if number > count:
                    message, document = f"indikator {number} tidak ada", page.document
                    line = option_line(document, block, "indikator")
                    yield document.problem(line, "M103", message, hint)
    for index, question in enumerate(module.questions):
        if question.indikator > count:
            message = f"indikator {question.indikator} tidak ada"
            yield module.questions_source.problem((index, "indikator"), "M103", message, hint)


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
            message = f"id soal `{question.id}` sudah dipakai di baris {known[question.id]}"
            hint = "Beri id lain"
            yield lines.problem((index, "id"), "S101", message, hint, at=question.id)
        known.setdefault(question.id, lines.line(index, "id"))
    shown: dict[str, tuple[str, int]] = {}
    for page, block in module.blocks("soal"):
        name, document = block.title, page.document
        place = document.path, block.first
        if name not in known and not module.unread:
            message, hint = f"soal `{name}` tidak ada di soal.yml", suggestion(name, known)
            near = nearest(name, known)
            yield document.problem(block.first, "S103", message, hint, at=name, instead=near)
        elif (first := shown.setdefault(name, place)) != place:
            message = f"soal `{name}` sudah ditampilkan di {first[0]}:{first[1]}"
            hint = "Tampilkan tiap soal satu kali saja"
            yield document.problem(block.first, "S101", message, hint, at=name)


def module_parts_exist(module: Module, facts: Facts) -> Iterator[Problem]:
    """`/// modul | …` shows a part that there is."""
    for page, block in module.blocks("modul"):
        if (name := block.title) not in MODULE_PARTS:
            message, near = f"`modul | {name}` tidak dikenal", nearest(name, MODULE_PARTS)
            hint = suggestion(name, MODULE_PARTS)
            yield page.document.problem(block.first, "B108", message, hint, at=name, instead=near)


def names_are_unique(module: Module, facts: Facts) -> Iterator[Problem]:
    """The option `id` names one block of a module."""
    owners: dict[str, tuple[str, int]] = {}
    for page, block in module.blocks():
        if not isinstance(block.options, ItemOptions) or not (name := block.options.id):
            continue
        document = page.document
        place = document.path, option_line(document, block, "id")
        if (first := owners.setdefault(name, place)) != place:
            message = f"id `{name}` sudah dipakai di {first[0]}:{first[1]}"
            yield document.problem(place[1], "M101", message, "Beri id lain", at=name)


def prerequisites_exist(module: Module, project: Project) -> Iterator[Problem]:
    """`prasyarat` names modules."""
    for index, slug in enumerate(module.meta.prasyarat):
        if slug not in project.modules and slug not in project.broken:
            message = f"modul prasyarat `{slug}` tidak ada"
            yield module.source.unknown(("prasyarat", index), message, slug, project.modules)
