"""Where a run has room: what a warning about its timetable proposes."""

from __future__ import annotations

from collections.abc import Sequence

from pilar.assembly.day import Day
from pilar.model.run import Run

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def room(run: Run, day: Day) -> int:
    """Minutes between the last entry of a day and its closing hour."""
    closing = run.file.jadwal.closing(day.number)
    return max(0, closing - (day.slots[-1].end if day.slots else run.file.jadwal.mulai))


def roomy(run: Run, days: Sequence[Day], minutes: int) -> str:
    """Which days have that much room, or the most there is; empty where none has any."""
    free = {day.number: room(run, day) for day in days if room(run, day)}
    enough = {number: found for number, found in free.items() if found >= minutes} or free
    named = [f"hari ke-{number} longgar {found} menit" for number, found in enough.items()]
    return ", ".join(named[:3])
