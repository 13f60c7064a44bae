"""Stage assembly: modules → composed page sources, numbers, and what goes with them.

Cases lie over `golden/base`; the pages of module `contoh` that they bring along are composed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pilar.assembly.numbering import Numbering, letter, roman
from pilar.assembly.tree import ModuleNode, assemble, assemble_module
from pilar.model.edition import Edition

from .golden import BASE, Golden, cases, lay_out, load_project


@cases("assembly")
def test_module_is_composed(case: Path, golden: Golden, tmp_path: Path) -> None:
    project = load_project(lay_out(case, tmp_path))
    nodes = {
        edition: assemble_module(project.modules["contoh"], project, edition) for edition in Edition
    }
    brought = {path.stem for path in case.glob("modules/contoh/*.md")}
    if (case / "modules/contoh/soal.yml").exists():
        brought.add("bank-soal")
    trainer, participant = nodes[Edition.PELATIH], nodes[Edition.PESERTA]
    assert trainer.numbering == participant.numbering, "both editions have the same numbers"
    actual = {"numbering.txt": lines(numbers(trainer.numbering))}
    for edition, node in nodes.items():
        actual[f"{edition}.txt"] = lines(outline(node))
        for page in node.pages:
            if page.page.name in brought:
                actual[f"{edition}/{page.page.name}.md"] = page.source
    golden.check(case, actual)


def lines(rows: Iterator[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def numbers(numbering: Numbering) -> Iterator[str]:
    """Everything that has a number, with its place."""
    for page, chapter in numbering.chapters.items():
        yield f"{page}.md: {chapter}"
    for (page, line), item in numbering.items.items():
        yield f"{page}.md:{line}: {item.label} #{item.anchor}, {item.block.title}"
    for (page, line), number in numbering.captions.items():
        yield f"{page}.md:{line}: caption {number}"
    for question, code in numbering.questions.items():
        yield f"soal.yml, {question}: {code}"


def outline(node: ModuleNode) -> Iterator[str]:
    """What an edition of a module holds: pages, headings, pictures, sources, terms."""
    for page in node.pages:
        yield f"{page.path}: {page.title}"
        for heading in page.headings:
            place = "" if heading.section else " (in a block)"
            yield f"    {'#' * heading.level} {heading.text} -> #{heading.anchor}{place}"
    yield f"pictures: {', '.join(sorted(node.assets()))}"
    yield f"sources: {', '.join(source.id for source in node.sources)}"
    yield f"terms: {', '.join(term.istilah for term in node.terms)}"


def test_modules_stand_in_the_order_in_which_the_run_teaches_them() -> None:
    project = load_project(BASE)
    run = project.runs["2025-01-contoh"]
    for edition in Edition:
        tree = assemble(project, run, edition)
        assert [node.module.slug for node in tree.modules] == ["lain", "contoh"]
        assert [node.path for node in tree.modules] == ["lain/index.md", "contoh/index.md"]
        assert {group: [m.slug for m in ms] for group, ms in tree.structure().items()} == {
            "Dasar": ["lain"],
            "Penunjang": ["contoh"],
        }
        assert (tree.hours.total, tree.hours.minutes) == (3, 135)


def test_letters_and_roman_numerals() -> None:
    assert [letter(number) for number in (1, 2, 26, 27, 52, 53)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AZ",
        "BA",
    ]
    assert [roman(n) for n in (1, 3, 4, 5, 8, 9, 10, 14, 19, 24, 39)] == (
        "I III IV V VIII IX X XIV XIX XXIV XXXIX".split()
    )
