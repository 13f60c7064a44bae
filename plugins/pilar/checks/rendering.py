"""What only rendering shows: blocks and paragraphs that Markdown does not read as meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pilar.assembly.page_nodes import PageNode
from pilar.assembly.tree import page_nodes
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import Project
from pilar.syntax.render import LostBlockError, UnreadableTextError, probe


def unrendered(module: Module, project: Project) -> Iterator[Problem]:
    """B115 and B116 of a module, with the registries of `project`, in either edition."""
    for edition in Edition:
        yield from lost_blocks(page_nodes(module, project, edition))


def lost_blocks(pages: Iterable[PageNode]) -> Iterator[Problem]:
    """Blocks that Markdown does not recognize in their place, paragraphs that it stumbles over."""
    for page in pages:
        document = page.page.document
        try:
            _probed(page.source)
        except UnreadableTextError as error:
            above = _lines_above(page)
            yield from (_unreadable(document.path, line + above) for line in error.lines)
        except LostBlockError as error:
            for line in error.lines:
                yield Problem(
                    document.path,
                    line,
                    "B115",
                    "Markdown tidak mengenali blok ini di tempatnya",
                    "Beri baris kosong di atasnya, dan pastikan indentasinya sama dengan "
                    "isi daftar atau kotak yang memuatnya",
                ).on_line(document.lines)


def loose_texts(project: Project) -> list[tuple[str, int, str]]:
    """Path, line and text of what stands on no page: the curriculum's, and perubahan.md."""
    curriculum, source = project.curriculum, project.curriculum_source
    texts = [(source.path, source.line(*keys), text) for keys, text in curriculum.markdown()]
    texts += [
        (module.changelog.path, entry.line, entry.text)
        for module in project.modules.values()
        for section in module.changelog.sections
        for whole in section.entries
        for entry in (whole, *whole.notes)
    ]
    return texts


def unreadable(texts: Iterable[tuple[str, int, str]]) -> Iterator[Problem]:
    """B116 of texts on no page, each with its path and line."""
    for path, line, text in texts:
        try:
            probe(text)
        except LostBlockError:
            yield _unreadable(path, line)


@lru_cache(maxsize=1024)
def _probed(source: str) -> None:
    """Editions and versions of a module have many pages alike. Raises what `probe` does."""
    probe(source)


def _unreadable(path: str, line: int) -> Problem:
    message = "Markdown tidak dapat membaca paragraf ini"
    hint = "Pasangkan setiap tanda * _ ~ ^ = di dalamnya, atau beri tanda \\ di depannya"
    return Problem(path, line, "B116", message, hint)


def _lines_above(page: PageNode) -> int:
    """How many lines of the file are not in the composed text: comments and front matter."""
    first = next((h.line for h in page.page.document.headings), 1)
    lines = page.source.split("\n")
    return first - next((n for n, line in enumerate(lines, 1) if line.startswith("#")), first)
