"""`pilar bump`: a module's next version, in every place that must know it."""

from __future__ import annotations

import click

from pilar.model.semver import LEVELS

from . import indonesian
from .indonesian import project_root


@click.command("bump", cls=indonesian.Command)
@click.argument("module", metavar="MODUL")
@click.argument(
    "level", metavar="[ralat|tambahan|besar]", required=False, type=click.Choice(LEVELS[::-1])
)
def bump(module: str, level: str | None) -> None:
    """Naikkan versi MODUL: di modul.yml, perubahan.md, dan kurikulum sekaligus.

    ralat: kata saja; tambahan: halaman, kegiatan, soal, atau menit; besar: jam, indikator, atau
    susunan. Tanpa tingkat, dipakai yang diperlukan oleh perubahan sejak versi terakhir yang ada
    di riwayat git atau dikunci. Versi kurikulum ikut naik bila yang lama sudah dikunci.
    """
    from pilar.model.problem import ContentError
    from pilar.project.state import Workspace
    from pilar.store.atomic import rewrite
    from pilar.versions.raising import NotRaisedError, raise_version

    root = project_root()
    if not (root / "modules").is_dir():
        raise NotRaisedError("folder modules/ tidak ada di sini. Jalankan git checkout dahulu.")
    state = Workspace(root).folder()
    if problems := state.unread_of(module):
        raise ContentError(problems)
    found = raise_version(state.library, module, level or "")
    rewrite({root / name: data for name, data in found.files.items()})
    reason = f": {found.reason}" if found.reason else ""
    change = f"tetap {found.new}"
    if found.old != found.new:
        change = f"{found.old} → {found.new} ({found.level})"
    click.echo(f"{module}: {change}{reason}.")
    for line in found.lines:
        click.echo(f"  {line}")
    click.echo(f"Lalu periksa: pilar check. Tingkat lain: pilar bump {module} TINGKAT.")
