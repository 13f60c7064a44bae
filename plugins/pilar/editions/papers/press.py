"""Prints papers: data and template to HTML, and that to the files of each edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pilar.assembly.numbering import letter
from pilar.assembly.tree import EditionTree, ModuleNode
from pilar.editions.book.markup import ASSET_SCHEME
from pilar.editions.book.volume import Render
from pilar.editions.templates import environment
from pilar.editions.words import STAGES, STATUSES
from pilar.model.curriculum import MINUTES_PER_FIELD_JP, MINUTES_PER_JP
from pilar.model.edition import Edition
from pilar.model.run import SIZES
from pilar.syntax.render import plain

from .paper import FOR_TRAINERS, PDF, BothEditions, Paper, Printed
from .paper_files import bound, office_file

_PICTURE = re.compile(rf'"{ASSET_SCHEME}:(([a-z0-9-]+)/[^"]+)"')


class Press:
    """Prints the papers of one run into a folder for each edition that is built.

    `render` makes a part from HTML, `bind` the file of it and `office` one to edit, the cached ones
    usually; `templates` is overrides/kertas.
    """

    def __init__(
        self,
        both: BothEditions,
        templates: Path,
        render: Render,
        folders: Mapping[Edition, Path],
        bind: Callable[..., bytes] = bound,
        office: Callable[..., bytes] = office_file,
    ) -> None:
        self.bind, self.office = bind, office
        self.both = both
        self.render = render
        self.folders = folders
        self.environment = environment(templates, polos=plain, huruf=letter)
        self.css = (templates / "kertas.css").read_text("utf-8")

    def print(self, paper: Paper, printed: Sequence[Printed] = ()) -> Iterator[Printed]:
        """Write a paper, of every module where each has one, as far as the run has it.

        A last one lists those `printed` before. Raises ContentError.
        """
        folders = {
            edition: folder
            for edition, folder in self.folders.items()
            if edition is Edition.PELATIH or paper.participants
        }
        if not folders:
            return
        tree = self.both.participants if paper.participants else self.both.trainers
        for node in tree.modules if paper.each else (None,):
            given = [node] if node else [printed] if paper.last else []
            if (data := paper.data(self.both, *given)) is None:
                continue
            yield self._write(paper, node, self.html(paper, tree, node, data), folders)

    def html(
        self, paper: Paper, tree: EditionTree, node: ModuleNode | None, data: Mapping[str, Any]
    ) -> str:
        """The paper as HTML, from which all of its files are made."""
        return self.environment.get_template(paper.template).render(
            pohon=tree,
            run=tree.run.file,
            kurikulum=tree.curriculum,
            hari=tree.days,
            simpul=node,
            orang=self.both.people,
            kelompok=self.both.run.groups,
            menit_jp=(MINUTES_PER_JP, MINUTES_PER_FIELD_JP),
            edisi=tree.edition,
            draf=tree.draft,
            tahap=STAGES,
            status=STATUSES,
            **{"judul": paper.title, **data},
        )

    def _write(
        self, paper: Paper, node: ModuleNode | None, html: str, folders: Mapping[Edition, Path]
    ) -> Printed:
        meta = node.module.meta if node else None
        stem = f"{paper.stem}-{meta.kode.lower()}" if meta else paper.stem
        title = f"{paper.title}: {meta.judul}" if meta else paper.title
        width, height = self.size(paper)
        css = f"@page {{ size: {width}mm {height}mm; }}\n{self.css}"
        epoch = self.both.trainers.run.epoch
        source = node.module.source if node else self.both.trainers.run.source
        part = self.render(source.path, html, css, self._pictures(html))
        subject = self.both.run.judul
        keywords = "" if paper.participants else FOR_TRAINERS
        files = {PDF: self.bind(part, title=title, subject=subject, keywords=keywords)}
        for suffix in paper.office:
            files[suffix] = self.office(
                suffix, html, css, title=title, subject=subject, epoch=epoch
            )
        for edition, folder in folders.items():
            folder.mkdir(parents=True, exist_ok=True)
            for suffix, data in files.items():
                if suffix == PDF or edition is Edition.PELATIH:
                    (folder / f"{stem}.{suffix}").write_bytes(data)
        return Printed(
            stem,
            title,
            part.pages,
            paper.copies(self.both),
            paper.duplex,
            paper.needed,
            {suffix: len(data) for suffix, data in files.items()},
            module=node.module.slug if node else "",
            participants=paper.participants,
            anchors=part.anchors,
        )

    def size(self, paper: Paper) -> tuple[int, int]:
        """Width and height of its sheets in mm."""
        width, height = SIZES[paper.sheet] if paper.sheet else self.both.run.sheet
        return (height, width) if paper.landscape else (width, height)

    def _pictures(self, html: str) -> dict[str, bytes]:
        """Bytes of the modules' pictures that the HTML shows."""
        shown = {match[1]: match[2] for match in _PICTURE.finditer(html)}
        return {
            f"{node.module.slug}/{name}": data
            for node in (*self.both.trainers.modules, *self.both.participants.modules)
            if node.module.slug in shown.values()
            for name, data in node.assets().items()
            if f"{node.module.slug}/{name}" in shown
        }
