"""R207: no pause cuts a session into pieces too short to begin anything in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pilar.assembly.day import Day, Slot
from pilar.model.position import Keys
from pilar.model.problem import Problem
from pilar.model.run import Run
from pilar.model.schedule import NEAR, clock

SHORTEST = 10
"""Minutes."""


def check_run(run: Run, days: tuple[Day, ...]) -> Iterator[Problem]:
    """Neither before nor after a pause is less than `SHORTEST` minutes of what it cuts."""
    for day in days:
        for before, pause, after in _cuts(day):
            title, first, last = _pieces(before, after)
            # Earlier by the piece before it, or later by the one after it, the pause cuts nothing.
            for side, minutes, better in (
                ("sebelumnya", first, pause.start - first),
                ("sesudahnya", last, pause.start + last),
            ):
                if minutes < SHORTEST:
                    message = (
                        f"jeda {pause.title} {pause.time} di hari ke-{day.number} memotong "
                        f"“{title}”: {side} hanya {minutes} menit"
                    )
                    hint = f"Mulai jeda itu pukul {clock(better)}, atau pakai `sekitar`"
                    yield run.source.problem(_keys(run, day, pause), "R207", message, hint)


def _cuts(day: Day) -> Iterator[tuple[Slot, Slot, Slot]]:
    """What goes on after a pause: its pieces, and the pause."""
    busy = [slot for slot in day.slots if slot.kind != "jeda"]
    for before, after in pairwise(busy):
        between = (slot for slot in day.slots if before.end <= slot.start < slot.end <= after.start)
        pause = next((slot for slot in between if slot.kind == "jeda"), None)
        same = before.title == after.title and before.module is after.module
        if pause and same:
            yield before, pause, after


def _pieces(before: Slot, after: Slot) -> tuple[str, int, int]:
    """Title of what is cut, the activity where it is one, and minutes before and after."""
    if before.steps and after.steps:
        a, b = before.steps[-1], after.steps[0]
        if a.activity.block is b.activity.block:
            return a.activity.block.title, a.end - a.start, b.end - b.start
    return before.title, before.minutes, after.minutes


def _keys(run: Run, day: Day, pause: Slot) -> Keys:
    """Where the pause is written; the day where it is one of the usual ones."""
    for index, written in enumerate(run.file.jadwal.jeda or ()):
        off = 0 if written.sekitar is None else NEAR
        here = not written.hari or day.number in written.hari
        if here and written.judul == pause.title and abs(written.start - pause.start) <= off:
            return "jadwal", "jeda", index
    return "jadwal", "hari", day.number - 1
