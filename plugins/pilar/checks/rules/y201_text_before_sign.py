"""Y201: a text that is printed does not end at a sign that begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.content.yaml_mending import cut_off, cut_text
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_ONE_SPACE = re.compile(" #+ .*")
"""A comment is set off with two spaces (yamllint), so this may be text."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Texts of modul.yml and soal.yml; what stands right behind the sign is Y108's matter."""
    for source, keys, text in module.texts():
        if _ONE_SPACE.fullmatch(rest := cut_off(source, keys)):
            yield cut_text(source, keys, "Y201", text, rest)
