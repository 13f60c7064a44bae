"""T202: links to the web are encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.links import DEFINED_LINK, LINK, matches, yaml_texts
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_BARE = re.compile(r"(?<![\w(=/.?&])(?P<target>http://[^\s)>\]]*[^\s)>\].,;:!?”\"])", re.I)
"""An address that is written out, in `<…>` or without."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No link begins with http:."""
    for page, _, match in matches(module, LINK, DEFINED_LINK, _BARE):
        if words := _found(target := match["target"]):
            problem = Problem(page.document.path, 1, "T202", *words)
            new = _encrypted(target)
            yield problem.at_match(match, "target", at=target, instead=new)
    for source, keys, text in yaml_texts(module):
        for target in {m["target"] for one in (LINK, _BARE) for m in one.finditer(text)}:
            if words := _found(target):
                new = _encrypted(target)
                yield source.problem(keys, "T202", *words, at=target, instead=new)


def _found(target: str) -> tuple[str, str] | None:
    if not target.casefold().startswith("http:"):
        return None
    hint = f"Coba `{_encrypted(target)}` di peramban, lalu pakai bila terbuka"
    return f"tautan `{target}` tidak terenkripsi", hint


def _encrypted(target: str) -> str:
    return f"https:{target[5:]}"
