"""Which versions a history holds: any history, against a resolver that is slow and obvious.

And whatever is damaged, the index or an object of git, never gives a wrong answer.
"""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilar.content.files import tree_hash
from pilar.versions.history import History, Release, history
from pilar.versions.opened import open_repository
from pilar.versions.repository import DamagedObjectError, Repository

from .histories import Maker, Tree, curriculum, large, module

T = TypeVar("T")
SLUGS = ("blc", "tim", "usaha")
VERSIONS = ("1.0.0", "1.0.1", "1.1.0", "2.0.0")
BRANCHES = ("main", "usulan", "lain")


@dataclass(frozen=True)
class Step:
    """One commit: on which branch, what it does, and which branch it merges."""

    branch: str
    merge: str | None
    act: str
    slug: str
    version: str
    text: str


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(BRANCHES),
        st.none() | st.sampled_from(BRANCHES),
        st.sampled_from(["versi", "isi", "nama", "hapus", "batal", "kurikulum", "hukum", "lain"]),
        st.sampled_from(SLUGS),
        st.sampled_from(VERSIONS),
        st.sampled_from(["a", "b", "c"]),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Play:
    """Plays steps into a repository, and remembers each commit's content in plain Python."""

    maker: Maker
    prefix: str = ""
    contents: dict[str, dict[str, Tree | bytes]] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)

    def play(self, todo: list[Step]) -> str:
        """Make the commits; gives the last one."""
        head = ""
        for step in todo:
            base = self.heads.get(step.branch) or self.heads.get("main")
            parents = [base] if base else []
            content = dict(self.contents[base]) if base else {}
            if step.merge and (other := self.heads.get(step.merge)) and other != base:
                parents.append(other)
                # Half of what the other branch has, as after a merge with conflicts.
                content |= {k: v for k, v in self.contents[other].items() if k >= step.slug}
            self.change(content, step, base)
            folders: Tree = {"modules": dict(content), "README": step.text.encode()}
            if self.prefix:
                folders = {self.prefix: folders}
            head = self.maker.commit(folders, *parents)
            self.contents[head], self.parents[head] = content, parents
            self.heads[step.branch] = head
        return head

    def change(self, content: dict[str, Tree | bytes], step: Step, base: str | None) -> None:
        """What the step does to modules/."""
        if step.act == "versi":
            content[step.slug] = module(step.version, step.text)
        elif step.act == "isi" and step.slug in content:
            old = content[step.slug]
            content[step.slug] = {**old, "isi.md": step.text.encode()}  # type: ignore[dict-item]
        elif step.act == "nama" and step.slug in content:
            content[SLUGS[len(step.text) % 3]] = content.pop(step.slug)
        elif step.act == "hapus":
            content.pop(step.slug, None)
        elif step.act == "batal" and base:
            content.clear()
            content |= self.contents[self.parents[base][0] if self.parents[base] else base]
        elif step.act == "kurikulum":
            content |= curriculum(step.version, step.text)
            if step.slug == "usaha":
                content.pop("glosarium.yml")
        elif step.act == "hukum":
            content["rujukan.yml"] = step.text.encode()

    def expected(self, head: str) -> History:
        """Word for word what CONTRIBUTING.md says ("Versi dan kunci")."""
        modules: dict[str, dict[str, Release]] = {}
        plans: dict[str, Release] = {}
        commit: str | None = head
        while commit:
            content = self.contents[commit]
            for name, value in content.items():
                if isinstance(value, bytes):
                    continue
                version = re.search(r"^versi: (.*)$", value["modul.yml"].decode(), re.M)[1]
                release = Release(commit, tree_hash(value))
                modules.setdefault(name, {}).setdefault(version, release)
            names = ("kurikulum.yml", "rujukan.yml", "glosarium.yml")
            if all(name in content for name in names):
                version = re.search(r"^versi: (.*)$", content[names[0]].decode(), re.M)[1]
                hashes = [tree_hash({"x": content[name]}) for name in names]
                plans.setdefault(version, Release(commit, hashes[0], tuple(hashes[1:])))
            commit = self.parents[commit][0] if self.parents[commit] else None
        return History(modules, plans)


def comparable(play: Play, found: History) -> History:
    """The same with files named as `expected` names them: by the tree that holds but them."""
    repository = play.maker.git

    def one(name: str) -> str:
        return tree_hash({"x": repository[name].data})

    plans = {
        version: Release(r.commit, one(r.hash), tuple(map(one, r.registries)))
        for version, r in found.curriculum.items()
    }
    return History(found.modules, plans)


def opened(root: Path) -> Repository:
    repository = open_repository(root)
    assert repository is not None
    return repository


counter = itertools.count()


