"""An engine without the plugin publishes nothing of a module."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .commands import BUILD, REPOSITORY, Project
from .sentences import Haystack, Sentences, page_words, sentences_of
from .trees import files, names, stamps

_PLUGIN = re.compile(r"^  - pilar:\n(?: {4,}.*\n)+", re.MULTILINE)


@pytest.fixture(scope="module")
def sentences() -> Sentences:
    """Every sentence of six words or more of the real modules."""
    found = sentences_of(REPOSITORY / "modules")
    assert len(found.public) > 1000
    assert len(found.secret) > 500
    return found


@pytest.fixture
def national(tmp_path: Path, cache: Path) -> Project:
    """A copy of all that the real site is made from."""
    root = tmp_path / "nasional"
    root.mkdir()
    for name in ("modules", "runs"):
        shutil.copytree(REPOSITORY / name, root / name)
    project = Project(root, cache, root / "build")
    project.add_host_files()
    return project


def without_plugin(project: Project) -> None:
    """Remove the plugin from mkdocs.yml, and nothing else."""
    text = project.text("mkdocs.yml")
    project.write("mkdocs.yml", _PLUGIN.sub("", text))
    assert "- pilar:" in text
    assert "- pilar:" not in project.text("mkdocs.yml")


def haystack(folder: Path) -> Haystack:
    """The words of every file in a folder."""
    found = files(folder).values()
    return Haystack(page_words(path.read_text("utf-8", errors="replace")) for path in found)


def test_the_search_finds_what_is_published(newest: Path, sentences: Sentences):
    """The counter-proof: with the plugin, the very same search finds nearly every sentence."""
    pages = haystack(newest / "pelatih")
    everything = sentences.public | sentences.secret
    missing = everything - set(pages.found(everything))
    assert len(missing) < 0.02 * len(everything), sorted(missing)[:20]


def test_mkdocs_without_the_plugin_publishes_no_sentence(national: Project, sentences: Sentences):
    without_plugin(national)
    national.mkdocs("build", "--site-dir", "situs")
    if (national.root / "situs").exists():
        found = haystack(national.root / "situs").found(sentences.public | sentences.secret)
        assert found == []


def test_an_engine_that_knows_nothing_of_pilar_publishes_no_sentence(
    national: Project, sentences: Sentences
):
    """Plugin, Markdown extension and templates gone: such a build succeeds, and is empty."""
    without_plugin(national)
    text = national.text("mkdocs.yml")
    text = re.sub(r"^  - pilar  .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^  custom_dir: .*\n", "", text, flags=re.MULTILINE)
    national.write("mkdocs.yml", text)
    outcome = national.mkdocs("build", "--site-dir", "situs")
    assert outcome.code == 0, outcome.err
    assert (national.root / "situs/index.html").is_file()
    assert (national.root / "situs/tentang.html").is_file()
    assert not [name for name in files(national.root / "situs") if name.startswith("blc/")]
    found = haystack(national.root / "situs").found(sentences.public | sentences.secret)
    assert found == []


def test_pilar_build_refuses_and_leaves_the_earlier_output(site: Project):
    site.add_host_files()
    site.build_sites()
    before = stamps(site.out / BUILD)
    without_plugin(site)
    outcome = site.build("--no-books")
    assert ("mkdocs.yml", 1, "K101") in outcome.problems()
    assert "plugin `pilar`" in outcome.out
    assert stamps(site.out / BUILD) == before
    assert names(site.out) == {BUILD, "2025-09-kedua", "edisi"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("plugins:\n", "plugins: []\nplugin:\n", id="no plugins"),
        pytest.param("site_name: Pilar\n", "site_name: [\n", id="not YAML"),
        pytest.param("theme:\n  name: ", "theme:\n  name: tidak-ada-", id="no such theme"),
        pytest.param("plugins:\n", "plugins:\n  - tidak-ada\n", id="no such plugin"),
        pytest.param("  - pilar  ", "  - tidak-ada  ", id="no such extension"),
    ],
)
def test_a_broken_mkdocs_yml_is_told_without_a_traceback(minimal: Project, old: str, new: str):
    minimal.add_host_files()
    minimal.replace("mkdocs.yml", old, new)
    outcome = minimal.build("--no-books", "--edition", "peserta")
    assert {path for path, _, _ in outcome.problems()} == {"mkdocs.yml"}
    assert names(minimal.out) == set()
