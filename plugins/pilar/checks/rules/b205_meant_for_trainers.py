"""B205: a line that speaks to trainers, or gives a key, where participants read it too.

Blocks that are misspelt stop every build (`content.lookalikes`). What is here may be right: people
write “Pelatih:” in a dialogue. So it is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from pilar.content.lookalikes import AUDIENCES, latin
from pilar.content.source import mask_code_spans, plain
from pilar.model.curriculum import Module
from pilar.model.edition import Edition
from pilar.model.problem import Problem
from pilar.model.run import Facts
from pilar.syntax.audience import filtered

_START = re.compile(r"[ >]*(?:(?:[-*+]|\d+[.)]|#{1,6}|[!?=]{3}\+?(?: +\w+)?) +)?")
_SIGNS = r"[^\w\s]"
_WHO = r"(?:para +)?(?:pelatih|fasilitator|widyaiswara|pengajar|instruktur)(?: +saja)?"
_FOR = r"(?:catatan|petunjuk|keterangan|khusus|hanya|rahasia|untuk|bagi|buat)"
_KEY = r"kunci(?: +jawaban)?|jawaban(?: +yang)? +(?:benar|tepat)|pembahasan +soal"
_REMARK = re.compile(r"\{(?:>>|\+\+|--|~~)")
"""CriticMarkup: remarks and changes of editors, which nobody takes out here."""
_SPOKEN = re.compile(
    rf"{_SIGNS}*(?P<name>(?:{_FOR} +)+{_WHO}|{_KEY})"
    rf"(?:{_SIGNS}*|{_SIGNS}*:{_SIGNS}*(?P<text> +\w.*)?)"
)
"""`Catatan untuk pelatih`, `**Kunci jawaban:** B`: alone on the line, or before a colon."""
_ALONE = re.compile(r"(?P<before>[^\w]*)(?P<name>[\w-]+)(?P<after>[^\w]*)")
_SECRET = sorted(set(AUDIENCES) - {"peserta"})
_USUAL = " .,|"
"""Signs beside a word that stands alone for another reason: in a list, in a table."""
_EMPHASIS = "*_"


def check_module(module: Module, facts: Facts) -> Iterator[Problem]:
    """No line that participants read begins as a note for trainers or a key does."""
    for page in module.pages:
        if page.edition is Edition.PELATIH:
            continue
        document = page.document
        aside = document.literal | document.fences
        for number, line in enumerate(filtered(document, Edition.PESERTA), 1):
            if number in aside or not line.strip(" >"):
                continue
            if name := told_to_trainers(line):
                start = max(latin(line).find(name), 0)
                end = start + len(name)
                message = (
                    f"“{line[start:end]}” terbaca seperti pesan bagi pelatih, "
                    "tetapi peserta ikut membacanya"
                )
                hint = "Tulis di dalam blok /// pelatih atau /// kunci"
                yield Problem(document.path, number, "B205", message, hint).in_line((start, end))


def told_to_trainers(line: str) -> str:
    """The words, in small letters, by which a line of a page addresses trainers; empty for none."""
    text = latin(plain(line))
    if match := _REMARK.search(mask_code_spans(text)):
        return match[0]
    start = _START.match(text)
    marker = start[0].strip(" >") if start else ""
    text = text[start.end() if start else 0 :].strip(" |")
    match = _SPOKEN.fullmatch(text)
    if match and (match["name"] != "kunci" or ":" in text):
        return match["name"]
    match = _ALONE.fullmatch(text)
    if match is None or not get_close_matches(match["name"], _SECRET, n=1, cutoff=0.9):
        return ""
    in_list = bool(marker) and marker[0] in "-*+0123456789"
    signs = (match["before"] + match["after"]).translate(
        str.maketrans("", "", _USUAL + _EMPHASIS * in_list)
    )
    return match["name"] if signs.strip(";") or len(signs) > 1 or (marker and not in_list) else ""
