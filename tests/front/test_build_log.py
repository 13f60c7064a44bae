"""What `pilar build` says: bars on a terminal, a table at the end, JSON, or nothing."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .commands import BIN, BUILD, PATIENCE, Project, clean_environment
from .trees import files

_STEERING = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def anew(site: Project, tmp_path: Path) -> Project:
    """The project of two runs, of which nothing is built in this place."""
    return Project(site.root, site.cache, tmp_path / "hasil")


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def test_json_has_each_step_each_run_and_an_end(anew: Project):
    said = lines(anew.build("--no-books", BUILD, "--log", "json").fine().out)
    steps = [(row["nama"], row["selesai"], row["dari"]) for row in said if "dari" in row]
    assert steps[:2] == [("Memeriksa isi", 0, 1), ("Memeriksa isi", 1, 1)]
    assert steps[-1] == ("Menyusun situs dan buku", 2, 2)
    assert [row["pada"] for row in said] == sorted(row["pada"] for row in said)
    run, public = (row for row in said if row["peristiwa"] == "pelatihan")
    assert (run["pelatihan"], run["keadaan"]) == (BUILD, "selesai")
    assert run["folder"] == str(anew.out / BUILD)
    assert run["bita"] == sum(path.stat().st_size for path in files(anew.out / BUILD).values())
    assert (run["halaman"], run["lembar"]) == (0, 0)
    assert run["detik"] > 0
    assert run["memori"] > 10_000_000
    assert run["simpanan"].keys() == {"diambil", "dibuat"}
    assert public["pelatihan"] == "edisi"
    assert said[-1]["peristiwa"] == "selesai"
    assert [said[-1][key] for key in ("selesai", "tidak_berubah", "gagal")] == [1, 0, 0]


def test_json_has_problems_as_check_has_them(site: Project):
    line = site.replace("runs/2025-09-kedua.yml", "sapa, catat, posttest", "sapa, catatan")
    outcome = site.build("--no-books", "--log", "json")
    assert outcome.code == 1
    *_, problem, end = lines(outcome.out)
    assert (problem["peristiwa"], problem["path"]) == ("masalah", "runs/2025-09-kedua.yml")
    assert (problem["line"], problem["code"], problem["severity"]) == (line, "R101", "galat")
    states = {row["pelatihan"]: row["keadaan"] for row in lines(outcome.out) if "folder" in row}
    assert states == {
        BUILD: "tidak berubah",
        "2025-09-kedua": "gagal",
        "edisi": "tidak diperbarui",
    }
    assert end["gagal"] == 1


def test_quiet_says_only_what_is_amiss(site: Project):
    outcome = site.build("--no-books", "--quiet").fine()
    assert outcome.out + outcome.err == ""
    line = site.replace("runs/2025-09-kedua.yml", "sapa, catat, posttest", "sapa, catatan")
    outcome = site.build("--no-books", "--quiet")
    assert ("runs/2025-09-kedua.yml", line, "R101") in outcome.problems()
    assert "tidak berubah" not in outcome.out
    site.build("--quiet", "--log", "json").refused("--quiet")


def test_a_terminal_has_bars_with_the_time_left_and_then_a_table(anew: Project):
    ours, theirs = pty.openpty()
    command = [str(BIN / "pilar"), "build", BUILD, "--no-books", "--jobs", "1"]
    environment = clean_environment(anew.cache, TERM="xterm", COLUMNS="100")
    with subprocess.Popen(
        [*command, "--out", str(anew.out)],
        cwd=anew.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        out, _ = process.communicate(timeout=PATIENCE)
    os.close(ours)
    assert process.returncode == 0
    bars = _STEERING.sub("", shown.decode())
    assert re.search(r"Memeriksa isi +━+ 1/1 \d:\d\d:\d\d sisa 0:00:00", bars)
    assert re.search(r"Menyusun situs dan buku +━+ 2/2 \d:\d\d:\d\d sisa 0:00:00", bars)
    assert "…" not in bars, "a step a line is for what is no terminal"
    head, _, *rows = (row.strip() for row in out[out.index(" Pelatihan") :].splitlines())
    assert head.split() == ["Pelatihan", "Halaman", "Lembar", "Ukuran", "Detik", "Dari", "simpanan"]
    assert re.match(rf"{BUILD} +\d+ [KM]B +\d+,\d +\d+%", rows[0])
    assert any(row.startswith("Semua (1 pelatihan)") for row in rows)


def _read(terminal: int) -> bytes:
    """What comes from the other end, until it is closed, which Linux calls an error (pty(7))."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
