"""`pilar errata`: does a printed copy still hold?"""

from __future__ import annotations

from pathlib import Path

import click

from pilar.model.edition import Edition

from . import indonesian
from .indonesian import project_root, shown


@click.command(cls=indonesian.Command)
@click.argument("run", metavar="PELATIHAN")
@click.option("--since", metavar="PELATIHAN", default="", help="Pelatihan yang Anda ajar dahulu.")
@indonesian.edition_option("Untuk siapa.", Edition.PELATIH.value)
@indonesian.out_option("build/ralat")
def errata(run: str, since: str, edition: str, out: Path | None) -> None:
    """Sebut apa yang berubah sejak PELATIHAN: ralat dahulu, lalu yang lain.

    Hasilnya juga satu halaman web dan selembar PDF. Dengan --since: apa yang berubah sejak
    pelatihan itu sampai PELATIHAN.
    """
    from pilar.errata.sheet import FOLDER, write_errata

    root = project_root()
    folder = indonesian.output_folder(root, out, f"build/{FOLDER}")
    found = write_errata(root, run, since, Edition(edition), folder)
    click.echo(f"{found.text}\n\nHalaman: {shown(found.page)}\nLembar: {shown(found.sheet)}")
