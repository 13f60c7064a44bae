"""What a reviewer has to see at once: keys that open, text that participants lose, laws, runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pilar.review.report.summary import markdown
from pilar.review.write import Options, write_review

from ..golden import BASE, fresh, lay_out
from .histories import CURRICULUM, META, NOTES, QUESTIONS, RUN, SOURCES, STEPS, History, Tree, tiny

SEEN = "Telepon genggam disimpan sebelum mengetuk supaya perhatian penuh kepada warga.\n"
KEY = f"/// kunci\n{SEEN}///\n"
OURS = "/// peserta\nSimpanlah kartu nama Anda untuk dipakai pada kunjungan yang sebenarnya.\n"
PUBLIC = (
    "Berpasanganlah, lalu bergantian menjadi warga dan pendamping. Isilah [@#lk-sapa] sesudahnya."
)
RIGHT = "berteriak, mengetuk pintu"


def looked_at(summary: str) -> str:
    """What stands below “Perlu dilihat”, links as their mere names."""
    found = re.search(r"### Perlu dilihat .*?\n\n(.*?)\n###", summary, re.DOTALL)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", found[1]) if found else ""


@pytest.mark.parametrize(
    "text",
    [
        SEEN,
        # Whoever opens a key and edits it opens it all the same.
        "Telepon genggam dimatikan sebelum mengetuk, supaya perhatian penuh kepada warga.\n",
    ],
)
def test_a_key_that_opens_comes_first_even_when_edited(told: Callable[..., str], text: str) -> None:
    summary = told((STEPS, KEY, text), (STEPS, "menit: 45", "menit: 40"))
    first = next(line for line in looked_at(summary).splitlines() if "Masalah" not in line)
    assert first == (
        "- **Kunci terbuka**: “Tiga Langkah Menyapa” di SAP: 1 bagian yang dahulu hanya untuk "
        "pelatih, 1 di antaranya dari kunci, kini terlihat peserta"
    )
    assert "## Ulasan: 1 modul berubah (kunci terbuka, " in summary


def test_a_short_key_that_opens_is_told(told: Callable[..., str]) -> None:
    short = (STEPS, KEY, "/// kunci\nJawaban: salah.\n///\n")
    summary = told((STEPS, short[2], "Jawaban: salah.\n"), first=(short,))
    assert "1 bagian yang dahulu hanya untuk pelatih, 1 di antaranya" in looked_at(summary)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OURS, OURS.replace("peserta", "pelatih")),
        (PUBLIC, f"/// pelatih\n{PUBLIC}\n///"),
        (PUBLIC, f"/// pelatih\n{PUBLIC.replace('bergantian', 'bertukar peran')}\n///"),
    ],
)
def test_what_participants_lose_is_told(told: Callable[..., str], old: str, new: str) -> None:
    summary = told((STEPS, old, new))
    assert looked_at(summary) == (
        "- **Sasaran**: “Tiga Langkah Menyapa” di SAP: 1 bagian kini hanya untuk pelatih, hilang "
        "dari edisi peserta\n"
    )
    assert "## Ulasan: 1 modul berubah (sasaran dan halaman)" in summary


def test_a_note_like_a_public_passage_takes_nothing_from_participants(
    told: Callable[..., str],
) -> None:
    assert looked_at(told((STEPS, PUBLIC, f"{PUBLIC}\n\n/// pelatih\n{PUBLIC}\n///"))) == ""


def test_a_page_that_participants_lose_is_told(told: Callable[..., str]) -> None:
    summary = told((NOTES, "# Mencatat", "---\nedisi: pelatih\n---\n# Mencatat"))
    assert "seluruh halaman kini hanya untuk pelatih, hilang dari edisi peserta" in looked_at(
        summary
    )


def test_practice_keys_for_participants_are_told(told: Callable[..., str]) -> None:
    summary = told((META, "versi: 1.0.0", "versi: 1.0.0\nlatihan_mandiri: true"))
    assert "peserta kini menerima kunci soal latihan" in looked_at(summary)


@pytest.mark.parametrize(
    ("swaps", "text"),
    [
        ([("kunci: B", "kunci: A")], "kunci sapa-1 berubah"),
        (
            [(RIGHT, f"{RIGHT} dua kali")],
            "pilihan yang menjadi kunci ditulis lain: sapa-1; periksa",
        ),
    ],
)
def test_what_became_of_a_key_is_told(
    told: Callable[..., str], swaps: list[tuple[str, str]], text: str
) -> None:
    summary = told(*((QUESTIONS, old, new) for old, new in swaps))
    assert text in looked_at(summary)
    assert "(kunci, soal" in summary


def test_a_law_that_loses_force_is_told_though_modules_stay(told: Callable[..., str]) -> None:
    summary = told((SOURCES, "berlaku_sejak: 2009", "berlaku_sejak: 2009, berlaku_sampai: 2099"))
    assert "UU 11/2009 kini tercatat berlaku sampai 2099, dan masih dikutip di SAP" in looked_at(
        summary
    )
    assert "hanya daftar bersama yang berubah" in summary
    assert "Tanpa perubahan isi" not in summary


def test_a_version_that_the_curriculum_does_not_take_is_told(told: Callable[..., str]) -> None:
    swaps = (META, "versi: 1.0.0", "versi: 1.0.1"), (STEPS, "tiga kali,", "tiga kali;")
    assert "versi baru 1.0.1, tetapi kurikulum masih memakai 1.0.0" in looked_at(told(*swaps))


def test_a_run_that_changes_is_in_the_headline(told: Callable[..., str]) -> None:
    assert "## Ulasan: 1 berkas pelatihan berubah\n" in told((RUN, "jumlah: 20", "jumlah: 25"))


def test_pages_in_another_order_are_not_said_to_come_or_go(told: Callable[..., str]) -> None:
    old = "pendahuluan.md, tiga-langkah.md"
    summary = told((META, old, "tiga-langkah.md, pendahuluan.md"))
    assert "(urutan halaman berubah)" in summary


def test_what_stands_twice_in_a_line_is_told_once(told: Callable[..., str]) -> None:
    summary = told((STEPS, "Ketuklah pintu", "Ketuklah pintuqx dan pintuqx"))
    assert summary.count("“pintuqx”") == 1
    assert "(peringatan, 2 kali)" in summary


def test_a_page_from_a_module_with_mistakes_compares_with_its_source(tmp_path: Path) -> None:
    """Not its Markdown with what is rendered of it: that would mark every word."""
    history = History(tmp_path / "proyek")
    tree = tiny()
    tree["modules/catat/rusak.md"] = "# Rusak\n\n/// pelatihh\nCatatan.\n///\n"
    tree.swap("modules/catat/modul.yml", "mencatat.md]", "mencatat.md, rusak.md]")
    base = history.commit(tree, "Dasar")
    after = Tree(tree)
    after["modules/sapa/mencatat.md"] = after.pop(NOTES).replace("buku", "catatan", 1)
    after.swap("modules/catat/modul.yml", "mencatat.md, ", "")
    after.swap(META, "penutup.md]", "mencatat.md, penutup.md]")
    head = history.commit(after, "Usulan")
    summary = markdown(
        write_review(Options(history.root, tmp_path / "hasil", base, head, pictures=False))
    )
    assert re.search(r"\+\d\d? −\d\d? kata \(pindahan dari CTT", summary), summary


def test_a_locked_run_keeps_the_trainers_of_a_module_that_the_curriculum_drops(
    told: Callable[..., str], tmp_path: Path
) -> None:
    history = History(tmp_path / "terkunci")
    tree = tiny()
    first = history.commit(tree, "Dasar")
    tree[RUN.replace(".yml", ".lock")] = history.lock(first, "2025-03-contoh")
    base = history.commit(tree, "Dikunci")
    for path in [path for path in tree if path.startswith("modules/catat/")]:
        del tree[path]
    tree.swap(CURRICULUM, "    catat: 1.2.0\n", "")
    tree.swap(STEPS, "bab [mencatat kunjungan](../catat/mencatat.md#buku-saku)", "buku")
    head = history.commit(tree, "Dilepas")
    found = write_review(Options(history.root, tmp_path / "hasil", base, head, pictures=False))
    assert "M102" not in {problem.code for problem in found.new}


def test_words_in_other_writings_are_told_not_stumbled_over(tmp_path: Path) -> None:
    root = lay_out(BASE, tmp_path)
    page = next((root / "modules").glob("*/*.md"))
    page.write_text(page.read_text("utf-8") + "\nSalam السلام dan ꦲꦤꦕꦫꦏ.\n", "utf-8")
    words = {p.message for p in fresh(root).problems if p.code == "L106"}
    assert {word for word in ("السلام", "ꦲꦤꦕꦫꦏ") if any(word in text for text in words)} == {
        "السلام",
        "ꦲꦤꦕꦫꦏ",
    }
