"""A year of runs: what Pilar costs beside the usual tools, for one run and for many.

python -m tests.stages.bench_year ROOT [--rounds 3] [--runs 10,100] [--curricula real,synthetic]

Everything is measured in one go; what is compared in turn, several rounds of it, of which the
medians count. Of many runs one build each, from nothing. A year has 520 runs: `--runs 10,100,520`
takes hours. Writes docs/bench.md and docs/bench.svg of ROOT, anew after each figure.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from pilar.model.edition import Edition
from pilar.store.manifest import digest

from . import bench_cluster, bench_joining, bench_stock
from .bench_figures import Figures
from .bench_place import Place, made, real, synthetic
from .bench_spent import Spent, spend

CURRICULA = {"real": real, "synthetic": synthetic}
YEAR = 520
"""Runs."""


def one_run(place: Place, stock: Path, texts: Path, turn: int) -> Iterator[tuple[str, Spent]]:
    """What is compared for one run, once each."""
    yield "stock", _peer([stock / "mkdocs", "build", "--quiet", "--clean"], texts)
    yield "zensical", _peer([stock / "zensical", "build", "--clean"], texts)
    place.cold(1)
    first = place.hold(0)
    yield "cold", place.build(first)
    yield "unchanged", place.build(first)
    yield "further", place.build(place.hold(1 + turn))
    place.unlock(first)
    place.build(first)
    place.edit()
    yield "edit", place.build(first)
    place.restore()


def _peer(command: list[str | Path], texts: Path) -> Spent:
    """Both editions, one after the other, as the other tool builds them."""
    both = [
        spend(command, texts / edition, texts / "log", NO_MKDOCS_2_WARNING="1")
        for edition in Edition
    ]
    return both[0] + both[1]


def many_runs(place: Place, counts: list[int]) -> Iterator[tuple[str, Spent]]:
    """Builds of many runs in one command, each from nothing, and of the last once more."""
    for count in counts:
        place.cold(count)
        yield f"runs {count}", place.build()
    yield f"unchanged {counts[-1]}", place.build()


def books(place: Place) -> Iterator[tuple[str, Spent]]:
    """The joined books of both editions, and the same pages as one render; no other figures.

    In a process of their own: what a process holds counts as memory of those it begins (fork(2)).
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as aside:
        yield from aside.submit(_books, place).result()


def _books(place: Place) -> list[tuple[str, Spent]]:
    return [
        (f"{what} {tree.edition}", Spent(seconds, 0, 0))
        for tree in place.trees()
        for what, _, seconds in bench_joining.compared(tree, place.root, place.cache)
    ]


def year_of_checks(place: Place) -> Iterator[tuple[str, Spent]]:
    """`pilar check` of a year of runs: first, and when nothing has changed."""
    place.cold(YEAR)
    yield "check cold", place.pilar("check")
    yield "check unchanged", place.pilar("check")


def beside_alone(place: Place, count: int) -> str:
    """What the first, the middle and the last of the runs just built are beside what each of them
    is when it is built alone, from nothing.
    """
    numbers = sorted({0, count // 2, count - 1})
    together = [digest(place.out / place.hold(number)) for number in numbers]
    alone = []
    for number in numbers:
        place.cold(0)
        name = place.hold(number)
        place.build(name)
        alone.append(digest(place.out / name))
    same = sum(one == other for one, other in zip(together, alone, strict=True))
    named = ", ".join(str(number + 1) for number in numbers)
    return f"of {count} runs, numbers {named} also built alone: {same} the same to the byte"


def steps(
    place: Place, stock: Path, texts: Path, options: argparse.Namespace
) -> Iterator[tuple[str, Spent]]:
    """All of one curriculum, the quickest first."""
    for turn in range(options.rounds):
        yield from one_run(place, stock, texts, turn)
    yield from books(place)
    yield from year_of_checks(place)
    yield from bench_cluster.workers(place, options.shared)
    yield from many_runs(place, options.runs)


def measure(root: Path, work: Path, options: argparse.Namespace) -> None:
    """Measure all that the options ask for, and write it after each figure."""
    figures = Figures(root, options)
    stock = bench_stock.environment(work / "stock")
    for name in options.curricula:
        place, texts = CURRICULA[name](root, work / name), work / f"{name}-stock"
        for edition, tree in zip(Edition, place.trees(), strict=True):
            bench_stock.write(tree, texts / edition)
        figures.say(name, place.size())
        for what, spent in steps(place, stock, texts, options):
            if what == "stock":
                figures.say(name, f"the stock chain makes {made(*texts.glob('*/site'))}")
            elif what == "cold":
                figures.say(name, f"Pilar makes of one run {made(place.out)}")
            seconds = f"{spent.processors:8.2f} s of processors, {spent.clock:8.2f} s"
            print(f"{name:10} {what:18} {seconds}, {spent.memory / 1e6:6.0f} MB", flush=True)
            figures.add(name, what, spent)
        figures.say(name, beside_alone(place, options.runs[-1]))
        figures.write()
        for folder in (place.root, place.out, place.cache):
            shutil.rmtree(folder, ignore_errors=True)


def _numbers(text: str) -> list[int]:
    return sorted(map(int, text.split(",")))


def main(arguments: list[str]) -> None:
    """Read the command line; see above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", type=_numbers, default=[10, 100])
    parser.add_argument("--shared", type=int, default=10, help="runs built by a cluster")
    parser.add_argument("--curricula", type=lambda text: text.split(","), default=[*CURRICULA])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            measure(options.root.resolve(), Path(folder), options)
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error}\n{error.output or ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
