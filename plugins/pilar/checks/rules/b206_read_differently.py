"""B206: what authors see in an editor or on a git host is what Pilar prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pilar.checks.markdown.compare import Difference, Rewrite, differences
from pilar.checks.markdown.leaves import BREAK, Leaf
from pilar.checks.markdown.regions import Region, regions
from pilar.model.blocks import Document
from pilar.model.curriculum import Module
from pilar.model.problem import Fix, Problem
from pilar.model.run import Facts, Project

_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]\n]+\]:")
_NAMES = {"pre": "kode", "hr": "garis pemisah", "title": "judul kotak", "dt": "istilah"}
_SIGNS = {"em": "*", "strong": "**", "code": "`", "del": "~~"}
_LENGTH = 50
"""Characters of a text that a message quotes."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """CommonMark and Pilar find the same blocks and the same words in each text."""
    for page in module.pages:
        document = page.document
        definitions = tuple(_definitions(document))
        for region in regions(document):
            for difference in differences(region.text, _elsewhere(region, definitions)):
                yield _on_page(region, difference)
    for source, keys, text in module.texts():
        for difference in differences(text):
            yield source.problem(keys, "B206", *_words(difference, text.split("\n")))


def check_project(project: Project) -> Iterator[Problem]:
    """The same of the texts of the curriculum."""
    source, curriculum = project.curriculum_source, project.curriculum
    for keys, text in curriculum.markdown():
        for difference in differences(text):
            yield source.problem(keys, "B206", *_words(difference, text.split("\n")))


def _definitions(document: Document) -> Iterator[tuple[int, str]]:
    """Line and text of what defines links and footnotes, which holds for the whole page."""
    lines = document.lines
    for note in document.footnotes:
        text = "\n".join(
            line.removeprefix(note.prefix) for line in lines[note.first - 1 : note.last]
        )
        yield note.first, text
    for number, line in document.text_lines():
        if _DEFINITION.match(line):
            yield number, line


def _elsewhere(region: Region, definitions: Sequence[tuple[int, str]]) -> str:
    """What is defined or used outside of a region and holds in it."""
    others = [text for number, text in definitions if number not in region.numbers]
    used = " ".join(f"[^{note.name}]" for note in region.document.footnotes)
    return "".join(f"\n\n{part}" for part in (*others, used) if part)


def _on_page(region: Region, difference: Difference) -> Problem:
    document, rewrite = region.document, difference.rewrite
    number = region.numbers[difference.line]
    problem = Problem(document.path, number, "B206", *_words(difference, region.lines))
    if rewrite is None:
        return problem.on_line(document.lines)
    first, last = region.numbers[rewrite.first], region.numbers[rewrite.end - 1]
    old = "\n".join(document.lines[first - 1 : last])
    new = "\n".join(region.written(rewrite.lines))
    place = (first, 1, last, len(document.lines[last - 1]) + 1)
    return problem.at(place, Fix(old, new, safe=True))


def _words(difference: Difference, lines: Sequence[str]) -> tuple[str, str]:
    """Message and hint."""
    one, other = (leaves[0] if leaves else None for leaves in (difference.seen, difference.printed))
    starts = (0, 0)
    if one and other:
        a, b = _written(one), _written(other)
        if (one.kind, one.path) == (other.kind, other.path):
            pairs = enumerate(zip(a, b, strict=False))
            same = next((place for place, (x, y) in pairs if x != y), min(len(a), len(b)))
            starts = same, same
        else:
            starts = 0, max(0, b.find(a[: _LENGTH // 2]))
    message = (
        "GitHub dan Pilar membaca bagian ini berbeda: "
        f"di GitHub {_described(one, starts[0])}, di cetakan Pilar {_described(other, starts[1])}"
    )
    return message, _hint(difference.rewrite, lines)


def _hint(rewrite: Rewrite | None, lines: Sequence[str]) -> str:
    """What to do, told by the first line that is written anew."""
    if rewrite is None:
        return "Tulis dengan cara lain yang lebih sederhana, lalu periksa lagi"
    new = next((line for line in rewrite.lines if line.strip()), "")
    old = [line.strip() for line in lines[rewrite.first : rewrite.end]]
    shown = new.strip() if len(new.strip()) <= _LENGTH else f"{new.strip()[:_LENGTH].rstrip()} …"
    spaces = len(new) - len(new.lstrip())
    if not rewrite.lines[0].strip():
        hint = f"Beri baris kosong di atas `{shown}`"
    elif new.strip() in old and spaces:
        hint = f"Jorokkan `{shown}` {spaces} spasi"
    else:
        hint = f"Tulis `{shown}`"
    return f"{hint}; `pilar check --fix` menulis ulang bagian ini"


def _described(leaf: Leaf | None, start: int) -> str:
    if leaf is None:
        return "tidak ada"
    lists = [step for step in leaf.path if step in ("ul", "ol")]
    name = _NAMES.get(leaf.kind, "judul" if leaf.kind.startswith("h") else "paragraf")
    if "table" in leaf.path:
        name = "sel tabel"
    elif "note" in leaf.path:
        name = "catatan kaki"
    elif lists and leaf.opens:
        name = "butir daftar" + (f" tingkat {len(lists)}" if len(lists) > 1 else "")
    elif lists:
        name += " dalam butir daftar"
    elif "blockquote" in leaf.path:
        name = "kutipan"
    start = 0 if start <= _LENGTH // 2 else start - _LENGTH // 4
    text = _written(leaf)[start:]
    numbered = next((f"{mark} " for mark in leaf.opens if mark[0].isdigit()), "")
    cut = text if len(text) <= _LENGTH else f"{text[:_LENGTH].rstrip()} …"
    return f"{name} “{numbered}{'… ' * bool(start)}{cut}”"


def _written(leaf: Leaf) -> str:
    """Its text, inline marks as they are usually written."""

    def sign(match: re.Match[str]) -> str:
        name = match[1].removeprefix("/").split(" ")[0]
        return _SIGNS.get(name, "")

    return re.sub("\ue000([^\ue001]*)\ue001", sign, leaf.text).replace(BREAK, " ⏎ ")
