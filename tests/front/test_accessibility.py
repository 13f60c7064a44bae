"""Books and papers for screen readers: two checkers of PDF/UA-1 (ISO 14289-1) find no error.

What they find beyond errors, and questions that no standard answers, stays only if
accessibility.md says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pytest
from outloud.registry import load_catalogue

from .commands import BUILD, Project

EXPLAINED = {
    row[1]: row[2]
    for row in re.finditer(
        r"^\| ([A-Z]+-\d+) \| (\S.+) \|$",
        Path(__file__).with_name("accessibility.md").read_text("utf-8"),
        re.MULTILINE,
    )
}
"""Why a finding stays, by the rule of outloud."""
BROKEN = {"UA-14-001"}
"""Rules that pdfua 0.1.3 cannot apply: it asks an array for a key. TAG-020 is the same."""


def _pdfs(folder: Path) -> list[Path]:
    """Books, papers and errata; those in both editions once, they are the same bytes."""
    return list({path.read_bytes(): path for path in sorted(folder.rglob("*.pdf"))}.values())


def _findings(pdf: Path) -> Iterator[outloud.findings.Finding]:
    result = outloud.check(str(pdf))
    assert result.error is None, pdf
    assert not [run for run in result.runs if run.status == "crashed"], pdf
    yield from result.findings


def assert_accessible(pdfs: list[Path]) -> set[str]:
    """Rules of what outloud finds nevertheless."""
    assert pdfs
    catalogue = load_catalogue()
    rules: set[str] = set()
    for pdf in pdfs:
        found = list(_findings(pdf))
        conformance = [f for f in found if catalogue[f.rule].layer == "conformance"]
        assert not [f for f in conformance if f.severity == "error"], pdf
        report = pdfua.validate(str(pdf))
        assert not report.findings, pdf
        assert {skipped.rule_id for skipped in report.skipped} <= BROKEN
        rules |= {f.rule for f in found}
    return rules


def test_the_books_and_papers_of_a_small_run_are_accessible(minimal_once: Project) -> None:
    assert assert_accessible(_pdfs(minimal_once.out)) <= EXPLAINED.keys()


@pytest.mark.panjang
def test_all_books_and_papers_of_a_real_run_are_accessible(probolinggo: Project) -> None:
    found = assert_accessible(_pdfs(probolinggo.out))
    assert found == EXPLAINED.keys(), "accessibility.md explains what is found, nothing else"


def test_what_is_read_aloud_of_a_link_is_where_it_leads(minimal_once: Project) -> None:
    for pdf in _pdfs(minimal_once.out / BUILD):
        with pikepdf.open(pdf) as book:
            for page in book.pages:
                for note in page.obj.get("/Annots", []):
                    if note.Subtype == "/Link":
                        assert re.match(
                            r"Menuju \w|Buka \w|Kirim surel|Telepon|Kode QR", str(note.Contents)
                        )
                        assert "--" not in str(note.Contents)  # no id
