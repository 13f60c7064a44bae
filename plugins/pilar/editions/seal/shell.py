"""The small page around sealed content: a form, a script, a policy that lets in nothing else."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pilar.editions.policy import policy
from pilar.editions.seal.keys import ROUNDS, Keys

_SCRIPT = re.compile(r"<script(?![^>]*(?:\ssrc=|\+?json))[^>]*>(.*?)</script>", re.S)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.S)


class Shell:
    """Draws it from overrides/segel; `code` is the run's identifier, which is no secret."""

    def __init__(self, templates: Path, code: str) -> None:
        environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self.template = environment.get_template("segel.html")
        self.code = code
        self.script = (templates / "segel.js").read_text("utf-8")
        self.style = (templates / "segel.css").read_text("utf-8")

    def page(self, keys: Keys, name: str, html: str) -> str:
        """Around a page; its own inline scripts and styles may run once it is opened."""
        return self._draw(keys, name, "halaman", html.encode(), html)

    def file(self, keys: Keys, name: str, data: bytes) -> str:
        """Around a file, which it hands out under its name."""
        return self._draw(keys, name, "berkas", data)

    def _draw(self, keys: Keys, name: str, kind: str, data: bytes, inside: str = "") -> str:
        return self.template.render(
            kebijakan=policy(
                [self.script, *_SCRIPT.findall(inside)],
                [self.style, *_STYLE.findall(inside)],
                media_src="data:",
                connect_src="blob:",
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
