"""`pilar report`: from the name of a run to the files of its report."""

from __future__ import annotations

from pathlib import Path

from pilar.evidence.run_evidence import run_evidence
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem
from pilar.project.state import Workspace, uncollected
from pilar.store import package
from pilar.store.ownership import Kind, add_files, refuse_taken

from .trial_report import Report

FOLDER = "laporan"
"""Where the files go, below build/."""


def write_report(root: Path, name: str, out: Path) -> list[Path]:
    """Write `laporan-<run>.html`, .pdf and .docx of a run into `out`.

    Raises UnknownNameError, ContentError for what is wrong with the run or its results, and where
    there are none, and ForeignError for such a file in `out` that is not Pilar's.
    """
    from pilar.editions.book.part import render_part

    with uncollected():
        workspace = Workspace(root)
        state = workspace.folder()
        tree = state.tree(name, Edition.PELATIH)
        run = tree.run.id
        stem = f"{FOLDER}-{run}"
        refuse_taken(out, Kind.REPORT, (f"{stem}.{suffix}" for suffix in ("html", "pdf", "docx")))
        if wrong := state.result_problems.get(run):
            raise ContentError(wrong)
        reading = state.results.get(run)
        if reading is None:
            message = "pelatihan ini belum mempunyai hasil"
            hint = f"Buat berkas isiannya dengan `pilar new hasil {run}`, isi, lalu ulangi"
            raise ContentError([Problem(tree.run.source.path, 1, "U101", message, hint)])
        templates = package.find(root, "overrides") / "kertas"
        evidence = run_evidence(reading.results)
        report = Report(tree, evidence, templates, workspace.cache, render_part)
        files = report.files(stem)
    add_files(out, Kind.REPORT, files)
    return [out / file for file in files]
