"""What all tests share: programs that they start speak without colours, and compile once."""

from __future__ import annotations

import os
import sys

import pytest

# A service that sets CI or FORCE_COLOR would have its colours amid the words that tests look for.
for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS"):
    os.environ.pop(name, None)
os.environ["NO_COLOR"] = "1"

# Where nothing compiled is kept, every command that a test starts compiles all of Pilar anew, and
# so does every process of a build.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--perbarui", action="store_true", help="write the expected files anew")
