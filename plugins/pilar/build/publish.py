"""What scripts/publish adds to the sites of all runs: the home page and the rules of `pilar check`.

`python -m pilar.build.publish FOLDER`, where FOLDER has <run>/peserta and, sealed, <run>/pelatih.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pilar.editions import rulebook
from pilar.editions.address import EDITIONS
from pilar.editions.templates import environment
from pilar.editions.words import dates
from pilar.project.state import Workspace
from pilar.store import package


def home(root: Path, site: Path) -> str:
    """index.html: what stands in the folder `site`, the newest run first."""
    templates = package.find(root, "overrides") / EDITIONS
    there = [
        run for run in Workspace(root).folder().sound.runs.values() if (site / run.id).is_dir()
    ]
    there.sort(key=lambda run: (run.file.tanggal.mulai, run.id), reverse=True)
    return (
        environment(templates, style="edisi.css")
        .get_template("terbitan.html")
        .render(
            pelatihan=[
                (run.id, run.file, dates(run.file.tanggal), (site / run.id / "pelatih").is_dir())
                for run in there
            ],
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
