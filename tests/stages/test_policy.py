"""The Content-Security-Policy of pages: no script but the site's files and the page's own."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import lxml.html
import pytest

from pilar.editions.policy import inline_scripts, scripts_of, with_policy

PAGE = """<!doctype html><html><head><meta charset="utf-8">
<script>var a = "satu"</script><script src="a.js"></script><style>p { color: red }</style></head>
<body onload="jahat()"><script type="application/json">{"b": 2}</script><p>Isi.</p></body></html>"""


def ours(text: str) -> bool:
    return text == 'var a = "satu"'


def directives(html: str) -> dict[str, list[str]]:
    page = lxml.html.document_fromstring(html)
    [content] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return {name: values for name, *values in (part.split() for part in content.split("; "))}


def named(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_scripts_and_styles_are_named_by_hash() -> None:
    found = directives(with_policy(PAGE, ours))
    assert found["script-src"] == ["'self'", named('var a = "satu"')]
    assert found["style-src"] == ["'self'", named("p { color: red }")]


def test_nothing_unsafe_and_no_host() -> None:
    found = directives(with_policy(PAGE, ours))
    assert found["default-src"] == ["'none'"]
    values = {value for name in found for value in found[name] if not value.startswith("'sha256-")}
    assert values == {"'none'", "'self'", "data:"}


def test_it_stands_before_any_script() -> None:
    html = with_policy(PAGE, ours)
    assert html.index("<meta charset") < html.index("Content-Security-Policy")
    assert html.index("Content-Security-Policy") < html.index("<script")
    assert (
        html.replace(html[html.index("\n<meta http") : html.index('">\n<script>') + 2], "") == PAGE
    )


def test_what_is_no_page_stays() -> None:
    assert with_policy("", ours) == ""
    assert with_policy("<p>Isi.</p>", ours) == "<p>Isi.</p>"


def test_a_script_that_is_not_the_themes_has_no_name() -> None:
    found = directives(
        with_policy(PAGE.replace("</head>", "<script>jahat()</script></head>"), ours)
    )
    assert found["script-src"] == ["'self'", named('var a = "satu"')]


@pytest.mark.parametrize(
    ("script", "is_theirs"),
    [
        ('pindah("../a", 1)', True),
        ('pindah("", 1)', True),
        ('pindah("//jahat.id/a", 1)', False),
        ('pindah("https://jahat.id", 1)', False),
        ('pindah("a",jahat(),"", 1)', False),
        ('pindah("a", 1);jahat()', False),
        ('if("../a")', False),
        ("", False),
    ],
)
def test_scripts_of_the_theme_are_known(tmp_path: Path, script: str, is_theirs: bool) -> None:
    (tmp_path / "dasar.html").write_text(
        '<script>pindah("{{ base_url }}", 1)</script><script src="a.js"></script>'
        '<script>{% if a %}if("{{ a }}"){% endif %}</script>',
        "utf-8",
    )
    assert scripts_of([tmp_path])(script) is is_theirs


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<script>a()</script><script async>b()</script >", ["a()", "b()"]),
        ("<SCRIPT type='module'>\na()</SCRIPT>", ["\na()"]),
        ("<script src=a.js></script><script type=application/ld+json>{}</script>", []),
    ],
)
def test_inline_scripts_are_those_that_a_browser_runs(html: str, texts: list[str]) -> None:
    assert inline_scripts(html) == texts
