"""A build appears whole, or the old one stays: whatever fails, and whenever it is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .commands import BUILD, PATIENCE, Outcome, Project, session_members, spent
from .trees import digests, names, stamps

pytestmark = pytest.mark.panjang  # dozens of builds: several minutes

WORK = 4
"""Seconds of the processor that a process of a stopped build may still use."""
PAGE = "modules/sapa/tiga-langkah.md"
PICTURE = "modules/sapa/aset/langkah.svg"
CHANGE = ("modules/sapa/penutup.md", "senyum", "tawa")


class TestFailure:
    def test_a_content_error_leaves_the_earlier_output(self, built: Project):
        before = stamps(built.out / BUILD)
        line = built.replace(PAGE, "/// kunci", "/// kuncy")
        assert (PAGE, line, "B101") in built.build().problems()
        _only(built, before)

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            pytest.param(
                "langkah.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g", id="cut SVG"
            ),
            pytest.param("langkah.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, id="broken PNG"),
            pytest.param("langkah.jpg", b"bukan gambar", id="text as JPEG"),
        ],
    )
    def test_a_picture_that_cannot_be_read_leaves_the_earlier_output(
        self, built: Project, name: str, data: bytes
    ):
        before = stamps(built.out / BUILD)
        (built.root / PICTURE).unlink()
        (built.root / PICTURE).with_name(name).write_bytes(data)
        built.write(PAGE, built.text(PAGE).replace("langkah.svg", name))
        outcome = built.build("--edition", "peserta")
        assert outcome.problems()
        assert f"aset/{name}" in outcome.out, "the message must name the picture"
        _only(built, before)

    def test_a_first_build_that_fails_leaves_no_half_of_a_run(self, minimal: Project):
        (minimal.root / PICTURE).write_bytes(b"<svg")
        assert minimal.build().problems()
        assert names(minimal.out) == set()

    def test_a_mistake_in_one_run_leaves_the_other_as_it_was(self, site: Project):
        before = stamps(site.out)
        line = site.replace("runs/2025-09-kedua.yml", "sapa, catat, posttest", "sapa, catatan")
        outcome = site.build("--no-books")
        assert ("runs/2025-09-kedua.yml", line, "R101") in outcome.problems()
        assert {name: stamp for name, stamp in stamps(site.out).items() if name in before} == before
        assert names(site.out) == {BUILD, "2025-09-kedua", "edisi"}


@pytest.fixture(scope="module")
def mended(minimal_once: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the run is once CHANGE is built, and nothing ever failed."""
    project = minimal_once.copied(tmp_path_factory.mktemp("utuh") / "proyek")
    project.replace(*CHANGE)
    project.build().fine()
    return digests(project.out / BUILD)


