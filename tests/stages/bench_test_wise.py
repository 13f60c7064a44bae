"""How much of the question banks is solved without knowing the matter.

    python -m tests.stages.bench_test_wise [FOLDER]

A row a module, then all of them: multiple-choice questions, in how many no choice is longer than
the key, how many the cues solve; at last how often each cue points, and at the key.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pilar.checks.test_wise import CUES, key_place, pointers, wiseness
from pilar.model.curriculum import Question
from pilar.project.state import Workspace


def row(name: str, bank: Iterable[Question]) -> str:
    found = wiseness(bank)
    return (
        f"{name:24}{found.questions:6}{float(found.share_longest):9.0%}"
        f"{float(found.share_solved):9.0%}"
    )


def main() -> None:
    modules = Workspace(Path(sys.argv[1] if len(sys.argv) > 1 else ".")).folder().modules
    bank = [question for module in modules.values() for question in module.questions]
    tests = [question for question in bank if {"pretest", "posttest"} & {*question.pakai}]
    print(f"{'':24}{'soal':>6}{'panjang':>9}{'tertebak':>9}")
    print(*(row(slug, module.questions) for slug, module in sorted(modules.items())), sep="\n")
    print(row("semua", bank), row("hanya soal tes", tests), "", sep="\n")
    for name in CUES:
        found = [(pointers(q).get(name), key_place(q)) for q in bank if q.choices]
        hits = [place == key for place, key in found if place is not None]
        print(f"{name:34}{len(hits):4} kali, {sum(hits):3} kali kunci")


if __name__ == "__main__":
    main()
