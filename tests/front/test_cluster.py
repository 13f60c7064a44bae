"""Builds whose workers die: processes of this machine, or those of a real Dask cluster."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from .commands import BUILD, PATIENCE, REPOSITORY, Outcome, Project, session_members
from .trees import digests, names

Found = TypeVar("Found")

SECOND = "2025-09-kedua"
RUNS = (BUILD, SECOND)
MORE = ("2025-10-ketiga", "2025-11-keempat")
PIECE = ".*.pilar-*/baru/kerja/*/*/index.html"
"""A page of an edition that is being made."""


class Cluster:
    """A scheduler of Dask on this machine and its workers, each a process."""

    def __init__(self, project: Project, processes: ExitStack, folder: Path) -> None:
        self.project, self.processes, self.folder = project, processes, folder
        self.scheduler = self._start(0)
        self.address = _wait_for(self._address)

    def _start(self, port: int) -> subprocess.Popen[str]:
        place = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        said = ("--scheduler-file", str(self.folder / "penjadwal.json"))
        return self._dask("scheduler", *place, *said)

    def _dask(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return self.processes.enter_context(self.project.started("dask", *arguments, **environment))

    def _address(self) -> str:
        try:
            return str(json.loads((self.folder / "penjadwal.json").read_text("utf-8"))["address"])
        except (OSError, ValueError):
            return ""

    def worker(self, **environment: str) -> subprocess.Popen[str]:
        """One more worker, a single process."""
        plain = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        place = ("--local-directory", str(self.folder))
        return self._dask("worker", self.address, *plain, *place, **environment)

    def restart(self) -> None:
        """Kill the scheduler, and start another in its place."""
        self.scheduler.kill()
        self.scheduler.wait()
        self.scheduler = self._start(int(self.address.rpartition(":")[2]))


@pytest.fixture
def cluster(site: Project, tmp_path: Path) -> Iterator[Cluster]:
    """Without workers so far."""
    (tmp_path / "dask").mkdir()
    with ExitStack() as processes:
        yield Cluster(site, processes, tmp_path / "dask")


@pytest.fixture
def anew(site: Project, tmp_path: Path) -> Project:
    """The project of two runs, of which nothing is built in this place."""
    return Project(site.root, site.cache, tmp_path / "hasil")


class TestCluster:
    def test_a_killed_workers_work_is_done_by_another(self, cluster: Cluster, anew: Project):
        worker, _ = cluster.worker(), cluster.worker()
        with _building(anew, "--all", "--scheduler", cluster.address) as build:
            worker.kill()
            assert _ended(build).fine().out.count(": selesai") == len(RUNS) + 1
        _same(anew, cluster.project)

    @pytest.mark.panjang
    def test_a_restarted_scheduler_gets_what_is_left_to_do(self, cluster: Cluster, anew: Project):
        cluster.worker()
        with _building(anew, "--all", "--scheduler", cluster.address) as build:
            cluster.restart()
            cluster.worker()
            assert _ended(build).fine().out.count(": selesai") == len(RUNS) + 1
        _same(anew, cluster.project)

    @pytest.mark.panjang
    def test_a_worker_of_another_version_is_refused(
        self, cluster: Cluster, anew: Project, tmp_path: Path
    ):
        other = tmp_path / "lain"
        for name in ("plugins", "overrides"):
            shutil.copytree(REPOSITORY / name, other / name)
        shutil.copy(REPOSITORY / "mkdocs.yml", other)
        module = other / "plugins/pilar/model/edition.py"
        module.write_text(module.read_text("utf-8") + "\n# lain\n", "utf-8")
        cluster.worker(PYTHONPATH=str(other / "plugins"))
        command = ("build", "--no-books", "--out", str(anew.out))
        outcome = anew.pilar(*command, "--scheduler", cluster.address)
        assert outcome.code == 1
        assert "Pekerja tcp://" in outcome.err
        assert "kode Pilar lain" in outcome.err
        assert names(anew.out) == set()

    def test_without_a_scheduler_there_is_no_build(self, anew: Project):
        def refused(*arguments: str) -> Outcome:
            return anew.pilar("build", "--out", str(anew.out), *arguments)

        refused("--scheduler", "tcp://x:1", "--jobs", "2").refused("--jobs")
        refused("--scheduler", "tcp://x:1", "--seal").refused("--seal")
        refused("--all", BUILD).refused("--all")


class TestProcesses:
    def test_a_long_temporary_folder_is_no_hindrance(
        self, site: Project, anew: Project, tmp_path: Path
    ):
        """A socket's path may have 108 bytes, and processes talk through one."""
        far = tmp_path / ("folder-sementara-" * 6)
        far.mkdir()
        command = ("build", "--no-books", "--jobs", "2", "--out", str(anew.out))
        anew.pilar(*command, TMPDIR=str(far)).fine()
        _same(anew, site)
        assert list(far.iterdir()) == []

    @pytest.mark.panjang
    @pytest.mark.parametrize("whose", ["a worker", "their parent"])
    def test_a_killed_process_costs_nothing_but_time(
        self, site: Project, anew: Project, whose: str
    ):
        with _building(anew, "--jobs", "2") as build:
            worker = _workers(build.pid)[0]
            os.kill(worker if whose == "a worker" else _parent(worker), signal.SIGKILL)
            _ended(build).fine()
        _same(anew, site)

    def test_a_run_that_cannot_be_made_is_named_and_made_when_asked_again(
        self, site: Project, anew: Project
    ):
        """Of so many that each is one piece of work, which gives what several pieces give."""
        for name in MORE:
            anew.write(f"runs/{name}.yml", anew.text(f"runs/{SECOND}.yml"))
        outcome = _with_a_full_disk(anew, MORE[0])
        assert outcome.code == 1
        assert "Menyusun pelatihan …" in outcome.err
        reason = "tidak dapat membaca atau menulis: ruang penyimpanan penuh"
        assert f"{MORE[0]}: gagal, karena {reason}." in outcome.out
        assert f"1 pelatihan belum selesai: {MORE[0]}." in outcome.err
        assert names(anew.out) == {*RUNS, MORE[1], "edisi"}
        for run in RUNS:
            assert digests(anew.out / run) == digests(site.out / run)
        again = anew.build("--no-books").fine().out
        assert all(f"{run}: tidak berubah" in again for run in (*RUNS, MORE[1]))
        assert f"{MORE[0]}: selesai" in again


