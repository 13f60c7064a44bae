"""H202: a law named in the text stands in the registry, where its dates are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.model.curriculum import KINDS, Module
from pilar.model.problem import Problem
from pilar.model.run import Project

_LONG = {long: short for short, long in KINDS.items()}
_KIND = "|".join(sorted({*KINDS, *_LONG, "Perpres", "Peraturan Presiden"}, key=len, reverse=True))
_LAW = re.compile(
    rf"\b(?P<kind>{_KIND})(?: RI)?(?: Nomor| No\.?)? "
    r"(?P<number>\d+)(?:/| Tahun | tahun )(?P<year>\d{4})"
)


def check_module(module: Module, project: Project) -> Iterator[Problem]:
    """Every law written out in the text is one of modules/rujukan.yml."""
    known = {
        (source.jenis.casefold(), str(source.nomor), str(source.tahun))
        for source in project.sources.values()
    }
    for passage in read_module(module, project).passages():
        for match in _LAW.finditer(passage.flat):
            kind = _LONG.get(match["kind"], match["kind"]).casefold()
            if (kind, match["number"], match["year"]) not in known:
                yield Problem(
                    passage.path,
                    passage.line_at(match.start()),
                    "H202",
                    f"“{match[0]}” tidak ada di modules/rujukan.yml",
                    "Daftarkan sesudah membacanya, lalu kutip dengan [@id]",
                )
