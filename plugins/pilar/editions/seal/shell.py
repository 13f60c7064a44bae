"""The small page around sealed content: a form, a script, and a policy that forbids all else."""

from __future__ import annotations

import base64
from pathlib import Path

from pilar.editions.media_types import kind_of
from pilar.editions.policy import inline_scripts, inline_styles, is_named, policy
from pilar.editions.seal.keys import ROUNDS, Keys
from pilar.editions.templates import environment


class Shell:
    """Draws it from overrides/segel; `code` is the run's identifier, which is no secret."""

    def __init__(self, templates: Path, code: str) -> None:
        self.template = environment(templates).get_template("segel.html")
        self.code = code
        self.script = (templates / "segel.js").read_text("utf-8")
        self.style = (templates / "segel.css").read_text("utf-8")

    def page(self, keys: Keys, name: str, html: str, plain: str = "") -> str:
        """Around a page. Once it is opened, its inline scripts and styles may run as far as the
        policy names them that it had as `plain` page.
        """
        return self._draw(keys, name, "halaman", html.encode(), html=html, plain=plain)

    def file(self, keys: Keys, name: str, data: bytes) -> str:
        """Around a file, which the reader downloads under its name."""
        return self._draw(keys, name, kind_of(name.removesuffix(".html")), data)

    def _draw(
        self, keys: Keys, name: str, kind: str, data: bytes, *, html: str = "", plain: str = ""
    ) -> str:
        scripts, styles = (
            [text for text in inline(html) if is_named(text, plain)]
            for inline in (inline_scripts, inline_styles)
        )
        return self.template.render(
            kebijakan=policy(
                [self.script, *scripts],
                [self.style, *styles],
                media_src="data:",
            ),
            gaya=self.style,
            naskah=self.script,
            kode=self.code,
            akar="../" * name.count("/"),
            muatan={
                "jenis": kind,
                "nama": name,
                "putaran": ROUNDS,
                "garam": _text(keys.salt),
                "uji": _text(keys.proof()),
                "isi": _text(keys.seal(data, name)),
            },
        )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
