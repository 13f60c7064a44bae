"""Forms of the tests as they are printed: neighbours, keys, and the questions of the banks."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from .books import texts
from .commands import REPOSITORY, Project

RUN = "2025-01-probolinggo"
FORMS = ("pretest-a", "pretest-b", "posttest-a", "posttest-b")


@dataclass
class Printed:
    """A form: the text of each number, and what the key sheet says of it."""

    texts: dict[int, str]
    codes: dict[int, str]
    keys: dict[int, str]


def squeezed(text: str) -> str:
    """Text without spaces and marks: lines of a PDF break anywhere."""
    return re.sub(r"[\s*_-]", "", text)


def text_of(path: Path) -> str:
    return "\n".join(line.strip() for page in texts(path) for line in page.splitlines())


def numbered(text: str) -> dict[int, str]:
    """Text of each question of a form by its number."""
    found: dict[int, str] = {}
    rest = text
    while match := re.search(rf"^{len(found) + 1}\. ", rest, re.M):
        if found:
            found[len(found)] = squeezed(rest[: match.start()])
        rest = rest[match.end() :]
        found[len(found) + 1] = ""
    found[len(found)] = squeezed(rest)
    return found


def key_rows(text: str) -> list[tuple[int, list[tuple[str, str]]]]:
    """Number, and key and code of every form, from the key sheet's first table."""
    cell = r"(?:[A-Z]|Benar|Salah|isian|uraian)\s+[A-Z]{2,6}-S\d+"
    rows = re.findall(rf"^(\d+)\s+((?:{cell}\s*){{4}})", text, re.M)
    return [(int(n), re.findall(r"(\w+)\s+([A-Z]+-S\d+)", row)) for n, row in rows]


@pytest.fixture(scope="module")
def folder(probolinggo: Project) -> Path:
    return probolinggo.out / RUN / "pelatih" / "dokumen"


@pytest.fixture(scope="module")
def forms(folder: Path) -> dict[str, Printed]:
    rows = key_rows(text_of(folder / "kunci-tes.pdf"))
    return {
        name: Printed(
            numbered(text_of(folder / f"{name}.pdf")),
            {number: cells[place][1] for number, cells in rows},
            {number: cells[place][0] for number, cells in rows},
        )
        for place, name in enumerate(FORMS)
    }


@pytest.fixture(scope="module")
def bank() -> dict[str, dict[str, Any]]:
    """Questions by code, as the run has locked them."""
    lock = yaml.safe_load((REPOSITORY / f"runs/{RUN}.lock").read_text("utf-8"))
    found = {}
    for slug, entry in lock["modul"].items():
        meta, questions = (
            yaml.safe_load(
                subprocess.check_output(
                    ["git", "show", f"{entry['commit']}:modules/{slug}/{name}"], cwd=REPOSITORY
                )
            )
            for name in ("modul.yml", "soal.yml")
        )
        found |= {f"{meta['kode']}-S{n}": question for n, question in enumerate(questions, 1)}
    return found


def test_every_form_has_twenty_questions_and_their_keys(forms: dict[str, Printed]) -> None:
    for form in forms.values():
        assert [*form.texts] == [*form.codes] == list(range(1, 21))
        assert len(set(form.codes.values())) == 20


def test_the_key_sheet_names_what_is_printed(
    forms: dict[str, Printed], bank: dict[str, dict[str, Any]]
) -> None:
    for name, form in forms.items():
        for number, text in form.texts.items():
            question, key = bank[form.codes[number]], form.keys[number]
            assert name.partition("-")[0] in question["pakai"]
            assert squeezed(question["teks"]) in text
            if question["jenis"] == "pilihan-ganda":
                right = question["pilihan"][ord(question["kunci"]) - 65]
                assert f"{key}.{squeezed(right)}" in text
            elif question["jenis"] == "benar-salah":
                assert key.casefold() == question["kunci"]
            else:
                assert key == question["jenis"]


def test_no_question_lies_beside_itself_on_the_other_form(forms: dict[str, Printed]) -> None:
    for before, after in (FORMS[:2], FORMS[2:]):
        a, b = ({text[:60]: n for n, text in forms[f].texts.items()} for f in (before, after))
        shared = a.keys() & b.keys()
        assert shared
        assert min(abs(a[text] - b[text]) for text in shared) >= 2


def test_keys_are_on_no_form(
    forms: dict[str, Printed], bank: dict[str, dict[str, Any]], folder: Path
) -> None:
    sheet = text_of(folder / "lembar-jawaban.pdf")
    for form in forms.values():
        whole = "".join(form.texts.values())
        for code in form.codes.values():
            assert squeezed(bank[code]["pembahasan"])[:40] not in whole
            assert code not in whole
            assert code not in sheet
