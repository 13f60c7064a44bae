"""`pilar serve`: the site with live reload."""

from __future__ import annotations

import errno

import click

from pilar.model.edition import Edition

from . import indonesian
from .indonesian import project_root

_NO_ADDRESS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


def _address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise click.UsageError(
            f"nilai untuk `--address` harus berbentuk HOST:PORT, bukan `{value}`.", ctx
        )
    return value


@click.command(cls=indonesian.Command)
@click.argument("run", metavar="[PELATIHAN]", default="")
@indonesian.edition_option("Edisi yang ditampilkan.", Edition.PESERTA.value)
@click.option(
    "--address",
    metavar="HOST:PORT",
    default="127.0.0.1:8000",
    callback=_address,
    help="Alamat setempat.",
)
@click.option(
    "--worktree",
    is_flag=True,
    help="Pakai folder kerja apa adanya, juga bila pelatihannya sudah dikunci.",
)
def serve(run: str, edition: str, address: str, worktree: bool) -> None:
    """Tampilkan situs sambil menulis; halaman ikut berubah setiap kali disimpan."""
    from pilar.host.mkdocs import serve_site

    root = project_root()
    click.echo(
        f"Situs sedang disusun. Sesaat lagi, buka http://{address}/ di peramban. Berhenti: Ctrl+C.",
        err=True,
    )
    try:
        serve_site(root, run, Edition(edition), address, worktree)
    except OSError as error:
        if error.errno not in _NO_ADDRESS or error.filename:
            raise
        raise click.UsageError(
            f"alamat {address} tidak dapat dipakai, mungkin karena `pilar serve` lain masih "
            "berjalan. Pilih yang lain, misalnya --address 127.0.0.1:8001."
        ) from None
