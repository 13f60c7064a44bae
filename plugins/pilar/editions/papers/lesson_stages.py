"""How a module is taught, for the two forms that trainers hand in (RBPMP and RP): opening, materi
pokok and closing with their activities, and how many minutes each indicator gets in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from pilar.assembly.tree import ModuleNode
from pilar.model.curriculum import Activity, Module, Page, Topic
from pilar.model.sources import Source
from pilar.syntax.references import REFERENCE
from pilar.syntax.render import plain

OPENING, CLOSING = "Pendahuluan", "Penutup"
"""First and last chapter of a module, and rows of the RP (Perka LAN 5/2009)."""

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Stage:
    """A part of a module: its opening, its closing, or one or more materi pokok between."""

    title: str
    topics: tuple[Topic, ...]
    pages: tuple[Page, ...]
    activities: tuple[Activity, ...]

    @property
    def minutes(self) -> int:
        """Of its activities."""
        return sum(activity.options.menit for activity in self.activities)

    def sources(self, node: ModuleNode, subtopics: Collection[str] = ()) -> list[Source]:
        """Laws and other sources that its pages cite, in the order of citing; under the headings
        of `subtopics` alone, where there are any.
        """
        known = {source.id: source for source in node.sources}
        lines = (line for page in self.pages for line in _under(page, subtopics))
        cited = (match for line in lines for match in REFERENCE.finditer(line))
        ids = dict.fromkeys(match["id"] for match in cited if not match["hash"])
        return [known[name] for name in ids if name in known]

    def chapters(self, node: ModuleNode) -> list[str]:
        """`BAB II` of each of its pages that both editions have."""
        numbers = node.numbering.chapters
        return [numbers[page.name] for page in self.pages if page.name in numbers]

    def subtopics(self) -> list[tuple[str, ...]]:
        """What each activity treats: the sub materi pokok that it stands under, and those that
        came since the activity before it. What follows the last one is the last one's.
        """
        places = self._places()
        names = [page.name for page in self.pages]
        done: set[str] = set()
        found = []
        for activity in self.activities:
            here = names.index(activity.page.name), activity.block.first
            above = [sub for sub, place in places.items() if place < here]
            last = activity is self.activities[-1]
            new = [sub for sub in places if (last or sub in above) and sub not in done]
            now = max(above, key=lambda sub: places[sub], default="")
            found.append(tuple(sub for sub in places if sub in new or sub == now))
            done |= set(new)
        return found

    def _places(self) -> dict[str, tuple[int, int]]:
        """Number of the page and line on which each sub materi pokok begins; the beginning for
        one that no heading bears.
        """
        headings = {
            plain(heading.text).casefold(): (number, heading.line)
            for number, page in enumerate(self.pages)
            for heading in page.document.headings
        }
        subs = (sub for topic in self.topics for sub in topic.sub)
        return {sub: headings.get(plain(sub).casefold(), (-1, 0)) for sub in subs}


def _under(page: Page, headings: Collection[str]) -> Iterator[str]:
    """Lines of a page under level-2 headings with these texts; all where there are none."""
    wanted = {plain(text).casefold() for text in headings}
    heads = {h.line: plain(h.text).casefold() for h in page.document.headings if h.level == 2}
    now = ""
    for number, line in enumerate(page.document.lines, 1):
        now = heads.get(number, now)
        if not wanted or now in wanted:
            yield line


@dataclass(frozen=True)
class Share:
    """The minutes of an activity that are one indicator's (numbered from 1)."""

    indicator: int
    stage: Stage
    activity: Activity
    subtopics: tuple[str, ...]
    minutes: int


def stages(module: Module) -> tuple[Stage, ...]:
    """Opening, materi pokok and closing of a module.

    The first and the last chapter are opening and closing where they are called so, or where
    there are two chapters more than materi pokok. Of the others each is a materi pokok, in
    order; where there are more chapters, several are of one, where there are fewer, one is of
    several. A page of one edition belongs to the chapter before it.
    """
    chapters = [page for page in module.pages if page.edition is None]
    topics = module.meta.materi_pokok
    whole = len(chapters) >= len(topics) + 2
    opening = bool(chapters) and (whole or _is(chapters[0], OPENING))
    closing = bool(chapters[opening:]) and (whole or _is(chapters[-1], CLOSING))
    body = chapters[opening : len(chapters) - closing]
    count = max(1, min(len(body), len(topics)))
    parts = [chapters[:opening], *_shared(body, count), chapters[len(chapters) - closing :]]
    groups: list[tuple[Topic, ...]] = [(), *map(tuple, _shared(topics, count)), ()]
    named = ["; ".join(plain(topic.judul) for topic in group) for group in groups[1:-1]]
    titles = [OPENING, *named, CLOSING]
    where = _pages(module, parts)
    return tuple(
        Stage(title, group, tuple(pages), tuple(_activities(module, pages)))
        for title, group, pages in zip(titles, groups, where, strict=True)
    )


def _activities(module: Module, pages: Sequence[Page]) -> Iterator[Activity]:
    names = {page.name for page in pages}
    return (activity for activity in module.activities if activity.page.name in names)


def _is(page: Page, title: str) -> bool:
    return plain(page.title).casefold() == title.casefold()


def _shared(items: Sequence[_Item], count: int) -> list[list[_Item]]:
    """`items` in `count` runs as equal as can be."""
    ends = [len(items) * number // count for number in range(count + 1)]
    return [list(items[start:end]) for start, end in pairwise(ends)]


def _pages(module: Module, parts: Sequence[Sequence[Page]]) -> list[list[Page]]:
    """Every page of the module, by part."""
    of = {page.name: number for number, pages in enumerate(parts) for page in pages}
    found: list[list[Page]] = [[] for _ in parts]
    now = 0
    for page in module.pages:
        now = of.get(page.name, now)
        found[now].append(page)
    return found


def shares(parts: Sequence[Stage], indicators: int) -> Iterator[Share]:
    """All minutes of all activities, divided among the module's `indicators`.

    An activity serves those that it names; one that names none, those that the activities of its
    stage name, else all. Its minutes are divided equally, what is left over among the first. So
    the shares together are the minutes of the module's activities, which are those of its JP.
    """
    everything = range(1, indicators + 1)
    for stage in parts:
        named = sorted({n for activity in stage.activities for n in activity.options.indikator})
        for activity, subtopics in zip(stage.activities, stage.subtopics(), strict=True):
            served = activity.options.indikator or named or everything
            least, rest = divmod(activity.options.menit, len(served))
            for number, indicator in enumerate(served):
                yield Share(indicator, stage, activity, subtopics, least + (number < rest))
