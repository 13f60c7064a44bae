"""H202: a law named in the text stands in the registry, where its dates are known."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.language.reading import read_module
from pilar.checks.law import by_name, named_laws
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Every law written out in the text is one of modules/rujukan.yml."""
    known = by_name(facts)
    for passage in read_module(module, facts).passages():
        for law in named_laws(passage.flat):
            if law.name not in known:
                message = f"“{law.text}” tidak ada di modules/rujukan.yml"
                hint = "Daftarkan sesudah membacanya, lalu kutip dengan [@id]"
                yield passage.problem((law.start, law.end), "H202", message, hint, at=law.text)
