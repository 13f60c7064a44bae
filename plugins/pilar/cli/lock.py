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
    help="Modul yang dikunci ulang; `kurikulum`: kurikulum, rujukan, glosarium, dan modul yang "
    "versinya diganti kurikulum itu; `glosarium`: glosarium saja. Dapat disebut berkali-kali.",
)
@click.argument("more", metavar="[SLUG]...", nargs=-1)
def lock(run: str, upgrade: tuple[str, ...], more: tuple[str, ...]) -> None:
    """Kunci versi PELATIHAN: catat isi yang dipakainya, sampai ke bita.

    Yang dikunci adalah isi komit git, menurut versi yang disebut runs/PELATIHAN.yml dan kurikulum.
    Yang sudah dikunci tidak berubah, kecuali disebut sesudah --upgrade. Yang tidak dapat dibuat
    menjadi buku dan situs tidak dikunci; masalahnya disebut semua.
    """
    from pilar.project.locked_run import lock_run
    from pilar.project.state import Workspace

    if more and not upgrade:
        raise click.UsageError("sebut modul sesudah --upgrade.")
    state = Workspace(project_root()).folder()
    found = lock_run(state, run, (*upgrade, *more))
    click.echo(f"{shown(found.path)}: {'ditulis' if found.changed else 'tidak berubah'}")
    for line in found.lines():
        click.echo(f"  {line}")
