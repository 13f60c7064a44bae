"""T206: people who can be recognized in a picture agreed to it."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """A picture marked `orang: true` has a note of consent."""
    for name, picture in module.pictures.items():
        if picture.orang and not picture.persetujuan.strip():
            file = name.removeprefix("aset/")
            message = f"gambar `{file}` memuat orang tanpa catatan persetujuan"
            hint = "Tulis di `persetujuan` siapa yang setuju, kapan, dan di mana suratnya disimpan"
            yield module.pictures_source.problem((file,), "T206", message, hint, name=True, at=file)
