"""T204: pictures are light enough for a phone on a slow network."""

from __future__ import annotations

from collections.abc import Iterator

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

LARGEST = 300_000
"""Bytes: about ten seconds on a 2G network."""


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No picture is larger than LARGEST."""
    for name, data in module.assets.items():
        if len(data) > LARGEST:
            message = f"gambar ini {-(-len(data) // 1000)} kB, paling besar {LARGEST // 1000} kB"
            hint = "Perkecil menjadi lebar 1200 titik, atau simpan sebagai WebP atau SVG sederhana"
            if name in module.pictures:  # where a comment can say why it must be so large
                file = name.removeprefix("aset/")
                message = message.replace("ini", f"`{file}`", 1)
                source = module.pictures_source
                yield source.problem((file,), "T204", message, hint, name=True, at=file)
            else:
                yield Problem(f"modules/{module.slug}/{name}", 1, "T204", message, hint)
