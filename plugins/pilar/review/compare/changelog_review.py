"""What perubahan.md says otherwise: a redline of each version's section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pilar.changes.pairing import Pairs
from pilar.model.changelog import Changelog, Entry, Section
from pilar.redline.diff import Change, compared, whole
from pilar.redline.nodes import Node, Word, parse, source_tree
from pilar.syntax.render import LostBlockError, render


@dataclass(frozen=True)
class NoteChange:
    """A version whose section came, went or says something else."""

    version: str
    redline: Change


def note_changes(before: Changelog, after: Changelog) -> tuple[NoteChange, ...]:
    """Versions whose section says something else, wherever in its file it stands."""
    pairs = Pairs(before.sections, after.sections).by(lambda section: section.version)
    both = [(old, new) for old, new in pairs.matched if _says(old) != _says(new)]
    return (
        *(NoteChange(section.version, whole(_tree(section), "in")) for section in pairs.added),
        *(NoteChange(new.version, compared(_tree(old), _tree(new))) for old, new in both),
        *(NoteChange(section.version, whole(_tree(section), "out")) for section in pairs.removed),
    )


def _says(section: Section) -> list[Entry]:
    return list(map(_unplaced, section.entries))


def _unplaced(entry: Entry) -> Entry:
    return replace(entry, line=0, notes=tuple(map(_unplaced, entry.notes)))


def _tree(section: Section) -> Node:
    title = Node("h3", words=tuple(map(Word, f"Versi {section.version}".split())))
    return Node("section", children=(title, _list(section.entries)))


def _list(entries: tuple[Entry, ...]) -> Node:
    return Node("ul", children=tuple(map(_entry, entries)))


def _entry(entry: Entry) -> Node:
    audience = entry.audience.value if entry.audience else ""
    content = _content(entry)
    if not entry.notes:
        if len(content) == 1 and not content[0].children:
            return Node("li", words=content[0].words, audience=audience)
        return Node("li", children=content, audience=audience)
    return Node("li", children=(*content, _list(entry.notes)), audience=audience)


def _content(entry: Entry) -> tuple[Node, ...]:
    """What an entry says, and that it is an erratum: that is no part of its text."""
    try:
        tree = parse(render(entry.text), "", {}, {})
    except LostBlockError:
        tree = source_tree(entry.text.encode())
    content = tree.children or (Node("p", words=tree.words),)
    first = content[0]
    if entry.urgent:
        content = (replace(first, words=(Word("Ralat:", ("strong",)), *first.words)), *content[1:])
    return content


def sayings(change: Change) -> Iterator[Change]:
    """The entries of a redline that came, went or say something else, heading aside."""
    for child in change.walk():
        leaf = not child.node.children and child.node.tag != "h3"
        if leaf and child.changed and child.node.words:
            yield child
