"""The data that each block prints: a JSON object for its header (see syntax.folding)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilar.model.blocks import (
    ActivityOptions,
    Block,
    CardOptions,
    ItemOptions,
    Material,
    ObjectiveOptions,
    WorksheetOptions,
)
from pilar.model.curriculum import Module, Pairs, Question
from pilar.model.edition import Edition

from .numbering import Item, Numbering

QUESTION_TASKS = {
    "pilihan-ganda": "Pilih satu jawaban",
    "benar-salah": "Benar atau salah",
    "menjodohkan": "Jodohkan",
    "isian": "Isi",
    "uraian": "Uraikan",
}
"""What the participant is asked to do, by kind of question."""

SETS = {"orang": "satu tiap orang", "kelompok": "satu tiap kelompok", "kelas": "satu untuk kelas"}
"""How many sets of cards there are, by the option `set`."""

_ANSWER_LINES = {"isian": 1, "uraian": 6}


def block_data(
    module: Module, numbering: Numbering, page_name: str, block: Block, edition: Edition
) -> dict[str, Any]:
    """Data of one visible block. The first key is always `baris`, its line in the page."""
    data: dict[str, Any] = {"baris": block.first}
    item = numbering.items.get((page_name, block.first))
    if item:
        data |= _item(item, edition)
    elif block.name == "soal":
        question = next(q for q in module.questions if q.id == block.title)
        data |= question_data(question, numbering.questions[question.id], module, edition)
    elif block.name == "tujuan":
        data |= _objectives(module, block)
    elif block.name == "modul":
        data |= _module_part(module, block.title)
    else:
        data |= {"label": block.type.label, "judul": block.title}
    return data


def _item(item: Item, edition: Edition) -> dict[str, Any]:
    block = item.block
    data: dict[str, Any] = {
        "label": block.type.label,
        "kode": item.code,
        "anchor": item.anchor,
        "judul": block.title,
        "level": block.heading_level,
        "meta": [],
    }
    options = block.options
    trainers = edition is Edition.PELATIH
    if isinstance(options, ActivityOptions):
        data["meta"] += _activity(options, trainers)
    if isinstance(options, ItemOptions) and options.indikator:
        data["meta"].append(["IHB", ", ".join(map(str, options.indikator))])
    if isinstance(options, ActivityOptions) and (late := _when_late(options, trainers)):
        data["meta"].append(["Bila waktu sempit", late])
    if isinstance(options, WorksheetOptions):
        data |= worksheet_data(options)
        data |= {"dikumpulkan": True} if options.dikumpulkan else {}
    if isinstance(options, CardOptions):
        data["meta"].append(["Set", SETS[options.set]])
        data |= {"lebar": options.lebar, "terbuka": block.audience is None}
    return data


def _activity(options: ActivityOptions, trainers: bool) -> Iterator[list[str]]:
    """Label and text; participants need not know what to bring and how to divide them."""
    yield ["Waktu", f"{options.menit} menit"]
    if options.metode:
        yield ["Metode", ", ".join(options.metode)]
    if options.media:
        yield ["Media", ", ".join(options.media)]
    if trainers and options.bahan:
        yield ["Bahan", ", ".join(map(material_text, options.bahan))]
    if trainers and options.kelompok:
        yield ["Kelompok", f"{options.kelompok} orang"]


def _when_late(options: ActivityOptions, trainers: bool) -> str:
    shorter = options.minimum if trainers else None
    ways = [
        *(["boleh dilewati"] if not options.inti else []),
        *([f"paling singkat {shorter} menit"] if shorter else []),
    ]
    return ", atau ".join(ways)


def material_text(material: Material) -> str:
    """`2 kertas plano per kelompok`, with the decimal comma."""
    amount = f"{material.jumlah:g}".replace(".", ",")
    return f"{amount} {material.nama} per {material.per}"


def worksheet_data(options: WorksheetOptions) -> dict[str, Any]:
    """Columns and rows, or the number of ruled lines."""
    if options.garis or not options.kolom:
        return {"garis": options.garis or 5}
    rows = options.baris if isinstance(options.baris, tuple) else ("",) * options.baris
    return {"kolom": list(options.kolom), "baris_tabel": list(rows)}


def _objectives(module: Module, block: Block) -> dict[str, Any]:
    assert isinstance(block.options, ObjectiveOptions)
    chosen = block.options.indikator
    numbers = chosen or range(1, len(module.meta.indikator) + 1)
    return {
        "label": block.type.label if not chosen else "Indikator Hasil Belajar",
        "judul": block.title,
        "hasil_belajar": "" if chosen else module.meta.hasil_belajar,
        "pembuka": "Setelah mempelajari bab ini Anda mampu:" if chosen else "Anda mampu:",
        "indikator": [[number, module.meta.indikator[number - 1]] for number in numbers],
    }


def _module_part(module: Module, part: str) -> dict[str, Any]:
    if part == "deskripsi":
        return {"teks": module.meta.deskripsi}
    return {"materi_pokok": [[topic.judul, list(topic.sub)] for topic in module.meta.materi_pokok]}


def question_data(
    question: Question, code: str, module: Module, edition: Edition
) -> dict[str, Any]:
    """A question as an edition sees it, with the key where `shows_key` allows it."""
    data: dict[str, Any] = {
        "kode": code,
        "anchor": code.lower(),
        "jenis": QUESTION_TASKS[question.jenis],
        "teks": question.teks,
    }
    if isinstance(question.pilihan, Pairs):
        data |= {"kiri": list(question.pilihan.kiri), "kanan": list(question.pilihan.kanan)}
    elif question.jenis == "benar-salah":
        data["pilihan"] = ["Benar", "Salah"]
    elif question.pilihan:
        data["pilihan"] = list(question.pilihan)
    if lines := _ANSWER_LINES.get(question.jenis):
        data["garis"] = lines
    if shows_key(question, module, edition):
        data |= {"kunci": printed_key(question), "pembahasan": question.pembahasan}
    return data


def shows_key(question: Question, module: Module, edition: Edition) -> bool:
    """Trainers see every key; participants those of self-study exercises only."""
    self_study = module.meta.latihan_mandiri and "latihan" in question.pakai
    return edition is Edition.PELATIH or self_study


def printed_key(question: Question) -> str:
    """The key as Markdown: `**B.** …`, `**Benar**`, `1–C, 2–A`, or the accepted answers."""
    text = key_text(question, "**{}.** {}")
    return f"**{text.capitalize()}**" if question.jenis == "benar-salah" else text


def key_text(question: Question, choice: str = "{} ({})") -> str:
    """The key in short; `choice` is the form of a letter with the text of its choice."""
    key = question.kunci
    if isinstance(question.pilihan, Pairs):
        return ", ".join(f"{number}–{letter}" for number, letter in enumerate(key, 1))
    if not isinstance(key, str):
        return " atau ".join(key)
    return choice.format(key, question.pilihan[ord(key) - ord("A")]) if question.pilihan else key
