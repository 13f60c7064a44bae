"""`pilar report`: what a run taught."""

from __future__ import annotations

from pathlib import Path

import click

from . import indonesian
from .indonesian import project_root, shown


@click.command(cls=indonesian.Command)
@click.argument("run", metavar="PELATIHAN")
@indonesian.out_option("build/laporan")
def report(run: str, out: Path | None) -> None:
    """Tulis laporan uji coba PELATIHAN dari hasilnya: halaman web, PDF, dan Word.

    Hasilnya dibaca dari runs/PELATIHAN.hasil/; berkas isiannya dibuat `pilar new hasil PELATIHAN`.
    Yang belum ada disebut belum ada; selebihnya dilaporkan.
    """
    from pilar.trial.write_report import FOLDER, write_report

    root = project_root()
    folder = indonesian.output_folder(root, out, f"build/{FOLDER}")
    click.echo("\n".join(shown(path) for path in write_report(root, run, folder)))
