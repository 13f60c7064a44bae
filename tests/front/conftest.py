"""Projects that the tests build: a tiny valid one, one full of secrets, and the real one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from filelock import FileLock

from .canaries import add_pictures
from .commands import BUILD, PROJECTS, REPOSITORY, Project


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of pytest-xdist share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def cache(shared: Path) -> Path:
    """Rendered parts; shared, for a part is found by its content alone."""
    return shared / "cache"


def _copy(name: str, target: Path, cache: Path) -> Project:
    return Project(PROJECTS / name, cache, target).copied(target)


def _once(shared: Path, name: str, make: Callable[[], object]) -> None:
    """Make something in the first worker that needs it; the others wait until it is there."""
    done = shared / f"{name}.jadi"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            make()
            done.touch()


@pytest.fixture
def minimal(tmp_path: Path, cache: Path) -> Project:
    """A copy of the tiny valid project: two modules, one run, nothing built."""
    return _copy("minimal", tmp_path / "proyek", cache)


@pytest.fixture(scope="session")
def minimal_once(shared: Path, cache: Path) -> Project:
    """The tiny project, built once; for tests that only read."""
    target = shared / "sekali"
    _once(shared, "sekali", lambda: _copy("minimal", target, cache).build().fine())
    return Project(target, cache, target / "build")


@pytest.fixture
def built(minimal_once: Project, tmp_path: Path) -> Project:
    """A copy of the tiny project with its build; for tests that change something."""
    return minimal_once.copied(tmp_path / "proyek")


@pytest.fixture(scope="session")
def site_once(shared: Path, cache: Path) -> Project:
    """The tiny project with a second run on the same modules, sites only, built once."""
    target = shared / "situs"

    def make() -> None:
        project = _copy("minimal", target, cache)
        first = project.text(f"runs/{BUILD}.yml")
        second = first.replace("2025-03-10", "2025-09-01")
        second = second.replace("Angkatan Contoh", "Angkatan Kedua")
        project.write("runs/2025-09-kedua.yml", second)
        # The only one of these activities that a late session can shorten.
        page = "modules/sapa/tiga-langkah.md"
        shorter = project.text(page).replace("    menit: 45\n", "    menit: 45\n    minimum: 30\n")
        project.write(page, shorter)
        project.build_sites()

    _once(shared, "situs", make)
    return Project(target, cache, target / "build")


@pytest.fixture
def site(site_once: Project, tmp_path: Path) -> Project:
    """A copy of the project of two runs with its sites: quick to build again."""
    return site_once.copied(tmp_path / "proyek")


@pytest.fixture(scope="session")
def rahasia(shared: Path, cache: Path) -> Project:
    """A project with a secret in every place that can hold one, built once."""
    target = shared / "rahasia"

    def make() -> None:
        project = _copy("rahasia", target, cache)
        add_pictures(project.root)
        project.build().fine()

    _once(shared, "rahasia", make)
    return Project(target, cache, target / "build")


@pytest.fixture(scope="session")
def probolinggo(shared: Path, cache: Path) -> Project:
    """The repository itself and its run of January 2025, built once (about a minute)."""
    project = Project(REPOSITORY, cache, shared / "nasional")
    _once(shared, "nasional", lambda: project.build("--jobs", "2", "2025-01-probolinggo").fine())
    return project


@pytest.fixture(scope="session")
def newest(shared: Path, cache: Path) -> Path:
    """Sites of the repository's newest run, made from modules/ as they are, locks or no locks."""
    project = Project(REPOSITORY, cache, shared / "terbaru")
    runs = {path.stem: yaml.safe_load(path.read_bytes()) for path in REPOSITORY.glob("runs/*.yml")}
    name = max(runs, key=lambda name: runs[name]["tanggal"]["mulai"])
    _once(shared, "terbaru", lambda: project.build(name, "--worktree", "--no-books").fine())
    return project.out / name


@pytest.fixture(scope="session", params=["contoh", "probolinggo"])
def run_folder(request: pytest.FixtureRequest) -> Path:
    """The output of a run: of the tiny project, and of the real one."""
    if request.param == "contoh":
        return request.getfixturevalue("minimal_once").out / BUILD
    return request.getfixturevalue("probolinggo").out / "2025-01-probolinggo"


@pytest.fixture(scope="session", params=["peserta", "pelatih"])
def edition(request: pytest.FixtureRequest) -> str:
    """Each of the two editions."""
    return request.param
