"""Runs `pilar` and `mkdocs` the way a user does: as commands, in the folder of a project."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from .launcher import ENTRIES, HOST, launch

REPOSITORY = Path(__file__).parents[2]
PROJECTS = Path(__file__).parent / "projects"
BIN = Path(sys.executable).parent
BUILD = "2025-03-contoh"
"""The run of the project `minimal`."""
PATIENCE = 120
"""Seconds to wait, at the most, for what must come: a busy machine is slow, and not wrong."""

_PROGRESS = re.compile(
    r"(Memeriksa isi|Membandingkan|Mencetak (modul|kertas)|Menyusun (situs dan buku|pelatihan)) …"
)


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: exit status, standard output, standard error."""

    code: int
    out: str
    err: str

    def fine(self) -> Self:
        """Exit status 0, and not one line on standard error but those of progress."""
        assert self.code == 0, f"exit {self.code}\n{self.out}\n{self.err}"
        unexpected = [line for line in self.err.splitlines() if not _PROGRESS.fullmatch(line)]
        assert not unexpected, "\n".join(unexpected)
        return self

    def refused(self, *words: str) -> Self:
        """Exit status 2: wrong usage, explained on standard error with these words."""
        assert self.code == 2, f"exit {self.code}\n{self.out}\n{self.err}"
        assert "Salah pakai: " in self.err
        for word in words:
            assert word in self.err
        return self

    def problems(self) -> list[tuple[str, int, str]]:
        """Path, line and code of every problem told; the exit status must be 1."""
        assert self.code == 1, f"exit {self.code}\n{self.out}\n{self.err}"
        found = re.findall(r"^(\S+?):(\d+): ([A-Z]\d{3}) \S.*$", self.out, re.MULTILINE)
        return [(path, int(line), code) for path, line, code in found]


def clean_environment(cache: Path, **extra: str) -> dict[str, str]:
    """The caller's environment without what steers Pilar, plus a cache of the tests' own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "SOURCE_DATE_EPOCH" and not name.startswith("PILAR_")
    }
    return kept | {"PILAR_CACHE": str(cache), "NO_MKDOCS_2_WARNING": "1"} | extra


@dataclass(frozen=True)
class Project:
    """A folder with modules/ and runs/, and the commands run in it."""

    root: Path
    cache: Path
    out: Path
    """Where `pilar build` puts its output."""

    def pilar(self, *arguments: str, cwd: Path | None = None, **environment: str) -> Outcome:
        """Run `pilar`. Whatever the arguments and the content, there must be no traceback."""
        outcome = self.run("pilar", *arguments, cwd=cwd, **environment)
        assert "Traceback" not in outcome.out + outcome.err, outcome.err
        return outcome

    def build(self, *arguments: str, **environment: str) -> Outcome:
        """Run `pilar build` into `out`, in one process unless `--jobs` says otherwise.

        For a tiny project, to start another costs more than that one does.
        """
        jobs = () if "--jobs" in arguments else ("--jobs", "1")
        return self.pilar("build", "--out", str(self.out), *jobs, *arguments, **environment)

    def build_sites(self, *arguments: str) -> Outcome:
        """Run `pilar build` without books: the quickest way to a page."""
        return self.build("--no-books", *arguments).fine()

    def mkdocs(self, *arguments: str, **environment: str) -> Outcome:
        """Run `mkdocs`, or the host that is installed in its place."""
        return self.run(HOST, *arguments, **environment)

    def run(
        self, program: str, *arguments: str, cwd: Path | None = None, **environment: str
    ) -> Outcome:
        """Run a program of the environment to its end.

        One that has nothing but Pilar's own in its environment need not start from nothing.
        """
        own = all(name.startswith("PILAR_") for name in environment)
        if program in ENTRIES and own and "PILAR_FRESH_COMMANDS" not in os.environ:
            values = clean_environment(self.cache, **environment)
            return Outcome(*launch(BIN / program, arguments, cwd or self.root, values))
        with self.started(program, *arguments, cwd=cwd, **environment) as process:
            out, err = process.communicate(timeout=5 * PATIENCE)
        return Outcome(process.returncode, out, err)

    @contextmanager
    def started(
        self, program: str, *arguments: str, cwd: Path | None = None, **environment: str
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a program in a session of its own; nothing of that session outlives the block."""
        # Who starts the tests in the background hands down that Ctrl+C is ignored.
        process = subprocess.Popen(
            ["env", "--default-signal=INT", str(BIN / program), *arguments],
            cwd=cwd or self.root,
            env=clean_environment(self.cache, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        with process:
            try:
                yield process
            finally:
                for number in session_members(process.pid):
                    os.kill(number, signal.SIGKILL)

    def text(self, name: str) -> str:
        """Text of a file of the project."""
        return (self.root / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file of the project, its folders included."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace a text that stands in a file exactly once; gives its line."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))
        return text.partition(old)[0].count("\n") + 1

    def line(self, name: str, text: str) -> int:
        """The line of a text that stands in a file exactly once."""
        return self.replace(name, text, text)

    def add_host_files(self) -> None:
        """Give the project a mkdocs.yml and overrides/ of its own: those of the repository."""
        shutil.copy(REPOSITORY / "mkdocs.yml", self.root)
        shutil.copytree(REPOSITORY / "overrides", self.root / "overrides")

    def add_scripts(self, *names: str) -> None:
        """Give the project scripts of the repository, which find the environment of the tests."""
        self.write("scripts/setup", "#!/bin/sh\n")
        (self.root / "scripts/setup").chmod(0o755)
        for name in names:
            shutil.copy(REPOSITORY / "scripts" / name, self.root / "scripts")
        (self.root / ".venv").symlink_to(sys.prefix)

    def script(self, name: str, *arguments: str, **environment: str) -> Outcome:
        """Run one of them to its end."""
        done = subprocess.run(
            [self.root / "scripts" / name, *arguments],
            capture_output=True,
            check=False,
            cwd=self.root,
            env=clean_environment(self.cache, **environment),
            encoding="utf-8",
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def copied(self, target: Path) -> Project:
        """The project, output included, in another folder; times of files are kept."""
        shutil.copytree(self.root, target)
        return Project(target, self.cache, target / "build")


def session_members(session: int) -> list[int]:
    """Processes of a session that are still running (zombies are not)."""
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, owner = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(owner) == session and state not in "ZX":
                members.append(int(entry.name))
    return members


def spent(process: int) -> float:
    """Seconds of the processor that a process has used; 0 once it has ended."""
    try:
        times = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
