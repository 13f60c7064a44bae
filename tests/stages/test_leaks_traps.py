"""Traps of pages: what is the trainers' is filtered or refused, however it is written.

Whole outputs, books, search and site lists are looked through in front/test_editions.py and
front/test_leaks.py; the finished file by the gate in test_leaks.py.
"""

from __future__ import annotations

import pytest

from pilar.checks.rendering import lost_blocks
from pilar.model.curriculum import Question
from pilar.model.edition import Edition
from pilar.model.run import Project

from .samples import RULES, node_of, parsed, project_of
from .test_secrecy import everything

SECRET, PUBLIC = "kenarirahasia", "kenariumum"
BLOCK = f"/// pelatih\n{SECRET}\n///\n"

# Block in something, and the other way round.

NESTED = {
    "list": f"- {PUBLIC}\n\n    /// pelatih\n    {SECRET}\n    ///\n",
    "list without empty lines": f"- {PUBLIC}\n    /// pelatih\n    {SECRET}\n    ///\n",
    "tab": f'=== "T"\n\n    {PUBLIC}\n\n    /// pelatih\n    {SECRET}\n    ///\n',
    "admonition": f'!!! note "T"\n\n    {PUBLIC}\n\n    /// kunci\n    {SECRET}\n    ///\n',
    "details": f'??? note "T"\n\n    {PUBLIC}\n\n    /// pelatih\n    {SECRET}\n    ///\n',
    "quotation": f"> {PUBLIC}\n>\n> /// pelatih\n> {SECRET}\n> ///\n",
    "quotation in a list": f"- {PUBLIC}\n\n    > /// kunci\n    > {SECRET}\n    > ///\n",
    "definition": f"{PUBLIC}\n:   a\n\n    /// pelatih\n    {SECRET}\n    ///\n",
    "another block": f"//// latihan | {PUBLIC}\n/// kunci\n{SECRET}\n///\n////\n",
    "table's end": f"| a | b |\n| - | - |\n| {PUBLIC} | c |\n{BLOCK}",
    "rows of a table": f"| a | b |\n| - | - |\n| {PUBLIC} | c |\n{BLOCK}| d | e |\n",
}
HOLDING = {
    "list": f"/// pelatih\n- a\n    - {SECRET}\n///\n\n{PUBLIC}\n",
    "table": f"/// pelatih\n| a | b |\n| - | - |\n| {SECRET} | c |\n///\n\n{PUBLIC}\n",
    "tab": f'/// kunci\n=== "{SECRET}"\n\n    {SECRET}\n///\n\n{PUBLIC}\n',
    "admonition": f'/// pelatih\n!!! note "{SECRET}"\n\n    {SECRET}\n///\n\n{PUBLIC}\n',
    "details": f'/// pelatih\n??? note "{SECRET}"\n\n    {SECRET}\n///\n\n{PUBLIC}\n',
    "quotation": f"/// kunci\n> {SECRET}\n///\n\n{PUBLIC}\n",
    "heading": f"/// pelatih\n## {SECRET}\n///\n\n{PUBLIC}\n",
    "another block": f"//// pelatih\n/// latihan | {SECRET}\n{SECRET}\n///\n////\n\n{PUBLIC}\n",
    "code": f"/// pelatih\n```\n///\n```\n{SECRET}\n///\n\n{PUBLIC}\n",
    "comment": f"/// pelatih\n<!--\n///\n-->\n{SECRET}\n///\n\n{PUBLIC}\n",
}

# Block syntax that is none, before a block.

SHOWN = {
    "code fence": f"```\n/// pelatih\n{PUBLIC}\n///\n```\n\n{BLOCK}",
    "tilde fence": f"~~~\n/// pelatih\n{PUBLIC}\n~~~\n\n{BLOCK}",
    "inline code": f"Tulis `/// pelatih` {PUBLIC}.\n\n{BLOCK}",
    "HTML comment": f"<!--\n{BLOCK}-->\n{PUBLIC}\n\n{BLOCK}",
    "HTML comment of one line": f"<!-- /// pelatih -->\n{PUBLIC}\n\n{BLOCK}",
}

WHITE_SPACE = {
    "tabs before": f"- {PUBLIC}\n\n\t/// pelatih\n\t{SECRET}\n\t///\n",
    "tabs after": f"{PUBLIC}\n\n/// pelatih\t\n{SECRET}\n///\t\n",
    "two spaces before": f"{PUBLIC}\n\n  /// pelatih\n  {SECRET}\n  ///\n",
    "none after the fence": f"{PUBLIC}\n\n///pelatih\n{SECRET}\n///\n",
}
FILTERED = {
    f"{group}: {name}": source
    for group, sources in {
        "block in": NESTED,
        "block holding": HOLDING,
        "syntax shown in": SHOWN,
        "white space": WHITE_SPACE,
    }.items()
    for name, source in sources.items()
}
REWRITTEN = {
    "LF": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "BOM": lambda text: f"\ufeff{text}",
}


@pytest.mark.parametrize("ends", REWRITTEN)
@pytest.mark.parametrize("name", FILTERED)
def test_leak_filtered(name: str, ends: str) -> None:
    source = REWRITTEN[ends](f"# Judul\n\n{FILTERED[name]}")
    assert refusals(source) == set()
    theirs = everything(node_of(project_of(source), Edition.PESERTA))
    assert SECRET not in theirs
    assert PUBLIC in theirs
    assert SECRET in everything(node_of(project_of(source), Edition.PELATIH))


