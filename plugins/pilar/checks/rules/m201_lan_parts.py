"""M201: a module has the parts that LAN's form asks for."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.lan import CLOSING, OPENING, required, sections
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Introduction and closing are there, and every chapter has its sections.

    A draft may still lack them.
    """
    if module.meta.status == "draf":
        return
    names = {page.name for page in module.pages}
    for name in (OPENING, CLOSING):
        if name not in names:
            message = f"modul ini tidak punya halaman `{name}.md`"
            hint = "Tulis halaman itu dan sebut di `halaman`"
            yield module.source.problem(("halaman",), "M201", message, hint)
    for page, parts in required(module):
        found = {heading.text for heading in sections(page)}
        document = page.document
        title = min((h.line for h in document.headings), default=1)
        for part in parts:
            if part not in found:
                message = f"bagian “{part}” tidak ada di halaman ini"
                yield document.problem(title, "M201", message, f"Tambahkan ## {part}")
        opens = [block.name for block in page.document.blocks if block.name == "tujuan"]
        if page.name != OPENING and not opens:
            message = "halaman ini tidak menyebut tujuan belajarnya"
            hint = "Tambahkan blok `tujuan` dengan `indikator` di bawah judul"
            yield document.problem(title, "M201", message, hint)
