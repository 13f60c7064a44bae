"""Footnotes that a page prints: those that its text refers to, numbered in reading order.

Markdown prints every footnote, in the order of their definitions. The audience filter has removed
those that only hidden text refers to. What it took for a reference and Markdown does not (in
indented code, in a link's title, in the alternative text of a picture) is handled here.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable

from markdown.treeprocessors import Treeprocessor


class OrderedNotes(Treeprocessor):
    """Keeps the notes that links refer to, in the order of the first of them."""

    def run(self, root: etree.Element) -> None:
        """Edit `root` in place."""
        parents = {child: parent for parent in root.iter() for child in parent}
        box = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
        if box is None:
            return
        notes = {f"#{note.get('id')}": note for note in box.iter("li") if note.get("id")}
        inside = set(box.iter())
        numbers = _numbers(notes, (link for link in root.iter("a") if link not in inside))
        if not numbers:
            parents[box].remove(box)
        for note in notes.values():
            listed = parents[note]
            listed.remove(note)
        for target in numbers:
            listed.append(notes[target])
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.text = str(numbers[link.get("href", "")])


def _numbers(notes: dict[str, etree.Element], links: Iterable[etree.Element]) -> dict[str, int]:
    """The number of each note that these links, or those in notes so reached, refer to."""
    numbers: dict[str, int] = {}
    reached = list(links)
    for link in reached:  # grows while notes refer to further ones
        target = link.get("href", "")
        if target in notes and target not in numbers:
            numbers[target] = len(numbers) + 1
            reached += notes[target].iter("a")
    return numbers
