"""`pilar build`: sites, books and papers of runs; with --verify, whether all comes out the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilar.build.result import Result
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, Problem, StoppedError

from . import indonesian
from .indonesian import project_root
from .progress import progress

if TYPE_CHECKING:
    from pilar.build.options import Options


@click.command(cls=indonesian.Command)
@click.argument("runs", metavar="[PELATIHAN]...", nargs=-1)
@indonesian.edition_option("Buat satu edisi saja.")
@indonesian.out_option("build")
@click.option("--all", "every", is_flag=True, help="Semua pelatihan; sama dengan tanpa PELATIHAN.")
@click.option("--no-books", is_flag=True, help="Situs saja, tanpa buku dan kertas PDF.")
@click.option(
    "--booklet",
    is_flag=True,
    help="Juga buklet setiap buku: dua halaman pada satu sisi kertas, untuk dilipat.",
)
@click.option(
    "--worktree",
    is_flag=True,
    help="Pakai folder kerja apa adanya, dengan tanda DRAF di setiap halaman.",
)
@click.option(
    "--seal",
    is_flag=True,
    help="Segel edisi pelatih dengan kata sandi dari PILAR_PASSPHRASE, atau yang ditanyakan.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="JUMLAH",
    help="Jumlah proses.  [bawaan: sebanyak prosesor]",
)
@click.option(
    "--scheduler",
    metavar="ALAMAT",
    help="Serahkan pekerjaan kepada kluster Dask dengan penjadwal ini (tcp://nama:8786).",
)
@click.option("--quiet", is_flag=True, help="Diam, kecuali tentang yang tidak beres.")
@click.option(
    "--log",
    type=click.Choice(["teks", "json"]),
    default="teks",
    help="Bentuk laporan; json: satu objek JSON sebaris.  [bawaan: teks]",
)
@click.option(
    "--verify",
    "manifest",
    type=click.Path(exists=True, path_type=Path),
    metavar="MANIFES",
    help="Buat ulang di tempat lain apa yang dicatat MANIFES, lalu sebut berkas yang berbeda.",
)
@click.pass_context
def build(
    ctx: click.Context,
    *,
    runs: tuple[str, ...],
    every: bool,
    edition: str | None,
    out: Path | None,
    no_books: bool,
    booklet: bool,
    worktree: bool,
    seal: bool,
    jobs: int | None,
    scheduler: str | None,
    quiet: bool,
    log: str,
    manifest: Path | None,
) -> None:
    """Buat situs, buku, dan kertas setiap PELATIHAN (bawaan: semua).

    Hasilnya muncul utuh, atau yang lama tetap ada.
    """
    from pilar.build.options import Options
    from pilar.editions.address import base_address

    root = project_root()
    if every and runs:
        raise click.UsageError("--all membuat semua pelatihan; jangan sebut PELATIHAN.")
    if quiet and log != "teks":
        raise click.UsageError("--quiet tidak melaporkan apa-apa; jangan pakai --log json.")
    if scheduler and seal:
        raise click.UsageError(
            "--seal tidak dapat disertai --scheduler: kata sandi tidak dikirim lewat jaringan."
        )
    if scheduler and jobs:
        raise click.UsageError("--jobs adalah proses komputer ini; jangan pakai --scheduler.")
    if seal and edition == Edition.PESERTA:
        raise click.UsageError("--seal menyegel edisi pelatih; edisi peserta tidak disegel.")
    if booklet and no_books:
        raise click.UsageError("--booklet membuat buklet dari buku; jangan pakai --no-books.")
    jobs = jobs or os.cpu_count() or 1
    if manifest:
        if not indonesian.alone(ctx, "manifest", "jobs"):
            raise click.UsageError("`--verify` hanya dapat disertai `--jobs`.")
        _verify(root, manifest, jobs)
    folder = indonesian.output_folder(root, out, "build")
    if not seal and os.environ.get("PILAR_PASSPHRASE"):
        click.echo("PILAR_PASSPHRASE terisi, tetapi tanpa --seal tidak ada yang disegel.", err=True)
    options = Options(
        root=root,
        out=folder,
        runs=tuple(dict.fromkeys(runs)),
        editions=(Edition(edition),) if edition else tuple(Edition),
        books=not no_books,
        booklets=booklet,
        worktree=worktree,
        jobs=jobs,
        scheduler=scheduler or "",
        address=base_address(root),
        passphrase=_passphrase() if seal else "",
    )
    _build(options, quiet, log)


def _build(options: Options, quiet: bool, form: str) -> None:
    """Build, and say what came of it; what could not be made comes last."""
    from pilar.build.current import standing

    from .build_log import LOGS, QuietLog

    log, failure = QuietLog() if quiet else LOGS[form](), None
    if found := standing(options):  # without loading what makes anything
        for name in found:
            log.tell(Result(name, options.out / name, built=False))
        log.close(sealed=False)
        log.end(None)
        return
    from pilar.build.runs import build

    try:
        with log.working() as report:
            build(options, report, log.tell)
    except (ContentError, StoppedError) as error:
        failure = error
    log.close(bool(options.passphrase))
    for problem in _heavy(options, log.results):
        log.warn(problem)
    log.end(failure)


def _heavy(options: Options, results: Sequence[Result]) -> Iterator[Problem]:
    """What of the pages just made is heavier than phones should have to load."""
    from pilar.editions.web.budget import too_heavy

    for site in (each.folder / name for each in results for name in options.editions if each.built):
        sealed = options.passphrase and site.name == Edition.PELATIH
        if (site / "index.html").is_file() and not sealed:
            yield from too_heavy(site, options.root)


def _passphrase() -> str:
    from pilar.build.seal import read_passphrase  # loads cryptography

    return read_passphrase()


def _verify(root: Path, manifest: Path, jobs: int) -> None:
    from pilar.build.verify import verify

    with progress() as report:
        verdict = verify(root, manifest, jobs, report)
    click.echo("\n".join(verdict.lines()))
    sys.exit(not verdict.same)
