"""Jinja, set up once: templates of one folder, autoescaped, with the filters of `words`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .words import FILTERS


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
    )
    made.filters.update(FILTERS, **filters)
    if style:
        made.globals["gaya"] = Markup(" ".join((folder / style).read_text("utf-8").split()))
    return made
