"""The plot of `scripts/bench year`: black, white and grey, the same bytes for the same figures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from .bench_spent import Spent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Table = dict[str, Spent]
_ONE = {
    "stock": ("stock chain", "0.75"),
    "zensical": ("Zensical, sites alone", "0.75"),
    "cold": ("from nothing", "0.2"),
    "further": ("a further run", "0.2"),
    "edit": ("one paragraph edited", "0.2"),
    "unchanged": ("nothing changed", "0.2"),
}
"""Label and grey of what is measured for one run; dark is ours."""
MOST_MEMORY = 400
"""MB that a worker may take."""
_LOOK: Any = {
    "font.size": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.fonttype": "path",
    "svg.hashsalt": "pilar",  # else ids within the file are drawn at random
}


def plot(tables: dict[str, Table]) -> bytes:
    """SVG: a row for each curriculum; processors for one run, then time and memory by runs."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    target = io.BytesIO()
    with mpl.rc_context(_LOOK):
        figure = Figure(figsize=(10, 2.9 * len(tables)), layout="constrained")
        rows = figure.subplots(len(tables), 3, squeeze=False, width_ratios=(4, 3, 3))
        for (name, table), (one, time, memory) in zip(tables.items(), rows, strict=True):
            _one_run(one, name, table)
            _by_runs(time, table)
            _memory(memory, table)
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return target.getvalue()


def _one_run(axes: Axes, name: str, table: Table) -> None:
    shown = [what for what in _ONE if what in table][::-1]
    seconds = [table[what].processors for what in shown]
    bars = axes.barh([_ONE[w][0] for w in shown], seconds, color=[_ONE[w][1] for w in shown])
    axes.bar_label(bars, [f"{value:.3g}" for value in seconds], padding=2)
    axes.set(xlabel="processors, s")
    axes.set_title(f"One run, {name} curriculum", loc="left")
    axes.margins(x=0.15)


def _counted(table: Table) -> list[tuple[int, Spent]]:
    many = [(int(w.split()[1]), spent) for w, spent in table.items() if w.startswith("runs ")]
    one = [(1, table["cold"])] if "cold" in table else []
    return sorted(one + many, key=lambda row: row[0])


def _by_runs(axes: Axes, table: Table) -> None:
    many = _counted(table)
    axes.set_title("Many runs in one command", loc="left")
    axes.set(xlabel="runs", ylabel="processors, s", xscale="log", yscale="log")
    if not many:
        return
    runs = _ticks(axes, many)
    axes.plot(runs, [spent.processors for _, spent in many], "o-", color="0.2", label="Pilar")
    if "stock" in table:
        each = table["stock"].processors
        line = [each * count for count in runs]
        axes.plot(runs, line, "s--", color="0.6", label="stock chain × runs")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.legend(loc="upper left")


def _memory(axes: Axes, table: Table) -> None:
    many = _counted(table)
    axes.set_title("Largest process", loc="left")
    axes.set(xlabel="runs", ylabel="MB", xscale="log")
    axes.axhline(MOST_MEMORY, color="0.6", linestyle=":", label=f"bar: {MOST_MEMORY} MB")
    if many:
        sizes = [spent.memory / 1e6 for _, spent in many]
        axes.plot(_ticks(axes, many), sizes, "o-", color="0.2", label="Pilar")
    axes.set_ylim(0, 1.1 * axes.get_ylim()[1])
    axes.legend(loc="lower right")


def _ticks(axes: Axes, many: list[tuple[int, Spent]]) -> list[int]:
    """Mark the numbers of runs that were built, and no others."""
    runs = [count for count, _ in many]
    axes.set_xticks(runs, map(str, runs))
    axes.set_xticks([], minor=True)
    return runs
