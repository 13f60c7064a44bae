"""What scripts/publish adds to the sites of all runs: the home page and the rules of `pilar check`.

`python -m pilar.build.publish FOLDER`, where FOLDER has <run>/peserta and, sealed, <run>/pelatih.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pilar.editions import rulebook
from pilar.editions.address import EDITIONS
from pilar.editions.templates import environment
from pilar.editions.words import STAGES
from pilar.model.edition import Edition
from pilar.model.run import Run
from pilar.project.state import Workspace
from pilar.store import package

_BOOK = "buku/buku-modul.pdf"
_KINDS = {
    ".html": "Satu berkas untuk dibaca di mana saja",
    ".epub": "Buku elektronik (EPUB)",
    ".zip": "Seluruh situs, untuk kartu memori (ZIP)",
}
"""What is passed on in peserta/unduhan, by the suffix of files that bear the run's name."""


@dataclass(frozen=True)
class Download:
    """A file of a run's participants: its address from the home page, what it is, its bytes."""

    path: str
    title: str
    size: int


@dataclass(frozen=True)
class Published:
    """A run as it stands in the published folder `site`."""

    run: Run
    site: Path

    @property
    def trainers(self) -> bool:
        """Whether the trainers' site is there, which scripts/publish copies only if sealed."""
        return (self.site / self.run.id / Edition.PELATIH).is_dir()

    @property
    def downloads(self) -> Iterator[Download]:
        """Book and packets, as far as they are there."""
        packets = {f"unduhan/{self.run.id}-peserta{end}": title for end, title in _KINDS.items()}
        for name, title in {_BOOK: "Buku semua modul (PDF)", **packets}.items():
            path = f"{self.run.id}/{Edition.PESERTA}/{name}"
            if (file := self.site / path).is_file():
                yield Download(path, title, file.stat().st_size)


def home(root: Path, site: Path) -> str:
    """index.html: what stands in the folder `site`, the newest run first."""
    templates = package.find(root, "overrides") / EDITIONS
    project = Workspace(root).folder().sound
    there = [Published(run, site) for run in project.runs.values() if (site / run.id).is_dir()]
    there.sort(key=lambda one: (one.run.file.tanggal.mulai, one.run.id), reverse=True)
    return (
        environment(templates, style="edisi.css")
        .get_template("terbitan.html")
        .render(
            kurikulum=project.curriculum,
            pelatihan=there,
            tahap=STAGES,
            edisi=EDITIONS if (site / EDITIONS).is_dir() else "",
            aturan=rulebook.INDEX,
        )
    )


def publish(root: Path, site: Path) -> None:
    """Write the home page and the pages of the rules, which must not be there yet, into `site`."""
    (site / rulebook.FOLDER).mkdir(parents=True)
    for name, page in rulebook.pages(package.find(root, "overrides/ulasan"), public=True):
        (site / name).write_text(page, "utf-8")
    (site / "index.html").write_text(home(root, site), "utf-8")


if __name__ == "__main__":
    publish(Path.cwd(), Path(sys.argv[1]))
