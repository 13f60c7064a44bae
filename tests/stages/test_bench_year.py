"""What `scripts/bench year` rests on: its curriculum, its plain Markdown, its clocks, its page."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from pilar.store.manifest import digest

from . import bench_figures, bench_national
from .bench_place import PILAR, Place
from .bench_spent import Spent, middle, spend
from .bench_stock import plain
from .bench_year import beside_alone

BUSY = "import time\nwhile time.process_time() < 0.2: pass\n"
LEFT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"
"""Ends at once, and leaves a process behind."""


def test_the_curriculum_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for root in (first, second):
        bench_national.write(root)
    assert digest(first) == digest(second)
    pages = [path.read_text("utf-8") for path in first.glob("modules/*/*.md")]
    words = [len(page.split()) for page in pages]
    assert len(pages) == 24 * 8
    assert 1_500 < sum(words) / len(words) < 1_700


@dataclass
class _Place:
    """Stands for a Place whose last run is another one when it is built alone."""

    out: Path
    held: list[int] = field(default_factory=list)

    def cold(self, runs: int) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        self.held = [*range(runs)]

    def hold(self, number: int) -> str:
        self.held = sorted({*self.held, number})
        return f"run-{number}"

    def build(self, *_: str) -> None:
        for number in self.held:
            (self.out / f"run-{number}").mkdir(parents=True)
            text = "alone" if self.held == [8] else "any"
            (self.out / f"run-{number}/x").write_text(text, "utf-8")


def test_runs_that_are_others_when_built_alone_are_counted(tmp_path: Path) -> None:
    place = _Place(tmp_path / "out")
    for count, said in ((7, "1, 4, 7 also built alone: 3"), (9, "1, 5, 9 also built alone: 2")):
        place.cold(count)
        place.build()
        assert said in beside_alone(cast(Place, place), count)


@pytest.mark.panjang
def test_pilar_accepts_the_curriculum(tmp_path: Path) -> None:
    bench_national.write(tmp_path)
    done = subprocess.run([PILAR, "check"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_plain_markdown_has_the_words_and_nothing_of_our_blocks() -> None:
    options = json.dumps({"judul": "Barisan kelas", "kode": "BLC-K1"})
    page = f"""# Judul

//// kegiatan | {options}
Berdirilah. Isilah [Lembar Kerja BLC-LK1](#blc-lk1), lalu [baca](bab.md).

/// pelatih | {{"judul": ""}}
Sapa kelas.
///
////
"""
    text = plain(page)
    assert "///" not in text
    assert "{" not in text
    assert "**Barisan kelas**" in text
    assert "Isilah Lembar Kerja BLC-LK1, lalu [baca](bab.md)." in text
    assert "Sapa kelas." in text


@pytest.mark.parametrize("code", [BUSY, LEFT])
def test_what_a_command_leaves_behind_counts_too(tmp_path: Path, code: str) -> None:
    spent = spend([sys.executable, "-c", code], tmp_path, tmp_path / "log")
    assert spent.processors >= 0.2
    assert spent.memory > 1e6


def test_a_command_that_fails_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError, match="3"):
        spend([sys.executable, "-c", "exit(3)"], tmp_path, tmp_path / "log")


def test_medians() -> None:
    assert middle([Spent(1, 9, 5), Spent(3, 7, 5), Spent(2, 8, 6)]) == Spent(2, 8, 5)


def test_the_page_says_what_was_not_measured_and_what_missed_its_goal(tmp_path: Path) -> None:
    figures = bench_figures.Figures(tmp_path, argparse.Namespace(rounds=1, shared=10))
    figures.add("real", "stock", Spent(50, 60, 4e8))
    figures.add("real", "cold", Spent(45, 30, 3e8))
    page = (tmp_path / "docs/bench.md").read_text("utf-8")
    assert "| cold / stock chain, processors | ≤ 0.8 | 0.9 (missed) |" in page
    assert "| cold / stock chain, clock | ≤ 0.8 | 0.5 |" in page
    assert f"| {bench_figures.ROWS['further']} | {bench_figures.MISSING} | | | | |" in page
    assert (tmp_path / "docs/bench.svg").read_bytes().startswith(b"<?xml")
