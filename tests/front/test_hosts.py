"""Other hosts: the tests of sites pass on ProperDocs with MaterialX, and Zensical, which ignores
plugins, publishes nothing of a module.

What the section on hosts in README.md says is done here, in an environment and a copy of their own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .commands import REPOSITORY, clean_environment
from .sentences import sentences_of
from .test_fail_closed import haystack

pytestmark = pytest.mark.panjang

PINS = ("properdocs==1.6.7", "mkdocs-materialx==10.2.2", "zensical==0.0.73")
SITE_TESTS = (
    *"mkdocs fail_closed editions links link_places suggestions serve seal packets offline".split(),
    *"browser frame home class_view worksheets search weight hostile_site".split(),
)
"""Files of tests that look at sites."""


def run(*command: str | Path, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """A command to its end, standard error among its output."""
    return subprocess.run(
        command,
        cwd=folder,
        env=clean_environment(folder / ".cache/pilar"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the programs of an environment with the other hosts, without Material."""
    place = tmp_path_factory.mktemp("lingkungan")
    run(sys.executable, "-m", "venv", place)
    pip = (place / "bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check")
    for arguments in (
        ("install", "--no-deps", "--require-hashes", "-r", "requirements.lock"),
        ("uninstall", "--yes", "mkdocs-material"),
        ("install", *PINS),
    ):
        done = run(*pip, *arguments)
        assert done.returncode == 0, done.stdout
    return place / "bin"


@pytest.fixture
def checkout(programs: Path, tmp_path: Path) -> Path:
    """A copy of the repository, uncommitted work included, that `programs` take Pilar from."""
    copy = tmp_path / "pilar"
    aside = shutil.ignore_patterns(".venv", ".cache", "build", "site", "__pycache__", ".*_cache")
    shutil.copytree(REPOSITORY, copy, symlinks=True, ignore=aside)
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    done = run(programs / "python", "-m", "pip", "install", *options, folder=copy)
    assert done.returncode == 0, done.stdout
    return copy


def change(config: Path, pattern: str, new: str) -> None:
    """Change the one line of mkdocs.yml that is like this."""
    text, count = re.subn(rf"^{pattern}\n", new, config.read_text("utf-8"), flags=re.MULTILINE)
    assert count == 1
    config.write_text(text, "utf-8")


def test_the_site_tests_pass_on_properdocs_with_materialx(programs: Path, checkout: Path) -> None:
    change(checkout / "mkdocs.yml", "  name: material", "  name: materialx\n")
    files = [f"tests/front/test_{name}.py" for name in SITE_TESTS]
    options = ("-q", "-m", "not panjang", "-n", str(os.cpu_count()), "--dist", "loadfile")
    done = run(programs / "python", "-m", "pytest", *options, *files, folder=checkout)
    assert done.returncode == 0, done.stdout


def without_extension(config: Path) -> None:
    change(config, "  - pilar  .*", "")


def without_extension_and_templates(config: Path) -> None:
    without_extension(config)
    change(config, "  custom_dir: .*", "")


@pytest.mark.parametrize(
    ("prepare", "code"),
    [(lambda config: None, 1), (without_extension, 1), (without_extension_and_templates, 0)],
)
def test_zensical_publishes_nothing_of_a_module(
    programs: Path, checkout: Path, prepare: Callable[[Path], None], code: int
) -> None:
    """It stops at our extension or our frame; without both it builds, and the site is empty."""
    prepare(checkout / "mkdocs.yml")
    done = run(programs / "zensical", "build", folder=checkout)
    assert done.returncode == code, done.stdout
    sentences = sentences_of(REPOSITORY / "modules")
    assert len(sentences.public) > 1000
    assert haystack(checkout / "site").found(sentences.public | sentences.secret) == []
    pages = {path.name for path in checkout.glob("site/**/*.html")}
    assert pages == (
        {"index.html", "luring.html", "tentang.html", "404.html"} if not code else set()
    )
