"""`pilar lock`: pins what a run is made from, to the byte."""

from __future__ import annotations

import click

from . import indonesian
from .indonesian import project_root, shown


@click.command(cls=indonesian.Command)
@click.argument("run", metavar="PELATIHAN")
@click.option(
    "--upgrade",
    metavar="SLUG",
    multiple=True,
    help="Modul (atau `kurikulum`) yang dikunci ulang; dapat disebut berkali-kali.",
)
@click.argument("more", metavar="[SLUG]...", nargs=-1)
def lock(run: str, upgrade: tuple[str, ...], more: tuple[str, ...]) -> None:
    """Kunci versi PELATIHAN: catat isi yang dipakainya, sampai ke bita.

    Yang sudah dikunci tidak berubah, kecuali disebut sesudah --upgrade.
    """
    from pilar.project.state import Workspace
    from pilar.versions.lockfile import lock_run

    if more and not upgrade:
        raise click.UsageError("sebut modul sesudah --upgrade.")
    state = Workspace(project_root()).folder()
    found = state.sound.run(run)
    path, changed = lock_run(state.library, found, (*upgrade, *more))
    click.echo(f"{shown(path)}: {'ditulis' if changed else 'tidak berubah'}")
