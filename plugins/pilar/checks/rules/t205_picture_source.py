"""T205: every picture says where it comes from and under which licence."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """aset/gambar.yml has an entry for every picture; a draft may still lack it."""
    if module.meta.status == "draf":
        return
    source = module.pictures_source
    missing = sorted(set(module.assets) - set(module.pictures))
    if missing and "aset/gambar.yml" not in module.unread:
        names = ", ".join(name.removeprefix("aset/") for name in missing)
        message = f"sumber dan lisensi belum dicatat untuk {names}"
        hint = "Tulis `nama-berkas: {sumber: …, lisensi: …}` di aset/gambar.yml"
        # Where something stands, so that a comment above may say why a source is lacking.
        lines = (n for n, line in enumerate(source.text, 1) if line.strip() and line[0] != "#")
        yield Problem(source.path, next(lines, 1), "T205", message, hint)
