"""A command that is forked from what is loaded does what one does that starts from nothing."""

from __future__ import annotations

import pytest

from .commands import Project
from .launcher import HOST

FRESH = {"COLUMNS": "100"}
"""What is not Pilar's own in the environment lets a command start from nothing."""


@pytest.mark.parametrize(
    ("program", "arguments", "code"),
    [
        ("pilar", ["check"], 1),
        ("pilar", ["--version"], 0),
        ("pilar", ["bild"], 2),
        (HOST, ["build", "--config-file", "tidak-ada.yml"], 2),
        ("pilar", ["build", "--out", "/dev/null/hasil"], 1),
    ],
)
def test_outcomes_are_the_same(minimal: Project, program: str, arguments: list[str], code: int):
    minimal.replace("modules/sapa/modul.yml", "prasyarat: []", "prasarat: []")
    forked = minimal.run(program, *arguments, PILAR_SITE_URL="https://contoh.example")
    assert forked.code == code
    assert forked == minimal.run(
        program, *arguments, PILAR_SITE_URL="https://contoh.example", **FRESH
    )
    assert bool(forked.out or forked.err)
