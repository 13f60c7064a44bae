"""Stage syntax: a page's source → the lines each edition sees, or what is wrong with it.

The samples mark their text: RAHASIA is the trainers' alone, KHUSUS the participants' alone, UMUM
everybody's, and KOMENTAR nobody's.
"""

from __future__ import annotations

from pathlib import Path

from pilar.content.page_parser import parse_page
from pilar.content.source import decode
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.syntax.audience import filtered, missing_footnotes

from .golden import MESSAGES, Golden, as_text, cases

HIDDEN = {
    Edition.PELATIH: ("KHUSUS", "KOMENTAR"),
    Edition.PESERTA: ("RAHASIA", "KOMENTAR"),
}


@cases("syntax")
def test_page_is_filtered_or_refused(case: Path, golden: Golden) -> None:
    problems: list[Problem] = []
    source = decode((case / "page.md").read_bytes(), "page.md", problems)
    page = parse_page(source, "page.md", problems)
    if not problems:
        problems = [problem for edition in Edition for problem in missing_footnotes(page, edition)]
    if problems:
        golden.check(case, {MESSAGES: as_text(sorted(set(problems)))})
        return

    seen = {edition: filtered(page, edition) for edition in Edition}
    for edition, lines in seen.items():
        text = "\n".join(lines)
        assert len(lines) == source.count("\n") + 1, "line n of the file stays line n"
        if page.edition in (None, edition):
            assert not [word for word in HIDDEN[edition] if word in text]
        assert text.count("UMUM") == source.count("UMUM")
    golden.check(case, {f"{edition}.md": "\n".join(lines) for edition, lines in seen.items()})
