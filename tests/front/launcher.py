"""Starts `pilar` and `mkdocs` from a process that has imported them already, and forks.

To import, and to compile patterns and templates, is most of what a command costs on a tiny project.
What is started is a process of its own all the same, in a session of its own: with its arguments,
folder, environment, output, exit status. `scripts/check --all` starts every one from nothing.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

HOST = "properdocs" if find_spec("properdocs") else "mkdocs"
ENTRIES = {"pilar": ("pilar.cli.main", "main"), HOST: (f"{HOST}.__main__", "cli")}
"""Where a command begins: module, function."""
SECONDS = 600
"""How long a command may take at the most."""


@cache
def _forking() -> subprocess.Popen[str]:
    # Not among its modules: those beside this file, whose names are too plain.
    place = TemporaryDirectory()
    command = ["env", "--default-signal=INT", sys.executable, "-P", __file__, place.name]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    atexit.register(_stop, process, place)
    return process


def _stop(process: subprocess.Popen[str], place: TemporaryDirectory[str]) -> None:
    process.terminate()
    process.communicate()
    place.cleanup()


def launch(
    program: Path, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[int, str, str]:
    """Run a program of ENTRIES to its end: exit status, standard output, standard error."""
    with TemporaryDirectory() as place:
        outputs = [Path(place) / name for name in ("out", "err")]
        for path in outputs:
            path.touch()
        request = ([str(program), *arguments], str(folder), dict(environment))
        process = _forking()
        assert process.stdin
        assert process.stdout
        print(
            json.dumps((*request, [str(path) for path in outputs])), file=process.stdin, flush=True
        )
        code = int(process.stdout.readline())
        out, err = (path.read_text("utf-8") for path in outputs)
    return code, out, err


def _become(command: list[str], folder: str, environment: dict[str, str], out: list[str]) -> None:
    """Make this process, just forked, that of a command."""
    os.setsid()
    signal.alarm(SECONDS)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in enumerate((os.devnull, *out)):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.argv = command


def _finish(entry: Callable[[], object]) -> NoReturn:
    """Run the command and end as Python does, but without taking apart what the fork shares."""
    code: object = 0
    try:
        code = entry()
    except SystemExit as error:
        code = error.code
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else bool(code))


def _serve(place: Path) -> None:
    """Fork for each line of standard input; answer with the exit status."""
    import pilar

    for module in pkgutil.walk_packages(pilar.__path__, "pilar."):
        import_module(module.name)
    entries = {name: getattr(import_module(module), f) for name, (module, f) in ENTRIES.items()}
    _keep_templates(place)
    import_module("pilar.syntax.render").render("Kata.")  # all patterns of Markdown
    gc.collect()
    gc.freeze()  # what is here stays, and is not copied to be looked at
    gc.set_threshold(50_000, 20, 50)  # commands end before there is much to collect
    for line in sys.stdin:
        command, *circumstances = json.loads(line)
        child = os.fork()
        if not child:
            _become(command, *circumstances)
            _finish(entries[Path(command[0]).name])
        print(_end_of(child), flush=True)


def _keep_templates(folder: Path) -> None:
    """Have Jinja find its compiled templates, by their text, also in what is forked later."""
    import jinja2

    kept = jinja2.FileSystemBytecodeCache(str(folder))
    # Each environment has a default of its own.
    make = jinja2.Environment.__init__

    def make_with_cache(self: jinja2.Environment, *values: Any, **options: Any) -> None:
        make(self, *values, **{"bytecode_cache": kept} | options)

    jinja2.Environment.__init__ = make_with_cache


def _end_of(child: int) -> int:
    """Wait for a command; gives its exit status. Nothing of its session outlives it, or us."""
    end = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        signal.signal(signal.SIGTERM, end)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
