"""Folders of results among the content, `runs/<id>.hasil/`, and the runs that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilar.assembly.handed_out import handed_out
from pilar.content.files import Files, below
from pilar.content.project import run_names
from pilar.content.results.results_reader import Reading, read_results
from pilar.model.problem import Problem, suggestion
from pilar.model.results import FOLDER

from .run_state import RunState


def readings(files: Files, runs: Mapping[str, RunState]) -> dict[str, Reading]:
    """The results of every run that has any, by its id; of runs whose content is to be had."""
    found: dict[str, Reading] = {}
    for name in _named(files):
        if (state := runs.get(name)) and (content := state.content):
            folder = f"runs/{name}{FOLDER}"
            out = handed_out(state.run, content.modules, state.days)
            found[name] = read_results(below(files, folder), folder, out)
    return found


def misplaced(files: Files) -> Iterator[Problem]:
    """Folders of results that no run has."""
    known = run_names(files)
    for name in _named(files):
        if name not in known:
            message = f"tidak ada pelatihan `{name}` yang memiliki hasil ini"
            path = f"runs/{name}{FOLDER}"
            yield Problem(path, 1, "U102", message, suggestion(name, known))


def _named(files: Files) -> list[str]:
    """Ids of the runs after which folders of results are called."""
    folders = {path.partition("/")[0] for path in below(files, "runs") if "/" in path}
    return sorted(name.removesuffix(FOLDER) for name in folders if name.endswith(FOLDER))
