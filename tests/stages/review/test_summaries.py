"""Golden summaries: a scripted history in, the comment for the pull request out."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest

from pilar.review.reviewing import Options, write_review

from ..golden import ROOT, Golden
from .histories import SCRIPTS, History


@pytest.mark.parametrize("name", SCRIPTS)
def test_summary(
    name: str, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "proyek"
    base, head = SCRIPTS[name](History(root))
    out = tmp_path / "ulasan"
    write_review(Options(root, out, base, head, pictures=False))
    summary = (out / "ringkasan.md").read_text("utf-8")
    _is_whole(out, summary)
    # Ids follow from the content of the tiny project, whatever that is today.
    summary = re.sub(r"`[0-9a-f]{8}`", "`komit`", summary)
    golden.check(ROOT / "review" / name, {"ringkasan.md": summary})


def _is_whole(out: Path, summary: str) -> None:
    """The report needs nothing else but the rules, and every link into it or to them has an end."""
    page = lxml.html.document_fromstring((out / "index.html").read_bytes())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {*page.xpath("//a/@href"), *re.findall(r"\(index\.html(#[^)]+)\)", summary)}
    rules = {link for link in links if link.startswith("aturan/")}
    assert [link for link in rules if not (out / link).is_file()] == []
    assert {link for link in links - rules if link.removeprefix("#") not in ids} == set()
    assert page.xpath("//script | //link | //iframe | //*[starts-with(@src, 'http')]") == []
