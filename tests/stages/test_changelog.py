"""perubahan.md: versions, entries, who sees them, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilar.content.changelog_parser import parse_changelog
from pilar.model.changelog import Changelog, Entry, Section
from pilar.model.edition import Edition
from pilar.model.locked import Lock
from pilar.model.problem import Problem
from pilar.versions.released import untold_changes

from .samples import PROJECT

WHOLE = """\
# Perubahan

## 1.1.0

Yang penting lebih dahulu.

- **Nama data** kini DTSEN
  dan bukan DTKS.

    /// pelatih
    Jangan menebak tata caranya.
    ///

- Yang diperbarui:
    - kasus
    - soal
- **Ralat.** nomor telepon salah.

Yang harus dilakukan:

1. Baca halaman persiapan.
2. Gandakan lagi lembar tes.

/// peserta
Ganti halaman 12.
///

### Ralat

- Kunci tertukar.

## 1.0.0

Edisi pertama.
"""


def read(text: str) -> tuple[Changelog, list[Problem]]:
    problems: list[Problem] = []
    return parse_changelog(text, "perubahan.md", problems), problems


def words(entry: Entry) -> str:
    return " ".join([entry.text, *(note.text for note in entry.notes)])


def test_sections_and_entries_are_found_and_errors_come_first() -> None:
    changelog, problems = read(WHOLE)
    assert problems == []
    assert [(s.version, s.line) for s in changelog.sections] == [("1.1.0", 3), ("1.0.0", 32)]
    assert [words(e) for e in changelog.sections[0].seen(Edition.PESERTA)] == [
        "Nomor telepon salah.",
        "Kunci tertukar.",
        "Yang penting lebih dahulu.",
        "**Nama data** kini DTSEN\ndan bukan DTKS.",
        "Yang diperbarui:\n\n- kasus\n- soal",
        "Yang harus dilakukan:\n\n1. Baca halaman persiapan.\n2. Gandakan lagi lembar tes.",
        "Ganti halaman 12.",
    ]
    assert [e.urgent for e in changelog.sections[0].seen(Edition.PESERTA)] == [True] * 2 + [
        False
    ] * 5


def test_trainers_see_their_notes_below_the_entry_they_stand_in() -> None:
    seen = read(WHOLE)[0].sections[0].seen(Edition.PELATIH)
    assert "Ganti halaman 12." not in map(words, seen)
    (entry,) = (entry for entry in seen if entry.notes)
    assert entry.text.startswith("**Nama data**")
    assert [note.text for note in entry.notes] == ["Jangan menebak tata caranya."]


BLOCKS = st.sampled_from(["pelatih", "peserta", "rangkuman", ""])


@given(
    st.lists(
        st.tuples(BLOCKS, BLOCKS, st.booleans(), st.sampled_from(["- ", "", "1. "])), max_size=6
    )
)
def test_no_word_of_trainers_reaches_participants(parts: list[tuple[str, str, bool, str]]) -> None:
    """Not even from a file with mistakes, as it lies in an old commit."""
    lines = ["# Perubahan", "", "## 1.0.0", "", "- awal", ""]
    for number, (outer, inner, inside, mark) in enumerate(parts):
        said = "RAHASIA" if "pelatih" in (outer, inner) else "TERBUKA"
        text = (
            [f"{mark}{said}{number} kata", "", "kata lagi"]
            if not inner
            else [f"{mark}{said}{number}"]
        )
        if inner:
            text = [f"/// {inner}", *text, "///"]
        if outer:
            text = [f"//// {outer}", *text, "////"]
        lines += [f"    {line}".rstrip() if inside else line for line in text] + [""]
    changelog, _ = read("\n".join(lines))
    for section in changelog.sections:
        for entry in section.seen(Edition.PESERTA):
            assert "RAHASIA" not in words(entry)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("# P\n\n## Versi 2\n\n- a\n", 3, "bukan nomor versi"),
        ("# P\n\n## 1.0.0\n", 3, "tidak ada isinya"),
        ("# P\n\n## 1.0.0\n\n- a\n\n## 1.0.1\n\n- b\n", 7, "di bawah versi"),
        ("# P\n\n## 1.0.0\n\n- a\n\n## 1.0.0\n\n- b\n", 7, "di bawah versi"),
        ("# P\n\nkata\n\n## 1.0.0\n\n- a\n", 3, "di atas versi pertama"),
        ("# P\n\n## 1.0.0\n\n### Ralt\n\n- a\n", 5, "mirip `Ralat`"),
        ("# P\n\n## 1.0.0\n\n#### a\n\n- a\n", 5, "terlalu dalam"),
        ("# P\n\n## 1.0.0\n\n/// rangkuman\na\n///\n", 5, "`rangkuman`"),
        ("# P\n\n## 1.0.0\n\n- lihat [di sini](isi.md)\n", 5, "tautan"),
        ("# P\n\n## 1.0.0\n\n- lihat [@uu-1]\n", 5, "kutipan"),
        ("---\nedisi: pelatih\n---\n# P\n\n## 1.0.0\n\n- a\n", 1, "kedua edisi"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, line: int, part: str) -> None:
    _, problems = read(text)
    assert [(p.line, p.code) for p in problems] == [(line, "V104")]
    assert part in problems[0].message


def test_where_a_block_is_broken_nothing_is_taken_from_the_file() -> None:
    changelog, problems = read("# P\n\n## 1.0.0\n\n/// pelatih\nrahasia\n")
    assert [p.code for p in problems] == ["B102"]
    assert (changelog.sections, changelog.readable) == ((), False)


def test_a_version_past_a_locked_one_is_told_of() -> None:
    hash_ = "0" * 40
    pin = {"commit": hash_, "hash": hash_, "versi": "1.0.0"}
    file = {"commit": hash_, "hash": hash_}
    (run,) = PROJECT.runs.values()
    lock = Lock.model_validate(
        {
            "pelatihan": run.id,
            "waktu": "2025-01-01T00:00:00Z",
            "kurikulum": pin,
            "rujukan": file,
            "glosarium": file,
            "modul": {"contoh": pin},
        }
    )
    module = PROJECT.modules["contoh"]
    newer = module.meta.model_copy(update={"versi": "1.1.0"})

    def told(changelog: Changelog) -> list[str]:
        changed = replace(module, meta=newer, changelog=changelog)
        project = replace(
            PROJECT, modules={"contoh": changed}, runs={run.id: replace(run, lock=lock)}
        )
        return [problem.code for problem in untold_changes(project)]

    assert told(Changelog("p")) == ["V105"]
    assert told(Changelog("p", readable=False)) == []
    assert told(Changelog("p", (Section("1.1.0", 3),))) == []
    assert told(Changelog("p", (Section("1.2.0", 3), Section("1.1.0", 5)))) == ["V104"]
