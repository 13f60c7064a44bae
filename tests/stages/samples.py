"""Tiny projects in memory: the base project with other pages."""

from __future__ import annotations

from dataclasses import replace

from pilar.assembly.tree import ModuleNode, assemble_module
from pilar.content.pages import parse_page
from pilar.content.project import load_project
from pilar.content.source import decode
from pilar.model.blocks import Document
from pilar.model.curriculum import Page, Question
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.syntax.render import render

from .golden import BASE

PROJECT = load_project(BASE)


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
