"""`pilar check`: reports every problem, explains a rule, fixes what is certain."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilar.checks import reports
from pilar.content.files import printable
from pilar.model.problem import ContentError, Problem, suggestion
from pilar.model.rule import rules

from . import indonesian
from .indonesian import project_root

if TYPE_CHECKING:  # loads what reads and checks, which --help does without
    from pilar.checks.reports import Lines
    from pilar.project.state import State


@click.command(cls=indonesian.Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(reports.FORMATS)),
    default="text",
    help="Bentuk laporan.  [bawaan: text]",
)
@click.option("--strict", is_flag=True, help="Peringatan pun membuat status keluar 1.")
@click.option(
    "--fix", is_flag=True, help="Perbaiki dahulu yang pasti; isi yang sudah dikunci tidak disentuh."
)
@click.option("--explain", metavar="KODE", help="Jelaskan satu kode, lalu selesai.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    fix: bool,
    explain: str | None,
) -> None:
    """Periksa isi; sebut setiap masalah, barisnya, dan jalan keluarnya.

    PATH membatasi laporan (dan perbaikan) pada berkas atau folder itu.
    """
    from pilar.checks.fixes import fixed
    from pilar.project.state import Workspace, uncollected
    from pilar.store.atomic import rewrite
    from pilar.store.cache import prune

    if explain is not None:
        if not indonesian.alone(ctx, "explain"):
            raise click.UsageError("`--explain` tidak dapat disertai yang lain.")
        click.echo(_page(explain.upper()), nl=False)
        return
    root = _root_of(paths)
    pages, misplaced = _rule_pages(root)
    workspace = Workspace(root)

    def look() -> tuple[State, Sequence[Problem], Lines]:
        state = workspace.folder()
        found = _below(root, paths, [*misplaced, *state.problems])
        return state, *reports.as_written(found, state.files)

    prune(workspace.cache)
    with uncollected():
        state, problems, lines = look()
        if fix and state.project:
            changed, applied = fixed(state.files, state.project, problems)
            rewrite({root / name: data for name, data in changed.items()})
            for problem in applied:
                click.echo(_fixed(problem), err=True)
            if changed:
                state, problems, lines = look()
    if report := reports.written(form, problems, lines, pages):
        click.echo(report)
    if form == "text" and state.project and not problems:
        if not paths:
            click.echo(f"{reports.overview(state.project)}\n")
        counts = f"{len(state.modules)} modul, {len(state.runs)} pelatihan"
        click.echo(f"Tidak ada masalah: {counts}.")
    sys.exit(any(strict or not problem.warning for problem in problems))


def _root_of(paths: Sequence[Path]) -> Path:
    """The project that all paths lie in, or hold."""
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"PATH `{path}` tidak ada.")
    root = project_root(paths[0] if paths else None)
    for path in paths:
        here = path.resolve()
        if not (here.is_relative_to(root.resolve()) or root.resolve().is_relative_to(here)):
            raise click.UsageError(f"PATH `{path}` berada di luar proyek {root}.")
    return root


def _rule_pages(root: Path) -> tuple[str, Sequence[Problem]]:
    """The address of the rules' pages, or what is wrong with it: one problem among the others."""
    from pilar.editions.address import rules_address

    try:
        return rules_address(root), ()
    except ContentError as error:
        return "", error.problems


def _fixed(problem: Problem) -> str:
    assert problem.fix
    change = f"diperbaiki: “{problem.fix.old}” menjadi “{problem.fix.new}”"
    if "\n" in problem.fix.old:
        change = f"diperbaiki, sampai baris {problem.end_line}"
    elif "\n" in problem.fix.new:
        change = "diperbaiki: baris kosong ditambahkan di atasnya"
    if not problem.fix.new:
        change = f"dihapus: {problem.fix.old}"
    return f"{problem.path}:{problem.line}: {problem.code} {change}"


def _page(code: str) -> str:
    if code not in rules():
        raise click.UsageError(f"kode `{code}` tidak dikenal. {suggestion(code, rules())}.")
    return rules()[code].page


def _below(root: Path, paths: Sequence[Path], problems: list[Problem]) -> list[Problem]:
    """The problems of these files and folders; all of them without any."""
    places = [path.resolve() for path in paths]
    # Problems name files in signs that a terminal can show.
    wanted = [*places, *(Path(printable(str(path))) for path in places)]
    return [
        problem
        for problem in problems
        if not wanted
        or any((root / problem.path).resolve().is_relative_to(path) for path in wanted)
    ]
