"""`pilar new`: skeletons of modules and runs, tables for results."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from pilar.cli import indonesian
from pilar.cli.indonesian import project_root, shown


@click.group(cls=indonesian.Group)
def new() -> None:
    """Buat kerangka modul atau pelatihan baru, atau tabel hasil pelatihan."""


@new.command("module", cls=indonesian.Command)
@click.argument("slug", metavar="ID")
def new_module(slug: str) -> None:
    """Buat modules/ID dengan isi contoh; `pilar check` menyebut yang belum diganti."""
    from pilar.cli.scaffold import create_module

    root = project_root()
    _say(create_module(root, slug))
    click.echo(f"Sunting isinya, lalu periksa: pilar check modules/{slug}")
    click.echo("Agar dipakai, sebut modul ini di modules/kurikulum.yml.")


@new.command("run", cls=indonesian.Command)
@click.argument("run", metavar="ID")
def new_run(run: str) -> None:
    """Buat runs/ID.yml dengan jadwal yang memuat semua modul kurikulum.

    ID berbentuk tahun-bulan-tempat, misalnya 2025-10-situbondo. Pelatihan mulai pada Senin pertama
    bulan itu, dengan jeda bawaan; banyaknya hari dihitung dari jam modul.
    """
    from pilar.cli.scaffold import create_run

    root = project_root()
    _say(create_run(root, run))
    click.echo(f"Isi penyelenggara, tempat, dan asal peserta, lalu lihat: pilar serve {run}")


@new.command("hasil", cls=indonesian.Command)
@click.argument("run", metavar="ID")
def new_results(run: str) -> None:
    """Buat runs/ID.hasil/ dengan tabel untuk hasil pelatihan ID.

    Isi buku kerja .xlsx, atau berkas CSV di sebelahnya: jawaban tes, evaluasi, waktu, catatan,
    semuanya tanpa nama. Yang sudah ada tidak ditimpa.
    """
    from pilar.cli.scaffold import create_results

    root = project_root()
    for path, new in create_results(root, run):
        click.echo(f"{'dibuat' if new else 'sudah ada, dibiarkan'}: {shown(path)}")
    click.echo(f"Isi yang sudah kembali, lalu periksa: pilar check runs/{run}.yml")


def _say(created: Iterable[Path]) -> None:
    for path in created:
        click.echo(f"dibuat: {shown(path)}")
