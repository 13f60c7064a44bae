"""Tiny projects in memory: the base project with other pages."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pilar.assembly.tree import ModuleNode, assemble_module
from pilar.checks.apply import ALONE, BETWEEN
from pilar.content.page_parser import parse_page
from pilar.content.source import decode
from pilar.model.blocks import Document
from pilar.model.curriculum import Page, Question
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.syntax.render import render

from .golden import BASE, fresh, load_project

PROJECT = load_project(BASE)
RULES = (*ALONE, *BETWEEN)


def parsed(source: str, path: str = "modules/contoh/isi.md") -> tuple[Document, list[Problem]]:
    """A page and what is wrong with it."""
    problems: list[Problem] = []
    document = parse_page(decode(source.encode(), path, problems), path, problems)
    return document, problems


def project_of(*sources: str, questions: tuple[Question, ...] = ()) -> Project:
    """The base project with these pages, and no others, in module `contoh`."""
    pages: list[Page] = []
    for number, source in enumerate(sources, 1):
        document, problems = parsed(source, f"modules/contoh/hal-{number}.md")
        assert problems == [], source
        pages.append(Page(f"hal-{number}", document))
    module = replace(PROJECT.modules["contoh"], pages=tuple(pages), questions=questions)
    return replace(PROJECT, modules={**PROJECT.modules, "contoh": module})


def node_of(project: Project, edition: Edition) -> ModuleNode:
    """Module `contoh` as the edition has it."""
    return assemble_module(project.modules["contoh"], project, edition)


def html_of(source: str, edition: Edition, questions: tuple[Question, ...] = ()) -> str:
    """HTML of one page."""
    node = node_of(project_of(source, questions=questions), edition)
    return render(node.pages[0].source)


def text(path: str) -> str:
    """Text of a file of the base project."""
    return (BASE / path).read_text("utf-8")


def told(tmp_path: Path, files: Mapping[str, str]) -> list[str]:
    """Code and message of all problems of the base project with these files in it."""
    root = tmp_path / "proyek"
    shutil.copytree(BASE, root)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, "utf-8")
    return [f"{p.path}:{p.line}: {p.code}" for p in fresh(root).errors]


def of_page(source: str) -> list[str]:
    """Line and code of what is wrong with a page, read and checked on its own."""
    _, problems = parsed(f"# Judul\n\n{source}")
    if not problems:
        project = project_of(f"# Judul\n\n{source}")
        module = project.modules["contoh"]
        problems = [problem for rule in RULES for problem in rule(module, project)]
    return sorted({f"{p.line}: {p.code}" for p in problems if p.path.endswith(".md")})
