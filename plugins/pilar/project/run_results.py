"""Folders of results among the content, `runs/<id>.hasil/`, and the runs that they are of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field

from pilar.assembly.handed_out import handed_out
from pilar.content.files import Files, below, run_names
from pilar.content.results.results_reader import Reading, read_results
from pilar.evidence.pooled import Pool
from pilar.evidence.run_evidence import run_evidence
from pilar.model.problem import Problem, suggestion
from pilar.model.results import FOLDER

from .run_state import RunState


@dataclass(frozen=True)
class Evidence:
    """What the results of runs show; those of example runs, which are invented, by themselves."""

    real: Pool = field(default_factory=Pool)
    invented: Pool = field(default_factory=Pool)

    @property
    def shown(self) -> Pool:
        """What there is to look at: examples only as long as there is nothing else."""
        return self.real or self.invented

    @property
    def example(self) -> bool:
        """Is that invented?"""
        return not self.real


def evidence(
    found: Mapping[str, Reading], runs: Mapping[str, RunState], wrong: Container[str]
) -> Evidence:
    """The evidence of the runs that have results with nothing `wrong` in them."""
    fit = [
        (runs[name].run.example, run_evidence(reading.results))
        for name, reading in sorted(found.items())
        if name not in wrong and any(reading.results.places())
    ]
    pools = (Pool(tuple(e for invented, e in fit if invented is kind)) for kind in (False, True))
    return Evidence(*pools)


def identity(files: Files, runs: Collection[RunState]) -> str:
    """Identifies what the results of these runs rest on: what was handed out and what came back."""
    parts = []
    for state in runs:
        content = state.content
        modules = content.modules.values() if content else ()
        made = [(module.slug, module.digest) for module in modules]
        back = below(files, f"runs/{state.run.id}{FOLDER}")
        hashes = [(name, hashlib.sha256(data).hexdigest()) for name, data in sorted(back.items())]
        parts.append((state.run.id, state.run.digest, made, hashes))
    return json.dumps(parts)


def readings(files: Files, runs: Mapping[str, RunState]) -> dict[str, Reading]:
    """The results of every run that has any, by its id; of runs whose content is to be had."""
    found: dict[str, Reading] = {}
    for name in named(files):
        if (state := runs.get(name)) and (content := state.content):
            folder = f"runs/{name}{FOLDER}"
            out = handed_out(state.run, content.modules, state.days)
            found[name] = read_results(below(files, folder), folder, out)
    return found


def misplaced(files: Files) -> Iterator[Problem]:
    """Folders of results that no run has."""
    known = run_names(files)
    for name in named(files):
        if name not in known:
            message = f"tidak ada pelatihan `{name}` yang memiliki hasil ini"
            path = f"runs/{name}{FOLDER}"
            yield Problem(path, 1, "U102", message, suggestion(name, known))


def named(files: Files) -> list[str]:
    """Ids of the runs after which folders of results are called."""
    folders = {path.partition("/")[0] for path in below(files, "runs") if "/" in path}
    return sorted(name.removesuffix(FOLDER) for name in folders if name.endswith(FOLDER))
