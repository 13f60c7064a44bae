"""What `pilar check` tells of a page's language, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from .project import CASES, check_language, read_case

NAMES = sorted(path.stem for path in CASES.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    problems = check_language(read_case(name, tmp_path))
    actual = "".join(f"{problem}\n" for problem in problems)
    expected = CASES / f"{name}.txt"
    if request.config.getoption("--perbarui", default=False):
        expected.write_text(actual, "utf-8")
    assert actual == expected.read_text("utf-8")


def test_every_code_has_a_case_that_is_right_and_one_that_is_wrong() -> None:
    for code in ("L100", "L101", "L102", "L103", "L104", "L105", "L106", "L107"):
        told = [
            f" {code} " in (CASES / f"{name}.txt").read_text("utf-8")
            for name in NAMES
            if name.startswith(code)
        ]
        assert set(told) == {True, False}, code
