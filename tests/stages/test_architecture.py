"""Who may import what: the shape of plugins/pilar as a test, read from its sources.

    model <- content <- syntax <- assembly <- editions <- plugin, host, building, cli

`checks` and `versions` stand beside assembly, `loading` brings them together; `review` compares two
states with all of them. What Pilar *is* knows
neither MkDocs nor WeasyPrint, so that another host or printer can take their place.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pilar

PACKAGE = Path(pilar.__file__).parent
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
"""Syntax tree of every module, by its path in the package."""

LAYERS = (
    {"model", "store"},
    {"redline"},
    {"content"},
    {"syntax"},
    {"assembly", "changes"},
    {"checks", "versions"},
    {"project"},
    {"editions"},
    {"leaks"},
    {"errata", "review"},
)
"""Each may import those before it; what is named nowhere here is outermost and may import all."""

ONLY = {
    "mkdocs": ("host/",),
    "weasyprint": ("editions/book/",),
    "pikepdf": ("editions/book/", "editions/seal/", "leaks/"),
    "segno": ("editions/book/",),
    "pypdfium2": ("leaks/", "review/compare/paper.py"),
    "cryptography": ("editions/seal/",),
    "markdown": ("syntax/", "editions/rulebook.py"),
    "nh3": ("syntax/",),
    "PIL": ("content/pictures.py", "leaks/", "review/compare/paper.py"),
    "ruamel": ("content/yaml.py",),
    "yaml": ("editions/address.py",),
    "pygit2": ("versions/",),
    "click": ("cli/",),
}
"""Modules, or folders, that alone may import a library."""

LONGEST = 350
"""Lines of a module; past that it grows into a folder."""


def imports(path: str) -> Iterator[str]:
    """Full names of all that a module imports, wherever in it the import stands."""
    here = ["pilar", *Path(path).with_suffix("").parts]
    for node in ast.walk(MODULES[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = here[: -node.level] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """The part of Pilar that a full name or a path belongs to."""
    return name.removeprefix("pilar.").replace("/", ".").removesuffix(".py").partition(".")[0]


def layer(part: str) -> int:
    return next((n for n, parts in enumerate(LAYERS) if part in parts), len(LAYERS))


def test_every_layer_exists() -> None:
    """A renamed part would slip out of these rules unseen."""
    parts = {part_of(path) for path in MODULES}
    assert set().union(*LAYERS) - parts == set()


@pytest.mark.parametrize("path", MODULES)
def test_imports_go_one_way(path: str) -> None:
    here = part_of(path)
    against = [
        name
        for name in imports(path)
        if name.startswith("pilar.")
        and part_of(name) != here
        and layer(here) < len(LAYERS)
        and layer(part_of(name)) >= layer(here)
        and name != "pilar.__version__"
    ]
    assert against == []


@pytest.mark.parametrize("library", ONLY)
def test_libraries_are_imported_in_their_place_only(library: str) -> None:
    users = [path for path in MODULES if library in {n.partition(".")[0] for n in imports(path)}]
    assert users, f"{library} is used nowhere"
    assert [path for path in users if not path.startswith(ONLY[library])] == []


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("pilar.project.state", ["mkdocs", "weasyprint", "pikepdf", "click"]),
        ("pilar.editions.site", ["mkdocs", "weasyprint", "pikepdf"]),
        ("pilar.editions.book.markup", ["mkdocs", "weasyprint", "pikepdf"]),
        ("pilar.editions.book.volume", ["mkdocs"]),
        ("pilar.editions.seal", ["mkdocs", "weasyprint", "markdown"]),
        ("pilar.cli.main", ["mkdocs", "weasyprint", "pikepdf"]),
        ("pilar.review.write", ["mkdocs", "weasyprint", "pikepdf", "pypdfium2"]),
    ],
)
def test_strangers_are_not_even_loaded(module: str, strangers: list[str]) -> None:
    """Not by a detour either; the command line stays quick that way."""
    code = f"import sys, {module}; print(*sorted(set({strangers}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("arguments", [["--help"], ["check"]])
def test_pango_is_not_loaded_without_need(arguments: list[str]) -> None:
    code = (
        "import atexit, pathlib, sys; from pilar.cli.main import pilar; maps = '/proc/self/maps'; "
        "atexit.register(lambda: print(pathlib.Path(maps).read_text(), file=sys.stderr)); "
        f"pilar({arguments})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "libc.so" in done.stderr
    assert "pango" not in done.stderr


def test_no_module_is_too_long() -> None:
    lengths = {path: len((PACKAGE / path).read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
