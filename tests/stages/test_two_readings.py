"""What authors see in CommonMark and what Pilar prints: differences told, mended where certain."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.checks.markdown.commonmark import read, seen
from pilar.checks.markdown.compare import differences, is_plain
from pilar.checks.markdown.leaves import leaves
from pilar.checks.rules import (
    b206_read_differently,
    b207_row_longer_than_head,
    b208_heading_without_number,
    b209_unpaired_mark,
)
from pilar.model.problem import Problem
from pilar.syntax.render import render

from .generated import cases
from .test_lookalikes import of

MENDED = {
    "nested, two spaces": ("- Buah\n  - Mangga\n- Sayur", "- Buah\n    - Mangga\n- Sayur"),
    "nested, three spaces": ("1. Salam\n   - Senyum", "1. Salam\n    - Senyum"),
    "three levels": (
        "- a\n  - b\n    - c\n      - d\n- e",
        "- a\n    - b\n        - c\n            - d\n- e",
    ),
    "paragraph in an item": (
        "1. Salam\n\n   Ramah.\n2. Duduk",
        "1. Salam\n\n    Ramah.\n\n2. Duduk",
    ),
    "next item glued": ("1. Salam\n\n    Ramah.\n2. Duduk", "1. Salam\n\n    Ramah.\n\n2. Duduk"),
    "parenthesis": ("1) satu\n2) dua", "1. satu\n2. dua"),
    "list under text": ("Bahan:\n- kertas\n- spidol", "Bahan:\n\n- kertas\n- spidol"),
    "numbers under text": ("Langkah:\n1. tulis\n2. baca", "Langkah:\n\n1. tulis\n2. baca"),
    "list under text, quoted": ("> Bahan:\n> - a\n> - b", "> Bahan:\n>\n> - a\n> - b"),
    "list under text, in an item": (
        "- satu\n\n    Bahan:\n    - a\n    - b",
        "- satu\n\n    Bahan:\n\n    - a\n    - b",
    ),
    "hash of a word": ("#PilarKessos dipakai.", "\\#PilarKessos dipakai."),
    "heading after a space": ("Teks.\n\n ## Langkah", "Teks.\n\n## Langkah"),
    "table under text": (
        "Daftar:\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Daftar:\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    "table in an item": (
        "- satu\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
        "- satu\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |",
    ),
    "code in an item": ("- satu\n\n  ```text\n  x\n  ```", "- satu\n\n    ```text\n    x\n    ```"),
    "title in curly quotes": ("!!! note “Ingat”\n    Isi.", '!!! note "Ingat"\n    Isi.'),
    "title without quotes": ("!!! note Hal penting\n    Isi.", '!!! note "Hal penting"\n    Isi.'),
    "words after an unknown kind": (
        "!!! Penting Bawa kartu\n    Isi.",
        '!!! Penting "Bawa kartu"\n    Isi.',
    ),
    "tab in curly quotes": ("=== “Satu”\n\n    Isi.", '=== "Satu"\n\n    Isi.'),
    "box indented too little": ('!!! note "Ingat"\n  Isi.', '!!! note "Ingat"\n    Isi.'),
    "loose list in a list": (
        "1. a\n   - b\n\n   - c\n2. d",
        "1. a\n    - b\n\n    - c\n\n2. d",
    ),
    "deleted as in chats": ("Besok ~tidak jadi~ hadir.", "Besok ~~tidak jadi~~ hadir."),
    "address with a space": ("[Daftar](daftar hadir.md)", "\\[Daftar](daftar hadir.md)"),
    "list in a box": ("!!! note\n    - a\n      - b", "!!! note\n    - a\n        - b"),
}


@pytest.mark.parametrize(("before", "after"), MENDED.values(), ids=MENDED)
def test_mended(before: str, after: str) -> None:
    [difference] = differences(before)
    assert difference.rewrite
    lines = before.split("\n")
    lines[difference.rewrite.first : difference.rewrite.end] = difference.rewrite.lines
    assert "\n".join(lines) == after
    assert differences(after) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Pemerintah (UU 11/2009) **wajib** hadir: lihat [laman](https://contoh.go.id/a_b).",
        "1. Salam\n\n    Ramah.\n\n2. Duduk\n    - tenang\n    - tegak",
        '!!! note "Ingat"\n    Isi.\n\n??? tip\n    Isi.',
        '=== "Satu"\n\n    A\n\n=== "Dua"\n\n    B',
        "| a | b |\n|:--|--:|\n| 1 | `2` |",
        "Kata[^a] lagi.\n\n[^a]: Isi catatan.",
        "Istilah\n:   Arti.\n\n## Judul {: #judul .kecil }\n\nH~2~O ==tanda== ^^sisip^^ x^2^",
        "- [x] sudah\n- [ ] belum\n\n> Kutipan\n> dua baris.",
        "Teks.\n\n---\n\n```text\n- kode\n  - kode\n```",
        "```text\n\tkode \n```\n\nTulis `git push `.",
        "- satu\n+ dua",
        'H~2~O dan ![](peta.svg){ alt="Peta desa" width="80" }',
    ],
)
def test_same(text: str) -> None:
    assert differences(text) == ()


@pytest.mark.parametrize(
    "text",
    ["Harga\n- dan jasa.", "## Judul {catatan}", "[a](b c)", "- a\n\n      kode?\n\n\n1. b"],
)
def test_told(text: str) -> None:
    assert differences(text)


def found(rule: object, source: str) -> list[Problem]:
    project = of(source)
    return sorted(rule.check_module(project.modules["contoh"], project))  # type: ignore[attr-defined]


def test_blocks_are_regions_of_their_own() -> None:
    source = "//// latihan | Satu\nBahan:\n\n- a\n  - b\n\n/// kunci\n1) satu\n///\n////\n"
    one, two = found(b206_read_differently, source)
    fixes = [problem.fix.new for problem in (one, two) if problem.fix]
    assert fixes == ["    - b", "1. satu"]


def test_breaks_at_the_ends_of_lines_stay() -> None:
    [problem] = found(b206_read_differently, "1. Sambutan\n   - Kepala dinas  \n     Camat\n")
    assert problem.fix
    assert problem.fix.new == "    - Kepala dinas  \n        Camat"


def test_each_fault_is_told() -> None:
    two = differences("!!! note “Satu”\n    Isi.\n\n!!! note “Dua”\n    Isi.")
    assert [difference.line for difference in two] == [0, 3]
    [one] = differences("Langkah:\n1. Salam\n   - Senyum")
    assert one.rewrite


def test_a_broken_fence_is_told_once() -> None:
    [difference] = differences(
        "```{figure} peta.svg\nPeta\n```\n\nSatu.\n\n## Dua\n\n```text\nx\n```"
    )
    assert difference.rewrite is None


def test_what_reaches_into_the_definitions_is_told_in_its_own_lines() -> None:
    last = 'Kata **tebal** dan ==tanda== {: title="catatan" }'
    [difference] = differences(last, "\n\n[^a]: Isi.\n\n[^a] [^b]")
    assert (difference.line, difference.rewrite) == (0, None)


def test_definitions_hold_for_the_whole_page() -> None:
    source = (
        "/// pelatih\nLihat [laman] dan[^a].\n///\n\n[laman]: https://contoh.go.id\n\n[^a]: Isi.\n"
    )
    assert found(b206_read_differently, source) == []


@pytest.mark.parametrize(
    ("rule", "source", "fix"),
    [
        (b207_row_longer_than_head, "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n", None),
        (b208_heading_without_number, "> ## Langkah\n", None),
        (b209_unpaired_mark, "**Ingat!**Jangan masuk.\n", "Ingat!** Jangan"),
        (b209_unpaired_mark, "Bawalah **kartu,**dan pena.\n", "kartu,** dan"),
        (b209_unpaired_mark, "Bawalah **kartu dan pena.\n", None),
    ],
)
def test_what_neither_reads_as_meant(rule: object, source: str, fix: str | None) -> None:
    problems = found(rule, source)
    assert problems
    assert all(problem.column for problem in problems)
    if fix:
        assert any(problem.fix and problem.fix.new == fix for problem in problems), problems


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (b207_row_longer_than_head, "| a | b |\n|---|---|\n| 1 | 2 |\n| `a|b` | x |\n"),
        (b208_heading_without_number, "## Satu\n\nTeks\n\n---\n\nTeks.\n"),
        (b209_unpaired_mark, "Nama: ____ dan `**kode**` dan \\*\\*bukan.\n"),
    ],
)
def test_innocents(rule: object, source: str) -> None:
    assert found(rule, source) == []


PIECES = (
    "kata",
    "*miring*",
    "**tebal",
    "~coret~",
    "`kode`",
    "- ",
    "  - ",
    "    - ",
    "1. ",
    "2) ",
    "> ",
    "# ",
    "#kata",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```text\nx\n```",
    '!!! note "Ingat"\n    Isi',
    "=== “Satu”\n\n    Isi",
    "[^a]",
    "[^a]: Catatan",
    "[laman](b c)",
    "\\&",
    "\\",
    "  ",
    "\t",
    "\xa0",
    "\n",
    "\n",
    "\n\n",
    "---",
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text))


@cases
@given(texts)
def test_rewrites_mend_and_lose_no_word(text: str) -> None:
    for difference in differences(text):
        if rewrite := difference.rewrite:
            lines = text.split("\n")
            lines[rewrite.first : rewrite.end] = rewrite.lines
            new = "\n".join(lines)
            assert words(text) <= words(new)
            assert seen(read(new)) == seen(read(text))
            assert set(difference.seen) <= set(leaves(render(new)))


@cases
@given(st.text("ab.,'“”()é— \n1-:#", max_size=60).filter(is_plain))
def test_plain_texts_are_read_alike(text: str) -> None:
    assert seen(read(text)) == leaves(render(text))
