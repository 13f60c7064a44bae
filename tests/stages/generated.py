"""Pages made up by hypothesis: well-formed, deeply nested, and every word's place known.

Each made-up text holds a canary, a word that occurs nowhere else. A page says who may see each
canary and in which blocks it was written, so that a test can ask whether one has flown away.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

_MANY = "PILAR_FUZZ_CASES" in os.environ
cases = settings(
    max_examples=int(os.environ.get("PILAR_FUZZ_CASES", "100")),
    derandomize=not _MANY,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""As many cases as asked for; by chance when many, the same ones when few."""

PUBLIC, TRAINER, PARTICIPANT, NOBODY = "public", "trainer", "participant", "nobody"

MARKS = (
    "` `` ``` ~~~ <!-- --> > - 1. : | /// //// / \\ [^n0] [^n0]: [ ]( ![a](aset/norma.svg) # ## "
    "!!! ??? === {: .a } *[kenari0x]: *a** _ \u200b \u00a0 &lt; <b> /// pelatih /// peserta ///"
).split(" ")
"""What changes the meaning of a line it comes into."""

TITLED = ("latihan", "kasus", "diskusi", "lembar-kerja")
UNTITLED = ("rangkuman", "refleksi")
AUDIENCES = {"pelatih": TRAINER, "kunci": TRAINER, "peserta": PARTICIPANT}


@dataclass(frozen=True)
class Canary:
    """A word, who may see it, and the blocks it stands in (None: it may move, as footnotes do)."""

    word: str
    reader: str
    blocks: tuple[str, ...] | None


@dataclass
class Sample:
    """A page, its canaries, and the number of its blocks."""

    source: str = ""
    canaries: list[Canary] = field(default_factory=list)
    blocks: int = 0

    def words(self, *readers: str) -> list[str]:
        """Canaries for these readers."""
        return [canary.word for canary in self.canaries if canary.reader in readers]


@dataclass(frozen=True)
class _Place:
    """Where an element is written.

    `prefix` is what containers put before each line, `blocks` and `fences` are the names and
    fence lengths of the open blocks, `depth` is how many levels may still come.
    """

    reader: str = PUBLIC
    prefix: str = ""
    blocks: tuple[str, ...] = ()
    fences: frozenset[int] = frozenset()
    depth: int = 3

    def within(self, prefix: str) -> _Place:
        return replace(self, prefix=self.prefix + prefix, depth=self.depth - 1)


