"""T202: links to the web are encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.checks.links import DEFINED_LINK, LINK, editions, matches
from pilar.checks.places import problem_at
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No link begins with http:."""
    for page in module.pages:
        found: set[Problem] = set()
        for edition in editions(page):
            for _, match in matches(page, edition, LINK, DEFINED_LINK):
                target = match["target"]
                if target.casefold().startswith("http:"):
                    new = f"https:{target[5:]}"
                    found.add(
                        problem_at(
                            page.document.path,
                            match.string,
                            match.span("target"),
                            "T202",
                            f"tautan `{target}` tidak terenkripsi",
                            f"Coba `{new}` di peramban, lalu pakai bila terbuka",
                            Fix(target, new),
                        )
                    )
        yield from found
