"""A module's next version: modul.yml, perubahan.md and the curriculum's pin, all together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pilar.changes.bump import proposed
from pilar.changes.modules import compare
from pilar.changes.pins import NewVersion, to_pin
from pilar.content.files import CURRICULUM, Files
from pilar.model.curriculum import Module
from pilar.model.problem import UnknownNameError, WrongUsageError, suggestion
from pilar.model.semver import LEVELS, level_between, order, raised
from pilar.model.span import text_at

from .library import Library

_BOM = "\ufeff"
_LEVELS = "|".join(LEVELS[::-1])
_SECTION = re.compile(r"^## ", re.MULTILINE)


class NotRaisedError(WrongUsageError):
    """Nothing was changed; the message (Indonesian) says why."""


@dataclass(frozen=True)
class Raising:
    """From which version to which, why (Indonesian), and what that makes of the files."""

    old: str
    new: str
    level: str
    """Of the new version above the newest released one; empty where they are the same."""
    reason: str
    files: Mapping[str, bytes]
    lines: tuple[str, ...]
    """What changes where, for people."""


@dataclass(frozen=True)
class _Since:
    """The newest released version up to the module's own: its number, empty for none; the version
    that the changes since ask for and why, both empty without changes or where it cannot be read.
    """

    version: str
    needed: str = ""
    reason: str = ""
    locked: bool = False
    readable: bool = True


def raise_version(library: Library, slug: str, level: str = "") -> Raising:
    """What it takes to raise a module by a level (of `LEVELS`), or as its changes ask for.

    A version that nobody has yet is still the author's: levels count from the newest released one,
    in git's history or a lock. What a new version needs besides its number is completed. Raises
    UnknownNameError, NotRaisedError, and ContentError for a history that cannot be read.
    """
    known = library.project.modules
    if slug not in known:
        raise UnknownNameError(f"modul `{slug}` tidak dikenal. {suggestion(slug, known)}.")
    module = known[slug]
    since = _since(library, module)
    own = module.meta.versi
    new, reason = _next(module, since, level)
    edits = [NewVersion(module.source, ("versi",), own, new)] if new != own else []
    edits += to_pin(library.project, slug, new)
    files: dict[str, bytes] = {}
    lines: list[str] = []
    if new != since.version and (told := _changelog(library.files, module, since, new)):
        files[module.changelog.path], line = told
        lines.append(line)
    # From the end, so that what was changed does not shift what is still to be.
    for edit in sorted(edits, key=lambda e: e.source.ranges.get(e.keys, ()), reverse=True):
        path = edit.source.path
        files[path] = _edited(files.get(path, library.files[path]), edit)
    lines += map(str, edits)
    if not lines:
        raise NotRaisedError(_nothing_to_do(module, since))
    if slug not in library.project.curriculum.pins():
        lines.append(f"{CURRICULUM}: `{slug}` belum disebut di `struktur`; tambahkan di sana {new}")
    base = since.version or own
    step = level_between(base, new) if new != base else ""
    return Raising(own, new, step, reason, files, tuple(lines))


def _since(library: Library, module: Module) -> _Since:
    slug, own = module.slug, module.meta.versi
    locks = {entry.versi: entry.hash for entry in library.locks(slug).values()}
    released = {v: r.hash for v, r in library.history.modules.get(slug, {}).items()} | locks
    newest = max((v for v in released if re.fullmatch(r"\d+\.\d+\.\d+", v)), key=order, default="")
    if not newest:
        return _Since("")
    if order(newest) > order(own):
        raise NotRaisedError(
            f"modul.yml menyebut `{slug}` versi {own}, padahal {newest} sudah ada di riwayat. "
            f"Tulis dahulu {newest} di {module.source.path}:{module.source.line('versi')}, atau "
            "ambil isinya yang terbaru dari git."
        )
    locked = newest in locks
    if module.digest == released[newest]:
        return _Since(newest, locked=locked)
    old = library.sound(slug, released[newest])
    if old is None:
        return _Since(newest, locked=locked, readable=False)
    return _Since(newest, *proposed(compare(old, module)), locked=locked)


def _next(module: Module, since: _Since, level: str) -> tuple[str, str]:
    """The version that the module gets, and why. Raises NotRaisedError."""
    slug, own = module.slug, module.meta.versi
    base = since.version or own
    if level:
        new = raised(base, level)
        if order(new) < order(own):
            raise NotRaisedError(
                f"`{slug}` sudah versi {own}, lebih tinggi daripada {level} sejak {base} ({new}). "
                "Tulis sendiri versi di modul.yml bila itu maksud Anda."
            )
        if since.locked and since.needed and order(new) < order(since.needed):
            raise NotRaisedError(
                f"{level} ({new}) terlalu rendah: {since.reason} sejak {base}, jadi sedikitnya "
                f"{level_between(base, since.needed)} ({since.needed})."
            )
        return new, since.reason
    if since.needed:
        return max(own, since.needed, key=order), since.reason
    if own == since.version and not since.readable:
        raise NotRaisedError(
            f"isi versi {base} tidak dapat dibaca, jadi perubahannya tidak diketahui. "
            f"Sebut tingkatnya: pilar bump {slug} {_LEVELS}."
        )
    return own, ""


def _nothing_to_do(module: Module, since: _Since) -> str:
    slug, own = module.slug, module.meta.versi
    if since.version and order(own) > order(since.version):
        return (
            f"`{slug}` sudah dinaikkan dari {since.version} menjadi {own}; kurikulum dan "
            "perubahan.md sudah menyebutnya. Untuk tingkat lain, sebut tingkatnya."
        )
    told = f"tidak ada yang berubah sejak {own}" if since.version else "belum ada versi lama di git"
    return f"`{slug}` {own}: {told}. Bila tetap ingin menaikkannya: pilar bump {slug} {_LEVELS}."


def _changelog(files: Files, module: Module, since: _Since, new: str) -> tuple[bytes, str] | None:
    """perubahan.md with a section for the new version, and what changed in it; None where it has
    one, or where nothing was released before.
    """
    changelog, own = module.changelog, module.meta.versi
    sections = {section.version: section.line for section in changelog.sections}
    if new in sections or (not since.version and new == own):
        return None
    text = _text(files.get(changelog.path, b"# Perubahan\n"))
    if own in sections and own != (since.version or own):
        lines = text.split("\n")
        number = sections[own]
        lines[number - 1] = lines[number - 1].replace(own, new)
        told = f"{changelog.path}:{number}: `## {own}` → `## {new}`"
        return "\n".join(lines).encode(), told
    first = _SECTION.search(text)
    place = first.start() if first else len(text)
    before = text[:place].rstrip("\n") + "\n\n"
    why = f" Yang terlihat: {since.reason}." if since.reason else ""
    stub = (
        f"## {new}\n\n<!-- Tulis apa yang berubah sejak {since.version or own}, satu butir satu "
        f"perubahan.{why} -->\n"
    )
    rest = f"\n{text[place:]}" if first else ""
    number = before.count("\n") + 1
    told = f"{changelog.path}:{number}: bagian `## {new}` dibuat; tulis di sana apa yang berubah"
    return f"{before}{stub}{rest}".encode(), told


def _edited(data: bytes, edit: NewVersion) -> bytes:
    """The file with the new version in the place of the old one; all else stays to the letter."""
    text = _text(data)
    mark = _BOM if text.startswith(_BOM) else ""
    lines = text.removeprefix(mark).split("\n")
    place = edit.source.ranges.get(edit.keys)
    if place is None or place[0] != place[2] or edit.old not in text_at(lines, place):
        raise NotRaisedError(
            f"tulisan di sana tidak dapat diganti dengan pasti. Ubah sendiri {edit}."
        )
    number, start, _, end = place
    line = lines[number - 1]
    value = line[start - 1 : end - 1].replace(edit.old, edit.new)
    lines[number - 1] = line[: start - 1] + value + line[end - 1 :]
    return (mark + "\n".join(lines)).encode()


def _text(data: bytes) -> str:
    """Whoever writes it back gives it the line ends of the file."""
    return data.decode("utf-8").replace("\r\n", "\n")
