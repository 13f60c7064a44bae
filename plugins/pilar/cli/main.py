"""The command `pilar`. Parses and prints; the work is done elsewhere.

Exit status: 0 fine, 1 the content has problems (all are printed), 2 wrong usage.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click

from pilar import __version__
from pilar.cli import indonesian
from pilar.cli.check import check
from pilar.cli.indonesian import fail, project_root, shown
from pilar.cli.new import new
from pilar.cli.progress import progress
from pilar.cli.review import review
from pilar.model.edition import Edition
from pilar.model.problem import ContentError, UnknownNameError


@click.group(cls=indonesian.Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, prog_name="pilar", help="Tampilkan versi.", message="%(prog)s %(version)s"
)
def pilar() -> None:
    """Modul pelatihan kesejahteraan sosial: periksa, lihat, dan buat situs serta bukunya."""


@pilar.command(cls=indonesian.Command)
@click.argument("runs", metavar="[PELATIHAN]...", nargs=-1)
@click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    help="Buat satu edisi saja.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder hasil.  [bawaan: build]",
)
@click.option("--no-books", is_flag=True, help="Situs saja, tanpa buku PDF.")
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
    runs: tuple[str, ...],
    edition: str | None,
    out: Path | None,
    no_books: bool,
    worktree: bool,
    seal: bool,
    jobs: int | None,
    manifest: Path | None,
) -> None:
    """Buat situs dan buku setiap PELATIHAN (bawaan: semua).

    Hasilnya muncul utuh, atau yang lama tetap ada.
    """
    from pilar.build.runs import Options, build
    from pilar.build.workers import BuildStoppedError
    from pilar.editions.site_config import base_address

    root = project_root()
    if seal and edition == Edition.PESERTA:
        raise click.UsageError("--seal menyegel edisi pelatih; edisi peserta tidak disegel.")
    jobs = jobs or os.cpu_count() or 1
    if manifest:
        if not indonesian.alone(ctx, "manifest", "jobs"):
            raise click.UsageError("`--verify` hanya dapat disertai `--jobs`.")
        _verify(root, manifest, jobs)
        return
    folder = indonesian.output_folder(root, out, "build")
    if not seal and os.environ.get("PILAR_PASSPHRASE"):
        click.echo("PILAR_PASSPHRASE terisi, tetapi tanpa --seal tidak ada yang disegel.", err=True)
    try:
        address = base_address(root)
    except ContentError as error:
        fail(error)
    options = Options(
        root,
        folder,
        tuple(dict.fromkeys(runs)),
        (Edition(edition),) if edition else tuple(Edition),
        not no_books,
        worktree,
        jobs,
        _passphrase() if seal else "",
        address,
    )
    try:
        with progress() as report:
            results = build(options, report)
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    except ContentError as error:
        fail(error)
    except BuildStoppedError as error:
        click.echo(f"{error} Hasil yang lama tetap ada.", err=True)
        sys.exit(1)
    for result in results:
        state = "selesai" if result.built else "tidak berubah"
        state += ", disegel" if seal and result.sealable else ""
        if result.hindrance:
            click.echo(f"{result.run}: tidak diperbarui, karena {result.hindrance}.")
            continue
        click.echo(f"{result.run}: {state}, lihat {shown(result.folder)}")
        if result.unsealed:
            click.echo(
                f"{result.run}: edisi pelatih tadinya disegel, kini terbuka. "
                "Segel lagi dengan --seal sebelum foldernya diterbitkan."
            )
    if not results:
        click.echo("Belum ada pelatihan di runs/. Buat dengan: pilar new run ID")


def _passphrase() -> str:
    from pilar.build.seal import PassphraseError, read_passphrase

    try:
        return read_passphrase()
    except PassphraseError as error:
        raise click.UsageError(str(error)) from None


def _verify(root: Path, manifest: Path, jobs: int) -> None:
    from pilar.build.verify import verify
    from pilar.build.workers import BuildStoppedError

    try:
        with progress() as report:
            verdict = verify(root, manifest, jobs, report)
    except ContentError as error:
        fail(error)
    except BuildStoppedError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo("\n".join(verdict.lines()))
    sys.exit(not verdict.same)


_NO_ADDRESS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


def _address(ctx: click.Context, param: click.Parameter, value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise click.UsageError(
            f"nilai untuk `--address` harus berbentuk HOST:PORT, bukan `{value}`.", ctx
        )
    return value


@pilar.command(cls=indonesian.Command)
@click.argument("run", metavar="[PELATIHAN]", default="")
@click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    default=Edition.PESERTA.value,
    help="Edisi yang ditampilkan.  [bawaan: peserta]",
)
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
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        if error.errno not in _NO_ADDRESS or error.filename:
            raise
        raise click.UsageError(
            f"alamat {address} tidak dapat dipakai, mungkin karena `pilar serve` lain masih "
            "berjalan. Pilih yang lain, misalnya --address 127.0.0.1:8001."
        ) from None
    except ContentError as error:
        fail(error)


@pilar.command(cls=indonesian.Command)
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
    from pilar.versions.lockfile import lock_run

    if more and not upgrade:
        raise click.UsageError("sebut modul sesudah --upgrade.")
    root = project_root()
    try:
        path, changed = lock_run(root, run, (*upgrade, *more))
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    except ContentError as error:
        fail(error)
    click.echo(f"{shown(path)}: {'ditulis' if changed else 'tidak berubah'}")


@pilar.command(cls=indonesian.Command)
@click.argument("run", metavar="PELATIHAN")
@click.option("--since", metavar="PELATIHAN", default="", help="Pelatihan yang Anda ajar dahulu.")
@click.option(
    "--edition",
    type=click.Choice([edition.value for edition in Edition]),
    default=Edition.PELATIH.value,
    help="Untuk siapa.  [bawaan: pelatih]",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Folder hasil.  [bawaan: build/ralat]",
)
def errata(run: str, since: str, edition: str, out: Path | None) -> None:
    """Sebut apa yang berubah sejak PELATIHAN: ralat dahulu, lalu yang lain.

    Hasilnya juga satu halaman web dan selembar PDF. Dengan --since: apa yang berubah sejak
    pelatihan itu sampai PELATIHAN.
    """
    from pilar.errata.sheet import FOLDER, write_errata

    root = project_root()
    folder = indonesian.output_folder(root, out, f"build/{FOLDER}")
    try:
        found = write_errata(root, run, since, Edition(edition), folder)
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    except ContentError as error:
        fail(error)
    click.echo(f"{found.text}\n\nHalaman: {shown(found.page)}\nLembar: {shown(found.sheet)}")


pilar.add_command(check)
pilar.add_command(review)
pilar.add_command(new)


def main() -> None:
    """Entry point of the console script."""
    indonesian.run(pilar)
