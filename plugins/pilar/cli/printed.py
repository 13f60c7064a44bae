"""The closing table of `pilar build`: what there is to print, how often, on how many sheets."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from pilar.editions.words import size

MOST_RUNS = 3
"""Runs whose papers are listed one by one; of more than that each has one line."""

_PIPE = 100
"""Columns where no terminal says how many it has."""
_SUMS = ("halaman", "lembar", "bita")


def print_tables(runs: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Print what the manifests of these runs list under `cetak`, a run at a time."""
    listed = [(run, _entries(manifest)) for run, manifest in runs]
    listed = [(run, entries) for run, entries in listed if entries]
    if 0 < len(listed) <= MOST_RUNS:
        for run, entries in listed:
            rows = [(_name(edition, entry), entry) for edition, entry in entries]
            _print(run, rows, f"Semua ({len(rows)} kertas dan buku)")
    elif listed:
        rows = [(run, _sum(entry for _, entry in entries)) for run, entries in listed]
        _print("Pelatihan", rows, f"Semua ({len(rows)} pelatihan)")


def _entries(manifest: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Edition and entry of all that is printed; what participants and trainers share, once."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for edition in sorted(manifest.get("cetak", {})):
        for entry in manifest["cetak"][edition]:
            name = entry["berkas"][0]
            shared = name.startswith("dokumen/")
            found.setdefault(name if shared else f"{edition}/{name}", (edition, entry))
    return list(found.values())


def _name(edition: str, entry: Mapping[str, Any]) -> str:
    """`pelatih/dokumen/rp-blc.pdf .docx`."""
    first, *others = entry["berkas"]
    return " ".join([f"{edition}/{first}", *(PurePosixPath(other).suffix for other in others)])


def _sum(entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    listed = list(entries)
    return {key: sum(entry[key] for entry in listed) for key in _SUMS} | {"salinan": ""}


def _print(head: str, rows: Sequence[tuple[str, Mapping[str, Any]]], total: str) -> None:
    from rich import box  # not before there is something to show
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    whole = _sum(entry for _, entry in rows)
    table.add_column(head, total, overflow="fold")
    for name, key in (("Halaman", "halaman"), ("Salinan", "salinan"), ("Lembar", "lembar")):
        table.add_column(name, str(whole[key]), justify="right")
    table.add_column("Ukuran", size(whole["bita"]), justify="right", no_wrap=True)
    for name, entry in rows:
        counts = (str(entry[key] or "") for key in ("halaman", "salinan", "lembar"))
        table.add_row(name, *counts, size(entry["bita"]))
    # A file or a pipe has no width; names of papers are not to be broken there.
    width = None if sys.stdout.isatty() else _PIPE
    Console(width=width, highlight=False, markup=False).print(table)
