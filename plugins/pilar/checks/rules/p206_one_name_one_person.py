"""P206: one name is one person in the whole curriculum."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.mentions import Mention, mentions, shorter
from pilar.model.characters import Cast, Character
from pilar.model.problem import Problem
from pilar.model.run import Project


def check_project(project: Project) -> Iterator[Problem]:
    """A name is in the register once, is addressed as it says and in the modules that it says."""
    yield from _given_twice(project.cast)
    known = project.cast.by_name
    for slug, module in project.modules.items() if known else ():
        told: set[str] = set()
        for mention in mentions(module):
            entry = known.get(mention.name)
            if entry and mention.text not in told and (other := _other(mention, slug, entry)):
                told.add(mention.text)
                message = f"nama “{mention.text}” sudah milik tokoh lain: {other}"
                hint = f"Pakai nama lain; bila orangnya sama, perbaiki {project.cast.source.path}"
                yield mention.passage.problem(mention.span, "P206", message, hint)


def _given_twice(cast: Cast) -> Iterator[Problem]:
    for index, entry in enumerate(cast.entries):
        if entry is not cast.by_name[entry.nama]:
            message = f"nama “{entry.nama}” didaftarkan dua kali"
            hint = "Satu nama untuk satu orang: beri nama lain, atau gabungkan `modul`-nya"
            yield cast.source.problem((index, "nama"), "P206", message, hint)


def _other(mention: Mention, slug: str, entry: Character) -> str:
    """Who else has the name; empty where it is the same person."""
    if slug in entry.modul and mention.address in map(shorter, entry.sapaan):
        return ""
    called = " atau ".join(f"{address} {entry.nama}" for address in entry.sapaan) or entry.nama
    return f"{called} di modul {', '.join(entry.modul)}"
