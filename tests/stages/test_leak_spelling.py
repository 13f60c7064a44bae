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


REFUSED = {
    "misspelt": ("B101", 5),
    "upper case": ("B101", 5),
    "full-width letters": ("B101", 5),
    "full-width slashes": ("B106", 5),
    "zero-width space": ("B106", 5),
    "no-break space after": ("B106", 5),
}
"""Code and line of the error that stops every build; what is not here is filtered."""


@pytest.mark.parametrize("name", SPELT)
def test_leak_block_spelt(name: str) -> None:
    _, problems = parsed(SPELT[name])
    if name in REFUSED:
        told = {(problem.code, problem.line) for problem in problems if not problem.warning}
        assert REFUSED[name] in told
        return
    assert not problems
    html = html_of(SPELT[name], Edition.PESERTA)
    assert "Teks untuk semua" in html
    assert CANARY not in html
