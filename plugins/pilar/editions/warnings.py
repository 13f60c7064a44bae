"""Warnings of the rendering libraries, collected so that none is missed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_warnings(logger_name: str) -> Iterator[list[str]]:
    """Messages at WARNING and above that the logger gets inside the block, and no one else."""
    seen: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    logger = logging.getLogger(logger_name)
    handler = Collect(logging.WARNING)
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield seen
    finally:
        logger.handlers, logger.propagate = handlers, propagate
