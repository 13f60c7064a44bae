"""Operational verbs by level: kko.txt."""

from __future__ import annotations

import re
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


_ABLE = re.compile(r"^(?:(?:peserta|dapat|mampu|akan)\s+)+", re.I)


def first_verb(indicator: str) -> str:
    """What an indicator asks for, in lower case: its first word, “mampu” and “dapat” aside."""
    found = re.match(r"\W*(\w+(?:-\w+)*)", _ABLE.sub("", indicator.strip(), count=1))
    return found[1].casefold() if found else indicator.casefold()
