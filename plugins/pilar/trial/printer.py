"""Lays out the paper in a process of its own, while this one draws and writes the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING

from pilar.model.problem import StoppedError

if TYPE_CHECKING:
    from pilar.editions.book.rendered import Part

_PRESS = "pilar.editions.book.layout"


class Printer:
    """A process that can print; it loads WeasyPrint from the moment on at which it is made."""

    def __init__(self) -> None:
        self.pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.pool.submit(import_module, _PRESS)

    def __enter__(self) -> Printer:
        return self

    def __exit__(self, *exception: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def begin(
        self, name: str, html: str, css: str, assets: Mapping[str, bytes]
    ) -> Callable[[], Part]:
        """Begin to print; what it gives waits for the part, and raises ContentError."""
        printing = self.pool.submit(_print, name, html, css, assets)

        def finished() -> Part:
            try:
                return printing.result()
            except BrokenProcessPool:
                raise StoppedError(
                    "Proses pencetak dihentikan dari luar, mungkin karena memori habis."
                ) from None

        return finished


def _print(name: str, html: str, css: str, assets: Mapping[str, bytes]) -> Part:
    from pilar.editions.book.part import render_part
    from pilar.project.state import uncollected

    with uncollected():
        return render_part(name, html, css, assets)
