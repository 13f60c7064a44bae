"""The command `pilar review`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pilar.cli import indonesian
from pilar.cli.indonesian import project_root, shown
from pilar.cli.progress import progress


@click.command(cls=indonesian.Command)
@click.option("--base", metavar="KOMIT", required=True, help="Keadaan sebelumnya.")
@click.option("--head", metavar="KOMIT", default="HEAD", help="Keadaan baru.  [bawaan: HEAD]")
@click.option("--worktree", is_flag=True, help="Keadaan baru: folder kerja apa adanya.")
@indonesian.out_option("ulasan")
@click.option("--no-pictures", is_flag=True, help="Tanpa mencetak halaman yang berubah.")
@click.option(
    "--link",
    metavar="ALAMAT",
    default="index.html",
    help="Alamat laporan untuk tautan di ringkasan.  [bawaan: index.html]",
)
def review(
    base: str, head: str, worktree: bool, out: Path | None, no_pictures: bool, link: str
) -> None:
    """Bandingkan dua komit: apa akibatnya bagi jam, indikator, pelatihan, halaman, dan kata.

    KOMIT adalah cabang, tag, atau komit. Bila cabang dasar sudah maju, yang dipakai adalah titik
    cabangnya. Folder kerja tidak disentuh.
    """
    from pilar.editions.address import rules_address
    from pilar.review.report.overview import headline
    from pilar.review.write import Options, write_review

    if worktree and head != "HEAD":
        raise click.UsageError("pilih salah satu: --head atau --worktree.")
    root = project_root()
    folder = indonesian.output_folder(root, out, "ulasan")
    options = Options(
        root=root,
        out=folder,
        base=base,
        head=head,
        worktree=worktree,
        pictures=not no_pictures,
        link=link,
        rules=rules_address(root),
    )
    with progress() as report:
        found = write_review(options, report)
    click.echo(f"{headline(found)}\nLihat {shown(folder / 'index.html')}")
    sys.exit(bool(found.unreadable))
