"""What tests of reviews share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from pilar.review.report.summary import markdown
from pilar.review.write import Options, write_review

from .histories import History, tiny

NONE: Mapping[str, str] = MappingProxyType({})


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The summary of the tiny project after swaps of text; `first` are made before the base.

    The files `before` are there in the base too, `files` come with the change.
    """
    monkeypatch.setenv("PILAR_CACHE", str(tmp_path / "cache"))

    def summary(
        *swaps: tuple[str, str, str],
        first: tuple[tuple[str, str, str], ...] = (),
        before: Mapping[str, str] = NONE,
        files: Mapping[str, str] = NONE,
    ) -> str:
        history = History(tmp_path / "proyek")
        tree = tiny()
        tree.update(before)
        commits = []
        for title, edits in (("Dasar", first), ("Usulan", swaps)):
            for path, old, new in edits:
                tree.swap(path, old, new)
            tree.update(files if title == "Usulan" else {})
            commits.append(history.commit(tree, title))
        options = Options(history.root, tmp_path / "hasil", *commits, pictures=False)
        return markdown(write_review(options))

    return summary