class _Writer:
    """Writes a page, element by element."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.sample = Sample()
        self.lines: list[str] = []
        self.footnotes: dict[str, set[str]] = {}
        """Readers of the text that refers to each footnote."""

    def chance(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def line(self, place: _Place, text: str = "") -> None:
        self.lines.append(place.prefix + text if text else place.prefix.rstrip())

    def canary(self, place: _Place, reader: str = "", moves: bool = False) -> str:
        word = f"kenari{len(self.sample.canaries)}x"
        blocks = None if moves else place.blocks
        self.sample.canaries.append(Canary(word, reader or place.reader, blocks))
        return word

    def elements(self, place: _Place) -> None:
        writers = [self.paragraph, self.code, self.table, self.comment, self.filled_block]
        if place.reader in (PUBLIC, TRAINER):
            writers.append(self.cards)
        if not place.prefix:
            writers.append(self.heading)
        if place.depth:
            writers += [self.list, self.quotation, self.box, *[self.block] * 5]
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.line(place)
            self.chance(*writers)(place)

    def paragraph(self, place: _Place) -> None:
        text = f"Teks {self.canary(place)}"
        match self.chance("plain", "plain", "comment", "code", "footnote", "two lines"):
            case "comment":
                text += f" <!-- {self.canary(place, NOBODY)} --> lagi"
            case "code":
                text += f" `/// pelatih {self.canary(place)} <!-- ini kode -->`"
            case "footnote":
                name = f"n{self.chance(0, 1, 2)}"
                self.footnotes.setdefault(name, set()).add(place.reader)
                text += f"[^{name}]"
            case "two lines":
                self.line(place, text)
                text = f"dan {self.canary(place)}"
        self.line(place, text + ".")

    def heading(self, place: _Place) -> None:
        self.line(place, f"{self.chance('##', '###')} Judul {self.canary(place)}")

    def table(self, place: _Place) -> None:
        self.line(place, f"| {self.canary(place)} | b |")
        self.line(place, "| --- | --- |")
        self.line(place, f"| a | {self.canary(place)} |")

    def code(self, place: _Place) -> None:
        """A code fence that shows the syntax of blocks, comments and footnotes."""
        mark = self.chance("```", "~~~", "````", "~~~~~")
        self.line(place, f"{mark}{self.chance('', 'text', ' markdown')}")
        for _ in range(self.draw(st.integers(0, 3))):
            self.line(
                place,
                self.chance("/// pelatih", "///", "<!-- kode", "[^n0]: kode", "# kode", "``", ""),
            )
        self.line(place, f"kode {self.canary(place)}")
        self.line(place, mark)

    def comment(self, place: _Place) -> None:
        word = self.canary(place, NOBODY)
        if self.chance(True, False):
            self.line(place, f"<!-- {word} -->")
        else:
            self.line(place, "<!--")
            self.line(place, self.chance("/// pelatih", "///", "```", "`", "[^n0]: ", ""))
            self.line(place, f"{word} -->")

    def list(self, place: _Place) -> None:
        mark = self.chance("-   ", "1.  ")
        for _ in range(self.draw(st.integers(1, 2))):
            self.line(place, f"{mark}butir {self.canary(place)}")
            self.line(place)
            self.elements(place.within("    "))
            self.line(place)

    def box(self, place: _Place) -> None:
        mark = self.chance("!!! note", "??? note", "===")
        self.line(place, f'{mark} "Kotak {self.canary(place)}"')
        self.line(place)
        self.elements(place.within("    "))

    def quotation(self, place: _Place) -> None:
        self.elements(place.within("> "))
        self.line(place)

    def filled_block(self, place: _Place) -> None:
        """A block that Pilar fills."""
        fence = self.fence(place)
        self.line(place, f"{fence} {self.chance('tujuan', 'modul | deskripsi')}")
        self.line(place, fence)

    def cards(self, place: _Place) -> None:
        """Cards to cut out, for trainers or for all."""
        fence = self.fence(place)
        opened = self.chance(True, False)
        reader = place.reader if opened else TRAINER
        inner = replace(place, reader=reader, blocks=(*place.blocks, "kartu"))
        self.line(place, f"{fence} kartu | Judul {self.canary(inner)}")
        if opened:
            self.line(place, "    untuk: semua")
        self.line(place, f"    set: {self.chance('orang', 'kelompok', 'kelas')}")
        self.line(place)
        for _ in range(self.draw(st.integers(1, 3))):
            self.line(place, f"- kartu {self.canary(inner)}")
        self.line(place, fence)

    def block(self, place: _Place) -> None:
        names = [*TITLED, *UNTITLED]
        if place.reader == PUBLIC:
            names += AUDIENCES
            if not place.blocks:
                names.append("kegiatan")
        name = self.chance(*names)
        fence = self.fence(place)
        inner = replace(
            place,
            reader=AUDIENCES.get(name, place.reader),
            blocks=(*place.blocks, name),
            fences=place.fences | {len(fence)},
            depth=place.depth - 1,
        )
        titled = name not in UNTITLED and (name not in AUDIENCES or self.chance(True, False))
        self.line(place, f"{fence} {name}" + (f" | Judul {self.canary(inner)}" if titled else ""))
        if name == "kegiatan":
            self.line(place, "    menit: 45")
            self.line(place, f"    metode: cara {self.canary(inner)}")
        self.line(place)
        self.elements(inner)
        self.line(place, fence)

    def fence(self, place: _Place) -> str:
        self.sample.blocks += 1
        return "/" * self.draw(st.integers(3, 9).filter(lambda length: length not in place.fences))

    def page(self, depth: int) -> Sample:
        top = _Place(depth=depth)
        self.line(top, f"# Judul {self.canary(top)}")
        self.line(top)
        self.elements(top)
        for name, readers in sorted(self.footnotes.items()):
            # Text for trainers and text for participants together reach both.
            reader = next(iter(readers)) if len(readers) == 1 else PUBLIC
            self.line(top)
            self.line(top, f"[^{name}]: Catatan {self.canary(top, reader, moves=True)}")
            if self.chance(True, False):
                self.line(top)
                self.line(top, f"    lanjutan {self.canary(top, reader, moves=True)}")
        self.sample.source = "\n".join(self.lines)
        return self.sample


@st.composite
def pages(draw: Any, depth: int = 3) -> Sample:
    """A page that Pilar must accept; `depth` is how deep its containers and blocks nest."""
    return _Writer(draw).page(depth)


@st.composite
def damaged_pages(draw: Any, depth: int = 3, most: int = 4) -> str:
    """A made-up page with a few of its lines moved, lost, torn apart, doubled, or marked."""
    lines = draw(pages(depth)).source.split("\n")
    for _ in range(draw(st.integers(1, most))):
        number = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["in", "out", "lost", "apart", "twice", "marked"])):
            case "twice":
                lines.insert(draw(st.integers(0, len(lines))), lines[number])
            case "marked":
                place = draw(st.integers(0, len(lines[number])))
                mark = draw(st.sampled_from(MARKS))
                lines[number] = lines[number][:place] + mark + lines[number][place:]
            case "in":
                lines[number] = " " * draw(st.integers(1, 5)) + lines[number]
            case "out":
                lines[number] = lines[number][draw(st.integers(1, 4)) :]
            case "lost":
                lines[number : number + 1] = []
            case "apart":
                lines.insert(number, "")
        lines = lines or [""]
    return "\n".join(lines)
