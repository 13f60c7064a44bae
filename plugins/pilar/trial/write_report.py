"""`pilar report`: from the name of a run to the files of its report."""

from __future__ import annotations

from pathlib import Path

from pilar.evidence.run_evidence import run_evidence
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, WrongUsageError
from pilar.model.results import Results
from pilar.project.state import State, Workspace, uncollected
from pilar.store import package
from pilar.store.ownership import Kind, add_files, refuse_taken

from .printer import Printer
from .trial_report import Report

FOLDER = "laporan"
"""Where the files go, below build/."""


def write_report(root: Path, name: str, out: Path) -> list[Path]:
    """Write `laporan-<run>.html`, .pdf and .docx of a run into `out`.

    Raises UnknownNameError, ContentError for what is wrong with the run or its results,
    WrongUsageError where there are none, and ForeignError for such a file in `out` that is not
    Pilar's.
    """
    with Printer() as printer, uncollected():
        workspace = Workspace(root)
        state = workspace.folder()
        tree = state.tree(name, Edition.PELATIH)
        run = tree.run.id
        stem = f"{FOLDER}-{run}"
        refuse_taken(out, Kind.REPORT, (f"{stem}.{suffix}" for suffix in ("html", "pdf", "docx")))
        results = _results(state, run)
        templates = package.find(root, "overrides") / "kertas"
        report = Report(tree, run_evidence(results), templates, workspace.cache, printer)
        files = report.files(stem)
    add_files(out, Kind.REPORT, files)
    return [out / file for file in files]


def _results(state: State, run: str) -> Results:
    """What came back from a run; nothing wrong is passed over, for it would be missing unseen."""
    if wrong := state.result_problems.get(run):
        raise ContentError(wrong)
    reading = state.results.get(run)
    if reading is None or not any(reading.results.places()):
        raise WrongUsageError(
            f"pelatihan `{run}` belum mempunyai hasil. Buat berkas isiannya dengan "
            f"`pilar new hasil {run}`, isi, lalu ulangi."
        )
    return reading.results
