"""The version of a module in the curriculum, and what it takes to pin another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pilar.model.position import Keys, Located
from pilar.model.run import Project
from pilar.model.semver import level_between, order, raised


@dataclass(frozen=True)
class NewVersion:
    """A version number of a YAML file that is to become another; `why` in Indonesian."""

    source: Located
    keys: Keys
    old: str
    new: str
    why: str = ""

    def __str__(self) -> str:
        reason = f", karena {self.why}" if self.why else ""
        line = self.source.line(*self.keys)
        return f"{self.source.path}:{line}: `{self.keys[-1]}` {self.old} → {self.new}{reason}"


def to_pin(project: Project, slug: str, version: str) -> Iterator[NewVersion]:
    """What changes in kurikulum.yml for it to pin a newer version of a module.

    The curriculum gets a number of its own where a run has locked the one it has: a locked version
    never changes.
    """
    curriculum, source = project.curriculum, project.curriculum_source
    for group, pins in curriculum.struktur.items():
        pin = pins.get(slug)
        if pin is None or order(pin) >= order(version):
            continue
        yield NewVersion(source, ("struktur", group, slug), pin, version)
        locked = {
            order(run.lock.kurikulum.versi): run
            for run in project.runs.values()
            if run.lock and order(run.lock.kurikulum.versi) <= order(curriculum.versi)
        }
        if not locked:
            continue
        base = max(locked)
        needed = raised(".".join(map(str, base)), level_between(pin, version))
        if order(curriculum.versi) < order(needed):
            why = f"versi yang lama sudah dikunci {locked[base].id}"
            yield NewVersion(source, ("versi",), curriculum.versi, needed, why)