REFUSED = {
    "unclosed": (f"{BLOCK}\n/// pelatih\n{SECRET}\n", "7: B102"),
    "overclosed": (f"{BLOCK}{SECRET}\n///\n", "7: B103"),
    "closed by a longer fence": (f"/// pelatih\n{SECRET}\n////\n\n{SECRET}\n", "3: B102"),
    "closed the wrong way round": (
        f"//// pelatih\n/// latihan | a\n{SECRET}\n////\n{SECRET}\n///\n",
        "4: B102",
    ),
    "for participants within the trainers'": (
        f"//// pelatih\n/// peserta\n{SECRET}\n///\n////\n",
        "4: B109",
    ),
    "in a table's cell": (f"| a |\n| - |\n| /// pelatih {SECRET} /// |\n", "5: B105"),
    "behind text": (f"Teks /// pelatih\n{SECRET}\n///\n", "3: B105"),
    "with two slashes": (f"// pelatih\n{SECRET}\n//\n", "3: B101"),
    "escaped": (f"\\/// pelatih\n{SECRET}\n\\///\n", "3: B105"),
    "as an entity": (f"&#47;// pelatih\n{SECRET}\n///\n", "3: B101"),
    "after a form feed": (f"/// pelatih\f\n{SECRET}\n///\n", "3: B106"),
    "before a line separator": (f"/// pelatih\u2028{SECRET}\n///\n", "3: B106"),
    "closed behind NEL": (f"/// pelatih\n{SECRET}\x85///\n{SECRET}\n///\n", "4: B106"),
    "indented as code is": (f"Teks.\n\n    /// pelatih\n    {SECRET}\n    ///\n", "5: B115"),
    "in a footnote": (f"A[^a]\n\n[^a]: x\n\n    /// kunci\n    {SECRET}\n    ///\n", "7: B115"),
    "in a fence that is not closed": (f"```\n/// pelatih\n\n{BLOCK}", "3: B110"),
    "in inline code over lines": (f"Tulis `a\n/// pelatih\n{SECRET}\n///\n` b.\n", "3: B116"),
    "in a comment that is not closed": (f"Teks <!-- a\n\n{BLOCK}", "3: B111"),
    "its header in a comment": (f"<!--\n/// pelatih\n-->\n{SECRET}\n///\n", "7: B103"),
    "in raw HTML": (f"<div>\n{BLOCK}</div>\n", "3: B112"),
    "in raw HTML with Markdown": (f"<div markdown>\n\n{BLOCK}\n</div>\n", "3: B112"),
    "in pre": (f"<pre>\n{BLOCK}</pre>\n", "3: B112"),
    "around raw HTML": (f"/// pelatih\n<div>\n{SECRET}\n///\n", "4: B112"),
    "answer in data-*": (f"Teks {{: data-kunci='{SECRET}' }}\n", "3: B120"),
    "link to a page of the trainers": ("[Persiapan](hal-2.md)\n", "3: T103"),
    "tags": (f"---\ntags: [{SECRET}]\n---\n# Judul\n", "2: Y103"),
}
"""What stops every build, with the line: not a word of it is published."""


@pytest.mark.parametrize("name", REFUSED)
def test_leak_refused(name: str) -> None:
    source, place = REFUSED[name]
    page = source if source.startswith("---") else f"# Judul\n\n{source}"
    assert place in refusals(page)


def refusals(source: str) -> set[str]:
    """Line and code of the errors that a page has beside one of the trainers'."""
    _, problems = parsed(source)
    if not problems:
        project = project_of(source, f"---\nedisi: pelatih\n---\n# {SECRET}\n")
        problems = [p for rule in RULES for p in rule(project.modules["contoh"], project)]
        problems += lost_blocks(node_of(project, Edition.PESERTA).pages)
    found = [p for p in problems if not p.warning and p.path.startswith("modules/contoh/hal-1")]
    return {f"{p.line}: {p.code}" for p in (found or problems) if not p.warning}


# Choices of questions.


CLOSED = {
    "pilihan-ganda": (("Satu", "Dua", "Tiga", "Empat"), ["A", "B", "C", "D"]),
    "benar-salah": ((), ["benar", "salah"]),
    "menjodohkan": (
        {"kiri": ("a", "b", "c"), "kanan": ("d", "e", "f")},
        [("A", "B", "C"), ("C", "A", "B"), ("B", "C", "A")],
    ),
}


@pytest.mark.parametrize("kind", CLOSED)
def test_leak_order_and_ids_of_choices(kind: str) -> None:
    """Whatever the key, participants get the very same page, site, book and questions."""
    choices, keys = CLOSED[kind]

    def project(key: object) -> Project:
        fields = {"id": "satu", "indikator": 1, "jenis": kind, "teks": "Apa?", "kunci": key}
        fields |= {"pilihan": choices} if choices else {}
        question = Question.model_validate(fields | {"pakai": ("pretest", "posttest")})
        return project_of("# Judul\n\n/// soal | satu\n///\n", questions=(question,))

    pages = {edition: [] for edition in Edition}
    for key in keys:
        for edition, found in pages.items():
            found.append(everything(node_of(project(key), edition)))
    assert len(set(pages[Edition.PESERTA])) == 1
    assert len(set(pages[Edition.PELATIH])) == len(keys)
