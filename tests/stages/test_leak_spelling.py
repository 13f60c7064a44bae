"""A trainers' block spelt in an odd way is refused with its line or filtered, never published."""

from __future__ import annotations

import pytest

from pilar.model.edition import Edition

from .samples import html_of, parsed

CANARY = "kenarisandi"
BLOCK = f"# Judul\n\nTeks untuk semua.\n\n/// pelatih\nCatatan {CANARY}.\n///\n"
SPELT = {
    "misspelt": BLOCK.replace("pelatih", "pelatlh"),
    "upper case": BLOCK.replace("pelatih", "PELATIH"),
    "full-width letters": BLOCK.replace("pelatih", "ｐｅｌａｔｉｈ"),
    "full-width slashes": BLOCK.replace("/// pelatih", "／／／ pelatih"),
    "zero-width space": BLOCK.replace("pelatih", "pela\u200btih"),
    "no-break space after": BLOCK.replace("pelatih", "pelatih\u00a0"),
    "tab before": BLOCK.replace("/// pelatih", "///\tpelatih"),
    "CR only": BLOCK.replace("\n", "\r"),
    "CRLF": BLOCK.replace("\n", "\r\n"),
    "BOM": f"\ufeff{BLOCK}",
}


@pytest.mark.parametrize("source", SPELT.values(), ids=SPELT)
def test_leak_block_spelt(source: str) -> None:
    _, problems = parsed(source)
    if problems:
        assert all(1 <= problem.line <= 8 for problem in problems)
        return
    html = html_of(source, Edition.PESERTA)
    assert "Teks untuk semua" in html
    assert CANARY not in html
