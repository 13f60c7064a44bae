"""M202: the parts of LAN's form come in its order."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.lan import CLOSING, OPENING, required, sections
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Sections stand in the form's order; introduction first, closing last of what all read."""
    for page, parts in required(module):
        found = [heading for heading in sections(page) if heading.text in parts]
        highest = -1
        for heading in found:
            place = parts.index(heading.text)
            if place < highest:
                message = f"bagian “{heading.text}” berada sesudah “{parts[highest]}”"
                hint = f"Urutannya: {', '.join(parts)}"
                at = heading.text
                yield page.document.problem(heading.line, "M202", message, hint, at=at)
            highest = max(highest, place)
    names = [page.name for page in module.pages if page.edition is None]
    for name, place in ((OPENING, 0), (CLOSING, -1)):
        if name in names and names[place] != name:
            keys = ("halaman", module.meta.halaman.index(f"{name}.md"))
            where = "pertama" if place == 0 else "terakhir"
            message = f"`{name}.md` bukan halaman {where}"
            hint = f"Jadikan yang {where} di `halaman`"
            yield module.source.problem(keys, "M202", message, hint, at=f"{name}.md")
