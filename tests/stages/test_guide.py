"""CONTRIBUTING.md shows every block with what becomes of it; here the results are made again.

    <!-- contoh: kegiatan -->   begins an example: its source, then what each edition reads
    <!-- akhir -->              ends it

`--perbarui` writes the results anew.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from lxml import etree, html

from pilar.cli.main import pilar
from pilar.model.blocks import BLOCKS
from pilar.model.edition import Edition

from .samples import PROJECT, html_of

GUIDE = Path(__file__).parents[2] / "CONTRIBUTING.md"
EXAMPLE = re.compile(
    r"(?P<head><!-- contoh: (?P<name>[a-z-]+) -->\n\n"
    r"(?P<fence>`{3,})markdown\n(?P<source>.*?)\n(?P=fence)\n)"
    r"(?P<result>.*?)(?=\n<!-- akhir -->)",
    re.S,
)
LINES = frozenset("p li dt dd h1 h2 h3 h4 figcaption div section ol ul dl figure".split())
"""Elements that begin a line."""


def examples() -> dict[str, re.Match[str]]:
    found = list(EXAMPLE.finditer(GUIDE.read_text("utf-8")))
    assert len({match["name"] for match in found}) == len(found)
    return {match["name"]: match for match in found}


def as_text(source: str, edition: Edition) -> str:
    """What an edition reads of a block, as lines of text."""
    questions = PROJECT.modules["contoh"].questions
    page = html_of(f"# Contoh\n\n{source}\n", edition, questions)
    root = html.fragment_fromstring(page, create_parent="div")
    root.remove(root[0])  # the page's title
    lines = (re.sub(r"\s+", " ", line).strip() for line in _lines(root))
    return "\n".join(line for line in lines if line)


def _lines(node: etree._Element) -> Iterator[str]:
    """Text of a node, a line each; what stands inside lists has its mark before it."""
    line = node.text or ""
    for number, child in enumerate(node, 1):
        if not isinstance(child.tag, str):
            continue
        classes = child.get("class", "").split()
        if child.tag == "table":
            yield line
            line = ""
            yield from _table(child)
        elif "baris" in classes:
            yield line
            line = ""
            yield "______________________________"
        elif child.tag == "img":
            line += f"[gambar: {child.get('alt')}]"
        elif child.tag in LINES:
            yield line
            line = ""
            own = [text for text in _lines(child) if text.strip()]
            if "meta" in node.get("class", "").split():
                own = [": ".join(own)]
            if child.tag == "li" and own:
                own[0] = f"{_mark(child, number)} {own[0].strip()}"
            yield from own
        else:
            line += " ".join(_lines(child))
        line += child.tail or ""
    yield line


def _mark(item: etree._Element, number: int) -> str:
    parent = item.getparent()
    if parent.tag != "ol":
        return "•"
    return f"{chr(64 + number)}." if parent.get("type") == "A" else f"{number}."


def _table(table: etree._Element) -> Iterator[str]:
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) or "……" for cell in row]
        yield f"| {' | '.join(cells)} |"


def result(source: str) -> str:
    """What CONTRIBUTING.md has to show below a source."""
    read = {edition: as_text(source, edition) for edition in (Edition.PESERTA, Edition.PELATIH)}
    if len(set(read.values())) == 1:
        return f"\nKedua edisi membaca:\n\n```text\n{read[Edition.PESERTA]}\n```\n"
    nothing = "(tidak ada; tidak satu bita pun masuk edisi ini)"
    return "".join(
        f"\n{name} membaca:\n\n```text\n{read[edition] or nothing}\n```\n"
        for edition, name in ((Edition.PESERTA, "Peserta"), (Edition.PELATIH, "Pelatih"))
    )


def test_every_block_is_shown() -> None:
    shown = {
        name
        for match in examples().values()
        for name in re.findall(r"^ *//+ ([a-z-]+)", match["source"], re.M)
    }
    assert set(BLOCKS) - shown == set()


def test_the_results_are_what_the_blocks_become(request: pytest.FixtureRequest) -> None:
    text = GUIDE.read_text("utf-8")
    made = EXAMPLE.sub(lambda match: match["head"] + result(match["source"]), text)
    if request.config.getoption("--perbarui"):
        GUIDE.write_text(made, "utf-8")
    assert made == GUIDE.read_text("utf-8"), "run: pytest tests/stages/test_guide.py --perbarui"
    assert len(examples()) >= 12


def test_what_trainers_read_alone_is_marked_as_theirs() -> None:
    """The guide's own proof that the editions differ where it says so."""
    for name in ("pelatih", "kunci"):
        source = examples()[name]["source"]
        assert as_text(source, Edition.PELATIH) != as_text(source, Edition.PESERTA)


def test_the_commands_that_it_names_are_there() -> None:
    """Each with its options; what they do is tested elsewhere."""
    text = GUIDE.read_text("utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S))
    named = re.findall(r"`(pilar [^`]+)`", text) + re.findall(r"^ *(pilar .*)$", blocks, re.M)
    assert len(named) > 10
    for line in named:
        _, *words = shlex.split(line)
        command: click.Command = pilar
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        command.make_parser(click.Context(command)).parse_args(words)
    scripts = re.findall(r"^ *(scripts/\w+)", blocks, re.M)
    assert "scripts/setup" in scripts
    assert all((GUIDE.parent / script).is_file() for script in scripts)
    assert "\npre-commit==" in (GUIDE.parent / "requirements.lock").read_text("utf-8")
