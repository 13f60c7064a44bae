"""Templates are compiled once in a process, and again when they change."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from pilar.editions.templates import environment


def drawn(folder: Path, **options: bool) -> str:
    made = environment(folder)
    made.autoescape = options.get("autoescape", True)
    return made.get_template("satu.html").render(teks="<")


def test_a_template_is_compiled_once_for_all_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "satu.html"
    template.write_text("satu {{ teks }}", "utf-8")
    assert drawn(tmp_path) == "satu &lt;"
    assert drawn(tmp_path, autoescape=False) == "satu <"
    template.write_text("dua {{ teks }}", "utf-8")
    assert drawn(tmp_path) == "dua &lt;"
    assert drawn(tmp_path, autoescape=False) == "dua <"
    monkeypatch.setattr(Environment, "compile", None)
    assert drawn(tmp_path) == "dua &lt;"
    assert drawn(tmp_path, autoescape=False) == "dua <"
