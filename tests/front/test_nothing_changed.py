"""A build that finds nothing to do looks, and loads nothing that makes anything."""

from __future__ import annotations

import json

from .commands import BUILD, Project

_CALL = """
import json, sys
sys.argv = ["pilar", *{arguments!r}]
from pilar.cli.main import main
try:
    main()
finally:
    print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
MAKES = {"lxml", "markdown", "mkdocs", "openpyxl", "pikepdf", "pydantic", "rich", "weasyprint"}
"""Libraries that content is read, pages are made and progress is shown with."""


def called(project: Project, *arguments: str) -> tuple[list[str], set[str]]:
    """What `pilar` says in a process of its own, and the libraries that it has loaded then."""
    outcome = project.run("python", "-c", _CALL.format(arguments=arguments))
    *said, loaded = outcome.fine().out.splitlines()
    return said, set(json.loads(loaded))


def test_nothing_is_loaded_that_makes_anything(built: Project) -> None:
    said, loaded = called(built, "build")
    assert [line.partition(":")[0] for line in said] == [BUILD, "edisi"]
    assert all("tidak berubah" in line for line in said)
    assert not loaded & MAKES


def test_what_is_missing_of_the_public_pages_is_made(built: Project) -> None:
    (built.out / "edisi/index.html").unlink()
    said = built.build().fine().out.splitlines()
    assert ["tidak berubah" in line for line in said] == [True, False]
    assert (built.out / "edisi/index.html").is_file()


def test_what_is_missing_of_a_run_is_made(built: Project) -> None:
    (built.out / BUILD / "peserta/index.html").unlink()
    said = built.build("--no-books", "--edition", "peserta").fine().out.splitlines()
    assert "selesai" in said[0]
    assert (built.out / BUILD / "peserta/index.html").is_file()
