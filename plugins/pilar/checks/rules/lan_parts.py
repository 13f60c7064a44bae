"""M201: a module has the parts that LAN's form asks for."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.lan import CLOSING, OPENING, required, sections
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Project


def check_module(module: Module, project: Project) -> Iterator[Problem]:
    """Introduction and closing are there, and every chapter has its sections.

    A draft may still lack them.
    """
    if module.meta.status == "draf":
        return
    names = {page.name for page in module.pages}
    for name in (OPENING, CLOSING):
        if name not in names:
            line = module.source.line("halaman")
            message = f"modul ini tidak punya halaman `{name}.md`"
            hint = "Tulis halaman itu dan sebut di `halaman`"
            yield Problem(module.source.path, line, "M201", message, hint)
    for page, parts in required(module):
        found = {heading.text for heading in sections(page)}
        line = page.document.headings[0].line if page.document.headings else 1
        for part in parts:
            if part not in found:
                message = f"bagian “{part}” tidak ada di halaman ini"
                yield Problem(page.document.path, line, "M201", message, f"Tambahkan ## {part}")
        opens = [block.name for block in page.document.blocks if block.name == "tujuan"]
        if page.name != OPENING and not opens:
            message = "halaman ini tidak menyebut tujuan belajarnya"
            hint = "Tambahkan blok `tujuan` dengan `indikator` di bawah judul"
            yield Problem(page.document.path, line, "M201", message, hint)
