"""Figures of `scripts/bench year` as a page and a plot: docs/bench.md, docs/bench.svg."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pilar.store.manifest import tools

from .bench_plot import plot
from .bench_spent import Spent, middle
from .bench_stock import PINS

ROWS = {
    "stock": "stock chain: MkDocs and Material twice, two joined PDFs",
    "zensical": "Zensical: two sites",
    "cold": "Pilar, from nothing: two sites, books, papers, packets, search, gate",
    "further": "Pilar, one further run of known versions",
    "edit": "Pilar, one paragraph edited and committed",
    "unchanged": "Pilar, nothing changed",
    "joined": "joining the books of both editions",
    "one render": "rendering the same pages at once",
    "check cold": "`pilar check` of 520 runs, first time",
    "check unchanged": "`pilar check` of 520 runs, nothing changed",
    "workers 1": "runs from nothing, one Dask worker",
    "workers 2": "the same runs, two Dask workers",
}
MISSING = "not measured"
Table = dict[str, Spent]
"""Medians by what was measured."""


def _ratio(above: str, below: str, figure: str = "processors") -> Callable[[Table], float]:
    return lambda table: getattr(table[above], figure) / getattr(table[below], figure)


def counts(table: Table) -> list[int]:
    """How many runs were built at once."""
    return sorted(int(what.split()[1]) for what in table if what.startswith("runs "))


def _average(table: Table) -> float:
    """Of a further run in the largest build, as a share of the first one."""
    most = counts(table)[-1]
    one, all_ = table["cold"].processors, table[f"runs {most}"].processors
    return (all_ - one) / (most - 1) / one


def _largest(table: Table) -> float:
    of_builds = ("cold", "further", *(what for what in table if what.startswith("runs ")))
    return max(table[what].memory for what in of_builds) / 1e6


def _growth(table: Table) -> float:
    return table[f"runs {counts(table)[-1]}"].memory / table["cold"].memory


GOALS: tuple[tuple[str, str, float, Callable[[Table], float]], ...] = (
    ("cold / stock chain, processors", "≤", 0.8, _ratio("cold", "stock")),
    ("cold / stock chain, clock", "≤", 0.8, _ratio("cold", "stock", "clock")),
    ("a further run / cold", "≤", 0.1, _ratio("further", "cold")),
    ("a further run among the most runs, on average / cold", "≤", 0.05, _average),
    ("one paragraph edited / cold", "≤", 0.15, _ratio("edit", "cold")),
    ("nothing changed, seconds", "≤", 0.5, lambda table: table["unchanged"].clock),
    ("one render / joining", "≥", 50, _ratio("one render", "joined")),
    ("520 runs / cold", "≤", 30, _ratio("runs 520", "cold")),
    ("largest process, the most runs / one", "≤", 1.1, _growth),
    ("largest process, MB", "≤", 400, _largest),
    (
        "two workers: how many times as fast as one",
        "≥",
        1.6,
        _ratio("workers 1", "workers 2", "clock"),
    ),
    (
        "`pilar check` of 520 runs, nothing changed, seconds",
        "≤",
        15,
        lambda t: t["check unchanged"].clock,
    ),
)


class Figures:
    """All that was measured so far, and where and when."""

    def __init__(self, root: Path, options: argparse.Namespace) -> None:
        self.root, self.options = root, options
        self.seen: dict[str, dict[str, list[Spent]]] = {}
        self.said: dict[str, list[str]] = {}
        self.before = os.getloadavg()[0]
        self.begun = datetime.now(UTC)
        self.commit = _git("rev-parse", "--short=10", "HEAD") + _changed()

    def say(self, curriculum: str, fact: str) -> None:
        """Have the page say something of a curriculum, once."""
        facts = self.said.setdefault(curriculum, [])
        if fact not in facts:
            facts.append(fact)

    def add(self, curriculum: str, what: str, spent: Spent) -> None:
        """Note one figure and write both files anew."""
        self.seen.setdefault(curriculum, {}).setdefault(what, []).append(spent)
        self.write()

    def write(self) -> None:
        """Write both files, with all that is known."""
        folder = self.root / "docs"
        folder.mkdir(exist_ok=True)
        tables = {name: _table(seen) for name, seen in self.seen.items()}
        (folder / "bench.md").write_text("\n".join(self._page(tables)) + "\n", "utf-8")
        (folder / "bench.svg").write_bytes(plot(tables))

    def _page(self, tables: dict[str, Table]) -> Iterator[str]:
        yield "# A year of runs, measured\n"
        yield (
            "Written by `scripts/bench year`; nothing here is typed. Seconds are those that all "
            "processors were busy, and of the clock; memory is that of the largest process. "
            f"Medians of {self.options.rounds} rounds, in which everything for one run is measured "
            "in turn; of many runs one build each, from nothing. A cluster of Dask, on the same "
            f"machine, builds {self.options.shared} runs.\n"
        )
        yield from (f"- {line}" for line in self._circumstances())
        yield "\n![Processors for one run; processors and memory by number of runs](bench.svg)\n"
        yield from _goals(tables)
        for name, table in tables.items():
            yield f"\n## The {name} curriculum\n"
            yield f"{'; '.join(self.said.get(name, []))}.\n"
            yield "| what | processors, s | clock, s | memory, MB | of the stock chain | of cold |"
            yield "| --- | ---: | ---: | ---: | ---: | ---: |"
            yield from (_row(what, table) for what in _order(table))

    def _circumstances(self) -> Iterator[str]:
        cpu = Path("/proc/cpuinfo").read_text("utf-8", "replace")
        model = next((x.split(":")[1].strip() for x in cpu.split("\n") if "model name" in x), "")
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        release = platform.freedesktop_os_release()["PRETTY_NAME"]
        model = model or platform.machine()
        yield f"Machine: {os.cpu_count()} × {model}, {memory:.0f} GB, {release}"
        yield f"Load when it began: {self.before:.1f}; processes of others count in the clock alone"
        now = datetime.now(UTC)
        yield f"Begun {self.begun:%Y-%m-%d %H:%M} UTC, last figure {now:%Y-%m-%d %H:%M} UTC"
        yield f"Commit: {self.commit}"
        ours = "python mkdocs mkdocs-material weasyprint pikepdf pango harfbuzz".split()
        said = [f"{name} {tools()[name]}" for name in ours if name in tools()]
        yield f"Versions: {', '.join([*said, *(pin.replace('==', ' ') for pin in PINS)])}"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _changed() -> str:
    changed = _git("status", "--porcelain", "--", ".", ":!docs")
    return ", with changes that are not committed" if changed else ""


def _table(seen: dict[str, list[Spent]]) -> Table:
    table = {what: middle(spent) for what, spent in seen.items()}
    for what in ("joined", "one render"):
        parts = [table.pop(name) for name in list(table) if name.startswith(f"{what} ")]
        if len(parts) == 2:
            table[what] = parts[0] + parts[1]
    return table


def _order(table: Table) -> list[str]:
    """Rows in the order of ROWS, then those of many runs; also what is missing."""
    many = [what for what in table if what.split()[0] in ("runs", "unchanged") and " " in what]
    return [*list(ROWS)[:6], *many, *list(ROWS)[6:]]


def _row(what: str, table: Table) -> str:
    kind, _, count = what.partition(" ")
    many = f"{count} runs, {'from nothing' if kind == 'runs' else 'nothing changed'}"
    label = ROWS.get(what) or many
    if what not in table:
        return f"| {label} | {MISSING} | | | | |"
    spent = table[what]
    shares = [
        f"{spent.processors / table[base].processors:.3f}" if base in table else ""
        for base in ("stock", "cold")
    ]
    clock = f"{spent.clock:.2f}" if spent.clock else ""
    memory = f"{spent.memory / 1e6:.0f}" if spent.memory else ""
    return f"| {label} | {spent.processors:.2f} | {clock} | {memory} | {' | '.join(shares)} |"


def _goals(tables: dict[str, Table]) -> Iterator[str]:
    yield f"| goal | bar | {' | '.join(tables)} |"
    yield "| --- | ---: |" + " ---: |" * len(tables)
    for label, sign, bar, figure in GOALS:
        found = " | ".join(_against(table, sign, bar, figure) for table in tables.values())
        yield f"| {label} | {sign} {bar:g} | {found} |"


def _against(table: Table, sign: str, bar: float, figure: Callable[[Table], float]) -> str:
    try:
        value = figure(table)
    except (KeyError, IndexError, ValueError):
        return MISSING
    held = value <= bar if sign == "≤" else value >= bar
    return f"{value:.3g}" if held else f"{value:.3g} (missed)"
