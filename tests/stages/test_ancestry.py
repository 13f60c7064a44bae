"""Names of commits and forks of branches: as git finds them, and never hanging on a damaged one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilar.versions.ancestry import lost, merge_base, resolve
from pilar.versions.opened import open_repository
from pilar.versions.repository import DamagedObjectError

from .histories import Maker


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


@st.composite
def shapes(draw: st.DrawFn) -> list[list[int]]:
    """Parents of each commit, by number; the first has none, some later ones neither."""
    return [
        draw(st.lists(st.sampled_from(range(number)), max_size=3, unique=True)) if number else []
        for number in range(draw(st.integers(2, 9)))
    ]


@given(shape=shapes())
@settings(max_examples=60)
def test_forks_and_descent_are_what_git_says(
    shape: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    maker = Maker(tmp_path_factory.mktemp("bentuk"))
    ids: list[str] = []
    for number, parents in enumerate(shape):
        content = {"isi.md": str(number).encode()}
        ids.append(maker.commit(content, *(ids[parent] for parent in parents)))
    repository = open_repository(maker.root)
    assert repository is not None
    base = ids[-2]
    best = git(maker.root, "merge-base", "--all", base, ids[-1]).split()
    assert merge_base(repository, base, ids[-1]) in (best or [""])
    below = set(git(maker.root, "rev-list", "HEAD").split())
    assert lost(repository, ids) == set(ids) - below


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five commits, the last a merge, with a branch of its own, tags and a remote's branch."""
    maker = Maker(tmp_path_factory.mktemp("nama"))
    first = maker.commit({"a": b"1"})
    left, right = maker.commit({"a": b"2"}, first), maker.commit({"b": b"3"}, first)
    merge = maker.commit({"a": b"2", "b": b"3"}, left, right)
    maker.commit({"a": b"5"}, merge)
    git(maker.root, "branch", "usulan/jam", right)
    git(maker.root, "update-ref", "refs/remotes/origin/lain", left)
    git(maker.root, "tag", "ringan", left)
    who = ["-c", "user.name=P", "-c", "user.email=p@example.invalid"]
    git(maker.root, *who, "tag", "--annotate", "-m", "Rilis", "v1.0.0", right)
    git(maker.root, *who, "tag", "--annotate", "-m", "Tanda tanda", "ganda", "v1.0.0")
    git(maker.root, *who, "tag", "--annotate", "-m", "Bukan komit", "pohon", "main^{tree}")
    return maker.root


NAMES = """
HEAD @ main refs/heads/main usulan/jam origin/lain ringan v1.0.0 ganda {main} main@{0}
main~ main~0 main~1 main~2 main^0 main^^ main~~2 main~2^2 main^1^2~1 v1.0.0~ {main}~3
v1.0.0^{commit} v1.0.0-0-g{main} main~9 main^2 main^3 pohon main:a {tree} tidak-ada ~ -- ..
"""


@pytest.mark.parametrize("name", ["", *NAMES.split()])
def test_a_name_means_what_git_takes_it_for(named: Path, name: str) -> None:
    repository = open_repository(named)
    assert repository is not None
    for word, meant in (("{main}", "main"), ("{tree}", "main^{tree}")):
        name = name.replace(word, git(named, "rev-parse", "--short=9", meant))
    expected = git(
        named, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    assert resolve(repository, name) == (expected or None)


@pytest.mark.parametrize("name", ["main", "v1.0.0", "{main}", "main~1", "HEAD^"])
def test_a_commit_or_tag_that_was_cut_short_is_named(named: Path, name: str) -> None:
    meant = name.replace("{main}", git(named, "rev-parse", "main"))
    damaged = git(named, "rev-parse", meant)
    file = named / ".git/objects" / damaged[:2] / damaged[2:]
    sound = file.read_bytes()
    file.chmod(0o644)
    try:
        file.write_bytes(sound[:40])
        repository = open_repository(named)
        assert repository is not None
        with pytest.raises(DamagedObjectError, match=damaged):
            merge_base(
                repository, resolve(repository, meant) or "", git(named, "rev-parse", "ringan")
            )
    finally:
        file.write_bytes(sound)
