"""What a newcomer runs, and what the repository may not hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest

from pilar.model.rule import rules

from .commands import BUILD, REPOSITORY, Project

SCRIPTS = [
    "scripts/build",
    "scripts/test",
    "scripts/check",
    "scripts/setup",
    "scripts/bare",
    ".ci/run",
]
REGISTRIES = [
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("unpkg", "com"),
    ("jsdelivr", "net"),
    ("cdnjs", "cloudflare", "com"),
    ("googleapis", "com"),
    ("gstatic", "com"),
    ("yarnpkg", "com"),
    ("crates", "io"),
]
"""Hosts of packages; written in parts, so that this file does not hold them either."""
THIRD_PARTY = (
    r"\.(?:woff2?|ttf|otf|eot|whl|egg|jar|exe|dll|so|dylib|pyc|zip|gz|tgz|xz|7z|pdf|wasm|map)$"
    r"|\.min\.(?:js|css)$|(?:^|/)(?:node_modules|vendor|site-packages|__pycache__)/"
)
"""Files that come from elsewhere or are built: dependencies and outputs, not sources."""
_IGNORED = {".git", ".venv", "build", ".cache", "site", ".hypothesis"}


def tracked() -> list[str]:
    """Files of the repository: those git tracks, else all that are not built."""
    command = ["git", "-C", str(REPOSITORY), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=False, text=True)
    inside = (REPOSITORY / ".git").exists()
    if inside and listed.returncode == 0 and listed.stdout:
        return [name for name in listed.stdout.split("\0") if (REPOSITORY / name).is_file()]
    return [
        path.relative_to(REPOSITORY).as_posix()
        for path in REPOSITORY.rglob("*")
        if path.is_file()
        and not _IGNORED & {folder.name for folder in path.relative_to(REPOSITORY).parents}
        and not re.search(r"_cache/|__pycache__/|\.egg-info/", path.as_posix())
    ]


@pytest.mark.parametrize("name", SCRIPTS)
class TestScripts:
    def test_can_be_run(self, name: str):
        path = REPOSITORY / name
        assert path.is_file()
        assert os.access(path, os.X_OK)
        assert path.read_text("utf-8").startswith("#!")

    def test_is_bash_without_a_slip(self, name: str):
        done = subprocess.run(
            ["bash", "-n", str(REPOSITORY / name)], capture_output=True, check=False, text=True
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def test_stops_at_the_first_failure(self, name: str):
        assert re.search(r"^set -euo pipefail$", (REPOSITORY / name).read_text("utf-8"), re.M)

    def test_works_from_any_folder(self, name: str):
        text = (REPOSITORY / name).read_text("utf-8")
        assert re.search(r'^cd "\$\(dirname "\$0"\)/\.\."$', text, re.M)


def test_bare_roots_are_skipped_where_nothing_can_make_them():
    done = subprocess.run(
        [REPOSITORY / "scripts/bare", "trixie"],
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
        text=True,
    )
    said = "bare: skipped trixie, for this needs root and debootstrap\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)


def test_the_repository_lists_its_sources():
    names = tracked()
    assert {"mkdocs.yml", "pyproject.toml", "plugins/pilar/cli/main.py", *SCRIPTS} <= set(names)
    assert len(names) > 80


def test_no_file_of_others_is_kept():
    kept = [name for name in tracked() if not name.startswith("tests/stages/golden/")]
    assert [name for name in kept if re.search(THIRD_PARTY, name)] == []


@pytest.mark.parametrize("parts", REGISTRIES, ids=".".join)
def test_no_package_host_is_named(parts: tuple[str, ...]):
    host = ".".join(parts).encode()
    assert [name for name in tracked() if host in (REPOSITORY / name).read_bytes()] == []


def test_every_file_is_of_a_size_that_a_reviewer_can_read():
    large = {name for name in tracked() if (REPOSITORY / name).stat().st_size > 400_000}
    assert large == set()


def test_what_is_published_holds_together(minimal_once: Project, tmp_path: Path) -> None:
    """The sites, the pages of printed books and of rules; nothing of the trainers unsealed."""
    project = minimal_once.copied(tmp_path / "proyek")
    project.add_scripts("publish")
    out = tmp_path / "terbit"
    project.script("publish", str(out)).fine()
    assert (out / BUILD / "peserta/index.html").is_file()
    assert not (out / BUILD / "pelatih").exists()
    assert {path.stem for path in (out / "aturan").iterdir()} == {"index", *rules()}
    for path in (out / "index.html", *(out / "aturan").iterdir()):
        page = lxml.html.document_fromstring(path.read_bytes())
        assert page.xpath("//script | //img | //iframe | //form") == []
        assert page.xpath("//link/@href") in ([], ["data:,"])
        for link in page.xpath("//a/@href"):
            name, _, anchor = link.partition("#")
            assert name == "" or (path.parent / name).is_file(), link
            assert anchor == "" or page.get_element_by_id(anchor) is not None
    before = {path: path.read_bytes() for path in out.glob("aturan/*")} | {
        out / "index.html": (out / "index.html").read_bytes()
    }
    shutil.rmtree(out / "aturan")
    project.run("python", "-m", "pilar.build.publish", str(out)).fine()
    assert {path: path.read_bytes() for path in before} == before


def test_the_readme_names_the_two_commands():
    text = Path(REPOSITORY / "README.md").read_text("utf-8")
    assert "scripts/build" in text
    assert "scripts/test" in text