@contextmanager
def _building(project: Project, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A build of sites that has come to its first page."""
    command = ("pilar", "build", "--no-books", "--out", str(project.out), *arguments)
    with project.started(*command) as build:
        _wait_for(lambda: build.poll() is not None or any(project.out.glob(PIECE)))
        assert build.poll() is None, build.communicate()
        yield build


def _ended(build: subprocess.Popen[str]) -> Outcome:
    out, err = build.communicate(timeout=PATIENCE)
    assert "Traceback" not in out + err
    return Outcome(build.returncode, out, err)


def _same(made: Project, before: Project) -> None:
    """Its runs are those of a build that nothing happened to, to the byte."""
    assert names(made.out) == {*RUNS, "edisi"}
    for run in RUNS:
        assert digests(made.out / run) == digests(before.out / run)


def _workers(session: int) -> list[int]:
    """Processes of a pool: forked from another of the session, so that they have its command."""
    commands = {
        number: Path(f"/proc/{number}/cmdline").read_bytes() for number in session_members(session)
    }
    return [n for n, command in commands.items() if commands.get(_parent(n)) == command]


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def _with_a_full_disk(project: Project, run: str) -> Outcome:
    """Build sites where none of this run can be written."""
    code = f"""
import errno
import pilar.build.run_folder as r
from pilar.cli.main import main
make = r.build_edition
def full(options, tree, *given):
    if tree.run.id == {run!r}:
        raise OSError(errno.ENOSPC, "No space left on device")
    return make(options, tree, *given)
r.build_edition = full
main()
"""
    command = ("-c", code, "build", "--no-books", "--jobs", "1", "--out", str(project.out))
    with project.started(sys.executable, *command) as build:
        return _ended(build)


def _wait_for(what: Callable[[], Found]) -> Found:
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "what was waited for never came"
        time.sleep(0.002)
    return found