@pytest.mark.parametrize("prefix", ["", "kurikulum"])
@settings(max_examples=60)
@given(steps=steps, pauses=st.sets(st.integers(1, 13), max_size=3))
def test_any_history_gives_what_the_specification_says(
    prefix: str, steps: list[Step], pauses: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also when the index goes on from one that was made while HEAD was elsewhere."""
    root = tmp_path_factory.getbasetemp() / f"riwayat{prefix}"
    play = Play(Maker(root), prefix)
    (root / prefix).mkdir(exist_ok=True)
    cache = tmp_path_factory.getbasetemp() / f"cache-{next(counter)}"
    stops = sorted({*(p for p in pauses if p < len(steps)), len(steps)})
    for start, stop in itertools.pairwise([0, *stops]):
        head = play.play(steps[start:stop])
        found = history(opened(root / prefix), cache)
        assert comparable(play, found) == play.expected(head)
        assert history(opened(root / prefix), cache) == found
    shutil.rmtree(cache)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Thirty commits of four modules."""
    return large(tmp_path_factory.mktemp("kecil") / "repo", 4, 30)


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_index_is_made_anew(
    small: Maker, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    right = history(opened(small.root), cache)
    (path,) = cache.iterdir()
    sound = path.read_bytes()
    kind = data.draw(st.sampled_from(["truncated", "altered", "other", "text"]))
    place = data.draw(st.integers(0, len(sound) - 1))
    if kind == "truncated":
        path.write_bytes(sound[:place])
    elif kind == "altered":
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
    elif kind == "other":  # valid in itself, and wrong
        path.write_bytes(re.sub(rb"[0-9a-f]{40}", b"1" * 40, sound))
    else:
        path.write_bytes(data.draw(st.binary(max_size=40)))
    assert history(opened(small.root), cache) == right
    assert path.read_bytes() == sound


def attempted(read: Callable[[], T]) -> tuple[T | None, str | None]:
    """What a reading gives, or the damaged object that it names."""
    try:
        return read(), None
    except DamagedObjectError as error:
        return None, error.name


@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_object_is_named_or_never_read(
    small: Maker, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    right = history(opened(small.root), tmp_path_factory.mktemp("cache"))
    objects = sorted(p for p in (small.root / ".git/objects").glob("??/*") if p.is_file())
    path = data.draw(st.sampled_from(objects))
    other = data.draw(st.sampled_from(objects))
    sound = path.read_bytes()
    path.chmod(0o644)
    if data.draw(st.booleans()):
        path.write_bytes(sound[: data.draw(st.integers(0, len(sound) - 1))])
    else:
        path.write_bytes(other.read_bytes())
    name = path.parent.name + path.name
    repository = opened(small.root)
    found, named = attempted(lambda: history(repository, tmp_path_factory.mktemp("cache")))
    path.write_bytes(sound)
    assert found == right if named is None else named in {name, repository.head}


@given(data=st.data())
@settings(max_examples=60)
def test_a_tree_is_given_whole_and_as_its_hash_says_or_not_at_all(
    small: Maker, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = history(opened(small.root), tmp_path_factory.mktemp("cache"))
    release = data.draw(
        st.sampled_from([r for releases in found.modules.values() for r in releases.values()])
    )
    objects = sorted(p for p in (small.root / ".git/objects").glob("??/*") if p.is_file())
    inside = [p for p in objects if (p.parent.name + p.name) in names_below(small, release.hash)]
    path = data.draw(st.sampled_from(inside))
    sound = path.read_bytes()
    path.chmod(0o644)
    if data.draw(st.booleans()):
        path.unlink()
    else:
        path.write_bytes(data.draw(st.sampled_from(objects)).read_bytes() or b"x")
    files, named = attempted(lambda: opened(small.root).files(release.hash))
    path.write_bytes(sound)
    if named is None:
        assert files is None or tree_hash(files) == release.hash
    else:
        assert named == path.parent.name + path.name


def names_below(maker: Maker, tree: str) -> set[str]:
    return {tree} | {str(entry.id) for entry in maker.git[tree]}


def test_indexes_do_not_pile_up(small: Maker, tmp_path: Path) -> None:
    maker = Maker(tmp_path / "repo")
    parents: list[str] = []
    for number in range(12):
        parents = [maker.commit({"modules": {"a": module(f"1.0.{number}")}}, *parents)]
        found = history(opened(maker.root), tmp_path / "cache")
        assert len(found.modules["a"]) == number + 1
    assert len(list((tmp_path / "cache").iterdir())) <= 8


def test_an_index_is_not_taken_for_another_place_of_the_same_repository(tmp_path: Path) -> None:
    maker = Maker(tmp_path / "repo")
    inner = {"modules": {"a": module("2.0.0")}}
    maker.commit({"modules": {"a": module("1.0.0")}, "dalam": inner})
    (maker.root / "dalam").mkdir()
    for root, version in ((maker.root, "1.0.0"), (maker.root / "dalam", "2.0.0")):
        found = history(opened(root), tmp_path / "cache")
        assert list(found.modules["a"]) == [version]


def test_head_that_moves_on_costs_the_new_commits_only(
    small: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(opened(small.root), tmp_path)
    head = str(small.git.head.target)
    small.commit({"modules": {"modul-000": module("9.0.0")}}, head)
    read: list[str] = []
    plain = Repository.read
    monkeypatch.setattr(Repository, "read", lambda self, n: (read.append(n), plain(self, n))[1])
    found = history(opened(small.root), tmp_path)
    small.git.references.create("refs/heads/main", head, force=True)
    assert "9.0.0" in found.modules["modul-000"]
    assert "1.0.0" in found.modules["modul-003"]
    assert len(read) < 10
