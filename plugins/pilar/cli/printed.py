"""The closing tables of `pilar build`: what there is to print, and what pages of books are like."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pilar.editions.words import size
from pilar.store.manifest import read_manifest

if TYPE_CHECKING:
    from pilar.build.result import Result

MOST_RUNS = 3
"""Runs whose papers are listed one by one; of more than that each has one line alone."""

_PIPE = 100
"""Columns where no terminal says how many it has."""
_FULL = 0.9
"""How much of the text areas of a book should be taken, in the mean."""
_BETTER = {
    "lengang": "Halaman yang terisi kurang dari separuh",
    "terpotong": "Kegiatan di lebih dari dua halaman yang berhadapan",
    "menyendiri": "Butir, baris, larik, atau judul yang sendirian di tepi halaman",
}
_SUMS = ("halaman", "lembar", "bita")


def print_tables(runs: Sequence[tuple[Result, Mapping[str, Any]]]) -> None:
    """Print of each built run what its manifest lists under `cetak`, then all runs in one table,
    with their `figures` (build_log.py).
    """
    listed = [(each.run, _entries(read_manifest(each.folder))) for each, _ in runs]
    if len(runs) <= MOST_RUNS:
        for run, entries in listed:
            rows = [(_name(edition, entry), entry) for edition, entry in entries]
            if rows:
                _print_paper(run, rows, f"Semua ({len(rows)} kertas dan buku)")
                _print_quality([(name, entry["mutu"]) for name, entry in rows if "mutu" in entry])
    else:
        _print_poor([entry["mutu"] for _, of in listed for _, entry in of if "mutu" in entry])
    if runs:
        _print_runs([(each.run, numbers) for each, numbers in runs])


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


def _print_paper(head: str, rows: Sequence[tuple[str, Mapping[str, Any]]], total: str) -> None:
    keys = ("halaman", "salinan", "lembar")
    whole = _sum(entry for _, entry in rows)
    sums = (*(str(whole[key]) for key in keys), size(whole["bita"]))
    heads = dict(zip(("Halaman", "Salinan", "Lembar", "Ukuran"), sums, strict=True))
    _print(
        {head: total, **heads},
        [
            (name, *(str(entry[key] or "") for key in keys), size(entry["bita"]))
            for name, entry in rows
        ],
    )


def _print_runs(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """A run a row: what it holds, what it took, and how much of that was there already."""
    whole = {key: sum(of[key] for _, of in rows) for key in ("halaman", "lembar", "bita", "detik")}
    store = {k: sum(of["simpanan"][k] for _, of in rows) for k in ("diambil", "dibuat")}
    rows = [*rows, (f"Semua ({len(rows)} pelatihan)", {**whole, "simpanan": store})]
    cells = [
        (
            name,
            str(of["halaman"] or ""),
            str(of["lembar"] or ""),
            size(of["bita"]),
            f"{of['detik']:.1f}".replace(".", ","),
            _percent(**of["simpanan"]),
        )
        for name, of in rows
    ]
    heads = ("Pelatihan", "Halaman", "Lembar", "Ukuran", "Detik", "Dari simpanan")
    last = cells.pop()
    _print({"Pelatihan": last[0], **dict(zip(heads[1:], last[1:], strict=True))}, cells)


def _percent(diambil: int, dibuat: int) -> str:
    return f"{100 * diambil // (diambil + dibuat)}%" if diambil + dibuat else ""


def _print_quality(books: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """What `page_quality.summary` says of books, then in a line each what could be better."""
    if not books:
        return
    heads = ("Terisi", "Kegiatan", "Satu\nhalaman", "Satu\nbukaan", "Terpotong", "Sendirian")
    keys = ("kegiatan", "satu_halaman", "satu_bukaan", "terpotong", "menyendiri")
    _print(
        dict.fromkeys(("Mutu halaman buku", *heads), ""),
        [(name, _share(of["isi"]), *(_count(of[key]) for key in keys)) for name, of in books],
    )
    _print_poor([of for _, of in books])
    for key, what in _BETTER.items():
        places: dict[str, dict[str, None]] = defaultdict(dict)
        for name, of in books:  # that of all modules has the same as theirs
            places[name.partition("/buku/")[0]] |= dict.fromkeys(of[key])
        if found := [f"{name}: {', '.join(where)}" for name, where in places.items() if where]:
            print(f"{what}: {'; '.join(found)}.")


def _print_poor(books: Sequence[Mapping[str, Any]]) -> None:
    if poor := sum((of["isi"] or 1) < _FULL for of in books):
        print(f"Bagian bidang teks yang terisi kurang dari {_share(_FULL)} di {poor} buku.")


def _count(value: int | Sequence[str]) -> str:
    return str(value if isinstance(value, int) else len(value))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace(".", ",")


def _print(heads: Mapping[str, str], rows: Iterable[Sequence[str]]) -> None:
    """A table: its heads, what stands below each column at its foot, and rows."""
    from rich import box  # not before there is something to show
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_footer=any(heads.values()), pad_edge=False)
    for number, (head, foot) in enumerate(heads.items()):
        if number == 0:
            table.add_column(head, foot, overflow="fold")
        else:
            table.add_column(head, foot, justify="right", no_wrap=head == "Ukuran")
    for row in rows:
        table.add_row(*row)
    # A file or a pipe has no width; names of papers are not to be broken there.
    width = None if sys.stdout.isatty() else _PIPE
    Console(width=width, highlight=False, markup=False).print(table)
