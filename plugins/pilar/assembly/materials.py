"""What must lie ready for activities, counted for the people, groups and class of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from pilar.content.card_list import cards
from pilar.model.blocks import CardOptions, ItemOptions
from pilar.model.curriculum import Activity, Module
from pilar.syntax.references import REFERENCE

from .numbering import Item
from .tree import ModuleNode

_BY_CODE = "lembar kerja"
"""A word of `media` that says less than the codes of the sheets (see `sheets`)."""


@dataclass(frozen=True)
class Class:
    """Whom a run teaches: people, and groups where an activity asks for no other number."""

    people: int
    groups: int

    def groups_of(self, activity: Activity | None) -> int:
        """Groups that the class forms for an activity."""
        size = activity.options.kelompok if activity else None
        return ceil(self.people / size) if size else self.groups

    def times(self, unit: str, activity: Activity | None) -> int:
        """How often something is needed that each `orang`, `kelompok` or `kelas` has."""
        return {"orang": self.people, "kelompok": self.groups_of(activity), "kelas": 1}[unit]


@dataclass(frozen=True)
class Need:
    """A thing, and how many of it; None where its module gives no numbers."""

    name: str
    count: int | None = None
    units: tuple[str, ...] = ()
    """For whom: each `orang`, `kelompok`, `kelas`."""

    @property
    def key(self) -> tuple[str, bool]:
        """The same for what is one thing, whatever its capitals; without a number it is another."""
        return self.name.casefold(), self.count is None


def needs(node: ModuleNode, activities: Sequence[Activity], whom: Class) -> tuple[Need, ...]:
    """What these activities of a module need together: `bahan`, the words of `media` where the
    module has no `bahan` at all, and sets of cards.
    """
    found: Iterable[Need]
    if any(activity.options.bahan for activity in node.module.activities):
        found = (need for activity in activities for need in _counted(activity, whom))
    else:
        words = (word for activity in activities for word in activity.options.media)
        found = (Need(word) for word in words if word.casefold() != _BY_CODE)
    return summed([*found, *_cards(node, activities, whom)])


def sheets(node: ModuleNode, activities: Iterable[Activity], name: str) -> Iterator[Item]:
    """Numbered blocks called `name` that must lie ready for these activities first."""
    wanted = {id(activity) for activity in activities}
    for item in node.items(name):
        if id(first_use(node.module, item)) in wanted:
            yield item


def summed(found: Iterable[Need]) -> tuple[Need, ...]:
    """One of each thing, in the order in which they come first."""
    together: dict[tuple[str, bool], Need] = {}
    for need in found:
        if known := together.get(need.key):
            count = None if need.count is None else need.count + (known.count or 0)
            units = dict.fromkeys((*known.units, *need.units))
            need = Need(known.name, count, tuple(units))
        together[need.key] = need
    return tuple(together.values())


def _counted(activity: Activity, whom: Class) -> Iterator[Need]:
    for item in activity.options.bahan:
        # Half a sheet each is a whole one for the last; a float's last digits are no sheet.
        exact = round(item.jumlah * whom.times(item.per, activity), 6)
        yield Need(item.nama, ceil(exact), (item.per,))


def _cards(node: ModuleNode, activities: Iterable[Activity], whom: Class) -> Iterator[Need]:
    for activity in activities:
        for item in sheets(node, [activity], "kartu"):
            if isinstance(options := item.block.options, CardOptions):
                count = len(cards(item.page.document.lines, item.block))
                name = f"set kartu {item.code} ({count} kartu)"
                yield Need(name, whom.times(options.set, activity), (options.set,))


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
