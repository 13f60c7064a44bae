"""Sessions of a run: what one trainer teaches at a stretch, from the timetable."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pilar.model.curriculum import MINUTES_PER_JP, Activity, Module

from .day import Day, Slot, Step

LONG_PAUSE = MINUTES_PER_JP
"""Minutes of a pause that ends a session: people leave the room and come back to a new sheet."""


class Stretch:
    """Slots of one day that belong together; pauses may lie between them."""

    slots: tuple[Slot, ...]

    @property
    def start(self) -> int:
        """When it begins, in minutes after midnight."""
        return self.slots[0].start

    @property
    def end(self) -> int:
        """When it ends, in minutes after midnight."""
        return self.slots[-1].end

    @property
    def minutes(self) -> int:
        """Without the pauses."""
        return sum(slot.minutes for slot in self.slots if slot.kind != "jeda")


@dataclass(frozen=True)
class Session(Stretch):
    """A module's slots of one day that no event and no long pause divides; shorter pauses lie in
    `slots` between them. `number` counts from 1 over the whole run.
    """

    number: int
    day: int
    date: datetime.date
    module: Module
    slots: tuple[Slot, ...]
    later: tuple[Step, ...] = ()
    """What follows of the module on that day, in later sessions."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its activities, or the parts of them that it holds."""
        return tuple(step for slot in self.slots for step in slot.steps)

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Those of its steps, once each."""
        # By identity: the hash of a whole page would be that of its text.
        return tuple({id(step.activity): step.activity for step in self.steps}.values())

    @property
    def indicators(self) -> tuple[int, ...]:
        """Numbers of the indicators that its activities serve, in order; all of the module where
        they name none.
        """
        served = {number for activity in self.activities for number in activity.options.indikator}
        known = range(1, len(self.module.meta.indikator) + 1)
        return tuple(sorted(served & set(known) or known))


def sessions(days: Iterable[Day]) -> tuple[Session, ...]:
    """All sessions of a run, in order of time."""
    found: list[Session] = []
    for day in days:
        stretches = list(_stretches(day.slots))
        for place, (module, slots) in enumerate(stretches, 1):
            rest = [slot for other, later in stretches[place:] if other is module for slot in later]
            steps = tuple(step for slot in rest for step in slot.steps)
            found.append(Session(len(found) + 1, day.number, day.date, module, slots, steps))
    return tuple(found)


def _stretches(slots: Sequence[Slot]) -> Iterator[tuple[Module, tuple[Slot, ...]]]:
    """Slots of one module each, the short pauses between them included."""
    dividing = (slot for slot in slots if slot.kind != "jeda" or slot.minutes >= LONG_PAUSE)
    for module, group in groupby(dividing, key=lambda slot: slot.module):
        if module is not None:
            taught = list(group)
            start, end = taught[0].start, taught[-1].end
            yield module, tuple(slot for slot in slots if start <= slot.start and slot.end <= end)
