"""Jinja, set up once: templates of one folder, autoescaped, with the filters of `words`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from .words import FILTERS


class _Compiled(BytecodeCache):
    """What templates were compiled to, by their source, for as long as the process lives: each run
    and edition has environments of its own. Never on disk, for it is code.
    """

    def __init__(self) -> None:
        self._known: dict[object, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get(self._key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> object:
        made = bucket.environment
        return bucket.key, bucket.checksum, made.autoescape, made.trim_blocks, *made.extensions


COMPILED = _Compiled()
"""For every environment, ours and the host's."""


def environment(folder: Path, style: str = "", **filters: Callable[..., Any]) -> Environment:
    """Templates of `folder` (below overrides/), with `filters` beside the common ones.

    `style` names a style sheet of the folder, which templates have as `gaya`, in one line. An
    undefined variable raises jinja2.UndefinedError instead of printing nothing.
    """
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    made.filters.update(FILTERS, **filters)
    if style:
        made.globals["gaya"] = Markup(" ".join((folder / style).read_text("utf-8").split()))
    return made
