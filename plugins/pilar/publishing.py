"""What scripts/publish adds to the sites of all runs: the home page and the rules of `pilar check`.

`python -m pilar.publishing FOLDER`, where FOLDER has <run>/peserta and, sealed, <run>/pelatih.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pilar import resources
from pilar.editions.address import EDITIONS
from pilar.editions.words import dates
from pilar.model.run import Dates
from pilar.review import rulebook


def home(root: Path, site: Path) -> str:
    """index.html: what stands in the folder `site`, the newest run first."""
    templates = resources.find(root, "overrides") / EDITIONS
    made = Environment(
        loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined
    )
    runs = []
    for path in root.glob("runs/*.yml"):
        run = yaml.safe_load(path.read_text("utf-8"))
        when = Dates.model_validate(run["tanggal"])
        if (site / path.stem).is_dir():
            trainers = (site / path.stem / "pelatih").is_dir()
            runs.append((when.mulai, path.stem, run, dates(when), trainers))
    return made.get_template("terbitan.html").render(
        gaya=" ".join((templates / "edisi.css").read_text("utf-8").split()),
        pelatihan=[rest for _, *rest in sorted(runs, key=lambda row: row[:2], reverse=True)],
        edisi=EDITIONS if (site / EDITIONS).is_dir() else "",
        aturan=rulebook.INDEX,
    )


def publish(root: Path, site: Path) -> None:
    """Write the home page and the pages of the rules, which must not be there yet, into `site`."""
    (site / rulebook.FOLDER).mkdir(parents=True)
    for name, page in rulebook.pages(resources.find(root, "overrides/ulasan"), public=True):
        (site / name).write_text(page, "utf-8")
    (site / "index.html").write_text(home(root, site), "utf-8")


if __name__ == "__main__":
    publish(Path.cwd(), Path(sys.argv[1]))
