"""T202: links to the web are encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.links import DEFINED_LINK, LINK, editions, matches, yaml_texts
from pilar.checks.places import problem_at
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts

_BARE = re.compile(r"(?<![\w(=/.?&])(?P<target>http://[^\s)>\]]*[^\s)>\].,;:!?”\"])", re.I)
"""An address that is written out, in `<…>` or without."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No link begins with http:."""
    for page in module.pages:
        found: set[Problem] = set()
        for edition in editions(page):
            for _, match in matches(page, edition, LINK, DEFINED_LINK, _BARE):
                if told := _told(match["target"]):
                    span = match.span("target")
                    found.add(problem_at(page.document.path, match.string, span, "T202", *told))
        yield from found
    for source, keys, text in yaml_texts(module):
        for target in {m["target"] for one in (LINK, _BARE) for m in one.finditer(text)}:
            if told := _told(target):
                message, hint, fix = told
                yield source.problem(keys, "T202", message, hint, fix=fix)


def _told(target: str) -> tuple[str, str, Fix] | None:
    if not target.casefold().startswith("http:"):
        return None
    new = f"https:{target[5:]}"
    hint = f"Coba `{new}` di peramban, lalu pakai bila terbuka"
    return f"tautan `{target}` tidak terenkripsi", hint, Fix(target, new)
