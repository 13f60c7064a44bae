"""`pilar bump` and `pilar lock`: a new version in every place, or in none; what changed is said."""

from __future__ import annotations

import re

import pytest

from .commands import BUILD, Project
from .test_versions import LOCK, META, PAGE, commit, git, histories, history, locked, release

__all__ = ["histories", "history", "locked"]
CURRICULUM = "modules/kurikulum.yml"
CHANGES = "modules/catat/perubahan.md"


def content(project: Project) -> dict[str, bytes]:
    """All files of modules/."""
    files = (path for path in (project.root / "modules").rglob("*") if path.is_file())
    return {str(path.relative_to(project.root)): path.read_bytes() for path in files}


def versions(project: Project) -> tuple[str, ...]:
    """Of the module, of its pin and of the curriculum."""
    texts = project.text(META), project.text(CURRICULUM)
    found = [
        re.search(p, t, re.M)[1]
        for p, t in (
            (r"^versi: (\S+)", texts[0]),
            (r"^    catat: (\S+)", texts[1]),
            (r"^versi: (\S+)", texts[1]),
        )
    ]
    return tuple(found)


def test_bump_raises_what_the_change_asks_for_in_every_place(locked: Project) -> None:
    locked.write(
        META,
        "# Catatan penulis\n"
        + locked.text(META).replace("versi: 1.2.0", "versi:   '1.2.0'  # tetap"),
    )
    commit(locked, "Catatan")
    (locked.root / LOCK).unlink()
    locked.pilar("lock", BUILD).fine()
    commit(locked, "Kunci lagi")
    before = content(locked)
    locked.write(PAGE, locked.text(PAGE) + "\nSatu kalimat lagi.\n")
    told = locked.pilar("check")
    assert "pilar bump catat" in told.out
    outcome = locked.pilar("bump", "catat").fine()
    assert "catat: 1.2.0 → 1.2.1 (ralat): hanya kata" in outcome.out
    for line in (
        f"{META}:4: `versi` 1.2.0 → 1.2.1",
        f"{CURRICULUM}:16: `catat` 1.2.0 → 1.2.1",
        f"{CURRICULUM}:2: `versi` 1.0.0 → 1.0.1, karena versi yang lama sudah dikunci {BUILD}",
        f"{CHANGES}:3: bagian `## 1.2.1` dibuat",
    ):
        assert line in outcome.out
    after = content(locked)
    assert after[META] == before[META].replace(b"'1.2.0'", b"'1.2.1'")
    wanted = before[CURRICULUM].replace(b"catat: 1.2.0", b"catat: 1.2.1")
    assert after[CURRICULUM] == wanted.replace(b"versi: 1.0.0", b"versi: 1.0.1")
    assert locked.pilar("check").problems() == [(CHANGES, 3, "V104")]  # it is to be written
    text = locked.text(CHANGES)
    locked.write(CHANGES, re.sub("<!--.*-->", "- Satu kalimat.", text, flags=re.S))
    locked.pilar("check", "--strict", "modules/kurikulum.yml", "modules/catat").fine()
    locked.pilar("bump", "catat").refused("sudah dinaikkan dari 1.2.0 menjadi 1.2.1")
    locked.pilar("bump", "catat", "ralat").refused("sudah dinaikkan")


def test_a_level_counts_from_what_was_released(locked: Project) -> None:
    """So an author may think again, as long as nobody has the version."""
    locked.write(PAGE, locked.text(PAGE) + "\nSatu kalimat lagi.\n")
    for level, version, curriculum in (
        ("ralat", "1.2.1", "1.0.1"),
        ("tambahan", "1.3.0", "1.1.0"),
        ("besar", "2.0.0", "2.0.0"),
    ):
        locked.pilar("bump", "catat", level).fine()
        assert versions(locked) == (version, version, curriculum)
        assert re.findall("^## (.*)", locked.text(CHANGES), re.M) == [version]
    before = content(locked)
    locked.pilar("bump", "catat", "ralat").refused("sudah versi 2.0.0, lebih tinggi")
    assert content(locked) == before


