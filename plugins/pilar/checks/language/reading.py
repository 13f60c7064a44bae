"""All text of a module, and the orders in which each edition reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pilar.model.blocks import Block, ObjectiveOptions
from pilar.model.curriculum import Module, Pairs, Question
from pilar.model.edition import Edition
from pilar.model.memoize import memoized
from pilar.model.run import Facts
from pilar.syntax.audience import sees

from .text import Kind, Passage, Piece, page_pieces, text_passages

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<![\w-])[a-z]+-\d+(?![\w-])")


@dataclass(frozen=True)
class Reading:
    """A module as text. `meta` is what modul.yml says, by its keys; `indicators` its indikator."""

    module: Module
    facts: Facts
    meta: dict[str, list[Passage]]
    indicators: tuple[list[Passage], ...]
    pages: tuple[tuple[Piece, ...], ...]
    questions: dict[str, list[Passage]]
    """Passages of each question by its id."""
    changes: tuple[Passage, ...] = ()
    """What perubahan.md says, words that it only quotes left out."""

    def passages(self) -> Iterator[Passage]:
        """Every passage once."""
        yield from self.taught()
        yield from self.changes

    def taught(self) -> Iterator[Passage]:
        """Every passage once of the module itself, without what is said of its versions."""
        for passages in (*self.meta.values(), *self.indicators):
            yield from passages
        for pieces in self.pages:
            yield from (piece for piece in pieces if isinstance(piece, Passage))
        for passages in self.questions.values():
            yield from passages

    def orders(self, edition: Edition) -> tuple[list[Passage], ...]:
        """What an edition reads, in order: in the book, then on the site.

        The two differ in what the module opens with (overrides/buku/modul.html,
        overrides/tema/halaman/modul.html).
        """
        body = [passage for passage in self._body() if sees(edition, passage.audience)]
        result = self.meta["hasil_belajar"]
        indicators = [passage for passages in self.indicators for passage in passages]
        return [*result, *body], [*self.meta["deskripsi"], *result, *indicators, *body]

    def _body(self) -> Iterator[Passage]:
        shown: set[str] = set()
        for pieces in self.pages:
            for piece in pieces:
                if isinstance(piece, Passage):
                    yield piece
                    continue
                if piece.name == "soal":
                    shown.add(piece.title)
                yield from self._generated(piece)
        for name, passages in self.questions.items():
            if name not in shown:  # only the trainers' question bank has it
                yield from (replace(passage, audience=Edition.PELATIH) for passage in passages)

    def _generated(self, block: Block) -> list[Passage]:
        """What a block prints of modul.yml or soal.yml."""
        if block.name == "soal":
            return self.questions.get(block.title, [])
        if block.name == "modul":
            return self.meta.get(block.title.replace("-", "_"), [])
        assert isinstance(block.options, ObjectiveOptions)
        result = [] if block.options.indikator else self.meta["hasil_belajar"]
        numbers = block.options.indikator or range(1, len(self.indicators) + 1)
        chosen = (self.indicators[n - 1] for n in numbers if n <= len(self.indicators))
        return [*result, *(passage for passages in chosen for passage in passages)]


def read_module(module: Module, facts: Facts) -> Reading:
    """Take the text out of a module."""
    pages = tuple(page_pieces(page.document) for page in module.pages)
    return Reading(module, facts, *_values(module), pages, _questions(module), _changes(module))


@memoized
def _values(module: Module) -> tuple[dict[str, list[Passage]], tuple[list[Passage], ...]]:
    return _meta(module), _indicators(module)


@memoized
def _questions(module: Module) -> dict[str, list[Passage]]:
    return {
        question.id: list(_question(module, index, question))
        for index, question in enumerate(module.questions)
    }


@memoized
def _changes(module: Module) -> tuple[Passage, ...]:
    """perubahan.md. What stands in quotation marks there names a word, and may be a wrong one:
    *Kata “feedback” diganti*. Names of questions (*blc-17*) are no words.
    """
    document = module.changelog.document
    return tuple(
        replace(piece, text=_QUOTED.sub(_left_out, piece.text))
        for piece in (page_pieces(document) if document else ())
        if isinstance(piece, Passage)
    )


def _left_out(match: re.Match[str]) -> str:
    return re.sub(r"[^\n“”\"]", " ", match[0])


def _meta(module: Module) -> dict[str, list[Passage]]:
    meta, source = module.meta, module.source

    def read(value: str, *keys: str | int, kind: Kind = Kind.PROSE) -> list[Passage]:
        return text_passages(source, keys, value, kind)

    topics: list[Passage] = []
    for index, topic in enumerate(meta.materi_pokok):
        topics += read(topic.judul, "materi_pokok", index, "judul", kind=Kind.TITLE)
        for place, part in enumerate(topic.sub):
            topics += read(part, "materi_pokok", index, "sub", place, kind=Kind.TITLE)
    return {
        "judul": read(meta.judul, "judul", kind=Kind.TITLE),
        "deskripsi": read(meta.deskripsi, "deskripsi"),
        "hasil_belajar": read(meta.hasil_belajar, "hasil_belajar"),
        "materi_pokok": topics,
    }


def _indicators(module: Module) -> tuple[list[Passage], ...]:
    return tuple(
        text_passages(module.source, ("indikator", index), text)
        for index, text in enumerate(module.meta.indikator)
    )


def _question(module: Module, index: int, question: Question) -> Iterator[Passage]:
    source = module.questions_source

    def read(value: str, *keys: str | int, kind: Kind = Kind.PROSE) -> list[Passage]:
        return text_passages(source, (index, *keys), value, kind)

    yield from read(question.teks, "teks")
    columns = (
        {"kiri": question.pilihan.kiri, "kanan": question.pilihan.kanan}
        if isinstance(question.pilihan, Pairs)
        else {"": question.pilihan}
    )
    for name, column in columns.items():
        keys = ("pilihan", name) if name else ("pilihan",)
        for place, choice in enumerate(column):
            yield from read(choice, *keys, place, kind=Kind.CELL)
    self_study = module.meta.latihan_mandiri and "latihan" in question.pakai
    audience = None if self_study else Edition.PELATIH
    answers: list[Passage] = []
    if question.jenis == "uraian":  # that of `isian` also lists misspellings that are accepted
        keys_of_answer = (question.kunci,) if isinstance(question.kunci, str) else question.kunci
        for place, answer in enumerate(keys_of_answer):
            answers += read(answer, "kunci", place)
    answers += read(question.pembahasan, "pembahasan")
    yield from (replace(passage, audience=audience) for passage in answers)