class TestKill:
    @pytest.mark.parametrize(
        "moment",
        [
            pytest.param(lambda out: any(_stages(out)), id="when staging begins"),
            pytest.param(lambda out: any(_stages(out, "/kerja/*/*/sapa/*.html")), id="amid pages"),
        ],
    )
    def test_a_killed_build_leaves_the_earlier_output_and_the_next_one_mends(
        self, built: Project, mended: dict[str, str], moment: Callable[[Path], bool]
    ):
        before = stamps(built.out / BUILD)
        built.replace(*CHANGE)
        _stop(built, signal.SIGKILL, moment, to_all=True)
        assert stamps(built.out / BUILD) == before
        assert f"{BUILD}: selesai" in built.build().fine().out
        assert digests(built.out / BUILD) == mended
        assert names(built.out) == {BUILD, "edisi"}

    def test_what_a_killed_build_started_ends_by_itself(self, built: Project):
        """Only the command is killed, as by the kernel when memory is short."""
        before = stamps(built.out / BUILD)
        built.replace(*CHANGE)
        left = _stop(built, signal.SIGKILL, lambda out: any(_stages(out)))
        assert stamps(built.out / BUILD) == before
        assert left == [], "still running, or at work for long, after the build was killed"

    def test_a_build_right_after_a_kill_is_not_disturbed_by_what_still_runs(
        self, built: Project, mended: dict[str, str]
    ):
        name, old, new = CHANGE
        built.replace(name, old, "salam")
        with built.started("pilar", "build", "--out", str(built.out)) as process:
            _wait(lambda: any(_stages(built.out)), process)
            process.kill()
            built.replace(name, "salam", new)
            built.build().fine()
            assert digests(built.out / BUILD) == mended
            assert names(built.out) == {BUILD, "edisi"}

    def test_a_kill_between_moving_old_and_new_loses_nothing(self, built: Project):
        """The state that stands for a moment where the system cannot exchange two folders."""
        before = stamps(built.out / BUILD)
        shop = built.out / f".{BUILD}.pilar-1"
        shutil.copytree(built.out / BUILD / "peserta", shop / "baru/peserta")
        (built.out / BUILD).rename(shop / "lama")
        assert f"{BUILD}: tidak berubah" in built.build().fine().out
        _only(built, before)

    def test_a_kill_before_the_old_folder_is_gone_keeps_the_new_one(self, built: Project):
        before = stamps(built.out / BUILD)
        shop = built.out / f".{BUILD}.pilar-1"
        shutil.copytree(built.out / BUILD / "pelatih", shop / "baru/pelatih")
        assert f"{BUILD}: tidak berubah" in built.build().fine().out
        _only(built, before)

    def test_an_interrupted_build_says_so_and_cleans_up(self, built: Project):
        before = stamps(built.out / BUILD)
        built.replace(*CHANGE)
        with built.started("pilar", "build", "--out", str(built.out)) as process:
            _wait(lambda: any(_stages(built.out)), process)
            os.killpg(process.pid, signal.SIGINT)  # what Ctrl+C in a terminal does
            out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
        assert "Hasil yang lama tetap ada" in err
        assert "Traceback" not in out + err
        _only(built, before)

    def test_a_broken_cache_entry_is_made_anew(self, built: Project, tmp_path: Path):
        """A kill or a full disk may leave one behind."""
        before = digests(built.out / BUILD)
        shutil.copytree(built.cache, tmp_path / "simpanan")
        entries = list((tmp_path / "simpanan").rglob("*.part"))
        assert entries
        for entry in entries:
            entry.write_bytes(entry.read_bytes()[:1000])
        shutil.rmtree(built.out)
        Project(built.root, tmp_path / "simpanan", built.out).build().fine()
        assert digests(built.out / BUILD) == before


def test_two_builds_at_once_do_not_get_in_each_others_way(site: Project):
    site.replace(*CHANGE)
    command = ("pilar", "build", "--out", str(site.out), "--no-books", "--jobs", "1", BUILD)
    with site.started(*command) as first, site.started(*command) as second:
        outcomes = []
        for process in (first, second):
            out, err = process.communicate(timeout=PATIENCE)
            outcomes.append(Outcome(process.returncode, out, err).fine().out)
    assert [f"{BUILD}: selesai" in out for out in sorted(outcomes)] == [True, False]
    assert names(site.out) == {BUILD, "2025-09-kedua", "edisi"}


def _stages(out: Path, below: str = "") -> Iterator[Path]:
    """Folders in which a build makes the run, or what is in them."""
    return out.glob(f".{BUILD}.pilar-*/baru{below}")


def _only(project: Project, before: dict[str, tuple[str, int, int]]) -> None:
    """The output folder holds the run as it was, untouched, the public pages, nothing else."""
    assert stamps(project.out / BUILD) == before
    assert names(project.out) == {BUILD, "edisi"}


def _wait(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert process.poll() is None, "the build ended before the moment to stop it came"
        assert time.monotonic() < end, "the moment to stop the build never came"
        time.sleep(0.002)


def _stop(
    project: Project, how: signal.Signals, moment: Callable[[Path], bool], to_all: bool = False
) -> list[int]:
    """Stop a build at a moment; gives its processes that do not end, or only after much work.

    Work is counted in seconds of the processor, which a busy machine does not change.
    """
    with project.started("pilar", "build", "--out", str(project.out)) as process:
        _wait(lambda: moment(project.out), process)
        if to_all:
            os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        end = time.monotonic() + PATIENCE
        before = {number: spent(number) for number in session_members(process.pid)}
        while left := session_members(process.pid):
            if any(spent(number) - before.get(number, 0) > WORK for number in left):
                break
            if time.monotonic() > end:
                break
            time.sleep(0.1)
    return left
