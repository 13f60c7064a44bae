"""Stage content: a folder → the model, or every mistake in it.

Cases lie over `golden/base`; a file `removed` names what of the base they go without.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.content.source import plain
from pilar.model.blocks import Block
from pilar.model.curriculum import Module, Page
from pilar.model.run import Project

from .golden import BASE, MESSAGES, Golden, as_text, cases, lay_out, load_project, read_project


@cases("content")
def test_folder_is_read_or_refused(case: Path, golden: Golden, tmp_path: Path) -> None:
    project, problems = read_project(lay_out(case, tmp_path))
    if problems:
        golden.check(case, {MESSAGES: as_text(problems)})
        return
    assert project is not None
    text = json.dumps(dump(project), indent=1, ensure_ascii=False)
    golden.check(case, {"model.json": text + "\n"})


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_hides_nothing(text: str) -> None:
    """With a letter that is none, a line goes the long way."""
    assert plain(text) == plain(f"{text}é").removesuffix("é")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("indent", ["    ", "\t"])
def test_endings_marks_and_tabs_make_no_difference(
    ending: str, start: str, indent: str, tmp_path: Path
) -> None:
    root = lay_out(BASE, tmp_path)
    for path in (*root.glob("modules/*/*.md"), *root.glob("**/*.yml")):
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            text = text.replace("    ", indent)
        path.write_bytes((start + text.replace("\n", ending)).encode())
    assert dump(load_project(root)) == dump(load_project(BASE))


def dump(project: Project) -> dict[str, Any]:
    """The project as plain values; digests, which change with every byte, are left out."""
    return {
        "curriculum": project.curriculum.model_dump(mode="json", exclude_defaults=True),
        "sources": [
            source.model_dump(mode="json", exclude_defaults=True)
            for source in project.sources.values()
        ],
        "terms": [term.model_dump(mode="json", exclude_defaults=True) for term in project.terms],
        "modules": {slug: module_dump(module) for slug, module in project.modules.items()},
        "runs": {
            id: run.file.model_dump(mode="json", exclude_defaults=True)
            for id, run in project.runs.items()
        },
    }


def module_dump(module: Module) -> dict[str, Any]:
    return {
        "meta": module.meta.model_dump(mode="json", exclude_defaults=True),
        "questions": [
            question.model_dump(mode="json", exclude_defaults=True) for question in module.questions
        ],
        "assets": {name: len(data) for name, data in module.assets.items()},
        "pages": {page.name: page_dump(page) for page in module.pages},
    }


def page_dump(page: Page) -> dict[str, Any]:
    document = page.document
    return {
        "path": document.path,
        "title": document.title,
        "edition": document.edition,
        "headings": [
            f"{heading.line}: {'#' * heading.level} {heading.text} -> #{heading.anchor}"
            for heading in document.headings
        ],
        "blocks": list(block_dump(document.blocks)),
    }


def block_dump(blocks: Iterable[Block]) -> Iterable[dict[str, Any]]:
    for block in blocks:
        yield {
            "name": block.name,
            "title": block.title,
            "lines": [block.first, block.body, block.last],
            "prefix": block.prefix,
            "fence": block.fence,
            "level": block.heading_level,
            "options": block.options.model_dump(mode="json", exclude_defaults=True),
            "children": list(block_dump(block.children)),
        }
