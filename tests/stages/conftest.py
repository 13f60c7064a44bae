"""Options and fixtures of the stage tests."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from .golden import Golden

settings.register_profile(
    "stages",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=200 if "PILAR_FUZZ_CASES" in os.environ else 100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("stages")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares what a case gives with its expected files, or writes them anew."""
    return Golden(rewrite=bool(request.config.getoption("--perbarui", default=False)))


@pytest.fixture(autouse=True)
def _no_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A log line that nobody asked for fails the test."""
    caplog.set_level(logging.INFO)
    # Says so once on a machine where it has not been before.
    caplog.set_level(logging.WARNING, "matplotlib.font_manager")
    yield
    assert [record.getMessage() for record in caplog.get_records("call")] == []
