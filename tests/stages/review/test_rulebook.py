"""aturan/: every rule has its page beside the report, with its examples as they are written."""

from __future__ import annotations

from collections import Counter
from functools import cache

import lxml.html
import pytest

from pilar.checks.ignores import silencable
from pilar.editions.rulebook import GROUPS, INDEX, block, pages
from pilar.model.rule import RIGHT, SECTIONS, WRONG, Severity, rules
from pilar.store import package

from ..golden import ROOT

TEMPLATES = package.find(ROOT, "overrides/ulasan")


@cache
def book() -> dict[str, str]:
    return dict(pages(TEMPLATES))


def read(name: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(book()[name].encode())


def test_the_index_has_every_rule_once_below_its_letter() -> None:
    page = read(INDEX)
    assert {path.removeprefix("aturan/") for path in book()} == {
        "index.html",
        *(f"{code}.html" for code in rules()),
    }
    listed = {
        section.get("id"): [
            (item.findtext("a"), item.find("a").get("href"), item.findall("span")[1].text)
            for item in section.iter("li")
        ]
        for section in page.iter("section")
    }
    assert list(listed) == sorted(GROUPS) == list(GROUPS)
    for letter, rows in listed.items():
        assert rows == [
            (code, f"{code}.html", rule.severity.value)
            for code, rule in rules().items()
            if code.startswith(letter)
        ]
    assert Counter(page.xpath("//@id")).most_common(1)[0][1] == 1


@pytest.mark.parametrize("code", rules())
def test_a_page_has_all_of_its_rule(code: str) -> None:
    rule, page = rules()[code], read(f"aturan/{code}.html")
    title = " ".join(page.find(".//h1").text_content().split())
    assert title == f"{code} {rule.title.replace('`', '')}"
    headings = [heading.text for heading in page.iter("h2")]
    assert headings == [*SECTIONS, "Mengabaikan"]
    # Equal text means that nothing of an example became markup.
    shown = [pre.text_content() for pre in page.iter("pre")]
    for name in (WRONG, RIGHT):
        examples = (text.expandtabs(4) for text in rule.example(name).values())
        assert [text for text in examples if text not in shown] == []
    told = f"<!-- pilar: abaikan {code} alasan Anda -->" in shown
    assert told == (rule.severity is Severity.WARNING and code != "L100")
    assert told == (code in silencable())


@pytest.mark.parametrize("name", [INDEX, *(f"aturan/{code}.html" for code in rules())])
def test_a_page_needs_nothing_else(name: str) -> None:
    page = read(name)
    assert page.xpath("//script | //link | //iframe | //img | //@onclick | //@src") == []
    ends = {"../index.html", *(path.removeprefix("aturan/") for path in book())}
    ends |= {f"#{anchor}" for anchor in page.xpath("//@id")}
    assert set(page.xpath("//@href")) - ends == set()


def test_html_in_a_rule_is_shown_not_obeyed() -> None:
    made = block("<script>1</script>\n\nKata <b onclick=x>tebal</b>.\n\n```html\n<i>&amp;</i>\n```")
    assert "&lt;script&gt;" in made
    assert "&lt;b onclick" in made
    assert "&lt;i&gt;&amp;amp;&lt;/i&gt;" in made
    assert not any(tag in made for tag in ("<script", "<b", "<i>"))
