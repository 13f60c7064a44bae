"""Y202: curly quotes around a value are no quotes of YAML, and are printed."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.content.yaml_mending import curled, quoted
from pilar.model.curriculum import Module
from pilar.model.position import Located
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts, Project
from pilar.model.span import text_at

_SPOKEN = (".", "?", "!", "…")
"""How a sentence that somebody says ends; quotes around it are meant."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """modul.yml and aset/gambar.yml; questions and their choices may well be what is said."""
    yield from _curled(module.source)
    yield from _curled(module.pictures_source)


def check_project(project: Project) -> Iterator[Problem]:
    """The curriculum and the runs."""
    yield from _curled(project.curriculum_source)
    for run in project.runs.values():
        yield from _curled(run.source)


def _curled(source: Located) -> Iterator[Problem]:
    for keys, place in source.ranges.items():
        if place[0] != place[2] or place == source.names.get(keys):
            continue
        meant = curled(written := text_at(source.text, place))
        if meant and (keys[-1:] == ("judul",) or not meant.endswith(_SPOKEN)):
            message = "tanda kutip lengkung di kedua ujung teks ini ikut tercetak"
            hint = f"Pakai tanda kutip lurus: {quoted(meant)}"
            problem = Problem(source.path, place[0], "Y202", message, hint)
            yield problem.at(place, Fix(written, quoted(meant), safe=True))
