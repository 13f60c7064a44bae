"""The plan of plugins/pilar as a test, read from its sources; ARCHITECTURE.md walks through it.

What Pilar *is* knows neither MkDocs nor WeasyPrint, so that another host or printer can take their
place.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache, partial
from pathlib import Path

import pytest

import pilar

PACKAGE = Path(pilar.__file__).parent
MODULES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]
"""Path of every module in the package."""

LAYERS = (
    {"model"},
    {"store"},
    {"redline", "content"},
    {"syntax"},
    {"assembly", "changes"},
    {"evidence"},
    {"checks", "versions"},
    {"project"},
    {"editions"},
    {"leaks"},
    {"errata", "review", "trial"},
    {"host"},
    {"build"},
    {"cli"},
)
"""Each may import those before it."""

ONLY = {
    "mkdocs": ("host/",),
    "properdocs": ("host/",),
    "weasyprint": ("editions/book/",),
    "pydyf": ("editions/book/",),
    "pikepdf": ("editions/book/", "editions/seal/", "leaks/"),
    "segno": ("editions/book/",),
    "docx": (
        "editions/papers/word.py",
        "editions/papers/word_cells.py",
        "editions/papers/pieces.py",
        "editions/papers/office_styles.py",
    ),
    "openpyxl": (
        "content/results/workbook_sheets.py",
        "editions/papers/result_workbook.py",
        "editions/papers/workbook.py",
    ),
    "matplotlib": ("trial/plots.py",),
    "cssselect2": ("editions/papers/cascade.py", "editions/web/first_screen.py"),
    "tinycss2": (
        "editions/papers/cascade.py",
        "editions/web/first_screen.py",
        "editions/web/stylesheet.py",
    ),
    "pypdfium2": ("editions/book/booklet.py", "leaks/", "review/compare/page_pictures.py"),
    "cryptography": ("editions/seal/",),
    "markdown": ("syntax/", "editions/rulebook.py"),
    "markdown_it": ("checks/markdown/",),
    "mdit_py_plugins": ("checks/markdown/",),
    "nh3": ("syntax/",),
    "PIL": ("content/pictures.py", "leaks/", "review/compare/page_pictures.py"),
    "ruamel": ("content/yaml.py", "content/yaml_nodes.py", "content/yaml_mending.py"),
    "yaml": ("content/yaml_nodes.py", "editions/address.py"),
    "pygit2": ("versions/",),
    "click": ("cli/",),
}
"""Modules, or folders, that alone may import a library."""

LONGEST = 350
"""Lines of a module; past that it grows into a folder."""


@cache
def tree(path: str) -> ast.Module:
    """Syntax tree of a module; not made in a process that runs no test of this file."""
    return ast.parse((PACKAGE / path).read_text("utf-8"))


@cache
def imports(path: str) -> tuple[str, ...]:
    """Full names of all that a module imports, wherever in it the import stands."""
    here = ["pilar", *Path(path).with_suffix("").parts]
    found: list[str] = []
    for node in walk(tree(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = here[: -node.level] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            found += (f"{base}.{alias.name}" for alias in node.names)
    return tuple(found)


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those below `if TYPE_CHECKING`, which no running program imports."""
    yield node
    if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
        for child in ast.iter_child_nodes(node):
            yield from walk(child)


def part_of(name: str) -> str:
    """The part of Pilar that a full name or a path belongs to."""
    return name.removeprefix("pilar.").replace("/", ".").removesuffix(".py").partition(".")[0]


def layer(part: str) -> int:
    return next(n for n, parts in enumerate(LAYERS) if part in parts)


def full_name(path: str) -> str:
    return ".".join(["pilar", *Path(path).with_suffix("").parts]).removesuffix(".__init__")


def owner(modules: Container[str], name: str) -> str:
    """The module that a full name of something in it stands for, or is itself."""
    module = name if name in modules else name.rpartition(".")[0]
    return module if module in modules else ""


def test_the_root_holds_the_package_alone() -> None:
    assert [path for path in MODULES if "/" not in path] == ["__init__.py"]


def test_every_part_has_its_layer() -> None:
    """A renamed part would slip out of these rules unseen."""
    parts = {part_of(path) for path in MODULES if "/" in path}
    assert parts == set().union(*LAYERS)


def test_no_name_stands_for_two_modules() -> None:
    names = [path.rpartition("/")[2] for path in MODULES if not path.endswith("__init__.py")]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "/" in path])
def test_imports_go_one_way(path: str) -> None:
    here = part_of(path)
    against = [
        name
        for name in imports(path)
        if name.startswith("pilar.")
        and part_of(name) != here
        and name != "pilar.__version__"
        and layer(part_of(name)) >= layer(here)
    ]
    assert against == []


def test_no_modules_import_each_other() -> None:
    """Not over others either, within a part. Imports for the sake of types alone do not count."""
    modules = {full_name(path): path for path in MODULES}
    graph = {
        name: {found for found in map(partial(owner, modules), imports(path)) if found}
        for name, path in modules.items()
    }
    left = dict(graph)
    # What imports nothing that is left cannot be part of a circle.
    while free := [name for name, needs in left.items() if not needs & left.keys() - {name}]:
        for name in free:
            del left[name]
    assert sorted(left) == []


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
        ("pilar.build.runs", ["mkdocs", "weasyprint", "docx", "openpyxl", "fontTools"]),
        ("pilar.editions.seal", ["mkdocs", "weasyprint", "markdown"]),
        ("pilar.cli.main", ["mkdocs", "weasyprint", "pikepdf", "pydantic", "ruamel.yaml", "lxml"]),
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


def test_the_page_for_developers_is_short_and_names_what_is_there() -> None:
    page = (PACKAGE.parents[1] / "ARCHITECTURE.md").read_text("utf-8")
    assert len(page.split()) <= 1200
    named = set(re.findall(r"`([\w/.-]+/[\w.-]+\.\w+)`", page))
    roots = (PACKAGE, PACKAGE.parents[1])
    assert len(named) > 40
    assert [name for name in sorted(named) if not any((r / name).exists() for r in roots)] == []


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md", "CONTRIBUTING.md"])
def test_other_pages_name_modules_that_are_there(name: str) -> None:
    page = (PACKAGE.parents[1] / name).read_text("utf-8")
    named = set(re.findall(r"`(?:plugins/pilar/)?([\w/]+/\w+\.py)`", page))
    assert [path for path in sorted(named) if not (PACKAGE / path).exists()] == []
