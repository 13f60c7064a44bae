"""From a folder to what is asked of it: the checked project, a run, its tree."""

from __future__ import annotations

from pathlib import Path

from pilar.assembly.timetable import timetable
from pilar.assembly.tree import EditionTree, assemble, pin_modules
from pilar.checks import check_content
from pilar.content.project import read_project
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem, suggestion
from pilar.model.run import Project, Run
from pilar.syntax.render import LostBlockError, render


def check_project(root: Path) -> tuple[Project | None, list[Problem]]:
    """Read and check everything below `root`.

    Gives the project and all problems; the project is only fit for use when there are none. Runs
    are laid out only when the modules they stand on are sound, for their mistakes would follow
    from those.
    """
    project, problems = read_project(root)
    if project is None:
        return None, problems
    problems = [*problems, *check_content(project)]
    if not problems:
        problems = [problem for run in project.runs.values() for problem in _run(project, run)]
    return project, sorted(set(problems))


def _run(project: Project, run: Run) -> list[Problem]:
    modules, problems = pin_modules(project, run)
    if problems:
        return problems
    _, problems = timetable(run, modules)
    return problems or [
        problem for edition in Edition for problem in lost_blocks(assemble(project, run, edition))
    ]


def lost_blocks(tree: EditionTree) -> list[Problem]:
    """Blocks that Markdown does not take for such where they stand."""
    problems: list[Problem] = []
    for node in tree.modules:
        for page in node.pages:
            try:
                render(page.source)
            except LostBlockError as error:
                problems += [
                    Problem(
                        page.page.document.path,
                        line,
                        "B115",
                        "Markdown tidak mengenali blok ini di tempatnya",
                        "Beri baris kosong di atasnya, dan pastikan indentasinya sama dengan "
                        "isi daftar atau kotak yang memuatnya",
                    )
                    for line in error.lines
                ]
    return problems


def find_run(project: Project, name: str) -> Run:
    """The run called `name`, or the newest one for an empty name.

    Raises KeyError with an Indonesian message.
    """
    if not project.runs:
        raise KeyError("belum ada pelatihan di runs/; buat dengan `pilar new run ID`")
    if not name:
        return max(project.runs.values(), key=lambda run: (run.file.tanggal.mulai, run.id))
    if name not in project.runs:
        raise KeyError(f"pelatihan `{name}` tidak ada. {suggestion(name, project.runs)}.")
    return project.runs[name]


def load_tree(root: Path, name: str, edition: Edition) -> EditionTree:
    """The tree of one edition of a run. Raises ContentError with every problem."""
    project, problems = check_project(root)
    if project is None or problems:
        raise ContentError(problems)
    return assemble(project, find_run(project, name), edition)
