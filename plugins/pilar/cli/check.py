"""`pilar check`: tells every problem, explains a rule, mends what is certain."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pilar.checks import reports
from pilar.cli import indonesian
from pilar.cli.indonesian import project_root
from pilar.content.files import printable
from pilar.model.problem import ContentError, Problem, suggestion
from pilar.model.rule import rules
from pilar.store import package


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
    from pilar.checks.columns import as_written
    from pilar.checks.fixes import mend
    from pilar.checks.memory import Memory
    from pilar.editions.site_config import rules_address
    from pilar.project.collector import uncollected
    from pilar.project.folder import check_project, everything
    from pilar.versions.checkout import project_files

    if explain is not None:
        if not indonesian.alone(ctx, "explain"):
            raise click.UsageError("`--explain` tidak dapat disertai yang lain.")
        click.echo(_page(explain.upper()), nl=False)
        return
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"PATH `{path}` tidak ada.")
    root = project_root(paths[0] if paths else None)
    for path in paths:
        here = path.resolve()
        if not (here.is_relative_to(root.resolve()) or root.resolve().is_relative_to(here)):
            raise click.UsageError(f"PATH `{path}` berada di luar proyek {root}.")
    pages, misplaced = "", list[Problem]()
    try:
        pages = rules_address(root)
    except ContentError as error:
        misplaced += error.problems
    memory = Memory(package.cache(root))
    with uncollected():
        checkout = check_project(root, memory=memory)
        found = misplaced + everything(checkout, memory)
        problems, lines = as_written(_below(root, paths, found), project_files(root, []))
    if fix and checkout.project:
        mended = mend(root, checkout.project, problems)
        for problem in mended:
            assert problem.fix
            place = f"{problem.path}:{problem.line}"
            change = f"diperbaiki: “{problem.fix.old}” menjadi “{problem.fix.new}”"
            if "\n" in problem.fix.new:
                change = "diperbaiki: baris kosong ditambahkan di atasnya"
            if not problem.fix.new:
                change = f"dihapus: {problem.fix.old}"
            click.echo(f"{place}: {problem.code} {change}", err=True)
        if mended:
            checkout = check_project(root, memory=memory)
            found = misplaced + everything(checkout, memory)
            problems, lines = as_written(_below(root, paths, found), project_files(root, []))
    project = checkout.project
    if report := reports.written(form, problems, lines, pages):
        click.echo(report)
    if form == "text" and project and not problems:
        if not paths:
            click.echo(f"{reports.overview(project)}\n")
        click.echo(
            f"Tidak ada masalah: {len(project.modules)} modul, {len(project.runs)} pelatihan."
        )
    sys.exit(any(strict or not problem.warning for problem in problems))


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
