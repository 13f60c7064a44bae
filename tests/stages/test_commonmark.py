"""Inline Markdown means what CommonMark says, where Python-Markdown did not."""

from __future__ import annotations

import re

import pytest

from pilar.syntax.render import render


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("a\\\\\nb", "<p>a\\\nb</p>"),
        ("a\\", "<p>a\\</p>"),
        ("- a\\\n  b", "<ul>\n<li>a<br>\nb</li>\n</ul>"),
        (r"\~\= \" \$ \' \^ \: \&copy; \<b>", "<p>~= \" $ ' ^ : &amp;copy; &lt;b&gt;</p>"),
        ("`a\\`", "<p><code>a\\</code></p>"),
        ("https://a.id/b_c_d.", '<p><a href="https://a.id/b_c_d">https://a.id/b_c_d</a>.</p>'),
        ("(www.a.id)", '<p>(<a href="http://www.a.id">www.a.id</a>)</p>'),
        ("x@y.id", '<p><a href="mailto:x@y.id">x@y.id</a></p>'),
        ("[https://a.id](https://b.id)", '<p><a href="https://b.id">https://a.id</a></p>'),
        ("`https://a.id`", "<p><code>https://a.id</code></p>"),
    ],
)
def test_inline(source: str, html: str) -> None:
    assert render(source) == html


def test_footnotes_are_numbered_as_they_are_read() -> None:
    html = render(
        "A[^satu].\n\n| a |\n| - |\n| b[^dua] |\n\n- c[^tiga]\n- d[^satu]\n\n"
        "[^tiga]: Tiga.\n[^empat]: Empat.\n[^dua]: Dua.\n[^lima]: Lima.\n"
        "[^satu]: Satu[^empat].\n"
    )
    body, _, notes = html.partition('<div class="footnote">')
    assert re.findall(r'href="#fn:(\w+)">(\d)<', body) == [
        ("satu", "1"),
        ("dua", "2"),
        ("tiga", "3"),
        ("satu", "1"),
    ]
    assert re.findall(r'<li id="fn:(\w+)">', notes) == ["satu", "dua", "tiga", "empat"]
    assert 'href="#fn:empat">4<' in notes
