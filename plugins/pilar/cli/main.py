"""The command `pilar`: its name, its version, and the commands it has."""

from __future__ import annotations

import click

from pilar import __version__

from . import indonesian
from .build import build
from .bump_module import bump
from .check import check
from .errata import errata
from .lock import lock
from .new import new
from .report import report
from .review import review
from .serve import serve


@click.group(cls=indonesian.Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, prog_name="pilar", help="Tampilkan versi.", message="%(prog)s %(version)s"
)
def pilar() -> None:
    """Modul pelatihan kesejahteraan sosial: periksa, lihat, dan buat situs serta bukunya."""


for command in (build, serve, bump, lock, errata, report, check, review, new):
    pilar.add_command(command)


def main() -> None:
    """Entry point of the console script."""
    indonesian.run(pilar)
