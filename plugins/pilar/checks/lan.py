"""The form of a module: Perka LAN 5/2009, Pedoman Penulisan Modul."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.blocks import Heading
from pilar.model.curriculum import Module, Page

OPENING, CLOSING = "pendahuluan", "penutup"
"""Names of the first and the last page."""
OPENING_PARTS = (
    "Latar Belakang",
    "Deskripsi Singkat",
    "Manfaat",
    "Tujuan Pembelajaran",
    "Materi Pokok dan Sub Materi Pokok",
    "Petunjuk Belajar",
)
"""Sections of the introduction, in order."""
CHAPTER_PARTS = ("Latihan", "Rangkuman", "Evaluasi", "Umpan Balik dan Tindak Lanjut")
"""Sections that end every chapter, in order."""


def required(module: Module) -> Iterator[tuple[Page, tuple[str, ...]]]:
    """Pages that both editions have, with the sections that each must have."""
    for page in module.pages:
        if page.edition is None and page.name != CLOSING:
            yield page, OPENING_PARTS if page.name == OPENING else CHAPTER_PARTS


def sections(page: Page) -> list[Heading]:
    """Headings of level 2."""
    return [heading for heading in page.document.headings if heading.level == 2]