def test_bump_completes_what_was_raised_by_hand(locked: Project) -> None:
    locked.replace(META, "versi: 1.2.0", "versi: 1.3.0")
    locked.write(PAGE, locked.text(PAGE) + "\nSatu kalimat lagi.\n")
    locked.write(CHANGES, "# Perubahan\n\n## 1.3.0\n\n- Satu kalimat.\n")
    outcome = locked.pilar("check").fine()
    line = locked.line(CURRICULUM, "catat: 1.2.0")
    assert f"{CURRICULUM}:{line}: V109 kurikulum memakai `catat` 1.2.0" in outcome.out
    assert f"{CURRICULUM}:{line}: `catat` 1.2.0 → 1.3.0; {CURRICULUM}:2: `versi`" in outcome.out
    assert "catat: tetap 1.3.0" in locked.pilar("bump", "catat").fine().out
    assert versions(locked) == ("1.3.0", "1.3.0", "1.1.0")
    locked.pilar("check", "--strict", "modules/kurikulum.yml").fine()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cata"], "Mungkin maksud Anda “catat”"),
        (["catat"], "tidak ada yang berubah sejak 1.2.0"),
        (["catat", "kecil"], "ralat, tambahan, besar"),
        (["catat", "ralat", "lagi"], ""),
        ([], "harus disebut"),
    ],
)
def test_bump_refuses_what_cannot_be(locked: Project, arguments: list[str], words: str) -> None:
    before = content(locked)
    locked.pilar("bump", *arguments).refused(words)
    assert content(locked) == before


def test_bump_refuses_a_level_that_says_too_little_and_a_version_of_the_past(
    locked: Project,
) -> None:
    locked.replace(META, "prasyarat: [sapa]", "prasyarat: []")
    before = content(locked)
    locked.pilar("bump", "catat", "ralat").refused("sedikitnya besar (2.0.0)", "prasyarat")
    locked.replace(META, "versi: 1.2.0", "versi: 1.1.0")
    locked.pilar("bump", "catat", "ralat").refused("padahal 1.2.0 sudah ada di riwayat")
    locked.replace(META, "versi: 1.1.0", "versi: 1.2.0")
    assert content(locked) == before
    locked.write(META, locked.text(META) + "kode: X\n")
    assert {path for path, *_ in locked.pilar("bump", "catat").problems()} == {META}


def test_bump_without_git_needs_a_level(minimal: Project) -> None:
    minimal.pilar("bump", "catat").refused("belum ada versi lama di git")
    minimal.pilar("bump", "catat", "tambahan").fine()
    assert versions(minimal) == ("1.3.0", "1.3.0", "1.0.0")


def test_bump_writes_all_or_nothing_and_keeps_windows_line_ends(locked: Project) -> None:
    for name in (META, CURRICULUM):
        path = locked.root / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(locked.root, "config", "core.autocrlf", "true")
    folder = locked.root / CHANGES
    folder.mkdir()  # what cannot be replaced by a file
    before = {name: (locked.root / name).read_bytes() for name in (META, CURRICULUM)}
    assert locked.pilar("bump", "catat", "ralat").code in (1, 2)
    assert {name: (locked.root / name).read_bytes() for name in before} == before
    folder.rmdir()
    locked.pilar("bump", "catat", "ralat").fine()
    for name, data in before.items():
        after = (locked.root / name).read_bytes()
        assert after.count(b"\r\n") == data.count(b"\n") == after.count(b"\n")


def test_lock_says_what_went_from_what_to_what(history: Project) -> None:
    out = history.pilar("lock", BUILD).fine().out
    assert "  catat 1.2.0: baru\n" in out
    commit(history, "Kunci")
    release(history, "Rilis berikutnya.")
    history.replace(f"runs/{BUILD}.yml", "kurikulum: 1.0.0", "kurikulum: 1.1.0")
    before = history.text(LOCK)
    refused = history.pilar("lock", BUILD)
    assert refused.problems() == [(LOCK, 1, "V101")]  # what is locked does not change unasked
    assert history.text(LOCK) == before
    out = history.pilar("lock", BUILD, "--upgrade", "kurikulum").fine().out
    assert "  kurikulum 1.0.0 → 1.1.0\n" in out
    assert "  catat 1.2.0 → 1.3.0\n" in out
    assert "  tetap: rujukan, glosarium, sapa 1.0.0\n" in out
    history.pilar("lock", BUILD, "--upgrade", "rujukan").fine()


def test_lock_refuses_what_does_not_build(history: Project) -> None:
    history.write(PAGE, history.text(PAGE) + "\nBelum disimpan.\n")
    outcome = history.pilar("lock", BUILD)
    assert [code for *_, code in outcome.problems()] == ["R105"]
    assert "modul `catat` versi 1.2.0 di folder kerja lain daripada di riwayat git" in outcome.out
    commit(history, "Disimpan")
    run = f"runs/{BUILD}.yml"
    text = history.text(run)
    history.write(run, text.replace("catat", "sapa"))
    told = history.build("--no-books").problems()
    assert told
    assert history.pilar("lock", BUILD).problems() == told
    assert not (history.root / LOCK).exists()
    history.write(run, text)
    history.pilar("lock", BUILD).fine()
