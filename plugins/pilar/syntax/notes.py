"""Footnotes that a page prints: those that its text refers to.

Markdown prints every footnote. The audience filter has removed those that only hidden text refers
to. What it took for a reference and Markdown does not (in indented code, in a link's title, in the
alternative text of a picture) is handled here.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown.treeprocessors import Treeprocessor


class UsedNotes(Treeprocessor):
    """Removes notes that no link refers to, and renumbers the others."""

    def run(self, root: etree.Element) -> None:
        """Edit `root` in place."""
        parents = {child: parent for parent in root.iter() for child in parent}
        box = next((div for div in root.iter("div") if div.get("class") == "footnote"), None)
        if box is None:
            return
        notes = {f"#{note.get('id')}": note for note in box.iter("li") if note.get("id")}
        inside = set(box.iter())
        reached = [link for link in root.iter("a") if link not in inside]
        used: set[str] = set()
        while reached:
            target = reached.pop().get("href", "")
            if target in notes and target not in used:
                used.add(target)
                reached += notes[target].iter("a")
        if used == notes.keys():
            return
        for target in notes.keys() - used:
            parents[notes[target]].remove(notes[target])
        if not used:
            parents[box].remove(box)
        numbers = {
            target: number for number, target in enumerate((n for n in notes if n in used), 1)
        }
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.text = str(numbers[link.get("href", "")])
