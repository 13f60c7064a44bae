"""What `pilar build` says while and after it works: for people, as JSON, or only what is amiss."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from pilar.editions.address import EDITIONS
from pilar.model.callback import Report, silent
from pilar.model.problem import ContentError, Problem, StoppedError
from pilar.store.manifest import files_below, read_manifest

from . import indonesian
from .indonesian import shown
from .progress import progress

if TYPE_CHECKING:
    from pilar.build.result import Result

STATES = DONE, SAME, FAILED = "selesai", "tidak berubah", "gagal"
"""States of a run after a build."""
KEPT = "tidak diperbarui"
"""State of public pages that could not be made anew."""


def state_of(result: Result) -> str:
    """Which of them a run is in; public pages that stay as they were fail nothing."""
    if result.run == EDITIONS and result.hindrance:
        return KEPT
    if result.problems or result.hindrance:
        return FAILED
    return DONE if result.built else SAME


def figures(result: Result) -> dict[str, Any]:
    """What a built run holds and took, as JSON names it.

    Pages and sheets are those of all that is printed, `bita` the bytes of its whole folder;
    `detik` are the seconds that its pieces took, added up, wherever they were made; of `simpanan`
    entries that the cache could have held it gave so many.
    """
    listed = read_manifest(result.folder).get("cetak", {})
    papers = {}
    for edition, entries in sorted(listed.items()):
        for entry in entries:
            name = entry["berkas"][0]
            papers[name if name.startswith("dokumen/") else f"{edition}/{name}"] = entry
    cost = result.cost
    return {
        "halaman": sum(entry["halaman"] for entry in papers.values()),
        "lembar": sum(entry["lembar"] for entry in papers.values()),
        "bita": sum(path.stat().st_size for path in files_below(result.folder)),
        "detik": round(cost.seconds, 2),
        "simpanan": {"diambil": cost.taken, "dibuat": cost.made},
        "memori": cost.memory,
    }


class Log:
    """For people: bars or lines while it works, then what became of each run."""

    def __init__(self) -> None:
        self.results: list[Result] = []

    @contextmanager
    def working(self) -> Iterator[Report]:
        """While it works."""
        with progress() as report:
            yield report

    def tell(self, result: Result) -> None:
        """Note what became of a run."""
        self.results.append(result)

    def warn(self, problem: Problem) -> None:
        """Say what stops no build."""
        click.echo(indonesian.paint(str(problem), problem.rule.severity), err=True)

    def close(self, sealed: bool) -> None:
        """Say what there is now, and how much of it."""
        # They came as they were finished; the public pages are of all of them.
        results = sorted(self.results, key=lambda each: (each.run == EDITIONS, each.run))
        for result in results:
            self._line(result, sealed)
        if made := [(each, figures(each)) for each in results if _counts(each)]:
            from .printed import print_tables

            print_tables(made)

    def end(self, failure: ContentError | StoppedError | None) -> None:
        """Where some run could not be made, the command's frame has the words for it."""
        if failure:
            raise failure
        if not self.results:
            click.echo("Belum ada pelatihan di runs/. Buat dengan: pilar new run ID")

    def _line(self, result: Result, sealed: bool) -> None:
        state, reason = state_of(result), result.hindrance
        if state in (FAILED, KEPT):
            why = f"karena {reason}" if reason else "masalahnya disebut di bawah"
            click.echo(f"{result.run}: {state}, {why}.")
            return
        state += ", disegel" if sealed and result.sealable else ""
        click.echo(f"{result.run}: {state}, lihat {shown(result.folder)}")
        if result.unsealed:
            click.echo(f"{result.run}: {_UNSEALED}")


_UNSEALED = (
    "edisi pelatih tadinya disegel, kini terbuka. Segel lagi dengan --seal sebelum foldernya "
    "diterbitkan."
)


class QuietLog(Log):
    """Says only what is amiss."""

    @contextmanager
    def working(self) -> Iterator[Report]:
        """Silently."""
        yield silent

    def end(self, failure: ContentError | StoppedError | None) -> None:
        """Where some run could not be made, the command's frame has the words for it."""
        if failure:
            raise failure

    def close(self, sealed: bool) -> None:
        """Say what was not made, and what lies open."""
        for result in self.results:
            if result.hindrance:
                click.echo(
                    f"{result.run}: {state_of(result)}, karena {result.hindrance}.", err=True
                )
            if result.unsealed:
                click.echo(f"{result.run}: {_UNSEALED}", err=True)


class JsonLog(Log):
    """One JSON object a line on standard output, as it happens; README lists the keys."""

    def __init__(self) -> None:
        super().__init__()
        self._began = time.monotonic()

    @contextmanager
    def working(self) -> Iterator[Report]:
        """Each step."""
        yield lambda what, done, total: self._say("langkah", nama=what, selesai=done, dari=total)

    def tell(self, result: Result) -> None:
        """Each run as it is there."""
        super().tell(result)
        numbers = figures(result) if _counts(result) else {}
        reason = {"sebab": result.hindrance} if result.hindrance else {}
        unsealed = {"terbuka": True} if result.unsealed else {}
        folder, state = str(result.folder), state_of(result)
        what = {"pelatihan": result.run, "keadaan": state, "folder": folder}
        self._say("pelatihan", **what, **numbers, **reason, **unsealed)

    def warn(self, problem: Problem) -> None:
        """As `pilar check --format json` has it."""
        self._problems([problem])

    def close(self, sealed: bool) -> None:
        """Nothing yet: what is wrong with the content comes before the last line."""

    def end(self, failure: ContentError | StoppedError | None) -> None:
        """Each problem of the content, then how many runs there are of each state."""
        if isinstance(failure, ContentError):
            self._problems(failure.problems)
        states = Counter(state_of(each) for each in self.results if each.run != EDITIONS)
        self._say("selesai", **{state.replace(" ", "_"): states[state] for state in STATES})
        if failure:
            sys.exit(1)

    def _problems(self, problems: Sequence[Problem]) -> None:
        from pilar.checks import reports

        for row in json.loads(reports.as_json(problems)):
            self._say("masalah", **row)

    def _say(self, event: str, **facts: Any) -> None:
        line = {"peristiwa": event, "pada": round(time.monotonic() - self._began, 2), **facts}
        click.echo(json.dumps(line, ensure_ascii=False))


def _counts(result: Result) -> bool:
    """Whether there are figures of it: it was made now, and is a run."""
    return result.built and result.run != EDITIONS


LOGS: Mapping[str, type[Log]] = {"teks": Log, "json": JsonLog}
"""By the value of --log."""
