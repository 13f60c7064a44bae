"""Options that stand elsewhere than four spaces below their header: told as that, and mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilar.checks.fixes import fixed
from pilar.checks.reports import as_written

from .golden import fresh
from .samples import of_page, parsed, text, told

PAGE = "modules/contoh/pembuka.md"
RIGHT = "/// latihan | Norma\n    id: norma-kelas\n    indikator:\n      - 1\n\nTulis.\n///\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("  id: norma-kelas\n  indikator:\n    - 1\n", "`id` blok `latihan` menjorok 2 spasi"),
        ("   id: norma-kelas\n    indikator:\n      - 1\n", "menjorok 3 spasi"),
        ("id: norma-kelas\nindikator:\n  - 1\n", "`id` blok `latihan` tidak menjorok"),
        ("id: norma-kelas\nindikator:\n- 1\n", "tidak menjorok"),
        ("    id: norma-kelas\n  indikator:\n    - 1\n", "`indikator` blok `latihan` menjorok 2"),
        ("\xa0\xa0\xa0\xa0id: norma-kelas\n\xa0 \xa0 indikator:\n      - 1\n", "tak terputus"),
        ("    id:\xa0norma-kelas\n    indikator:\n      - 1\n", "tak terputus"),
        ("\n    id: norma-kelas\n    indikator:\n      - 1\n", "baris kosong memisahkan"),
        ("\n  id: norma-kelas\n  indikator:\n    - 1\n", "baris kosong memisahkan"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "> "])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_one_mistake_is_told_and_mended(
    tmp_path: Path, options: str, said: str, prefix: str, ending: str
) -> None:
    def page(block: str) -> str:
        rows = "\n".join((prefix + line).rstrip() for line in block.splitlines())
        return f"{text(PAGE)}\n{rows}\n".replace("\n", ending)

    block = f"/// latihan | Norma\n{options}\nTulis.\n///\n"
    assert len(told(tmp_path, {PAGE: page(block)})) == 1
    state = fresh(tmp_path / "proyek")
    assert state.project
    [found] = [problem for problem in state.problems if not problem.warning]
    assert said in found.message
    problems, _ = as_written(state.problems, state.files)
    changed, [applied] = fixed(state.files, state.project, problems)
    assert applied.code == found.code
    (tmp_path / "proyek" / PAGE).write_bytes(changed[PAGE])
    state = fresh(tmp_path / "proyek")
    assert state.errors == []
    *_, block_read = state.modules["contoh"].pages[0].document.blocks
    assert block_read.options == parsed(f"# Judul\n\n{RIGHT}")[0].blocks[0].options


@pytest.mark.parametrize(
    "body",
    [
        "Bahan: kertas dan spidol.\n",
        "    indikator: [1]\n\nid: kata biasa\n",
        "\nid: kata biasa\n",
        "      indikator: [1]\n",
    ],
)
def test_text_stays_text(body: str) -> None:
    assert of_page(f"/// latihan | Norma\n{body}\nTulis.\n///\n") == []


def test_a_block_without_options_has_none() -> None:
    document, problems = parsed("# Judul\n\n/// pelatih\nmenit: 10\n///\n")
    assert problems == []
    assert document.blocks[0].body == 4
