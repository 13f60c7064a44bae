"""What must lie ready for activities, counted for the people, groups and class of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from pilar.model.blocks import ItemOptions
from pilar.model.curriculum import Activity, Module
from pilar.syntax.references import REFERENCE

from .numbering import Item


@dataclass(frozen=True)
class Class:
    """Whom a run teaches: people, and groups where an activity asks for no other number."""

    people: int
    groups: int

    def groups_of(self, activity: Activity) -> int:
        """Groups that the class forms for an activity."""
        size = activity.options.kelompok
        return ceil(self.people / size) if size else self.groups

    def times(self, unit: str, activity: Activity) -> int:
        """How often something is needed that each `orang`, `kelompok` or `kelas` has."""
        return {"orang": self.people, "kelompok": self.groups_of(activity), "kelas": 1}[unit]


@dataclass(frozen=True)
class Need:
    """A thing, and how many of it; None where its module gives no numbers."""

    name: str
    count: int | None = None


def needs(module: Module, activities: Iterable[Activity], whom: Class) -> tuple[Need, ...]:
    """What these activities of a module need together: its `bahan`, of a module without any the
    words of its `media`.
    """
    if any(activity.options.bahan for activity in module.activities):
        return summed(need for activity in activities for need in _counted(activity, whom))
    return summed(Need(word) for activity in activities for word in activity.options.media)


def summed(found: Iterable[Need]) -> tuple[Need, ...]:
    """One of each name, whatever its capitals, in the order in which they come first; what has no
    number stays apart from what has one.
    """
    together: dict[tuple[str, bool], Need] = {}
    for need in found:
        key = need.name.casefold(), need.count is None
        known = together.get(key)
        if known and known.count is not None and need.count is not None:
            need = Need(known.name, known.count + need.count)
        together[key] = need if need.count is not None else known or need
    return tuple(together.values())


def _counted(activity: Activity, whom: Class) -> Iterator[Need]:
    for item in activity.options.bahan:
        yield Need(item.nama, item.jumlah * whom.times(item.per, activity))


def first_use(module: Module, item: Item) -> Activity | None:
    """The activity for which a numbered block must lie ready: the first that holds or names it,
    else the last one before it, else the module's first.
    """
    order = [page.name for page in module.pages]
    place = order.index(item.page.name), item.block.first
    before = None
    for activity in module.activities:
        if _holds(activity, item) or _names(activity, item):
            return activity
        if (order.index(activity.page.name), activity.block.first) < place:
            before = activity
    return before or next(iter(module.activities), None)


def _holds(activity: Activity, item: Item) -> bool:
    return activity.page is item.page and any(item.block is b for b in activity.block.walk())


def _names(activity: Activity, item: Item) -> bool:
    options, block = item.block.options, activity.block
    if not isinstance(options, ItemOptions) or not options.id:
        return False
    text = "\n".join(activity.page.document.lines[block.first - 1 : block.last])
    return any(match["hash"] and match["id"] == options.id for match in REFERENCE.finditer(text))
