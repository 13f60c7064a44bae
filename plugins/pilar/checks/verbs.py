"""Operational verbs by level: kko.txt."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def _levels() -> Mapping[str, str]:
    levels: dict[str, str] = {}
    for line in (Path(__file__).parent / "kko.txt").read_text("utf-8").splitlines():
        level, found, verbs = line.partition("#")[0].partition(":")
        if found:
            levels |= {verb: level.strip() for verb in verbs.split()}
    return levels


def level_of(verb: str) -> str:
    """C1 to C6, P (skill) or A (attitude); empty for a word that is no operational verb."""
    return _levels().get(verb.casefold(), "")
