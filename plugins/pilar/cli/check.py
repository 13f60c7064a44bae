"""`pilar check`: reports every problem, explains a rule, fixes what is certain."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
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
@click.option(
    "--unverified", is_flag=True, help="Sebut juga setiap hal yang masih perlu diverifikasi."
)
@click.option("--explain", metavar="KODE", help="Jelaskan satu kode, lalu selesai.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    fix: bool,
    unverified: bool,
    explain: str | None,
) -> None:
    """Periksa isi; sebut setiap masalah, barisnya, dan jalan keluarnya.

    PATH membatasi laporan (dan perbaikan) pada berkas atau folder itu, dan yang menyertainya:
    kunci versi (.lock) untuk sebuah pelatihan.
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

    belongs = _scope(root, paths)

    def look() -> tuple[State, Sequence[Problem], Lines]:
        state = workspace.folder()
        found = [p for p in (*misplaced, *state.problems) if belongs(p.path)]
        return state, *reports.as_written(found, state.files)

    prune(workspace.cache)
    with uncollected():
        state, problems, lines = look()
        for _ in range(_PASSES if fix else 0):
            if state.project is None:
                break
            changed, applied = fixed(state.files, state.project, problems)
            rewrite({root / name: data for name, data in changed.items()})
            for problem in applied:
                click.echo(_fixed(problem), err=True)
            if not changed:
                break
            state, problems, lines = look()
    if form != "text":
        if report := reports.written(form, problems, lines, pages):
            click.echo(report)
    else:
        _tell(state, problems, pages, all_of_it=not paths)
        listed = reports.unverified(state.project) if state.project else []
        doubtful = [f"{path}:{line}: {words}" for path, line, words in listed if belongs(path)]
        if unverified:
            forms = [] if paths else ["", "Bentuk kertas yang perlu diverifikasi", *_forms()]
            click.echo("\n".join([*forms, "", f"Perlu verifikasi ({len(doubtful)})", *doubtful]))
        elif doubtful and not problems:
            click.echo(f"\n{len(doubtful)} hal perlu diverifikasi. Daftarnya: {_LIST}")
    sys.exit(any(strict or not problem.warning for problem in problems))


def _forms() -> list[str]:
    """What of the papers' forms was seen in no official source."""
    from pilar.editions.papers.catalogue import UNVERIFIED

    return [f"{stem}: {what}" for stem, what in UNVERIFIED.items()]


_PASSES = 5
"""How often `--fix` looks again: what is mended may let another mistake be seen."""
_LIST = "pilar check --unverified"


def _tell(state: State, problems: Sequence[Problem], pages: str, *, all_of_it: bool) -> None:
    """The verdict, and below it the problems, or what a sound curriculum holds."""
    if problems:
        click.echo(reports.text(problems, pages, indonesian.paint))
    elif state.project:
        counts = f"{len(state.modules)} modul, {len(state.runs)} pelatihan"
        click.echo(f"{click.style('Tidak ada masalah', fg='green')}: {counts}.")
        if all_of_it:
            click.echo(f"\n{reports.overview(state.project)}")


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


def _scope(root: Path, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Whether a file, by its path in the project, belongs to one of these files and folders: lies
    in it, or is of the same run. Without any, every file does.
    """
    places = [path.resolve() for path in paths]
    runs = (root / "runs").resolve()
    places += [
        path.with_suffix(suffix)
        for path in places
        if path.parent == runs
        for suffix in (".yml", ".lock", ".hasil")
    ]
    # Problems name files in signs that a terminal can show.
    wanted = {*places, *(Path(printable(str(path))) for path in places)}

    def belongs(name: str) -> bool:
        path = (root / name).resolve()
        return not paths or any(path.is_relative_to(place) for place in wanted)

    return belongs
