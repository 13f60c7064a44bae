"""What becomes of a run, in words (Bahasa Indonesia)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pilar.changes.run_files import FieldChange
from pilar.editions.fields import field_text, field_title, label
from pilar.editions.words import date, dates
from pilar.model.blocks import Frozen
from pilar.model.run import Dates
from pilar.review.compare.effects import RunModule, RunReview

from .phrases import Line, became, edited, listed

URGENT = ("tanggal", "tempat.zona")
"""Fields by which people stand at the door of another day or hour."""
_SHORT = 48
"""Characters up to which a value is read at a glance, before and after."""


def run_line(run: RunReview) -> str:
    """What the change does to a run, in a sentence without its name."""
    old, new = run.old, run.new
    modules = listed([text for entry in run.modules if (text := _module(entry))], 10)
    lock = run.pinned.run.lock
    version = lock.kurikulum.versi if lock else ""
    match run.effect:
        case "baru":
            return "pelatihan baru" + (f", dikunci pada kurikulum {version}" if lock else "")
        case "dihapus":
            return "dihapus"
        case "terkunci":
            return f"tidak berubah, terkunci pada kurikulum {version}"
        case "dikunci":
            return f"kini dikunci pada kurikulum {version}, isinya sama"
        case "rusak":
            if new is None:
                return "berkasnya tidak dapat dibaca"
            problem = new.problems[0] if new.problems else None
            why = f": {problem.message.replace('`', '')}" if problem else ""
            return f"tidak dapat disusun{why}"
        case "tetap":
            return "tidak berubah"
        case "ditata":
            return "isinya sama, hanya penataan berkas yang berubah"
        case "pulih":
            return "kini dapat disusun lagi"
    facts = [f"modul {modules}"] if modules else []
    facts += run.registries
    facts += [", ".join(names)] if (names := _field_names(run)) else []
    if any(day.changed for day in run.days):
        facts.append("jadwal")
    changed = f"berubah: {'; '.join(facts)}" if facts else "berubah"
    if lock and run.effect == "terdampak":
        return f"tetap terkunci pada kurikulum {version}, tetapi {changed}"
    if run.effect == "kunci-baru":
        before = old.run.lock.kurikulum.versi if old and old.run.lock else "belum dikunci"
        return f"kuncinya diganti ({before} → {version}); {changed}"
    return f"belum dikunci, jadi ikut {changed}"


def _module(module: RunModule) -> str:
    """A module with its versions; empty where it says the same under the same version."""
    name = module.code
    if not module.before or not module.after:
        return f"{name} ({'ditambah' if module.after else 'dilepas'})"
    if module.before == module.after:
        return "" if module.silent else f"{name} {module.after} (isinya)"
    text = f"{name} {module.before} → {module.after}"
    return f"{text} (isinya sama)" if module.silent else text


def when(run: RunReview) -> str:
    """Dates and place of a run."""
    file = run.pinned.run.file
    return f"{dates(file.tanggal)}, {file.tempat.kota}"


def run_part(run: RunReview) -> str:
    """Id of a run's part of the report."""
    return f"pelatihan-{run.pinned.run.id}"


def _field_names(run: RunReview) -> list[str]:
    """What its file says otherwise, the days of the timetable aside: those are told as such."""
    fields = (change.path for change in run.fields if not change.path.startswith("jadwal.hari"))
    return list(dict.fromkeys(label(path) for path in fields))


def urgent(run: RunReview) -> Iterator[str]:
    """Date and zone that became others."""
    for change in run.fields:
        if change.path in URGENT:
            note = ", sedangkan jam di jadwal tetap ditulis sama" * (change.path == "tempat.zona")
            yield f"{label(change.path)} {_became(change)}{note}"


def run_lines(run: RunReview) -> Iterator[Line]:
    """A run's file field by field, and its timetable where it is new or on other hours."""
    part = run_part(run)
    new = run.effect == "baru"
    for name, changes in groupby(_fields(run), key=lambda change: field_title(change.path)):
        yield Line(name, "; ".join(map(_became, changes)), rank=3 if new else 2)
    if new:
        for day in run.days:
            slots = "; ".join(f"{slot.time} {slot.title}" for _, slot in day.rows if slot)
            yield Line(f"Hari ke-{day.number}", f": {slots}", date(day.date), part, rank=3)
    elif run.effect in ("terdampak", "kunci-baru") and any(day.changed for day in run.days):
        changed = [f"ke-{day.number}" for day in run.days if day.changed]
        yield Line("Jadwal", "berubah", f"hari {listed(changed, 12)}", part, rank=2)


def field_rows(run: RunReview) -> Iterator[tuple[str, str, str]]:
    """Name, old and new value of each field that differs; empty where there is none."""
    for change in _fields(run):
        before, after = (
            "" if value is None else field_text(change.path, value)
            for value in (change.before, change.after)
        )
        yield field_title(change.path), before, after


def _fields(run: RunReview) -> list[FieldChange]:
    """Fields to tell: what the days of a new run hold, its timetable says."""
    told = run.effect == "baru" and run.days
    return [c for c in run.fields if not (told and c.path.startswith("jadwal.hari"))]


def _became(change: FieldChange) -> str:
    before, after = (field_text(change.path, value) for value in (change.before, change.after))
    if change.before is None:
        return after
    if change.after is None:
        return f"dihapus: {before}"
    entry = isinstance(change.after, Frozen) and not isinstance(change.after, Dates)
    if max(len(before), len(after)) <= _SHORT and not entry:
        return became(before, after)
    return edited(before, after)
