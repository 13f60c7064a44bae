"""Draws the errata: small web pages that need nothing but themselves, and one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from pilar.editions.templates import environment
from pilar.editions.words import STAGES, dates
from pilar.model.changelog import Entry
from pilar.model.run import Run
from pilar.syntax.render import render

from .delta import ModuleDelta, RunDelta

if TYPE_CHECKING:  # WeasyPrint is loaded where something is printed
    from pilar.editions.book.rendered import Part
    from pilar.editions.book.volume import Render

SHEET_PAGES = 2
"""Sides of one sheet of paper."""


@dataclass(frozen=True)
class Versions:
    """A module and, newest version first, the runs that used each of its versions."""

    code: str
    title: str
    versions: tuple[tuple[str, tuple[Run, ...]], ...]


@dataclass(frozen=True)
class _Line:
    """One change on the sheet."""

    entry: Entry
    fact: bool
    rank: tuple[int, int]
    """Where it stands when room is short: errors, then the first of each module, and so on."""


@dataclass(frozen=True)
class _Cut:
    """A module on the sheet: what there is room for, and how much is left out."""

    delta: ModuleDelta
    urgent: tuple[_Line, ...]
    lines: tuple[_Line, ...]
    left: int


def title(delta: RunDelta) -> str:
    """What the errata are called."""
    if delta.since:
        return "Yang berubah sejak Anda terakhir mengajar"
    return "Ralat dan perubahan"


class ErrataPress:
    """Draws deltas with the templates of a folder (overrides/edisi)."""

    def __init__(self, templates: Path) -> None:
        self.environment = environment(
            templates, style="edisi.css", md=lambda text: Markup(render(text)), titik=_stop
        )
        self.print_style = (templates / "lembar.css").read_text("utf-8")

    def index(
        self,
        name: str,
        runs: Sequence[tuple[Run, str, str]],
        curricula: Sequence[tuple[str, Sequence[Run]]],
        modules: Sequence[Versions],
    ) -> str:
        """The list of all runs and versions; of each run also its curriculum's, and its state."""
        return self._draw(
            "indeks.html",
            nama=name,
            pelatihan=runs,
            kurikulum=curricula,
            daftar_modul=modules,
            tahap=STAGES,
        )

    def run(self, delta: RunDelta) -> str:
        """Whether the joined book of a run still holds."""
        return self._draw("pelatihan.html", delta=delta, run=delta.run)

    def module(self, delta: RunDelta, module: ModuleDelta) -> str:
        """Whether the copy of one module still holds."""
        return self._draw("modul.html", delta=module, run=delta.run)

    def errata(self, delta: RunDelta, sheet: str, public: bool) -> str:
        """All changes; `sheet` is the address of the PDF, empty where there is none."""
        return self._draw("ralat.html", **_common(delta), cetakan=sheet, publik=public)

    def sheet(self, delta: RunDelta, address: str, print_: Render) -> Part:
        """The sheet of paper, never more than two pages.

        Where there is more to tell, it says how much, and that it is at `address`. Raises
        ContentError.
        """
        everything = sum(len(module.facts) + len(module.entries) for module in delta.changed)

        def printed(count: int) -> Part:
            html = self._draw(
                "lembar.html", **_common(delta), potongan=_cut(delta, count), alamat=address
            )
            return print_(f"ralat-{delta.run.id}.pdf", html, self.print_style, {})

        whole = printed(everything)
        if whole.pages <= SHEET_PAGES:
            return whole
        # Layout takes its time: begin where the answer must be near, and stop when near enough.
        best, fits, over = printed(0), 0, everything
        guess = everything * SHEET_PAGES // whole.pages
        while over - fits > 1 + everything // 20:
            sheet = printed(guess)
            if sheet.pages <= SHEET_PAGES:
                best, fits = sheet, guess
            else:
                over = guess
            guess = (fits + over) // 2
        return best

    def sheet_file(self, delta: RunDelta, address: str, cache: Path) -> bytes:
        """The sheet as a PDF that says what it is, as papers do; parts and files are cached."""
        from pilar.editions.book.part import cached_part
        from pilar.editions.papers.paper_files import cached_bound

        part = self.sheet(delta, address, partial(cached_part, cache))
        name = f"{title(delta)}: {delta.run.id}"
        return cached_bound(cache, part, title=name, subject=delta.run.file.judul)

    def _draw(self, name: str, **variables: Any) -> str:
        return self.environment.get_template(name).render(**variables)


def _stop(text: str) -> str:
    """The text with a full stop at its end."""
    return f"{text.rstrip('.')}."


def _common(delta: RunDelta) -> dict[str, Any]:
    return {"delta": delta, "run": delta.run, "edisi": delta.edition, "judul": title(delta)}


def _lines(number: int, module: ModuleDelta) -> Iterator[_Line]:
    """Every change of a module in the order of the sheet; `number` is the module's."""
    facts = [(Entry(_stop(f.text), 0, f.urgent), True, 2 if f.minor else 0) for f in module.facts]
    changes = [*facts, *((entry, False, 1) for entry in module.entries)]
    changes.sort(key=lambda one: (not one[0].urgent, one[2]))
    for place, (entry, fact, _) in enumerate(changes, 1):
        yield _Line(entry, fact, (0 if entry.urgent else place, number))


def _cut(delta: RunDelta, count: int) -> list[_Cut]:
    """The changed modules with the `count` most important changes of them all."""
    modules = [(module, list(_lines(n, module))) for n, module in enumerate(delta.changed)]
    ranked = sorted((line for _, lines in modules for line in lines), key=lambda line: line.rank)
    shown = set(map(id, ranked[:count]))
    cuts = []
    for module, lines in modules:
        held = [line for line in lines if id(line) in shown]
        cuts.append(
            _Cut(
                module,
                tuple(line for line in held if line.entry.urgent),
                tuple(line for line in held if not line.entry.urgent),
                len(lines) - len(held),
            )
        )
    return cuts


def as_text(delta: RunDelta) -> str:
    """The errata for a terminal."""
    run = delta.run
    lines = [f"{title(delta)}: {run.file.tempat.kota}, {dates(run.file.tanggal)} ({run.id})"]
    if delta.since:
        lines.append(f"dibandingkan dengan {delta.since.id}")
    lines += [f"Modul baru: {m.meta.kode} {m.meta.judul}" for m in delta.added]
    lines += [f"Modul tidak lagi dipakai: {m.meta.kode} {m.meta.judul}" for m in delta.removed]
    for module in delta.changed:
        before, after = module.before.meta, module.after.meta
        lines += ["", f"{before.kode} {before.judul}: {before.versi} menjadi {after.versi}"]
        for line in _lines(0, module):
            mark = "  RALAT " if line.entry.urgent else "  - "
            lines.append(mark + _plain(line.entry.text))
            for note in line.entry.notes:
                lines.append(f"    ({_plain(note.text)})")
    same = [module.before.meta.kode for module in delta.modules if not module.changed]
    if not delta.changed and not delta.added and not delta.removed:
        lines += ["", "Tidak ada yang berubah."]
    elif same:
        lines += ["", f"Tidak berubah: {', '.join(same)}"]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Markdown without its marks, on one line."""
    return " ".join(unescape(text.replace("`", "").replace("*", "")).split())
