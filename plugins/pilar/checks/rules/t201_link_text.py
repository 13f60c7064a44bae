"""T201: the text of a link says where it leads, on paper and when read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilar.checks.links import LINK, NAMED_LINK, matches, yaml_texts
from pilar.model.curriculum import Module
from pilar.model.problem import Problem
from pilar.model.run import Facts

_EMPTY = re.compile(
    r"(?:silakan |silahkan )?"
    r"(?:(?:klik|tekan|baca|lihat|unduh|buka|kunjungi|cek|selengkapnya|selanjutnya)\b ?)*"
    r"(?:(?:pada |di |ke )?"
    r"(?:(?:tautan|link|laman|halaman|situs|website|alamat|url|file|berkas)\b ?)?"
    r"(?:(?:di ?)?(?:sini|situ)|ini|berikut(?: ini)?|tersebut)?)"
    r"|(?:tautan|link|url|website|situs|laman|file|berkas)|selengkapnya|click here|here|read more"
    r"|[^\w]*"
)
"""What may be said of any link."""
_ADDRESS = re.compile(
    r"(?:https?:|www\.)\S*|(?:[\w-]+\.)+(?:go|or|ac|co|web|sch|my)?\.?(?:id|com|org)(?:/\S*)?"
)


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No link is called “di sini”, and none by its bare address."""
    for page, _, match in matches(module, LINK, NAMED_LINK):
        if words := _found(match["text"]):
            problem = Problem(page.document.path, 1, "T201", *words)
            text = match["text"]
            yield problem.at_match(match, "text" if text else 0, at=text)
    for source, keys, text in yaml_texts(module):
        for match in LINK.finditer(text):
            if words := _found(match["text"]):
                yield source.problem(keys, "T201", *words, at=match["text"])


def _found(written: str) -> tuple[str, str] | None:
    text = " ".join(written.split())
    if "![" in text or text.startswith("@"):
        return None
    said = text.strip('*_`\0“”". ')
    hint = "Tulis nama halaman atau isinya sebagai teks tautan"
    if not text:
        return "tautan ini tidak punya teks", hint
    if "\0" in text or not (_EMPTY.fullmatch(said.casefold()) or _ADDRESS.fullmatch(said)):
        return None
    return f"teks tautan “{text}” tidak menyebut tujuannya", hint
