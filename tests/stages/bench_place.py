"""A project to measure in: a curriculum, any number of runs of it, a cache of its own."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import yaml

from pilar.assembly.tree import EditionTree
from pilar.model.edition import Edition
from pilar.project.state import Workspace

from . import bench_national
from .bench_spent import Spent, spend

PILAR = Path(sys.executable).with_name("pilar")
WEEKS = 52
_GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@localhost")


@dataclass(frozen=True)
class Place:
    """A folder with a repository, in which everything is committed; `out` is where builds go."""

    root: Path
    first: dict[str, Any]
    """The run that all others are like."""
    lock: str

    @property
    def out(self) -> Path:
        """Of finished runs."""
        return self.root.with_name(self.root.name + "-hasil")

    @property
    def cache(self) -> Path:
        """What Pilar keeps."""
        return self.root.with_name(self.root.name + "-cache")

    def pilar(self, *arguments: str | Path) -> Spent:
        """What a command of Pilar costs. Raises CalledProcessError."""
        log = self.root.with_name("pilar.log")
        return spend((PILAR, *arguments), self.root, log, PILAR_CACHE=self.cache)

    def build(self, *arguments: str) -> Spent:
        """What `pilar build` costs."""
        return self.pilar("build", *arguments, "--out", self.out)

    def cold(self, runs: int) -> None:
        """So many runs, and nothing made yet."""
        for folder in (self.out, self.cache, self.root / "runs"):
            shutil.rmtree(folder, ignore_errors=True)
        (self.root / "runs").mkdir()
        for number in range(runs):
            self.hold(number)

    def hold(self, number: int) -> str:
        """Write a run in another town, of other weeks and people; gives its name."""
        name = f"2027-01-kota-{number:03}"
        (self.root / f"runs/{name}.yml").write_text(_elsewhere(self.first, number), "utf-8")
        lines = [f"pelatihan: {name}" if _names(line) else line for line in self.lock.split("\n")]
        (self.root / f"runs/{name}.lock").write_text("\n".join(lines), "utf-8")
        return name

    def unlock(self, run: str) -> None:
        """Have a run follow the newest commit, as one does that is being prepared.

        No other is left, for what one has locked must not be edited.
        """
        for path in self.root.glob("runs/*"):
            if path.name != f"{run}.yml":
                path.unlink()

    def edit(self) -> None:
        """Add a sentence to the longest page, and commit it."""
        pages = (path for path in self.root.glob("modules/*/*.md") if path.stem != "perubahan")
        page = max(pages, key=lambda path: (path.stat().st_size, path))
        lines = page.read_text("utf-8").split("\n")
        plain = [number for number, line in enumerate(lines) if line[:1].isupper()]
        lines[plain[len(plain) // 2]] += " Kalimat ini ditambahkan kemudian."
        page.write_text("\n".join(lines), "utf-8")
        self.git("commit", "--quiet", "--message", "Satu kalimat", "--", "modules")

    def restore(self) -> None:
        """Take back what was edited last."""
        self.git("reset", "--quiet", "HEAD~1")
        self.git("checkout", "--quiet", "--", "modules")

    def git(self, *arguments: str) -> None:
        """Run git in the folder. Raises CalledProcessError."""
        subprocess.run([*_GIT, *arguments], cwd=self.root, check=True)

    def size(self) -> str:
        """How much there is to build."""
        pages = [path for path in self.root.glob("modules/*/*.md") if path.stem != "perubahan"]
        words = sum(len(path.read_text("utf-8").split()) for path in pages)
        modules = len({page.parent for page in pages})
        return f"{modules} modules, {len(pages)} pages, {words:,} words"

    def trees(self) -> list[EditionTree]:
        """Both editions of the first run."""
        first = self.hold(0)
        state = Workspace(self.root, self.cache).folder().runs[first]
        return [state.tree(edition) for edition in Edition]


def made(*folders: Path) -> str:
    """What a build has left: files, bytes, pages of PDFs."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    pages = [_pages(path) for path in files if path.suffix == ".pdf"]
    size = sum(path.stat().st_size for path in files) / 1e6
    return f"{len(files)} files, {size:.0f} MB, {len(pages)} PDFs of {sum(pages):,} pages"


def _pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _names(line: str) -> bool:
    return line.startswith("pelatihan:")


def _elsewhere(first: dict[str, Any], number: int) -> str:
    town, later = f"Kota ke-{number}", datetime.timedelta(weeks=number % WEEKS)
    dates = {name: day + later for name, day in first["tanggal"].items()}
    desk = {"nama": f"Dinas {town}", "keterangan": f"meja {number}"}
    desk["berlaku_sampai"] = dates["selesai"] + datetime.timedelta(weeks=WEEKS)
    changed = {
        "tempat": {**first["tempat"], "nama": f"Balai {town}", "kota": town},
        "tanggal": dates,
        "peserta": {**first["peserta"], "asal": town},
        "lokal": {"kontak": [desk]},
    }
    return yaml.safe_dump({**first, **changed}, sort_keys=False, allow_unicode=True)


def real(source: Path, root: Path) -> Place:
    """The curriculum of the repository `source`, as its newest run has locked it."""
    subprocess.run(["git", "clone", "--quiet", source, root], check=True)
    files = [path for path in root.glob("runs/*.yml") if path.with_suffix(".lock").is_file()]
    runs = {path: yaml.safe_load(path.read_bytes()) for path in files}
    newest = max(runs, key=lambda path: runs[path]["tanggal"]["mulai"])
    lock = newest.with_suffix(".lock").read_text("utf-8")
    return Place(root, runs[newest], lock)


def synthetic(source: Path, root: Path) -> Place:
    """The made-up national curriculum, with templates and mkdocs.yml of the repository `source`."""
    bench_national.write(root)
    shutil.copy(source / "mkdocs.yml", root)
    shutil.copytree(source / "overrides", root / "overrides")
    first = root / f"runs/{bench_national.RUN}.yml"
    place = Place(root, yaml.safe_load(first.read_bytes()), "")
    place.git("init", "--quiet")
    place.git("add", "--all")
    place.git("commit", "--quiet", "--message", "Kurikulum buatan")
    place.pilar("lock", first.stem)
    return replace(place, lock=first.with_suffix(".lock").read_text("utf-8"))
