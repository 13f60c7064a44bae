"""`pilar build`: sites, books and papers of runs; with --verify, whether all comes out the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pilar.model.edition import Edition

from . import indonesian
from .indonesian import project_root, shown
from .progress import progress


@click.command(cls=indonesian.Command)
@click.argument("runs", metavar="[PELATIHAN]...", nargs=-1)
@indonesian.edition_option("Buat satu edisi saja.")
@indonesian.out_option("build")
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
    edition: str | None,
    out: Path | None,
    no_books: bool,
    booklet: bool,
    worktree: bool,
    seal: bool,
    jobs: int | None,
    manifest: Path | None,
) -> None:
    """Buat situs, buku, dan kertas setiap PELATIHAN (bawaan: semua).

    Hasilnya muncul utuh, atau yang lama tetap ada.
    """
    from pilar.build.options import Options
    from pilar.build.runs import build
    from pilar.build.seal import read_passphrase
    from pilar.editions.address import EDITIONS, base_address
    from pilar.editions.web.budget import too_heavy
    from pilar.store.manifest import read_manifest

    from .printed import print_tables

    root = project_root()
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
        address=base_address(root),
        passphrase=read_passphrase() if seal else "",
    )
    with progress() as report:
        results = build(options, report)
    for result in results:
        if result.hindrance:
            click.echo(f"{result.run}: tidak diperbarui, karena {result.hindrance}.")
            continue
        state = "selesai" if result.built else "tidak berubah"
        state += ", disegel" if seal and result.sealable else ""
        click.echo(f"{result.run}: {state}, lihat {shown(result.folder)}")
        if result.unsealed:
            click.echo(
                f"{result.run}: edisi pelatih tadinya disegel, kini terbuka. "
                "Segel lagi dengan --seal sebelum foldernya diterbitkan."
            )
    print_tables(
        [
            (each.run, read_manifest(each.folder))
            for each in results
            if each.built and each.run != EDITIONS
        ]
    )
    sites = (each.folder / name for each in results for name in Edition if each.built)
    for site in sites:
        if (site / "index.html").is_file() and not (seal and site.name == Edition.PELATIH):
            for problem in too_heavy(site, root):
                click.echo(indonesian.paint(str(problem), problem.rule.severity), err=True)
    if not results:
        click.echo("Belum ada pelatihan di runs/. Buat dengan: pilar new run ID")


def _verify(root: Path, manifest: Path, jobs: int) -> None:
    from pilar.build.verify import verify

    with progress() as report:
        verdict = verify(root, manifest, jobs, report)
    click.echo("\n".join(verdict.lines()))
    sys.exit(not verdict.same)
