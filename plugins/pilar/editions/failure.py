"""The page that stands for a site that cannot be built."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pilar.model.problem import Problem

from .templates import environment


def problem_page(templates: Path, problems: Sequence[Problem], reason: str = "") -> str:
    """HTML of problems, file by file, or of another `reason`; `templates` is overrides/edisi."""
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.path, []).append(problem)
    made = environment(templates, style="edisi.css")
    return made.get_template("masalah.html").render(
        berkas=files, jumlah=len(problems), sebab=reason
    )
