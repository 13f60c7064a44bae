"""What the `/// pelatih` block of an activity has under its labels, as plain text for paper.

Authors write a definition list: Kata pembuka, Langkah, Bila terlambat (CONTRIBUTING.md, "Blok").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from pilar.assembly.numbering import Item
from pilar.assembly.tree import ModuleNode
from pilar.model.blocks import Block
from pilar.model.curriculum import Activity, Page
from pilar.model.memoize import memoized
from pilar.syntax.folding import inside
from pilar.syntax.render import render

OPENING, STEPS = "Kata pembuka", "Langkah"
QUESTIONS, LATE = "Pertanyaan pemantik", "Bila terlambat"
_MINUTES = re.compile(r"\((\d+)\s*menit\)\s*")
_SENTENCE = re.compile(r"(?<=[.!?”)])\s+(?=[“(]?[A-Z])")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")


@dataclass(frozen=True)
class Move:
    """One step of the trainer, with its minutes where the author gives them; what the trainer
    reads out or shows in it is listed below it.
    """

    minutes: int | None
    text: str
    items: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """Its text, sentence by sentence, the list last."""
        return [*_SENTENCE.split(self.text), *filter(None, ["; ".join(self.items)])]


@dataclass(frozen=True)
class Guidance:
    """An activity as its trainer has it."""

    item: Item
    activity: Activity
    opening: str
    moves: tuple[Move, ...]
    questions: str
    late: str


def guidance(node: ModuleNode, activity: Activity) -> Guidance:
    """What the author says to the trainer of an activity; empty where nothing stands there."""
    return _guidances(node)[activity.page.name, activity.block.first]


@memoized
def _guidances(node: ModuleNode) -> dict[tuple[str, int], Guidance]:
    """Of all activities of a module, by page and line: session sheets, cards and RP print them."""
    return {
        (activity.page.name, activity.block.first): _guidance(node, activity)
        for activity in node.module.activities
    }


def _guidance(node: ModuleNode, activity: Activity) -> Guidance:
    notes: dict[str, lxml.html.HtmlElement] = {}
    for source in _notes(node, activity):
        notes |= dict(_definitions(lxml.html.fragment_fromstring(render(source), "div")))
    item = node.numbering.items[activity.page.name, activity.block.first]
    moves = tuple(_moves(notes[STEPS])) if STEPS in notes else ()
    opening, questions, late = (
        one_line(notes[label]) if label in notes else "" for label in (OPENING, QUESTIONS, LATE)
    )
    return Guidance(item, activity, opening, moves, questions, late)


def other_notes(node: ModuleNode, activity: Activity) -> lxml.html.HtmlElement:
    """What stands in those blocks besides opening and steps, as the trainers' page has it."""
    html = "".join(map(render, _notes(node, activity)))
    notes = lxml.html.fragment_fromstring(html, create_parent="div")
    for term in notes.xpath(".//dt[not(ancestor::section)]"):
        definition = term.getnext()
        if one_line(term) in (OPENING, STEPS) and definition is not None:
            definition.drop_tree()
            term.drop_tree()
    for empty in notes.xpath(".//dl[not(*)]"):
        empty.drop_tree()
    return notes


def _notes(node: ModuleNode, activity: Activity) -> Iterator[str]:
    """Markdown of its `pelatih` blocks, as composed: references in it are words already."""
    for block in activity.block.children:
        if block.name == "pelatih":
            yield composed(node, activity.page, block)


def composed(node: ModuleNode, page: Page, block: Block) -> str:
    """Markdown of what stands in a block as the node's edition has it."""
    lines = next(of.source for of in node.pages if of.page.name == page.name).split("\n")
    opening = f'{block.prefix}{block.fence} {block.name} | {{"baris": {block.first},'
    start = next(n for n, line in enumerate(lines) if line.startswith(opening))
    end = lines.index(block.prefix + block.fence, start)
    text = (inside(block.prefix, line) for line in lines[start + 1 : end])
    # Without the page there is nothing that a footnote's mark could lead to.
    return _FOOTNOTE.sub("", "\n".join(text))


def _definitions(notes: lxml.html.HtmlElement) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Each term of its definition lists, with the definition."""
    for block in notes.xpath(".//section"):
        block.drop_tree()
    for term in notes.iter("dt"):
        if (definition := term.getnext()) is not None:
            yield one_line(term), definition


def _moves(definition: lxml.html.HtmlElement) -> Iterator[Move]:
    """Items of the list, `(3 menit) Sapa kelas …`; all of the text where there is no list."""
    items = definition.xpath("./ol/li | ./ul/li")
    for item in items or [definition]:
        below = tuple(map(one_line, item.xpath("./ol/li | ./ul/li")))
        for nested in item.xpath("./ol | ./ul"):
            nested.drop_tree()
        text = one_line(item)
        match = _MINUTES.match(text)
        minutes, start = (int(match[1]), match.end()) if match else (None, 0)
        yield Move(minutes, text[start:], below)


def one_line(element: lxml.html.HtmlElement) -> str:
    """The text of an element, white space as single spaces."""
    return " ".join(element.text_content().split())
