"""F201: a picture that no page shows is forgotten, and weighs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from pilar.checks.links import matches
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts
from pilar.syntax.references import PICTURE


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """Every picture, and every entry of aset/gambar.yml, is shown by a page."""
    texts = [text for question in module.questions for _, text in question.texts()]
    shown = {unquote(match["target"]) for _, _, match in matches(module, PICTURE)} | {
        unquote(match["target"]) for text in texts for match in PICTURE.finditer(text)
    }
    for name in sorted(set(module.assets) - shown):
        message = "gambar ini tidak ditampilkan halaman mana pun"
        hint = "Tampilkan, atau hapus bersama catatannya"
        if name in module.pictures:  # where a comment can say why it is there
            file = name.removeprefix("aset/")
            message = message.replace("ini", f"`{file}`", 1)
            source = module.pictures_source
            yield source.problem((file,), "F201", message, hint, name=True, at=file)
        else:
            yield Problem(f"modules/{module.slug}/{name}", 1, "F201", message, hint)
    for name in sorted(set(module.pictures) - set(module.assets)):
        file = name.removeprefix("aset/")
        source = module.pictures_source
        message = f"gambar `{file}` tidak ada di aset/"
        yield source.problem((file,), "F201", message, "Hapus catatannya", name=True, at=file)
