"""The invented people of cases and examples: who they are, and in which modules they appear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field

from .blocks import Frozen, Text
from .curriculum import Slug
from .position import Located


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Character(Frozen):
    """An entry of tokoh.yml: one name, one person."""

    nama: Annotated[str, Field(pattern=r"^[A-Z][\w'’-]*$")]
    sapaan: Annotated[
        tuple[Text, ...],
        BeforeValidator(_one_or_more, json_schema_input_type=str | tuple[Text, ...]),
    ] = ()
    """How others address this person (*Bu*, *Pak*, *Mbah*); none for a child called by name."""
    modul: Annotated[tuple[Slug, ...], Field(min_length=1)]
    peran: str = ""


@dataclass(frozen=True)
class Cast:
    """modules/tokoh.yml, which a project need not have: then nothing is asked of names."""

    entries: tuple[Character, ...] = ()
    source: Located = field(default=Located("modules/tokoh.yml"), compare=False)

    @cached_property
    def by_name(self) -> Mapping[str, Character]:
        """Each name with the person who was given it first."""
        return {entry.nama: entry for entry in reversed(self.entries)}


NOBODY = Cast()
"""Of a project without a register."""
