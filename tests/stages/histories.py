"""Git histories made in memory's speed: no command per commit, any shape of branches."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pygit2

Tree = Mapping[str, "bytes | Tree"]
"""A folder: bytes are files, mappings are folders."""

_WHO = pygit2.Signature("Penulis", "penulis@example.invalid", 1_700_000_000, 0)
MODE_FILE, MODE_TREE = 0o100644, 0o040000


class Maker:
    """Writes commits into a repository of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git = pygit2.init_repository(str(root), initial_head="main")
        self._known: dict[int, str] = {}
        self._kept: list[Tree] = []

    def tree(self, content: Tree) -> str:
        """Write a folder; one that was written before is only looked up."""
        if id(content) in self._known:
            return self._known[id(content)]
        builder = self.git.TreeBuilder()
        for name, value in content.items():
            if isinstance(value, bytes):
                builder.insert(name, self.git.create_blob(value), MODE_FILE)
            else:
                builder.insert(name, self.tree(value), MODE_TREE)
        self._kept.append(content)  # or its id would name another
        self._known[id(content)] = str(builder.write())
        return self._known[id(content)]

    def commit(self, content: Tree, *parents: str) -> str:
        """A commit of this content; `main` moves to it."""
        message = f"Komit {random.getrandbits(32)}"
        tree = self.tree(content)
        commit = str(self.git.create_commit(None, _WHO, _WHO, message, tree, list(parents)))
        self.git.references.create("refs/heads/main", commit, force=True)
        return commit


def module(version: str, text: str = "") -> Tree:
    """A module as far as the index of versions looks."""
    meta = f"# modul\nkode: ABC\nversi: {version}\njudul: Judul\n"
    return {"modul.yml": meta.encode(), "isi.md": f"# Isi\n\n{text}\n".encode()}


def curriculum(version: str, laws: str = "", terms: str = "") -> Tree:
    """Curriculum and registries as far as the index of versions looks."""
    return {
        "kurikulum.yml": f"nama: Contoh\nversi: {version}\n".encode(),
        "rujukan.yml": f"[] # {laws}\n".encode(),
        "glosarium.yml": f"[] # {terms}\n".encode(),
    }


def large(root: Path, modules: int, commits: int) -> Maker:
    """A history in which every commit changes one module and every third one its version."""
    maker = Maker(root)
    choice = random.Random(7)
    slugs = [f"modul-{number:03}" for number in range(modules)]
    patches = dict.fromkeys(slugs, 0)
    folders: dict[str, bytes | Tree] = {slug: module("1.0.0") for slug in slugs}
    folders |= curriculum("1.0.0")
    parents: list[str] = []
    for number in range(commits):
        slug = choice.choice(slugs)
        patches[slug] += number % 3 == 0
        folders[slug] = module(f"1.{patches[slug] // 10}.{patches[slug] % 10}", f"Isi {number}")
        parents = [maker.commit({"modules": dict(folders)}, *parents)]
    return maker
